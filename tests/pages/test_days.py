"""The three boxes of a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tracker.pages import Day, Form

Send = Callable[[type[Any], dict[str, Any]], Any]


class DayForm(Form):
    on = Day(
        "Start date",
        required="Enter the start date",
        earliest=date(2020, 1, 1),
        latest=lambda: date(2025, 7, 15),
    )
    maybe = Day("End date")


def parts(day: str, month: str, year: str, name: str = "on") -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_month_may_be_a_number_or_a_name(send: Send, month: str) -> None:
    form = send(DayForm, parts("5", month, "2025"))
    assert not form.errors
    assert form.on.filled == date(2025, 3, 5)
    assert form.maybe.data is None


def test_the_leap_day_is_a_date(send: Send) -> None:
    assert send(DayForm, parts("29", "2", "2024")).on.data == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "message", "leads_to"),
    [
        (("", "", ""), "Enter the start date", "on-day"),
        (("", "3", "2025"), "Start date must include a day", "on-day"),
        (("5", "", ""), "Start date must include a month and a year", "on-month"),
        (("5", "3", "25"), "Start date must have a year with 4 digits", "on-year"),
        (("5", "3", "٢٠٢٥"), "Start date must have a year with 4 digits", "on-year"),
        (("31", "2", "2025"), "Start date must be a real date", "on-day"),
        (("5", "13", "2025"), "Start date must be a real date", "on-day"),
        (("0x5", "3", "2025"), "Start date must be a real date", "on-day"),
        (("31", "12", "2019"), "Start date must be 1 January 2020 or later", "on-day"),
        (("16", "7", "2025"), "Start date must be 15 July 2025 or earlier", "on-day"),
    ],
)
def test_a_bad_date_says_what_is_wrong_and_where(
    send: Send, typed: tuple[str, str, str], message: str, leads_to: str
) -> None:
    form = send(DayForm, parts(*typed))
    assert form.on.errors == [message]
    assert form.on.error_id == leads_to
    assert tuple(part.shown for part in form.on.parts) == typed


def test_only_the_part_to_blame_is_marked(send: Send) -> None:
    form = send(DayForm, parts("5", "", "2025"))
    assert [part.bad for part in form.on.parts] == [False, True, False]


def test_all_parts_are_marked_when_none_is_to_blame(send: Send) -> None:
    form = send(DayForm, parts("31", "2", "2025"))
    assert [part.bad for part in form.on.parts] == [True, True, True]


def test_a_date_is_drawn_in_its_boxes(context: Any) -> None:
    form = DayForm(data={"on": date(2025, 3, 5)})
    assert [part.shown for part in form.on.parts] == ["5", "3", "2025"]


def test_boxes_that_were_emptied_are_an_empty_date(send: Send) -> None:
    form = DayForm
    sent = send(form, parts("5", "3", "2025") | parts("", "", "", "maybe"))
    assert sent.maybe.data is None
    assert not sent.maybe.errors
