"""A self-assessment: statements in domains, each answered on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from .definitions import Definition, key_faults
from .fields import Wording
from .measure import Cadence
from .rubric import AppliesTo
from .sources import Part


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One answer. Without a score it is left out of a domain's figure: not applicable.

    `evidence` is what is looked for; `needs_evidence` says that it has to be given.
    """

    key: str
    label: Wording[str]
    score: Decimal | None
    descriptor: str = ""
    needs_evidence: bool = False
    evidence: Wording[tuple[str, ...]] = ()


YES_PART_NO = (
    Response(key="yes", label="Yes", score=Decimal(2)),
    Response(key="part", label="Part", score=Decimal(1)),
    Response(key="no", label="No", score=Decimal(0)),
)
"""The scale of most checklists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement(Part):
    """What is agreed with or not. `level` says whose practice it is: organisation, system."""

    text: str
    help: Wording[str] = ""
    level: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain(Part):
    """Statements under one heading. Provisional ones carry a working label."""

    title: Wording[str]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfAssessment(Definition):
    """Domains in order; every statement is answered with one of `responses` and a note."""

    kind_name: ClassVar[str] = "self_assessment"

    title: Wording[str]
    applies_to: AppliesTo
    domains: tuple[Domain, ...]
    responses: tuple[Response, ...] = YES_PART_NO
    answered_by: Wording[str] = ""
    moderated_by: Wording[str] = ""
    repeated: Wording[Cadence | None] = None

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        if not self.domains:
            yield "has no domains"
        if len(self.responses) < 2:
            yield "needs at least two responses"
        yield from key_faults("response", (one.key for one in self.responses))
        yield from key_faults("domain", (domain.key for domain in self.domains))
        # Answers are kept by statement, so a key may not come back in another domain.
        statements = [one for domain in self.domains for one in domain.statements]
        yield from key_faults("statement", (one.key for one in statements))
        for domain in self.domains:
            if not domain.title.strip():
                yield f"domain {domain.key!r} has no title"
            if not domain.statements:
                yield f"domain {domain.key!r} has no statements"
        yield from (f"statement {one.key!r} has no text" for one in statements if not one.text)
