"""What a team should do next: small rules, each with a reason and the page where it is done.

A room that knows something a team should be asked for adds a rule in a module `steps.py` of its
own and registers it in its `init(app)`::

    # tracker/risks/steps.py
    def due(today: date) -> Select[Any]:
        return facts(Risk.project_id, row_id=Risk.id, text=Risk.what, on=Risk.review_on).where(
            Risk.deleted_at.is_(None), Risk.review_on < today
        )

    @rule(Pressing.KEEP, Permission.PDSA_LOG, facts=due)
    def to_review(seen: Seen) -> Iterator[Step]:
        for risk in seen.facts:
            yield Step(f"Look at the risk “{risk.text}” again", f"Due {risk.on}.", "risks.show",
                       {"risk_id": risk.id})

    RULES = (to_review,)

    # tracker/risks/__init__.py, in init(app)
    steps.register(app, *RULES)

A rule is asked about every active project of a list, also about those without facts. It may look
at the project with its aim, at its measures and cycles, and at its own facts, and asks the
database nothing: the facts of all rules and projects come in one statement (`facts_of`). So a
list costs the same however many rules there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, current_app
from sqlalchemy import Select

from tracker.permissions import Permission

from .facts import Fact, Facts, facts, gathered

if TYPE_CHECKING:
    from tracker.measures.models import Measure
    from tracker.pdsa.models import PdsaCycle

    from .models import Project

__all__ = ["Fact", "Facts", "Pressing", "Rule", "Seen", "Step", "facts", "register", "rule"]


class Pressing(IntEnum):
    """How pressing a step is. Among equals the order is that in which rules were registered."""

    BEGIN = 1
    """Without it nothing can be learned: an aim, a measure, figures, a cycle."""
    LEARN = 2
    """A test has ended, and what it taught is not written down yet."""
    LATE = 3
    """Somebody waits for it: figures, a task, a signal to explain."""
    KEEP = 4
    """It keeps the project in order: a vacant role, a review, an approval."""
    TIDY = 5
    """It would be better so."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, and the page of the project where it is done."""

    text: str
    reason: str
    endpoint: str
    at: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule may look at, of one project."""

    project: Project
    measures: Sequence[Measure]
    cycles: Sequence[PdsaCycle]
    facts: Sequence[Fact]
    today: date


Asking = Callable[[Seen], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be asked of a team, of whom, and how pressing it is."""

    pressing: Pressing
    needs: Permission
    """What a person must be allowed to do for its steps to be theirs."""
    ask: Asking
    facts: Callable[[date], Select[Any]] | None = None

    @property
    def key(self) -> str:
        """A name of its own: where its function is."""
        return f"{self.ask.__module__}.{self.ask.__name__}"


def rule(
    pressing: Pressing, needs: Permission, *, facts: Callable[[date], Select[Any]] | None = None
) -> Callable[[Asking], Rule]:
    """Make a function that yields steps a rule; `facts` is the statement that reads its facts."""
    return lambda ask: Rule(pressing, needs, ask, facts)


def register(app: Flask, *rules: Rule) -> None:
    """Let these rules ask. Called in a room's `init`, in the order in which they matter."""
    app.extensions.setdefault("tracker_steps", {}).update({one.key: one for one in rules})


def rules_of(app: Flask) -> list[Rule]:
    """All that may be asked, the most pressing first."""
    held: Mapping[str, Rule] = app.extensions.get("tracker_steps", {})
    return sorted(held.values(), key=lambda one: one.pressing)


def facts_of(project_ids: Collection[int], today: date) -> Facts:
    """What every rule needs to know of these projects: one statement."""
    asked = {one.key: one.facts(today) for one in rules_of(current_app) if one.facts}
    return gathered(asked, project_ids)


class Asked(NamedTuple):
    """A step with the place of its rule among all rules, and what a person must be allowed to do
    for it to be theirs."""

    place: int
    needs: Permission
    step: Step


def steps_of(
    project: Project,
    measures: Sequence[Measure],
    cycles: Sequence[PdsaCycle],
    found: Facts,
    today: date,
) -> list[Asked]:
    """What to do now, the most pressing first; empty when all is in hand."""
    return [
        Asked(place, one.needs, step)
        for place, one in enumerate(rules_of(current_app))
        for step in one.ask(
            Seen(project, measures, cycles, found.get((one.key, project.id), ()), today)
        )
    ]
