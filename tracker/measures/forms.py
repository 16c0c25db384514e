"""Forms about a measure: taking one, writing one, its target, phases, baselines and events."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wtforms.validators import ValidationError

from tracker.drafts.forms import Created, Edited
from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    LongText,
    Option,
    SafeDecimal,
    SafeInt,
    Text,
    Tick,
    Ticks,
)
from tracker.plugin_api import NEEDS_DENOMINATOR, Cadence, Direction, MeasureKind
from tracker.plugin_api import Chart as ChartKind
from tracker.safe.dates import today

from . import domain
from .models import Annotation, AnnotationKind, Measure
from .services import Counting, Keeping

CAREFUL = "Do not enter patient-identifiable information."
OWN = "own"


class Number(StrEnum):
    """What kind of number a measure of one's own is."""

    PERCENT = "percent"
    RATE = "rate"
    COUNT = "count"


CADENCES = (
    Option(Cadence.WEEKLY, "Every week"),
    Option(Cadence.MONTHLY, "Every month"),
    Option(Cadence.QUARTERLY, "Every quarter"),
    Option(Cadence.ANNUAL, "Every year"),
    Option(Cadence.PER_EVENT, "At each event"),
)
CHARTS = (
    Option(ChartKind.XMR, "XmR chart", "The usual choice: limits from one period to the next."),
    Option(ChartKind.RUN, "Run chart", "The median, for fewer than 12 points."),
    Option(ChartKind.P, "P chart", "A percentage of few. A run chart stands in for it for now."),
    Option(ChartKind.U, "U chart", "A rate. A run chart stands in for it for now."),
    Option(ChartKind.C, "C chart", "A count of events. A run chart stands in for it for now."),
)
BETTER = (
    Option(Direction.UP, "Higher"),
    Option(Direction.DOWN, "Lower"),
    Option(Direction.NEITHER, "Neither in itself"),
)
KINDS = (
    Option(MeasureKind.OUTCOME, "Outcome", "Whether the aim is reached."),
    Option(MeasureKind.PROCESS, "Process", "Whether the change is being done."),
    Option(MeasureKind.BALANCING, "Balancing", "Whether something else gets worse."),
)
EVENTS = (
    Option(AnnotationKind.INTERVENTION, "Something we, or others, did"),
    Option(AnnotationKind.CALENDAR, "Calendar", "Such as a bank holiday or winter."),
    Option(AnnotationKind.DATA_QUALITY, "Data quality", "Such as a change in how it is counted."),
    Option(AnnotationKind.POLICY, "Policy", "Such as national guidance."),
)


class ChooseForm(Created):
    """Take a measure from a programme."""

    definition = Choice[str]("Measure", required="Choose a measure")


class Kept:
    """What a team says about a measure whoever defined it."""

    target = SafeDecimal("Target", hint="Leave empty while there is none.", percent=True, width=10)
    target_by = Day("Target to be reached by")
    data_source = Text("Where do the figures come from?", max_length=300)
    owner = Text("Who looks after the data?", hint="A part on the team, not a name.")
    caption = Text("Line under the chart", hint="Such as where a published series came from.")

    collected_until = Day(
        "Last day there are figures for", hint="Leave empty while figures keep coming."
    )

    @property
    def keeping(self) -> Keeping:
        """As it was typed."""
        return Keeping(
            target=self.target.data,
            target_by=self.target_by.data,
            data_source=self.data_source.data,
            owner=self.owner.data,
            caption=self.caption.data,
            collected_until=self.collected_until.data,
        )


