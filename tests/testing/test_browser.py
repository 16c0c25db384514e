"""Chromium in front of the app: what a test can rely on, and what it is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tracker.testing import factories
from tracker.testing.browser import Tabs

pytestmark = pytest.mark.browser


def test_a_person_is_signed_in_and_another_tab_is_not(new_tab: Tabs) -> None:
    page = new_tab(user=factories.person("Example Lead"))
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/account")
    other = new_tab()
    other.goto("/account")
    assert "/account" not in other.url.partition("?")[0]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("console.error('a mistake')", "console: a mistake"),
        ("setTimeout(() => { throw new Error('broken') }, 0)", "script: broken"),
        ("fetch('http://192.0.2.1/x').catch(() => {})", "Content Security Policy"),
        ("location.href = 'http://192.0.2.1/x'", "went to http://192.0.2.1/x"),
        ("s.innerHTML = '<b onclick=x()>'; document.body.append(s)", "Content Security Policy"),
    ],
)
def test_what_goes_wrong_in_a_tab_is_told(new_tab: Tabs, script: str, told: str) -> None:
    page = new_tab()
    page.goto("/")
    page.evaluate(f"() => {{ const s = document.createElement('a'); {script} }}")
    page.wait_for_timeout(200)
    assert any(told in fault for fault in new_tab.faults), new_tab.faults
    new_tab.faults.clear()
