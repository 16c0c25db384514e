"""What a team is asked for about its charter and its equality impact assessment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from tracker.audit.models import AuditEvent
from tracker.permissions import Permission
from tracker.projects.dates import Day
from tracker.projects.models import Project
from tracker.projects.steps import Pressing, Seen, Step, facts, rule
from tracker.safe.dates import name_day

from .domain import About, Verdict
from .models import Decision

APPROVE_AGAIN = "Have the charter approved again"
WRITTEN = ("charter.written", "aim.set", "team.joined", "team.left")
"""What changes something that a charter says, in the words of the history."""


def _is_begun() -> ColumnElement[bool]:
    texts = (Project.background, Project.scope_in, Project.scope_out, Project.reports_to)
    return or_(*(text != "" for text in texts))


def _is_last(about: About) -> ColumnElement[bool]:
    """No later decision was taken on the same thing."""
    later = aliased(Decision)
    return and_(
        Decision.about == about,
        ~select(later.id)
        .where(
            later.project_id == Decision.project_id,
            later.about == about,
            later.id > Decision.id,
        )
        .correlate(Decision)
        .exists(),
    )


def _standing(today: date) -> Select[Any]:
    """Charters that are written or decided on: the last verdict, and `text` where it was changed.

    Whether it was changed is read from the history, so that a list of projects need not read and
    compare their charters.
    """
    changed = (
        select(AuditEvent.action)
        .where(
            AuditEvent.project_id == Project.id,
            AuditEvent.action.in_(WRITTEN),
            AuditEvent.at > Decision.at,
        )
        .limit(1)
        .correlate(Project, Decision)
        .scalar_subquery()
    )
    return (
        facts(Project.id, text=changed, note=Decision.verdict)
        .select_from(Project)
        .outerjoin(Decision, and_(Decision.project_id == Project.id, _is_last(About.CHARTER)))
        .where(or_(Decision.id.is_not(None), _is_begun()))
    )


@rule(Pressing.KEEP, Permission.PROJECT_EDIT, facts=_standing)
def to_have_it_approved(seen: Seen) -> Iterator[Step]:
    """The charter is written and nobody approved it, or it is not what was approved."""
    for fact in seen.facts:
        match fact.note, bool(fact.text):
            case Verdict.APPROVED, False:
                pass
            case Verdict.APPROVED, True:
                yield Step(APPROVE_AGAIN, "It was changed since it was approved.", "charter.show")
            case Verdict.REFUSED, False:
                yield Step("Change the charter", "It was sent back with a reason.", "charter.show")
            case Verdict.REFUSED, True:
                yield Step(APPROVE_AGAIN, "It was changed since it was sent back.", "charter.show")
            case _:
                yield Step(
                    "Have the charter approved",
                    "It is written; its executive sponsor or an administrator approves it.",
                    "charter.show",
                )


def _begun(today: date) -> Select[Any]:
    return facts(Project.id).where(_is_begun())


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
    return facts(Decision.project_id, row_id=Decision.id, on=Decision.review_on).where(
        Decision.review_on <= today, _is_last(About.EQUALITY)
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


def _reviews() -> Select[Any]:
    return facts(Decision.project_id, row_id=Decision.id, on=Decision.review_on).where(
        _is_last(About.EQUALITY)
    )


DATES = (
    Day(
        "equality",
        _reviews,
        lambda fact: "Look at the equality impact assessment again",
        "charter.equality",
    ),
)
RULES = (to_have_it_approved, to_look_at_equality, to_write_it)
