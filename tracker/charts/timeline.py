"""One phase on a line of months: when it runs, and today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.svg import Pen, num
from tracker.safe.dates import MONTHS

WIDTH = 400
_HIGH = 32
_FADE = 3
"""Stripes that stand for an end that is not known."""


@dataclass(frozen=True, slots=True)
class Months:
    """The months that a time line shows, from the first day of one to the end of another."""

    first: date
    number: int

    def at(self, day: date) -> float:
        """Where a day lies, in px; what is outside lies on the edge."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        place = months + (day.day - 1) / 31
        return min(max(place, 0), self.number) * WIDTH / self.number


def months_of(days: list[date], *, most: int = 36) -> Months | None:
    """The months from the earliest day to the latest; None without two days to lie between."""
    if not days:
        return None
    first, last = min(days), max(days)
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    return Months(first.replace(day=1), min(max(number, 3), most))


def phase_line(
    months: Months, today: date, start: date | None, end: date | None, *, fill: str = "#0d4a86"
) -> Markup:
    """A bar from start to end; an open end is striped. Print the dates beside it."""
    pen = Pen()
    each = WIDTH / months.number
    for number in range(1, months.number, 2):
        pen.rect(number * each, 0, each, _HIGH, "#f3f7fb", "qi-band")
    if start is not None:
        left = months.at(start)
        right = months.at(end) + each / 31 if end is not None else float(WIDTH)
        solid = max(right - left - (0 if end else _FADE * 8), 2)
        pen.rect(left, 7, solid, _HIGH - 14, fill, "qi-mark")
        if end is None:
            for number in range(_FADE):
                pen.rect(left + solid + 3 + number * 8, 7, 4, _HIGH - 14, fill, "qi-mark")
    at = months.at(today)
    if 0 < at < WIDTH:
        pen.line(f"M{num(at)} 0V{_HIGH}", svg.INK, 1.5, "4 3")
    return pen.ornament("qi-spc qi-line", WIDTH, _HIGH, f"0 0 {WIDTH} {_HIGH}")


def month_heads(months: Months) -> Markup:
    """The names of the months above the lines, and each year where it begins."""
    pen = Pen()
    each = WIDTH / months.number
    every = 1 if each >= 16 else 3
    for number in range(months.number):
        index = months.first.month - 1 + number
        x = (number + 0.5) * each
        if index % 12 == 0 or (number == 0 and (12 - index) * each > 44):
            pen.text(number * each, 12, str(months.first.year + index // 12), svg.INK, bold=True)
        if number % every == 0:
            pen.text(x, 28, MONTHS[index % 12][0], svg.SOFT, anchor="middle")
    return pen.ornament("qi-spc qi-line", WIDTH, _HIGH, f"0 0 {WIDTH} {_HIGH}")
