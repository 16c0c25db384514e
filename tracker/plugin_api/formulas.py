"""Formulas of impact as data: worked out exactly, and printed in words beside every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import ClassVar

Given = Mapping[str, Decimal]
Names = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberNeeded:
    """People, divided by the number needed to treat or to harm."""

    tag: ClassVar[str] = "number_needed"

    people: str
    needed: str

    @property
    def uses(self) -> tuple[str, ...]:
        """Inputs by key; so for every formula."""
        return self.people, self.needed

    def result(self, given: Given) -> Fraction:
        """Raises ZeroDivisionError; so does every formula that divides."""
        return Fraction(given[self.people]) / Fraction(given[self.needed])

    def words(self, names: Names) -> str:
        """The formula as people read it; so for every formula."""
        return f"{names[self.people]} ÷ {names[self.needed]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """One figure over another: a cost for each case, how many times as much."""

    tag: ClassVar[str] = "ratio"

    top: str
    bottom: str

    @property
    def uses(self) -> tuple[str, ...]:
        return self.top, self.bottom

    def result(self, given: Given) -> Fraction:
        return Fraction(given[self.top]) / Fraction(given[self.bottom])

    def words(self, names: Names) -> str:
        return f"{names[self.top]} ÷ {names[self.bottom]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Percent:
    """A part of a whole, in percent."""

    tag: ClassVar[str] = "percent"

    part: str
    whole: str

    @property
    def uses(self) -> tuple[str, ...]:
        return self.part, self.whole

    def result(self, given: Given) -> Fraction:
        return 100 * Fraction(given[self.part]) / Fraction(given[self.whole])

    def words(self, names: Names) -> str:
        return f"100 × {names[self.part]} ÷ {names[self.whole]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """How much more there is after than before; with `falls`, how much less."""

    tag: ClassVar[str] = "change"

    before: str
    after: str
    falls: bool = False

    @property
    def uses(self) -> tuple[str, ...]:
        return self.before, self.after

    def result(self, given: Given) -> Fraction:
        more = Fraction(given[self.after]) - Fraction(given[self.before])
        return -more if self.falls else more

    def words(self, names: Names) -> str:
        first, second = self.uses if self.falls else self.uses[::-1]
        return f"{names[first]} - {names[second]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PercentChange:
    """The same in percent of what was there before."""

    tag: ClassVar[str] = "percent_change"

    before: str
    after: str
    falls: bool = False

    @property
    def uses(self) -> tuple[str, ...]:
        return self.before, self.after

    def result(self, given: Given) -> Fraction:
        change = Change(before=self.before, after=self.after, falls=self.falls)
        return 100 * change.result(given) / Fraction(given[self.before])

    def words(self, names: Names) -> str:
        change = Change(before=self.before, after=self.after, falls=self.falls)
        return f"100 × ({change.words(names)}) ÷ {names[self.before]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """Figures multiplied, if given times a `change`, divided by a fixed `over`."""

    tag: ClassVar[str] = "product"

    of: tuple[str, ...]
    change: Change | None = None
    over: Decimal = Decimal(1)

    @property
    def uses(self) -> tuple[str, ...]:
        return *self.of, *(self.change.uses if self.change else ())

    def result(self, given: Given) -> Fraction:
        product = self.change.result(given) if self.change else Fraction(1)
        for key in self.of:
            product *= Fraction(given[key])
        return product / Fraction(self.over)

    def words(self, names: Names) -> str:
        factors = [names[key] for key in self.of]
        if self.change:
            factors.append(f"({self.change.words(names)})")
        text = " × ".join(factors)
        return text if self.over == 1 else f"{text} ÷ {self.over.normalize():f}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """Figures added up: only those that a source adds up itself."""

    tag: ClassVar[str] = "sum"

    of: tuple[str, ...]

    @property
    def uses(self) -> tuple[str, ...]:
        return self.of

    def result(self, given: Given) -> Fraction:
        return sum((Fraction(given[key]) for key in self.of), Fraction(0))

    def words(self, names: Names) -> str:
        return " + ".join(names[key] for key in self.of)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """A figure as a source prints it. No formula reproduces it, so it is never worked out."""

    tag: ClassVar[str] = "reported"

    figure: Decimal
    printed: str = ""
    """As printed, where that says more: "about 15,000"."""

    @property
    def uses(self) -> tuple[str, ...]:
        return ()


Formula = NumberNeeded | Ratio | Percent | Change | PercentChange | Product | Sum | Reported


class Rounding(StrEnum):
    """How a result is printed. Halves go up."""

    NONE = "none"
    NEAREST = "nearest"
    FLOOR = "floor"
    NEAREST_10 = "nearest_10"
    NEAREST_MILLION = "nearest_million"
    ONE_DECIMAL = "one_decimal"
    TWO_DECIMALS = "two_decimals"


_STEPS = {
    Rounding.NEAREST: Fraction(1),
    Rounding.FLOOR: Fraction(1),
    Rounding.NEAREST_10: Fraction(10),
    Rounding.NEAREST_MILLION: Fraction(10**6),
    Rounding.ONE_DECIMAL: Fraction(1, 10),
    Rounding.TWO_DECIMALS: Fraction(1, 100),
}


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """A result as it is printed.

    >>> rounded(Fraction(30000, 62), Rounding.NEAREST), rounded(Fraction(25693, 10), Rounding.FLOOR)
    (Decimal('484'), Decimal('2569'))
    """
    if rounding is not Rounding.NONE:
        step = _STEPS[rounding]
        half = Fraction(0) if rounding is Rounding.FLOOR else Fraction(1, 2)
        value = floor(value / step + half) * step
    return Decimal(value.numerator) / Decimal(value.denominator)
