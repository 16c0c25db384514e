"""The matrix, a pair and the roll-up in a browser: accessible, by keyboard, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tracker.demo.people import PSC_MANAGER, VIEWER

from .conftest import OpenAs
from .hands import check, check_both

pytestmark = pytest.mark.browser

HOME = "/programmes/matneo/adoption"
CELLS = "table[data-grid] a.qi-l"


def pair_url(page: Page, unit: str = "Demo Ash unit", element: str = "caffeine_24h") -> str:
    """Address of a pair, from the matrix."""
    page.goto(HOME)
    row = page.get_by_role("row", name=re.compile(unit))
    url = row.locator(f'a[href$="/{element}"]').get_attribute("href")
    assert url is not None
    return url


def test_every_page_of_adoption_is_accessible(open_as: OpenAs) -> None:
    page = open_as(PSC_MANAGER)
    pair = pair_url(page)
    unit = pair.split("/levels/")[0]
    for path in (
        HOME,
        f"{HOME}?show=near",
        f"{HOME}?unit=Nowhere",
        "/programmes/opioids/adoption",
        f"{HOME}/over-time",
        f"{HOME}/over-time?by=element",
        f"{HOME}/units?q=ash",
        unit,
        pair,
        pair.replace("/levels/", "/rate/"),
        f"{unit}/rate-several/stage_of_adoption",
        f"{unit}/training",
        f"{unit}/training/add",
    ):
        check_both(page, path)


def test_the_matrix_is_one_tab_stop_with_arrow_keys(open_as: OpenAs) -> None:
    page = open_as(PSC_MANAGER)
    page.goto(HOME)
    cells = page.locator(CELLS)
    expect(page.locator(f'{CELLS}[tabindex="0"]')).to_have_count(1)
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(10)).to_be_focused()
    page.keyboard.press("End")
    expect(cells.nth(17)).to_be_focused()
    page.keyboard.press("Home")
    expect(cells.nth(9)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(cells.first).to_be_focused()
    expect(page.locator(f'{CELLS}[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What was said, newest first")).to_be_visible()


def test_a_pair_is_rated_without_script(open_as: OpenAs) -> None:
    page = open_as(PSC_MANAGER, java_script=False)
    page.goto(pair_url(page))
    page.get_by_role("link", name="Rate it").click()
    page.get_by_label("1: Aware").check()
    page.get_by_role("button", name="Save the rating").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    page.get_by_label("Reason").fill("The lead left, and nobody has taken over")
    page.get_by_role("button", name="Save the rating").click()
    expect(page.get_by_text("The rating is saved")).to_be_visible()
    expect(page.get_by_text("The lead left, and nobody has taken over")).to_be_visible()


def test_a_viewer_reads_the_matrix_and_rates_nothing(open_as: OpenAs) -> None:
    page = open_as(VIEWER)
    page.goto(pair_url(page))
    expect(page.get_by_role("link", name="Rate it")).to_have_count(0)
    check(page)
