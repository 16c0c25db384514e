"""The four parts of the worksheet as forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from tracker.drafts.forms import Created, Edited
from tracker.measures.models import Measure
from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    FieldList,
    FormField,
    Hidden,
    LongText,
    Option,
    SafeDecimal,
    SubForm,
    Text,
)
from tracker.safe.dates import (
    NotADate,
    first_day,
    likely_style,
    name_period,
    parse_day,
    today,
)
from tracker.safe.numbers import parse_id

from .domain import CycleKind, Decision, DoneAsPlanned, Size
from .models import PdsaCycle
from .services import CyclePlan, PredictionPlan, TaskPlan

MOST_ROWS = 12
BLANK_PREDICTIONS = 2
BLANK_TASKS = 3


class Period(Text):
    """A month or a day in words or figures; `day` is the date it names."""

    day: date | None = None

    def check(self) -> None:
        super().check()
        style = likely_style([self.data])
        if style is None:
            raise ValidationError("Write the month or the date, such as April 2026 or 13/04/2026")
        try:
            self.day = parse_day(self.data, style)
        except NotADate as error:
            raise ValidationError(str(error)) from error


class Row(SubForm):
    """A line that may stay blank."""

    @property
    def is_blank(self) -> bool:
        """Nothing has been filled in."""
        fields: Iterable[Any] = self
        return all(field.is_empty() for field in fields if not isinstance(field, Hidden))


class PredictionForm(Row):
    """What the team expects: in words, or as a number for a measure."""

    text = Text("We predict that", max_length=500)
    measure_id = Dropdown[int]("Measure", blank="No number: in words only", coerce=int)
    value = SafeDecimal("Value we predict", percent=True, width=5)
    period = Period("For which month or week?", hint="Such as April 2026", max_length=30, width=10)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        numbers: tuple[Any, ...] = (self.measure_id, self.value, self.period)
        if any(not f.is_empty() for f in numbers) and valid:
            for field, message in zip(
                numbers,
                (
                    "Choose the measure the value is for",
                    "Enter the value you predict",
                    "Say which month or week it is for",
                ),
                strict=True,
            ):
                if field.is_empty():
                    field.errors = [message]
                    valid = False
        return valid


class TaskForm(Row):
    """Who does what, where and when."""

    row = Hidden()
    """Id of the task it was drawn from, or what a new one is called until then."""
    what = Text("What", max_length=300)
    who = Text("Who", max_length=120)
    where = Text("Where", max_length=120)
    due = Period("When", max_length=30, width=10)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.is_blank and self.what.is_empty():
            self.what.errors = ["Say what is to be done"]
            valid = False
        return valid


class PlanFields:
    """The plan of a cycle."""

    title = Text(
        "Name of the test",
        required="Enter a name for the test",
        hint="Such as “LifeStart trolley at the bedside, one shift”.",
        max_length=120,
    )
    change_idea = Text(
        "Change idea",
        hint="The change you are testing: one of your driver diagram, or a new one.",
        max_length=200,
        attributes={"list": "change-ideas", "autocomplete": "off"},
    )
    kind = Choice[CycleKind](
        "What is this cycle for?",
        options=tuple(Option(k, k.label) for k in CycleKind),
        coerce=CycleKind,
        required="Choose what the cycle is for",
    )
    objective = LongText(
        "What do we want to learn?", required="Enter what you want to learn", rows=2
    )
    questions = LongText("Questions we have", rows=2)
    theory = LongText("Our theory: why should it work?", rows=2)
    predictions = FieldList(FormField(PredictionForm))
    scale = Text("How small can we start?", hint="Such as one patient, one shift, one ward.")
    size = Dropdown[Size](
        "That is about",
        options=tuple(Option(s, s.label) for s in Size),
        coerce=Size,
        blank="As it says",
    )
    starts_on = Day("Starts on", required="Enter the day it starts")
    ends_on = Day("Ends on")
    tasks = FieldList(FormField(TaskForm))
    data_plan = LongText("What will we record, who and how?", rows=2)

    measures: Sequence[Option] = ()

    def validate_ends_on(self, field: Any) -> None:
        start = self.starts_on.data
        if field.data and start and field.data < start:
            raise ValidationError("It must end on or after the day it starts")

    def offer(self, measures: Sequence[Measure]) -> None:
        """List the project's measures in every prediction, and say what each period is."""
        self.measures = [Option(str(m.id), f"{m.title} ({m.unit})") for m in measures]
        self.again()

    def again(self) -> None:
        """The same, of predictions that were put in the place of others."""
        for entry in self.predictions:
            entry.form.measure_id.options = self.measures

    def planned(self, measures: Sequence[Measure]) -> CyclePlan:
        """The plan as typed; blank predictions and tasks are left out."""
        cadence = {m.id: m.cadence for m in measures}
        predictions = []
        for entry in self.predictions:
            f = entry.form
            if f.is_blank:
                continue
            period = f.period.day
            if period and f.measure_id.data:
                period = first_day(period, cadence[f.measure_id.data])
            predictions.append(
                PredictionPlan(
                    text=f.text.data,
                    measure_id=f.measure_id.data,
                    value=f.value.data,
                    period=period,
                )
            )
        tasks = [
            TaskPlan(
                id=parse_id(e.form.row.data),
                what=e.form.what.data,
                who=e.form.who.data,
                where=e.form.where.data,
                due_on=e.form.due.day,
            )
            for e in self.tasks
            if not e.form.is_blank
        ]
        return CyclePlan(
            title=self.title.data,
            change_idea=self.change_idea.data,
            kind=self.kind.filled,
            objective=self.objective.data,
            questions=self.questions.data,
            theory=self.theory.data,
            scale=self.scale.data,
            size=self.size.data,
            data_plan=self.data_plan.data,
            starts_on=self.starts_on.filled,
            ends_on=self.ends_on.data,
            predictions=predictions,
            tasks=tasks,
            known_tasks=frozenset(
                number for e in self.tasks if (number := parse_id(e.form.row.data)) is not None
            ),
        )


