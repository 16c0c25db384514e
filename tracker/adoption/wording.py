"""Small turns of phrase: how long something has stood, and the start of a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .domain import whole_months

if TYPE_CHECKING:
    from flask import Flask


def how_long(start: date, end: date) -> str:
    """`today`, `12 days`, `5 months`, `2 years 1 month`.

    >>> how_long(date(2024, 1, 31), date(2026, 3, 1))
    '2 years 1 month'
    """
    months = whole_months(start, end)
    if months < 2:
        days = (end - start).days
        return "today" if days < 1 else _counted(days, "day")
    years, rest = divmod(months, 12)
    parts = [_counted(years, "year")] if years else []
    return " ".join([*parts, _counted(rest, "month")] if rest else parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def capital(words: str) -> str:
    """The words with a capital first letter, and the rest as it was."""
    return words[:1].upper() + words[1:]


def init_wording(app: Flask) -> None:
    """Tell the page of an organisation which programmes are followed there."""
    from tracker.safe.dates import today

    from . import queries

    app.jinja_env.globals["followed_at"] = lambda organisation_id: queries.programmes_at(
        organisation_id, today()
    )
