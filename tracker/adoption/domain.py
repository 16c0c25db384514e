"""How far adoption has come: levels in force, tallies of pairs, and roll-ups over quarters.

A pair is one element at one unit (or a unit alone, where a rubric has no elements). Roll-ups are
always made from pairs, never as a mean of means; a pair without a rating counts in the denominator
and one to which the element does not apply leaves it. Source: programmes README, roll-up rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from tracker.plugin_api import Proof, Stage
from tracker.safe.dates import first_day, last_day

NOT_APPLICABLE = "not_applicable"
"""Level of a pair to which the element does not apply: it leaves the denominator."""


class Side(StrEnum):
    """Who rates: the team itself, or its coach or PSC."""

    TEAM = "team"
    COACH = "coach"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.capitalize()


class EvidenceKind(StrEnum):
    """What a rating rests on."""

    CYCLE = "cycle"
    CHART = "chart"
    TRAINING = "training"
    CASE_STUDY = "case_study"
    USE = "use"
    DOCUMENT = "document"
    NOTE = "note"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _EVIDENCE[self]


_EVIDENCE = {
    EvidenceKind.CYCLE: "PDSA cycle",
    EvidenceKind.CHART: "Chart",
    EvidenceKind.TRAINING: "Training record",
    EvidenceKind.CASE_STUDY: "Case study",
    EvidenceKind.USE: "Use on a day",
    EvidenceKind.DOCUMENT: "Document",
    EvidenceKind.NOTE: "Note",
}


def unmet(
    stages: Sequence[Stage],
    level: str,
    shown: Mapping[Proof, int],
    months: Mapping[str, int] | None = None,
) -> list[str]:
    """What the guards of a level, and of every level below it, ask for and is not shown.

    `shown` counts what is linked, by proof; `months` are those of `months_below`. Unmet needs stop
    nobody: they are shown, and a reason passes them.
    """
    found: list[str] = []
    if level not in {stage.key for stage in stages}:
        return found
    for stage in stages:
        held = {**shown, Proof.MONTHS_BELOW: (months or {}).get(stage.key, 0)}
        for need in stage.needs:
            if sum(held.get(proof, 0) for proof in need.any_of) < need.at_least:
                found.append(need.text)
        if stage.key == level:
            break
    return list(dict.fromkeys(found))


def is_fall(stages: Sequence[Stage], before: str | None, level: str) -> bool:
    """Whether the level is below the one before: a fall is allowed and asks for a reason."""
    scores = {stage.key: stage.score for stage in stages}
    return before in scores and level in scores and scores[level] < scores[before]


DARKEST, THRESHOLD = 7, 5
"""Shades of the matrix run from 0 to 7; from 5 on they are dark, and count as adopted."""


def shades(stages: Sequence[Stage]) -> dict[str, int]:
    """The shade of each level, light where it does not count and dark where it does.

    Of a rubric in which no level counts, all shades. Eight levels have their score as their shade.
    """
    light = [stage.key for stage in stages if not stage.counts]
    dark = [stage.key for stage in stages if stage.counts]
    if not dark or not light:
        return _spread(light or dark, 0, DARKEST)
    return _spread(light, 0, THRESHOLD - 1) | _spread(dark, THRESHOLD, DARKEST)


def _spread(keys: Sequence[str], first: int, last: int) -> dict[str, int]:
    steps = max(len(keys) - 1, 1)
    return {key: first + (last - first) * number // steps for number, key in enumerate(keys)}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, named as the NHS counts it: `Q2 2023/24` is July to September 2023."""

    start: date

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that holds a day."""
        return cls(first_day(day, "quarterly"))

    @property
    def end(self) -> date:
        """Its last day."""
        return last_day(self.start, "quarterly")

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.start - timedelta(days=1))

    @property
    def after(self) -> Quarter:
        """The quarter after it."""
        return Quarter.of(self.end + timedelta(days=1))

    @property
    def key(self) -> str:
        """For an address: `2023-07`."""
        return f"{self.start:%Y-%m}"

    def __str__(self) -> str:
        year = self.start.year if self.start.month >= 4 else self.start.year - 1
        return f"Q{(self.start.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02d}"


def quarters_to(last: Quarter, number: int) -> list[Quarter]:
    """As many quarters up to `last`, oldest first."""
    found = [last]
    while len(found) < number:
        found.append(found[-1].before)
    return found[::-1]


class Pair(NamedTuple):
    """One element at one unit, by the unit's id; no element where the unit itself is rated."""

    unit: int
    element: str = ""


class Rated(NamedTuple):
    """One rating as columns: a matrix needs thousands, and rows of the ORM cost ten times more."""

    id: int
    unit: int
    element: str
    level: str
    on: date
    side: Side

    @property
    def pair(self) -> Pair:
        """What it is a rating of."""
        return Pair(self.unit, self.element)

    @property
    def rank(self) -> tuple[date, bool, int]:
        """The later stands; of two on one day the coach's, then the one given last."""
        return self.on, self.side is Side.COACH, self.id


