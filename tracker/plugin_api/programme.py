"""A national programme: who leads it, what it aims for and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, key_faults
from .fields import Wording
from .people import TeamRole
from .sources import Part, Source


class ProgrammeStatus(StrEnum):
    """Where a programme stands nationally. A closed one stays readable."""

    PLANNED = "planned"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeAim(Part):
    """One national aim. `figure` is in `unit`; `by` is the day by which it should be reached."""

    title: str
    text: str
    figure: Decimal | None = None
    unit: str = ""
    by: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Workstream(Part):
    """A part of a programme with a name of its own: a care bundle, a medicine, a strand."""

    title: str
    text: str = ""
    status: ProgrammeStatus = ProgrammeStatus.ACTIVE
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceItem(Part):
    """One line of a reference list."""

    title: str
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceList(Part):
    """A list that teams look things up in: groups of medicines, methods of response, tools."""

    title: str
    text: str = ""
    items: tuple[ReferenceItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one source says where another says something else."""

    text: str
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction(Part):
    """Sources that disagree: what each says, and how the tracker goes about it."""

    title: str
    claims: tuple[Claim, ...]
    handling: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme(Definition):
    """A programme. Its own `key` and `programme` are the same word.

    Almost all of it is wording: a programme that gains an aim, or closes, is still the same one.
    """

    kind_name: ClassVar[str] = "programme"

    title: Wording[str]
    purpose: Wording[str] = ""
    parent: Wording[str] = ""
    lead: Wording[str] = ""
    unit_of_adoption: str = ""
    """What takes the programme up and is counted: an ICB, a unit, a trust."""
    settings: Wording[str] = ""
    status: Wording[ProgrammeStatus] = ProgrammeStatus.ACTIVE
    status_note: Wording[str] = ""
    opened_on: Wording[date | None] = None
    closed_on: Wording[date | None] = None
    aims: Wording[tuple[ProgrammeAim, ...]] = ()
    aim_template: Wording[str] = ""
    """Start of a team's own aim, with {blanks} for the team to fill."""
    workstreams: Wording[tuple[Workstream, ...]] = ()
    team_roles: Wording[tuple[TeamRole, ...]] = ()
    """Parts that every team should have filled, all of them; empty for those of any project."""
    reference_lists: Wording[tuple[ReferenceList, ...]] = ()
    contradictions: Wording[tuple[Contradiction, ...]] = ()
    open_questions: Wording[tuple[str, ...]] = ()
    """What a domain owner still has to answer; printed with the sources."""
    on_by_default: Wording[bool] = False
    """Offered to every organisation that has not switched it off. For work of no programme."""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if self.key != self.programme:
            yield f"key is {self.key!r} and programme {self.programme!r}; write the same word"
        if not self.title.strip():
            yield "has no title"
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            yield f"closes on {self.closed_on}, before it opens on {self.opened_on}"
        yield from key_faults("aim", (aim.key for aim in self.aims))
        yield from key_faults("workstream", (one.key for one in self.workstreams))
        yield from key_faults("team role", (one.key for one in self.team_roles))
        yield from key_faults("reference list", (one.key for one in self.reference_lists))
        yield from key_faults("contradiction", (one.key for one in self.contradictions))
        for strand in self.workstreams:
            if strand.opened_on and strand.closed_on and strand.closed_on < strand.opened_on:
                yield f"workstream {strand.key!r} closes before it opens"
        for listed in self.reference_lists:
            items = (item.key for item in listed.items)
            yield from key_faults(f"reference list {listed.key!r}: item", items)
        for one in self.contradictions:
            if len(one.claims) < 2:
                yield f"contradiction {one.key!r} needs what two sources say"
            if not one.handling.strip():
                yield f"contradiction {one.key!r} does not say how it is handled"