class Counted:
    """The operational definition of a measure of one's own."""

    title = Text(
        "Name of the measure",
        required="Enter a name for the measure",
        hint="Such as “Cord clamped at 60 seconds or later”.",
        max_length=160,
    )
    kind = Choice[MeasureKind](
        "What does it tell?", options=KINDS, coerce=MeasureKind, required="Choose what it tells"
    )
    number = Choice[Number](
        "What kind of number is it?",
        options=(
            Option(Number.PERCENT, "A percentage", "So many out of so many."),
            Option(Number.RATE, "A rate", "So many for every 1,000, say."),
            Option(Number.COUNT, "A count, or another number", "People, minutes, a score."),
        ),
        coerce=Number,
        required="Choose what kind of number it is",
    )
    numerator = Text(
        "What is counted?",
        called="What is counted",
        required="Say what is counted",
        hint="So exactly that two people would count the same.",
        max_length=500,
    )
    denominator = Text(
        "Out of what?",
        called="Out of what",
        hint="For a percentage or a rate. Such as “babies born before 34 weeks”.",
        max_length=500,
    )
    per = SafeDecimal(
        "For every how many?", hint="For a rate: 1, 100, 1,000 …", minimum=Decimal(1), width=10
    )
    unit = Text(
        "Unit",
        hint="What follows the number: people, minutes, per 1,000 bed days. Not for a percentage.",
        max_length=40,
        width=20,
    )
    exclusions = LongText("Who or what is left out?", rows=2, max_length=2000)
    better = Choice[Direction](
        "Which is better?", options=BETTER, coerce=Direction, required="Choose which is better"
    )
    cadence = Dropdown[Cadence](
        "How often is there a figure?",
        options=CADENCES,
        coerce=Cadence,
        required="Choose how often",
    )
    chart = Dropdown[ChartKind](
        "Chart",
        options=[Option(o.value, f"{o.label}: {o.hint}") for o in CHARTS],
        coerce=ChartKind,
        required="Choose a chart",
    )
    lag_months = SafeInt(
        "Months until the figures arrive",
        minimum=0,
        maximum=24,
        hint="0 when you count yourselves.",
    )

    def validate_denominator(self, field: Any) -> None:
        if self.number.data is Number.COUNT and field.data:
            raise ValidationError("Leave it empty for a count, or choose a percentage or a rate")

    def check_together(self, form: Any) -> bool:
        """Faults that two fields make together; True where there is none."""
        found: list[tuple[str, str]] = []
        is_ratio = self.number.data in (Number.PERCENT, Number.RATE)
        if is_ratio and not self.denominator.data:
            found.append(("denominator", "Say out of what"))
        if self.number.data in (Number.RATE, Number.COUNT) and not self.unit.data:
            found.append(("unit", "Enter a unit"))
        if self.chart.data in NEEDS_DENOMINATOR and not is_ratio:
            found.append(("chart", "This chart needs a percentage or a rate"))
        for name, message in found:
            form.refuse(name, message)
        return not found

    @property
    def counting(self) -> Counting:
        """The definition as it was typed."""
        number = self.number.filled
        multiplier = {
            Number.PERCENT: Decimal(100),
            Number.RATE: self.per.data or Decimal(1),
            Number.COUNT: Decimal(1),
        }[number]
        return Counting(
            title=self.title.data,
            kind=self.kind.filled,
            unit="%" if number is Number.PERCENT else self.unit.data,
            better=self.better.filled,
            chart=self.chart.filled,
            cadence=self.cadence.filled,
            numerator=self.numerator.data,
            denominator=self.denominator.data,
            exclusions=self.exclusions.data,
            multiplier=multiplier,
            lag_months=self.lag_months.data or 0,
        )


class NewForm(Counted, Kept, Created):
    """Write a measure of one's own."""

    def accepted(self) -> bool:
        return super().accepted() and self.check_together(self)


class ChangeOwnForm(Counted, Kept, Edited):
    """Change a measure of one's own."""

    def accepted(self) -> bool:
        return super().accepted() and self.check_together(self)


class ChangeTakenForm(Kept, Edited):
    """Change what the team says about a programme's measure."""


class PhaseForm(Edited):
    """Calculate limits anew from a day."""

    starts_on = Day("From when?", required="Enter the day the phase starts")
    name = Text("Name of the phase", hint="Such as “after the new template”.", max_length=60)
    reason = Text(
        "Why?",
        required="Say why the limits should start anew",
        hint="What changed in the process. A better figure alone is no reason.",
        max_length=300,
    )