class NewPlanForm(PlanFields, Created):
    """Plan a new cycle."""


class ChangePlanForm(PlanFields, Edited):
    """Change the plan of a cycle."""


class DoForm(Edited):
    """What happened."""

    done_as_planned = Choice[DoneAsPlanned](
        "Was it done as planned?",
        options=tuple(Option(d, d.label) for d in DoneAsPlanned),
        coerce=DoneAsPlanned,
        required="Say whether it was done as planned",
    )
    observations = LongText("What did you see?", rows=4)
    problems = LongText("Problems and surprises", rows=3)


class ResultForm(SubForm):
    """What became of a prediction in words."""

    prediction_id = Hidden()
    result = LongText("What happened?", rows=2, max_length=1000)
    was_met = Choice[str](
        "Was it as predicted?", options=(Option("yes", "Yes"), Option("no", "No"))
    )


class StudyForm(Edited):
    """What was learned."""

    results = FieldList(FormField(ResultForm))
    learned = LongText(
        "What did you learn?",
        required="Write what you learned",
        hint="What surprised you? Was the theory right?",
        rows=5,
    )

    @property
    def judged(self) -> dict[int, tuple[str, bool | None]]:
        """Result and verdict by the id of the prediction."""
        verdicts = {"yes": True, "no": False}
        return {
            number: (e.form.result.data, verdicts.get(e.form.was_met.data or ""))
            for e in self.results
            if (number := parse_id(e.form.prediction_id.data)) is not None
        }


class ActForm(Edited):
    """What the team decides."""

    decision = Choice[Decision](
        "What will you do?",
        options=(
            Option(Decision.ADOPT, "Adopt", "Make it routine. Say below who will keep it going."),
            Option(
                Decision.ADAPT, "Adapt", "Change it and test again. The next cycle is filled in."
            ),
            Option(Decision.ABANDON, "Abandon", "Stop this idea. What you learned stays."),
        ),
        coerce=Decision,
        required="Choose adopt, adapt or abandon",
    )
    next_change = LongText("What changes next?", rows=3)
    decided_on = Day("Decided on", required="Enter the day you decided", latest=today)


def plan_of(planned: CyclePlan, version: int | None, measures: Sequence[Measure]) -> dict[str, Any]:
    """The fields of a plan form, with blank lines for more predictions and tasks."""
    cadence = {m.id: m.cadence for m in measures}
    predictions: list[Mapping[str, Any]] = [
        {
            "text": p.text,
            "measure_id": p.measure_id,
            "value": p.value,
            "period": name_period(
                p.period, "monthly" if cadence.get(p.measure_id or 0) == "monthly" else "daily"
            )
            if p.period
            else "",
        }
        for p in planned.predictions
    ]
    tasks: list[Mapping[str, Any]] = [
        {
            "row": "" if t.id is None else str(t.id),
            "what": t.what,
            "who": t.who,
            "where": t.where,
            "due": name_period(t.due_on, "daily") if t.due_on else "",
        }
        for t in planned.tasks
    ]
    blanks = max(1, BLANK_PREDICTIONS - len(predictions)) if len(predictions) < MOST_ROWS else 0
    blank_tasks = max(1, BLANK_TASKS - len(tasks)) if len(tasks) < MOST_ROWS else 0
    return {
        "title": planned.title,
        "change_idea": planned.change_idea,
        "kind": planned.kind,
        "objective": planned.objective,
        "questions": planned.questions,
        "theory": planned.theory,
        "scale": planned.scale,
        "size": planned.size,
        "data_plan": planned.data_plan,
        "starts_on": planned.starts_on,
        "ends_on": planned.ends_on,
        "predictions": [*predictions, *({} for _ in range(blanks))],
        "tasks": [*tasks, *({"row": f"new{at}"} for at in range(blank_tasks))],
        "version": version,
    }


def held_plan(cycle: PdsaCycle) -> CyclePlan:
    """The plan of a cycle as it stands."""
    return CyclePlan(
        title=cycle.title,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        change_idea=cycle.change_idea,
        kind=cycle.kind,
        objective=cycle.objective,
        questions=cycle.questions,
        theory=cycle.theory,
        scale=cycle.scale,
        size=cycle.size,
        data_plan=cycle.data_plan,
        predictions=[
            PredictionPlan(text=p.text, measure_id=p.measure_id, value=p.value, period=p.period)
            for p in cycle.predictions
        ],
        tasks=[
            TaskPlan(id=t.id, what=t.what, who=t.who, where=t.where, due_on=t.due_on)
            for t in cycle.tasks
        ],
    )


def study_of(cycle: PdsaCycle) -> dict[str, Any]:
    """The fields of `StudyForm` as the cycle stands."""
    verdicts = {True: "yes", False: "no", None: None}
    return {
        "learned": cycle.learned,
        "results": [
            {"prediction_id": str(p.id), "result": p.result, "was_met": verdicts[p.was_met]}
            for p in cycle.predictions
            if p.measure_id is None
        ],
        "version": cycle.version,
    }


class LogForm(Created):
    """The quick log."""

    cycle_id = Dropdown[int]("Which test?", coerce=int, required="Choose the test")
    what = LongText(
        "What happened?",
        required="Write what happened",
        hint="No names, NHS numbers or dates of birth.",
        rows=3,
        max_length=2000,
    )
    surprise = LongText("Anything that surprised you?", rows=2, max_length=1000)
    on = Day("When?", required="Enter the day it happened", latest=today)
