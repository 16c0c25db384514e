"""How teams join a collaborative and when they meet: expressions of interest, and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from .definitions import Definition, key_faults, repeated
from .fields import Wording
from .sources import Part

LONDON = ZoneInfo("Europe/London")
"""Time zone of every event and closing time."""


class Answer(StrEnum):
    """What is asked for under a criterion."""

    CONFIRM = "confirm"
    NUMBER = "number"
    CHOICE = "choice"
    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion(Part):
    """One question. `decides` is false for what is asked but does not settle eligibility.

    `evidence` is what to have at hand; `details` asks for more words beside the answer.
    """

    text: str
    answer: Answer = Answer.CONFIRM
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    decides: bool = True
    required: bool = True
    evidence: Wording[tuple[str, ...]] = ()
    help: Wording[str] = ""
    details: Wording[str] = ""

    def faults(self) -> Iterator[str]:
        """A sentence for each thing that makes it unanswerable."""
        if not self.text.strip():
            yield "has no text"
        is_choice = self.answer is Answer.CHOICE
        if is_choice and len(self.choices) < 2:
            yield "needs at least two choices"
        if self.choices and not is_choice:
            yield f"has choices, but asks for a {self.answer}"
        yield from (f"choice {one!r} occurs twice" for one in repeated(self.choices))
        countable = self.answer in (Answer.NUMBER, Answer.PEOPLE)
        if self.at_least is not None and not countable:
            yield f"has at_least, but asks for a {self.answer}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpressionOfInterest(Definition):
    """A call to join. Without `opens` and `closes` it is always open.

    A criterion may be met already or promised by `met_by`. `consent` is what is agreed to with
    name and time; empty asks for none.
    """

    kind_name: ClassVar[str] = "expression_of_interest"

    title: Wording[str]
    criteria: tuple[Criterion, ...]
    opens: datetime | None = None
    closes: datetime | None = None
    met_by: date | None = None
    starts_on: Wording[date | None] = None
    answer_by: Wording[str] = ""
    """When applicants hear, in words: "Week of 30 June 2025"."""
    consent: str = ""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        if not self.criteria:
            yield "has no criteria"
        yield from zone_faults(opens=self.opens, closes=self.closes)
        if before(self.closes, self.opens):
            yield "closes before it opens"
        yield from key_faults("criterion", (one.key for one in self.criteria))
        for one in self.criteria:
            yield from (f"criterion {one.key!r} {fault}" for fault in one.faults())


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeEvent(Definition):
    """An event that teams come to, and what they do until the next one.

    With `starts` and `ends`, or only a `day`, or none while no date is set. An event that moves is
    the same event, so dates are wording. `coach_checks` are keys of what a coach reviews after it.
    """

    kind_name: ClassVar[str] = "event"

    title: Wording[str]
    starts: Wording[datetime | None] = None
    ends: Wording[datetime | None] = None
    day: Wording[date | None] = None
    printed: Wording[str] = ""
    """The time as the source prints it, where that is no day: "July"."""
    place: Wording[str] = ""
    people_per_team: int = 1
    topics: Wording[tuple[str, ...]] = ()
    leaves_with: Wording[str] = ""
    before_next: Wording[tuple[str, ...]] = ()
    coach_checks: Wording[tuple[str, ...]] = ()

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        yield from zone_faults(starts=self.starts, ends=self.ends)
        if (self.starts is None) != (self.ends is None):
            yield "has only one of starts and ends"
        if before(self.ends, self.starts):
            yield "ends before it starts"
        if self.day and self.starts:
            yield "has both a day and times; the times say the day"
        if self.people_per_team < 0:
            yield f"people_per_team is {self.people_per_team}; it must be 0 or more"
        yield from (f"coach check {key!r} occurs twice" for key in repeated(self.coach_checks))


def zone_faults(**moments: datetime | None) -> Iterator[str]:
    """A sentence for each time that does not say whose time it is."""
    for name, moment in moments.items():
        if moment is not None and moment.tzinfo is None:
            yield f"{name} has no time zone; write datetime(..., tzinfo=LONDON)"


def before(one: datetime | None, other: datetime | None) -> bool:
    """Whether both are there and the first is not after the second. Zones are checked elsewhere."""
    if one is None or other is None or not (one.tzinfo and other.tzinfo):
        return False
    return one <= other
