"""From an invitation to the first sign-in, and the warning before a sign-in ends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tracker.demo.people import ADMINISTRATOR, LEAD
from tracker.organisations import queries as organisations
from tracker.testing.browser import NARROW, WIDE

from .conftest import OpenAs
from .hands import Hands, check

pytestmark = pytest.mark.browser

NEW = "thistle gravel canoe"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_person_is_invited_sets_a_password_and_signs_in(open_as: OpenAs, width: int) -> None:
    place = organisations.by_code(str(ADMINISTRATOR.at))
    assert place is not None
    page = open_as(ADMINISTRATOR, f"/organisations/{place.id}", width=width)
    hands = Hands(page)
    hands.follow("People and their roles")
    check(page)
    hands.follow("Add a person")
    check(page)
    hands.type("Name", "Sam Reed")
    hands.type("E-mail address", "sam@example.org")
    hands.choose("QI lead")
    hands.press("Add the person")
    check(page)
    link = page.get_by_label("Link for sam@example.org").input_value()

    visitor = open_as(None, re.sub(r"^https?://[^/]+", "", link), width=width)
    check(visitor)
    theirs = Hands(visitor)
    theirs.go_to(visitor.get_by_label("New password"))
    visitor.keyboard.type(NEW)
    theirs.press("Set password")
    theirs.sign_in("sam@example.org", NEW)
    expect(visitor.get_by_role("link", name="Account", exact=True)).to_be_visible()

    hands.follow("I have copied it")
    hands.follow("Sam Reed")
    check(page)
    for path in ("/forgotten-password", "/forgotten-password/sent"):
        visitor.goto(path)
        check(visitor)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_warns_before_the_sign_in_ends_and_lets_one_stay(
    open_as: OpenAs, width: int
) -> None:
    page = open_as(LEAD, width=width)
    page.clock.install()
    page.goto("/projects")
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("56:00")
    expect(warning).to_be_visible()
    check(page)
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("56:00")
    expect(warning).to_be_visible()
