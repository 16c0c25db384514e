"""An impact calculator: what a figure is worked out from, and what must be printed beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, Reference, key_faults
from .fields import Wording
from .formulas import Formula, Reported, Rounding, rounded
from .sources import Part


class Incalculable(ValueError):
    """A result that must not or cannot be worked out. The message is for the person who asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalculatorInput(Part):
    """One figure that goes in. `value` is what it starts from; bounds are those of the sources."""

    title: Wording[str]
    unit: str = ""
    value: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    period: Wording[str] = ""
    help: Wording[str] = ""


class Reproduced(StrEnum):
    """How an example compares with the figure that a source prints."""

    YES = "yes"
    WITH_PUBLIC_INPUT = "with_public_input"
    """Reproduced with an input from another, public, source."""
    IMPLIED = "implied"
    """The source does not state the ratio; it follows from its figures."""
    NO = "no"
    """The source prints another figure."""
    SYNTHETIC = "synthetic"
    """Made up to try the formula; nobody's claim."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedExample:
    """Inputs with the result they must give. Checked when the plugin loads."""

    given: Mapping[str, Decimal]
    result: Decimal
    reproduced: Reproduced = Reproduced.YES
    printed: str = ""
    """What the source prints."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactCalculator(Definition):
    """A formula as data. `caveat` and the source are printed beside every figure.

    `measure` is the key of the measure whose change goes in; empty where none does. Results of one
    `overlap_group` count some of the same people and are never added.
    """

    kind_name: ClassVar[str] = "impact_calculator"

    title: Wording[str]
    formula: Formula
    unit: str
    caveat: Wording[str]
    inputs: tuple[CalculatorInput, ...] = ()
    rounding: Rounding = Rounding.NEAREST
    measure: str = ""
    baseline: Wording[str] = ""
    period: Wording[str] = ""
    is_up_to: Wording[bool] = False
    """The source says "up to", so the page does."""
    overlap_group: str = ""
    examples: Wording[tuple[WorkedExample, ...]] = ()

    @property
    def reported(self) -> Reported | None:
        """The figure as printed, where it is never worked out."""
        return self.formula if isinstance(self.formula, Reported) else None

    def formula_in_words(self) -> str:
        """`Fewer people ÷ number needed to harm`; empty for a reported figure."""
        if isinstance(self.formula, Reported):
            return ""
        return self.formula.words({one.key: one.title for one in self.inputs})

    def work_out(self, given: Mapping[str, Decimal]) -> Decimal:
        """The result from the inputs by key; those left out start from their own value.

        Raises Incalculable.
        """
        if isinstance(self.formula, Reported):
            raise Incalculable("This figure is reported by its source; it is not worked out.")
        own = {one.key: one.value for one in self.inputs if one.value is not None}
        held = {**own, **given}
        for one in self.inputs:
            if one.key not in held:
                raise Incalculable(f"{one.title} is not known.")
        try:
            return rounded(self.formula.result(held), self.rounding)
        except ZeroDivisionError:
            raise Incalculable(
                "One of the figures divides the others, so it cannot be 0."
            ) from None

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        for name in ("title", "unit", "caveat"):
            if not getattr(self, name).strip():
                yield f"has no {name}"
        yield from key_faults("input", (one.key for one in self.inputs))
        there = {one.key for one in self.inputs}
        used = set(self.formula.uses)
        yield from (f"the formula uses {key!r}, which is no input" for key in sorted(used - there))
        yield from (f"the formula does not use the input {key!r}" for key in sorted(there - used))
        for one in self.inputs:
            if _is_outside(one):
                yield f"input {one.key!r} starts outside its bounds"
        if self.reported and self.examples:
            yield "is a reported figure, so it has no examples"
        elif used == there:
            yield from self._example_faults()

    def _example_faults(self) -> Iterator[str]:
        there = {one.key for one in self.inputs}
        for number, example in enumerate(self.examples, start=1):
            if unknown := sorted(set(example.given) - there):
                yield f"example {number} gives {unknown[0]!r}, which is no input"
                continue
            try:
                result = self.work_out(example.given)
            except Incalculable as error:
                yield f"example {number}: {error}"
                continue
            if result != example.result:
                yield f"example {number} gives {result}, not {example.result}"

    def references(self) -> Iterator[Reference]:
        """See Definition."""
        if self.measure:
            yield Reference("measure", self.measure, "it")


def why_not_added(one: ImpactCalculator, other: ImpactCalculator) -> str | None:
    """Why two results may not be added; None if nothing speaks against it."""
    if one.ident == other.ident:
        return "They are the same figure."
    groups = {(each.programme, each.overlap_group) for each in (one, other)}
    if one.overlap_group and len(groups) == 1:
        return "They count some of the same people."
    if one.unit != other.unit:
        return f"One is in {one.unit}, the other in {other.unit}."
    if one.period != other.period:
        return "They are of different periods."
    return None


def _is_outside(one: CalculatorInput) -> bool:
    if one.value is None:
        return False
    is_low = one.at_least is not None and one.value < one.at_least
    return is_low or (one.at_most is not None and one.value > one.at_most)
