"""What a team is asked for about its charter and its equality impact assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from tracker.audit.models import AuditEvent
from tracker.permissions import Permission
from tracker.projects.models import Project
from tracker.projects.steps import Pressing, Seen, Step, facts, rule
from tracker.safe.dates import name_day

from .domain import About
from .models import Decision

DECIDED = ("charter.approved", "charter.sent_back")
APPROVE_AGAIN = "Have the charter approved again"
WRITTEN = ("charter.written", "aim.set", "team.joined", "team.left")
"""What is done to something that a charter says, in the words of the history."""


def _last_done(today: date) -> Select[Any]:
    """What was done last to each charter; and `note`, what was decided on it last, if anything.

    From the history, so that a list of projects need not read and compare their charters.
    """

    def last(*actions: str) -> Any:
        return (
            select(AuditEvent.id)
            .where(AuditEvent.project_id == Project.id, AuditEvent.action.in_(actions))
            .order_by(AuditEvent.id.desc())
            .limit(1)
            .correlate(Project)
            .scalar_subquery()
        )

    done, decided = aliased(AuditEvent), aliased(AuditEvent)
    return (
        facts(Project.id, text=done.action, note=decided.action)
        .select_from(Project)
        .join(done, done.id == last(*WRITTEN, *DECIDED))
        .outerjoin(decided, decided.id == last(*DECIDED))
        .where(or_(decided.id.is_not(None), last("charter.written").is_not(None)))
    )


@rule(Pressing.KEEP, Permission.PROJECT_EDIT, facts=_last_done)
def to_have_it_approved(seen: Seen) -> Iterator[Step]:
    """The charter is written and nobody approved it, or it is not what was approved."""
    for fact in seen.facts:
        is_as_decided = fact.text in DECIDED
        if not fact.note:
            yield Step(
                "Have the charter approved",
                "It is written; its executive sponsor or an administrator approves it.",
                "charter.show",
            )
        elif fact.note == "charter.sent_back":
            if is_as_decided:
                yield Step("Change the charter", "It was sent back with a reason.", "charter.show")
            else:
                why = "It was changed since it was sent back."
                yield Step(APPROVE_AGAIN, why, "charter.show")
        elif not is_as_decided:
            yield Step(APPROVE_AGAIN, "It was changed since it was approved.", "charter.show")


def _begun(today: date) -> Select[Any]:
    texts = (Project.background, Project.scope_in, Project.scope_out, Project.reports_to)
    return facts(Project.id).where(or_(*(text != "" for text in texts)))


@rule(Pressing.TIDY, Permission.PROJECT_EDIT, facts=_begun)
def to_write_it(seen: Seen) -> Iterator[Step]:
    """There is no charter yet."""
    if not seen.facts:
        yield Step(
            "Write the charter",
            "One page: the problem, what is in scope, who does it and where it reports.",
            "charter.edit",
        )


def _due(today: date) -> Select[Any]:
    later = aliased(Decision)
    is_last = (
        ~select(later.id)
        .where(
            later.project_id == Decision.project_id,
            later.about == About.EQUALITY,
            later.id > Decision.id,
        )
        .correlate(Decision)
        .exists()
    )
    return facts(Decision.project_id, row_id=Decision.id, on=Decision.review_on).where(
        Decision.about == About.EQUALITY, Decision.review_on <= today, is_last
    )


@rule(Pressing.KEEP, Permission.PROJECT_EDIT, facts=_due)
def to_look_at_equality(seen: Seen) -> Iterator[Step]:
    """The day by which the assessment was to be looked at again has come."""
    for fact in seen.facts:
        if fact.on is not None:
            yield Step(
                "Look at the equality impact assessment again",
                f"That was due by {name_day(fact.on)}.",
                "charter.equality",
            )


RULES = (to_have_it_approved, to_look_at_equality, to_write_it)
