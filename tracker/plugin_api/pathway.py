"""A pathway: several phases that may overlap, each with a status and dates of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, key_faults, repeated
from .evidence import Need
from .fields import Wording
from .measure import Cadence
from .rubric import AppliesTo
from .sources import Part


class Medium(StrEnum):
    """The path on which a phase is taken."""

    ANY = "any"
    PAPER = "paper"
    DIGITAL = "digital"


class PhaseStatus(StrEnum):
    """How far a phase has come."""

    NOT_STARTED = "not_started"
    ONBOARDING = "onboarding"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    DELAYED = "delayed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase(Part):
    """One phase. The guide may give months from the start, calendar dates, or both.

    An open end is None. `note` is what is known of it nationally, with its date.
    """

    title: Wording[str]
    purpose: str = ""
    starts_month: int | None = None
    ends_month: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    path: Medium = Medium.ANY
    evidence: Wording[tuple[str, ...]] = ()
    needs: Wording[tuple[Need, ...]] = ()
    note: Wording[str] = ""

    def faults(self) -> Iterator[str]:
        """A sentence for each date and each guard that cannot be."""
        if not self.title.strip():
            yield "has no title"
        if self.starts_month is not None and self.starts_month < 1:
            yield f"starts in month {self.starts_month}; months start at 1"
        if self.ends_month is not None and self.ends_month < (self.starts_month or 1):
            yield f"ends in month {self.ends_month}, before it starts"
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield f"ends on {self.ends_on}, before it starts on {self.starts_on}"
        for need in self.needs:
            yield from need.faults()


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone(Part):
    """Something that should be there by a day."""

    text: str
    by: date | None = None
    printed: str = ""
    """The date as the source prints it, where that is no day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """When somebody counts as there: these phases complete, and these begun or complete."""

    title: str
    complete: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pathway(Definition):
    """Phases in the order in which they are listed; each has a status out of `statuses`."""

    kind_name: ClassVar[str] = "pathway"

    title: Wording[str]
    applies_to: AppliesTo
    phases: tuple[Phase, ...]
    statuses: tuple[PhaseStatus, ...] = (
        PhaseStatus.NOT_STARTED,
        PhaseStatus.IN_PROGRESS,
        PhaseStatus.COMPLETE,
    )
    arrival: Arrival | None = None
    milestones: Wording[tuple[Milestone, ...]] = ()
    rated_by: Wording[str] = ""
    rated: Wording[Cadence | None] = None
    notes: Wording[tuple[str, ...]] = ()
    """How the phases are read and counted: which is the current one, whose date stands."""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        if not self.phases:
            yield "has no phases"
        if len(self.statuses) < 2:
            yield "needs at least two statuses"
        yield from (f"status {one} occurs twice" for one in repeated(self.statuses))
        yield from key_faults("phase", (phase.key for phase in self.phases))
        yield from key_faults("milestone", (one.key for one in self.milestones))
        for phase in self.phases:
            yield from (f"phase {phase.key!r} {fault}" for fault in phase.faults())
        if self.arrival:
            yield from self._arrival_faults(self.arrival)

    def _arrival_faults(self, arrival: Arrival) -> Iterator[str]:
        named = {*arrival.complete, *arrival.begun}
        if not named:
            yield f"arrival {arrival.title!r} names no phase"
        for key in sorted(named - {phase.key for phase in self.phases}):
            yield f"arrival {arrival.title!r} names the phase {key!r}, which is not one of its own"