def in_force(ratings: Iterable[Rated], on: date) -> dict[Pair, Rated]:
    """The rating that stands for each pair on a day."""
    standing: dict[Pair, Rated] = {}
    for each in ratings:
        if each.on > on:
            continue
        held = standing.get(each.pair)
        if held is None or each.rank > held.rank:
            standing[each.pair] = each
    return standing


@dataclass(slots=True)
class Tally:
    """Pairs in scope by level. `counting` are those at a level that counts as adopted."""

    counting: int = 0
    by_level: Counter[str] = field(default_factory=Counter)
    unrated: int = 0
    left_out: int = 0

    @property
    def in_scope(self) -> int:
        """The denominator: every pair but those to which the element does not apply."""
        return self.by_level.total() + self.unrated

    @property
    def percent(self) -> int | None:
        """Share that counts, rounded half up to whole per cent; None when nothing is in scope."""
        if not self.in_scope:
            return None
        return (200 * self.counting + self.in_scope) // (2 * self.in_scope)

    def add(self, level: str | None, counting: Collection[str]) -> None:
        """Count one pair; None is a pair that nobody has rated."""
        if level is None:
            self.unrated += 1
        elif level == NOT_APPLICABLE:
            self.left_out += 1
        else:
            self.by_level[level] += 1
            self.counting += level in counting

    def add_unit(self, counts: Mapping[str, int], pairs: int, counting: Collection[str]) -> None:
        """Count all pairs of a unit: how many are at each level, and how many there are."""
        for level, number in counts.items():
            if level == NOT_APPLICABLE:
                self.left_out += number
            elif number:
                self.by_level[level] += number
                if level in counting:
                    self.counting += number
        self.unrated += pairs - sum(counts.values())


def tally(
    pairs: Iterable[Pair], standing: Mapping[Pair, Rated], counting: Collection[str]
) -> Tally:
    """Count pairs by the level that stands for each.

    >>> at_five = {Pair(u): Rated(u, u, "", "partial_use", date(2023, 9, 1), Side.COACH)
    ...            for u in range(88)}
    >>> tally([Pair(u) for u in range(100)], at_five, {"partial_use"}).percent
    88
    """
    found = Tally()
    for pair in pairs:
        rated = standing.get(pair)
        found.add(rated.level if rated else None, counting)
    return found


G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Membership(Generic[G]):
    """A unit is in scope, and counts in `group`, from `start` to `end`, both included."""

    unit: int
    group: G
    start: date
    end: date


class Step(NamedTuple):
    """A pair comes to a level on a day."""

    unit: int
    element: str
    level: str
    on: date


def steps(ratings: Iterable[Rated]) -> list[Step]:
    """Ratings as steps, in the order in which they come to stand."""
    ordered = sorted(ratings, key=lambda each: each.rank)
    return [Step(each.unit, each.element, each.level, each.on) for each in ordered]


def over_time(
    ordered: Iterable[tuple[int, str, str, date]],
    units: Sequence[Membership[G]],
    elements: Collection[str],
    quarters: Sequence[Quarter],
    counting: Collection[str],
) -> dict[G, list[Tally]]:
    """One tally a quarter for each group, from the levels that stand on each quarter's last day.

    `ordered` are steps in the order of `steps`. One pass over them, and the counts of a unit are
    kept rather than counted again: of 14,000 ratings a page is made in a tenth of a second.
    """
    following = iter(ordered)
    held = next(following, None)
    standing: dict[tuple[int, str], str] = {}
    at_unit: dict[int, dict[str, int]] = {each.unit: {} for each in units}
    found: dict[G, list[Tally]] = {each.group: [] for each in units}
    for quarter in quarters:
        end = quarter.end
        while held is not None and held[3] <= end:
            unit, element, level, _ = held
            counts = at_unit.get(unit)
            if counts is not None and element in elements:
                before = standing.get((unit, element))
                if before is not None:
                    counts[before] -= 1
                counts[level] = counts.get(level, 0) + 1
                standing[unit, element] = level
            held = next(following, None)
        for tallies in found.values():
            tallies.append(Tally())
        for each in units:
            if each.start <= end <= each.end:
                found[each.group][-1].add_unit(at_unit[each.unit], len(elements), counting)
    return found


def since(ratings: Iterable[Rated], on: date) -> date | None:
    """The day from which the level that stands on `on` has stood without a break."""
    first: Rated | None = None
    for each in sorted(ratings, key=lambda each: each.rank):
        if each.on <= on and (first is None or first.level != each.level):
            first = each
    return first.on if first else None


def months_below(stages: Sequence[Stage], ratings: Iterable[Rated], on: date) -> dict[str, int]:
    """For each level, whole months up to a day at the level below it or above, without a break."""
    scores = {stage.key: stage.score for stage in stages}
    ordered = sorted((each for each in ratings if each.on <= on), key=lambda each: each.rank)
    found = {}
    for below, stage in pairwise(stages):
        start: date | None = None
        for each in ordered:
            if each.level in scores and scores[each.level] >= below.score:
                start = start or each.on
            else:
                start = None
        found[stage.key] = whole_months(start, on) if start else 0
    return found


def whole_months(start: date, end: date) -> int:
    """Whole months from a day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)
