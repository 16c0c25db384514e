"""Who to bring in, and what their words mean: team roles, stakeholders and glossary terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition
from .fields import Wording
from .sources import Part


class Level(StrEnum):
    """A place on the map of stakeholders."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class StakeholderRole(StrEnum):
    """What somebody does in a project."""

    SPONSOR = "sponsor"
    LEAD = "lead"
    MEMBER = "member"
    DATA = "data"
    QI = "qi"
    LIVED_EXPERIENCE = "lived_experience"
    ADVISER = "adviser"
    INFORMED = "informed"


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamRole(Part):
    """A part that somebody should play on every team: "Executive sponsor", "Neonatal lead".

    `note` says what the person is there for, to whoever has to find one.
    """

    title: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StakeholderSuggestion(Definition):
    """Somebody typical to think of. A project copies the suggestion and edits it.

    `influence` and `interest` are where the map starts; None where nobody can say beforehand.
    """

    kind_name: ClassVar[str] = "stakeholder"

    title: Wording[str]
    group: Wording[str] = ""
    role: Wording[StakeholderRole | None] = None
    influence: Wording[Level | None] = None
    interest: Wording[Level | None] = None
    note: Wording[str] = ""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"


@dataclass(frozen=True, kw_only=True, slots=True)
class GlossaryTerm(Definition):
    """A term as people write it: `title` "NEWS2", `expansion` in full, `meaning` in a sentence."""

    kind_name: ClassVar[str] = "glossary_term"

    title: Wording[str]
    expansion: Wording[str] = ""
    meaning: Wording[str] = ""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        if not self.expansion.strip() and not self.meaning.strip():
            yield "has neither an expansion nor a meaning"
