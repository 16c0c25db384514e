"""What a drawing needs besides the analysis: words, PDSA tests, events, and the drawings made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from markupsafe import Markup

from tracker.charts import svg
from tracker.spc.values import Direction

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Form(StrEnum):
    """How a value of the measure is written."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"


class Cadence(StrEnum):
    """How often a measure has a point. A period is named by its first day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ORDER = "order"
    """No dates: the order alone, such as one case after the other."""


@dataclass(frozen=True, slots=True)
class Words:
    """How to speak of one measure.

    `unit` follows a number in a sentence: "people", "days", "per 1,000 bed days"; for a percentage
    it may be empty. `axis` heads the axis; left empty it is made from the unit. A percentage is on
    the scale that is drawn, 0 to 100. `better` says which way is good, for words that need it.
    """

    title: str
    unit: str = ""
    form: Form = Form.COUNT
    decimals: int = 0
    cadence: Cadence = Cadence.MONTH
    better: Direction = Direction.NEUTRAL
    axis: str = ""

    def value(self, number: float) -> str:
        """A number as people read it: `1,195`, `97.1%`, `−0.25`; no needless zeros.

        >>> Words("Births", form=Form.PERCENT, decimals=1).value(95.0)
        '95%'
        """
        size = abs(number)
        if size >= 1e6:
            return short(number) + self.sign
        places = self.decimals
        if size < 100 and number != round(number, places):
            small = 1 if size >= 1 else 2 if size >= 0.1 else 2 - math.floor(math.log10(size)) - 1
            places = min(max(places, small), 6)
        return _signed(_trim(f"{number:,.{places}f}")) + self.sign

    @property
    def sign(self) -> str:
        """What follows every number without a space."""
        return "%" if self.form is Form.PERCENT else ""

    @property
    def said_unit(self) -> str:
        """The unit as it follows a number: ` people a month`, ` per 1,000 bed days`, or empty."""
        if self.form is Form.PERCENT or not self.unit:
            return ""
        if self.form is Form.COUNT and self.cadence is not Cadence.ORDER:
            return f" {self.unit} a {self.cadence}"
        return f" {self.unit}"

    @property
    def heading(self) -> str:
        """The words above the value axis."""
        if self.axis:
            return self.axis
        if self.form is Form.PERCENT:
            return f"Percentage of {self.unit}" if self.unit else "Percentage"
        said = self.said_unit.strip() or "Value"
        # Not "Mg": a symbol such as mg or ml keeps its case.
        return said if len(said.split()[0]) < 3 else said[0].upper() + said[1:]

    @property
    def periods(self) -> str:
        """The plural of a period: months, weeks, points."""
        return "points" if self.cadence is Cadence.ORDER else f"{self.cadence}s"

    def period(self, x: date | float) -> str:
        """A period in a sentence: `January 2022`, `week of 3 January 2022`, `point 4`."""
        if not isinstance(x, date):
            return f"point {x:g}"
        match self.cadence:
            case Cadence.MONTH:
                return f"{MONTHS[x.month - 1]} {x.year}"
            case Cadence.QUARTER:
                last = (x.month + 1) % 12
                return f"{MONTHS[x.month - 1]} to {MONTHS[last]} {x.year + (x.month > 10)}"
            case Cadence.YEAR:
                return str(x.year) if x.month == 1 else f"{x.year}/{(x.year + 1) % 100:02}"
            case Cadence.WEEK:
                return f"week of {x.day} {MONTHS[x.month - 1]} {x.year}"
        return f"{x.day} {MONTHS[x.month - 1]} {x.year}"

    def tick(self, x: date | float) -> str:
        """A period under the axis: `Jul 20`, `6 Jul 20`, `Apr–Jun 20`, `2021/22`, `4`."""
        if not isinstance(x, date):
            return f"{x:g}"
        month, year = MONTHS[x.month - 1][:3], f"{x.year % 100:02}"
        match self.cadence:
            case Cadence.MONTH:
                return f"{month} {year}"
            case Cadence.QUARTER:
                last = MONTHS[(x.month + 1) % 12][:3]
                return f"{month}–{last} {(x.year + (x.month > 10)) % 100:02}"
            case Cadence.YEAR:
                return self.period(x)
        return f"{x.day} {month} {year}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A PDSA test on the lane under the chart. Without `end` it still runs."""

    number: int
    label: str
    start: date
    end: date | None = None
    url: str = ""
    id: int = 0
    """Of the row behind it, where one may be named as a cause."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened around the team: a boxed letter under the chart."""

    letter: str
    label: str
    on: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Drawings:
    """One picture in two sizes; style sheets show the one that fits. Printing it gives both."""

    large: Markup
    small: Markup

    def __html__(self) -> str:
        return svg.join(self.large, self.small)


def short(number: float) -> str:
    """A large number in few characters: 1.2m, 3bn, 4.5tn.

    >>> short(1_250_000)
    '1.25m'
    """
    for size, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(number) >= size:
            if abs(number) >= 1e16:
                return _signed(f"{number:.2e}").replace("e+", "e")
            share = number / size
            places = 2 if abs(share) < 10 else 1 if abs(share) < 100 else 0
            text = f"{share:,.{places}f}"
            return _signed(text.rstrip("0").rstrip(".") if places else text) + name
    return _signed(_trim(f"{number:,.2f}"))


def _trim(text: str) -> str:
    if "." not in text:
        return text
    whole, part = text.split(".")
    return whole if not part.strip("0") else text


def _signed(text: str) -> str:
    """A true minus sign, which a reader cannot take for a dash; and no minus before nought."""
    if not text.startswith("-"):
        return text
    return "−" + text[1:] if text.strip("-0.,") else text[1:]


def next_day(day: date) -> date:
    """The end of a day: a mark that ends on a day covers it. The last day there is stays itself."""
    return day + timedelta(days=1) if day < date.max else day
