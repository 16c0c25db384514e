"""What a team does with a PDSA cycle. Every function runs inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.drivers import services as drivers
from tracker.plugin_api import PdsaLogged, PdsaStep
from tracker.plugin_host.events import tell
from tracker.projects.queries import accounts_by_name
from tracker.projects.services import touch
from tracker.safe.dates import today
from tracker.tasks.models import Task

from . import queries
from .domain import CycleKind, Decision, DoneAsPlanned, Size
from .models import CycleNote, PdsaCycle, Prediction

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project


@dataclass(frozen=True, kw_only=True, slots=True)
class PredictionPlan:
    """A prediction as planned: words, or a measure with a value for a period (its first day)."""

    text: str = ""
    measure_id: int | None = None
    value: Decimal | None = None
    period: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskPlan:
    """A task as planned."""

    what: str
    who: str = ""
    where: str = ""
    due_on: date | None = None
    id: int | None = None
    """The row it was drawn from; None is one more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CyclePlan:
    """The plan of a cycle: everything a team writes before it starts."""

    title: str
    starts_on: date
    ends_on: date | None = None
    change_idea: str = ""
    kind: CycleKind = CycleKind.TEST
    objective: str = ""
    questions: str = ""
    theory: str = ""
    scale: str = ""
    size: Size | None = None
    data_plan: str = ""
    predictions: Sequence[PredictionPlan] = field(default=())
    tasks: Sequence[TaskPlan] = field(default=())
    known_tasks: frozenset[int] | None = None
    """Ids of the tasks that whoever planned has seen; None: of all. Others are left as they are."""


PLANNED = (
    "title",
    "starts_on",
    "ends_on",
    "change_idea",
    "kind",
    "objective",
    "questions",
    "theory",
    "scale",
    "size",
    "data_plan",
)


def plan(
    project: Project,
    planned: CyclePlan,
    *,
    by: User,
    parent: PdsaCycle | None = None,
    on: date | None = None,
) -> PdsaCycle:
    """Plan a new cycle; with a `parent` it is the next of its ramp.

    `on` is the day it was planned, when that was not today: its predictions were made then.
    """
    cycle = PdsaCycle(
        project_id=project.id,
        number=queries.next_number(project.id),
        parent_id=parent.id if parent else None,
        **{name: getattr(planned, name) for name in PLANNED},
    )
    goes_on = parent is not None and planned.change_idea == parent.change_idea
    cycle.change_idea_id = (parent.change_idea_id if parent and goes_on else None) or (
        drivers.idea_for(project.id, planned.change_idea, by=by)
    )
    db.session.add(cycle)
    db.session.flush()
    _set_rows(cycle, planned, on=on or today(), by=by)
    audit.record("pdsa.planned", of=cycle, by=by, detail={"number": cycle.number})
    _tell(cycle, PdsaStep.PLAN, by)
    return _touched(cycle)


def change_plan(cycle: PdsaCycle, planned: CyclePlan, *, by: User) -> PdsaCycle:
    """Change the plan of a cycle, its predictions and its tasks."""
    before = (_told(cycle.predictions), _told(cycle.tasks))
    if planned.change_idea != cycle.change_idea or cycle.change_idea_id is None:
        # The same words still mean the same idea, though it may be called otherwise by now.
        cycle.change_idea_id = drivers.idea_for(cycle.project_id, planned.change_idea, by=by)
    for name in PLANNED:
        setattr(cycle, name, getattr(planned, name))
    told = audit.changes(cycle)
    _set_rows(cycle, planned, on=today(), by=by)
    after = (_told(cycle.predictions), _told(cycle.tasks))
    for name, old, new in zip(("predictions", "tasks"), before, after, strict=True):
        if old != new:
            told[name] = [old, new]
    if told:
        cycle.changed()
        audit.record("pdsa.plan_changed", of=cycle, by=by, detail=told)
        _tell(cycle, PdsaStep.PLAN, by)
    return _touched(cycle)


def log_do(
    cycle: PdsaCycle,
    *,
    done_as_planned: DoneAsPlanned | None,
    observations: str,
    problems: str,
    by: User,
) -> PdsaCycle:
    """Write down what happened."""
    cycle.done_as_planned, cycle.observations, cycle.problems = (
        done_as_planned,
        observations,
        problems,
    )
    return _recorded(cycle, "pdsa.done", PdsaStep.DO, by)


