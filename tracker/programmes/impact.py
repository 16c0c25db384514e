"""Impact calculators with figures of one's own: worked out, shown with their basis, not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.pages import number
from tracker.plugin_api import CalculatorInput, ImpactCalculator, Incalculable, why_not_added
from tracker.safe.numbers import NotANumber, parse_number


@dataclass(frozen=True, slots=True)
class Entered:
    """One input: what the person typed or what the source says, and what is wrong with it."""

    input: CalculatorInput
    name: str
    typed: str | None
    value: Decimal | None
    fault: str = ""

    @property
    def shown(self) -> str:
        """What stands in the box."""
        if self.typed is not None:
            return self.typed
        return "" if self.value is None else f"{self.value:f}"


@dataclass(frozen=True, slots=True)
class Worked:
    """A calculator with its inputs and, where it can be worked out, its result."""

    calculator: ImpactCalculator
    inputs: tuple[Entered, ...]
    result: Decimal | None
    fault: str = ""

    @property
    def is_own(self) -> bool:
        """Whether a person typed something."""
        return any(one.typed is not None for one in self.inputs)

    @property
    def lacking(self) -> list[str]:
        """Inputs that nobody has given a figure for."""
        return [one.input.title for one in self.inputs if one.value is None and not one.fault]

    @property
    def in_figures(self) -> str:
        """The formula with the figures in place of their names."""
        if self.calculator.reported or self.result is None:
            return ""
        names = {one.input.key: number(one.value) for one in self.inputs if one.value is not None}
        return self.calculator.formula.words(names)  # type: ignore[union-attr]  # not Reported


@dataclass(frozen=True, slots=True)
class Added:
    """Two figures that somebody asked to add: the total, or why there is none."""

    first: Worked
    second: Worked
    total: Decimal | None
    why_not: str = ""


def worked(calculator: ImpactCalculator, typed: Mapping[str, str]) -> Worked:
    """A calculator with what was typed, by `calculator.input`."""
    inputs = tuple(_entered(calculator, one, typed) for one in calculator.inputs)
    if calculator.reported or any(one.fault for one in inputs):
        return Worked(calculator, inputs, None)
    given = {one.input.key: one.value for one in inputs if one.value is not None}
    try:
        return Worked(calculator, inputs, calculator.work_out(given))
    except Incalculable as error:
        return Worked(calculator, inputs, None, str(error))


def _entered(
    calculator: ImpactCalculator, one: CalculatorInput, typed: Mapping[str, str]
) -> Entered:
    name = f"{calculator.key}.{one.key}"
    text = typed.get(name)
    if text is None or not text.strip():
        return Entered(one, name, None, one.value)
    try:
        value = parse_number(text)
    except NotANumber as error:
        return Entered(one, name, text, None, str(error))
    if one.at_least is not None and value < one.at_least:
        return Entered(one, name, text, value, f"Enter {number(one.at_least)} or more")
    if one.at_most is not None and value > one.at_most:
        return Entered(one, name, text, value, f"Enter {number(one.at_most)} or less")
    return Entered(one, name, text, value)


def added(every: Sequence[Worked], first: str, second: str) -> Added | None:
    """The sum of two by key; None when either is not there."""
    by_key = {one.calculator.key: one for one in every}
    one, other = by_key.get(first), by_key.get(second)
    if one is None or other is None:
        return None
    if why := _why_not(one, other):
        return Added(one, other, None, why)
    if one.result is None or other.result is None:
        return Added(one, other, None, "One of them cannot be worked out with these figures.")
    return Added(one, other, one.result + other.result)


def _why_not(one: Worked, other: Worked) -> str | None:
    pair = one.calculator, other.calculator
    if any(calculator.reported for calculator in pair):
        return "A reported figure is shown as its source prints it, and not added to."
    if why := why_not_added(*pair):
        return why
    if not all(calculator.period for calculator in pair):
        return "Not both say which period they are of."
    return None
