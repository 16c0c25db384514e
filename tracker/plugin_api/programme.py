"""A national programme: who leads it, what it aims for and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, Source, key_faults
from .fields import Wording


class ProgrammeStatus(StrEnum):
    """Where a programme stands nationally. A closed one stays readable."""

    PLANNED = "planned"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeAim:
    """One national aim. `figure` is in `unit`; `by` is the day by which it should be reached."""

    key: str
    title: str
    text: str
    figure: Decimal | None = None
    unit: str = ""
    by: date | None = None
    source: Source | None = None
    provisional: bool = False


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