class NewerForm(Edited):
    """From when a measure is counted by the newer version of its national definition."""

    starts_on = Day(
        "From when is it counted this way?",
        required="Enter the day from which it is counted this way",
        latest=today,
        hint="The chart splits at the period of this day. Figures before it stay as they are.",
    )


class BaselineForm(Edited):
    """Name a period that claims are measured from."""

    name = Text("Name", required="Enter a name", hint="Such as “Baseline 2024”.", max_length=60)
    first_on = Day("First day", required="Enter its first day")
    last_on = Day("Last day", required="Enter its last day")
    figure = SafeDecimal(
        "Figure", hint="Leave empty to have it worked out from the points.", percent=True, width=10
    )

    holds_lines = Tick(
        "Hold the chart's lines at this baseline: later figures are judged against it alone"
    )

    def validate_last_on(self, field: Any) -> None:
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError("It must end on or after its first day")


class EventFields:
    """An event on a chart."""

    text = Text("What happened?", required="Say what happened", max_length=200)
    kind = Choice[AnnotationKind](
        "What kind of event is it?",
        options=EVENTS,
        coerce=AnnotationKind,
        required="Choose what kind of event it is",
    )
    starts_on = Day("When?", required="Enter the day")
    ends_on = Day("Until when?", hint="Leave empty for a single day.")
    on_all = Choice[str](
        "Which charts?",
        options=(Option("one", "This measure’s"), Option("all", "All of the project’s")),
        required="Choose which charts show it",
    )

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("It must end on or after the day it starts")

    def values(self, measure: Measure) -> dict[str, Any]:
        """The arguments of the services."""
        return {
            "kind": self.kind.filled,
            "starts_on": self.starts_on.filled,
            "ends_on": self.ends_on.data,
            "text": self.text.data,
            "measure": None if self.on_all.data == "all" else measure,
        }


class NewEventForm(EventFields, Created):
    """Put an event on a chart."""


class ChangeEventForm(EventFields, Edited):
    """Change an event on a chart."""


def offer(form: ChooseForm, refs: Sequence[tuple[str, str, str]]) -> None:
    """List what can be taken: reference, title, what is counted."""
    form.definition.options = [Option(ref, title, hint) for ref, title, hint in refs]


def keeping_of(measure: Measure) -> dict[str, Any]:
    """The fields of `Kept` as the measure stands."""
    return {
        "target": measure.target,
        "target_by": measure.target_by,
        "data_source": measure.data_source,
        "owner": measure.owner,
        "caption": measure.caption,
        "collected_until": measure.collected_until,
        "version": measure.version,
    }


def counting_of(measure: Measure) -> dict[str, Any]:
    """The fields of `Counted` as the measure stands."""
    number = (
        Number.COUNT
        if not measure.has_denominator
        else Number.PERCENT
        if measure.unit.casefold() in domain.PERCENT
        else Number.RATE
    )
    return {
        "title": measure.title,
        "kind": measure.kind,
        "number": number,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "per": measure.multiplier if number is Number.RATE else None,
        "unit": "" if number is Number.PERCENT else measure.unit,
        "exclusions": measure.exclusions,
        "better": measure.better,
        "cadence": measure.cadence,
        "chart": measure.chart,
        "lag_months": measure.lag_months,
        **keeping_of(measure),
    }


def event_of(annotation: Annotation) -> dict[str, Any]:
    """The fields of `ChangeEventForm` as the event stands."""
    return {
        "text": annotation.text,
        "kind": annotation.kind,
        "starts_on": annotation.starts_on,
        "ends_on": annotation.ends_on,
        "on_all": "one" if annotation.measure_id else "all",
        "version": annotation.version,
    }


class ExplainForm(Created):
    """What explains a signal."""

    causes = Ticks("What happened around then")
    text = LongText(
        "What you found",
        required="Write what you found; “We looked and do not know” is an answer too",
        rows=3,
        max_length=2000,
    )