def note(cycle: PdsaCycle, *, what: str, surprise: str, on: date, by: User) -> CycleNote:
    """Add what somebody saw; nobody's words are changed by it."""
    row = CycleNote(
        project_id=cycle.project_id,
        cycle_id=cycle.id,
        happened_on=on,
        what=what,
        surprise=surprise,
        by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("note.added", of=row, by=by, detail={"cycle": cycle.number})
    _tell(cycle, PdsaStep.DO, by)
    _touched(cycle)
    return row


def remove_note(row: CycleNote, *, by: User) -> None:
    """Take a note away; it can be restored for 30 days."""
    row.deleted_at, row.deleted_by_id = utcnow(), by.id
    audit.record("note.removed", of=row, by=by)
    db.session.flush()
    touch(row.project_id)


def restore_note(row: CycleNote, *, by: User) -> None:
    """Bring a note back."""
    row.deleted_at = row.deleted_by_id = None
    audit.record("note.restored", of=row, by=by)
    db.session.flush()
    touch(row.project_id)


def study(
    cycle: PdsaCycle,
    *,
    learned: str,
    results: dict[int, tuple[str, bool | None]],
    by: User,
) -> PdsaCycle:
    """Write down what was learned. `results` maps the id of a prediction in words to what
    happened and whether it was met; numeric ones are scored from their measure."""
    cycle.learned = learned
    told = audit.changes(cycle)
    for prediction in cycle.predictions:
        if prediction.measure_id is None and prediction.id in results:
            prediction.result, prediction.was_met = results[prediction.id]
            for name, change in audit.changes(prediction).items():
                told[f"prediction {prediction.position} {name}"] = change
    if told:
        cycle.changed()
        audit.record("pdsa.studied", of=cycle, by=by, detail=told)
        _tell(cycle, PdsaStep.STUDY, by)
    return _touched(cycle)


def decide(
    cycle: PdsaCycle, decision: Decision | None, *, next_change: str, on: date, by: User
) -> PdsaCycle:
    """Adopt, adapt or abandon the change; None takes the decision back."""
    cycle.decision = decision
    cycle.decided_on = on if decision else None
    cycle.next_change = next_change
    return _recorded(cycle, "pdsa.decided", PdsaStep.ACT, by)


def next_plan(cycle: PdsaCycle, *, today: date) -> CyclePlan:
    """The plan of the next cycle of the ramp, filled in from this one for a person to change.

    Predictions keep their measure and words; their values and periods are for the team to say.
    """
    return CyclePlan(
        title=cycle.title,
        starts_on=today,
        change_idea=cycle.change_idea,
        kind=cycle.kind,
        objective=cycle.objective,
        questions=cycle.questions,
        theory=cycle.next_change or cycle.theory,
        scale=cycle.scale,
        size=cycle.size,
        data_plan=cycle.data_plan,
        predictions=[
            PredictionPlan(text=p.text, measure_id=p.measure_id) for p in cycle.predictions
        ],
        tasks=[TaskPlan(what=t.what, who=t.who, where=t.where) for t in cycle.tasks],
    )


def delete(cycle: PdsaCycle, *, by: User) -> None:
    """Delete a cycle; it can be restored for 30 days."""
    cycle.deleted_at, cycle.deleted_by_id = utcnow(), by.id
    audit.record("pdsa.deleted", of=cycle, by=by)
    _touched(cycle)


def restore(cycle: PdsaCycle, *, by: User) -> None:
    """Bring a deleted cycle back."""
    cycle.deleted_at = cycle.deleted_by_id = None
    audit.record("pdsa.restored", of=cycle, by=by)
    _touched(cycle)


def _set_rows(cycle: PdsaCycle, planned: CyclePlan, *, on: date, by: User) -> None:
    """Make predictions and tasks those of the plan, keeping the rows that keep their place."""
    held = {p.position: p for p in cycle.predictions}
    for position, wanted in enumerate(planned.predictions, start=1):
        row = held.pop(position, None)
        if row is None:
            row = Prediction(project_id=cycle.project_id, position=position)
            cycle.predictions.append(row)
        if row.made_on is None or any(getattr(row, n) != getattr(wanted, n) for n in row.TOLD):
            row.made_on = on
        row.text, row.measure_id = wanted.text, wanted.measure_id
        row.value, row.period = wanted.value, wanted.period
    for dropped in held.values():
        cycle.predictions.remove(dropped)
        db.session.delete(dropped)
    db.session.flush()
    _set_tasks(cycle, planned, by)


def _set_tasks(cycle: PdsaCycle, planned: CyclePlan, by: User) -> None:
    """Make the tasks those of the plan. One added or ticked off since it was drawn stays so."""
    known = planned.known_tasks
    held = {t.id: t for t in cycle.tasks if known is None or t.id in known}
    named = {task.id for task in planned.tasks}
    # A plan that names no rows, such as a copied one, keeps those that keep their place.
    unnamed = [t for t in held.values() if known is None and t.id not in named]
    accounts = accounts_by_name(cycle.project_id, [task.who for task in planned.tasks])
    for position, task in enumerate(planned.tasks, start=1):
        line = held.pop(task.id, None) if task.id is not None else None
        if line is None and task.id is None and unnamed:
            line = unnamed.pop(0)
            del held[line.id]
        if line is None:
            line = Task(project_id=cycle.project_id)
            cycle.tasks.append(line)
        if line.who != task.who or line.user_id is None:
            line.who, line.user_id = task.who, accounts.get(task.who)
        line.what, line.where, line.due_on = task.what, task.where, task.due_on
        line.position = position
    for gone in held.values():
        gone.deleted_at, gone.deleted_by_id = utcnow(), by.id
    db.session.flush()
    db.session.expire(cycle, ["tasks"])


def _told(rows: Sequence[Prediction] | Sequence[Task]) -> list[list[str]]:
    """Rows as the history keeps them; who does a task is a person, and can be erased."""
    return [[_as_told(name, getattr(r, name)) for name in r.TOLD] for r in rows]


def _as_told(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    return audit.hashed(str(value)) if name == "who" else str(audit.plain(value))


def _recorded(cycle: PdsaCycle, action: str, step: PdsaStep, by: User) -> PdsaCycle:
    told = audit.changes(cycle)
    if told:
        audit.record(action, of=cycle, by=by, detail=told)
        _tell(cycle, step, by)
    return _touched(cycle)


def _tell(cycle: PdsaCycle, step: PdsaStep, by: User) -> None:
    tell(
        PdsaLogged(
            at=utcnow(),
            by_id=by.id,
            project_id=cycle.project_id,
            cycle_id=cycle.id,
            number=cycle.number,
            step=step,
        )
    )


def _touched(cycle: PdsaCycle) -> PdsaCycle:
    db.session.flush()
    touch(cycle.project_id)
    return cycle
