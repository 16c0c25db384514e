"""How pages speak of definitions: charts, kinds, how often, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from flask import Flask

from tracker.pages import day, number
from tracker.pages.wording import in_london
from tracker.plugin_api import (
    Answer,
    AppliesTo,
    Basis,
    Cadence,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    CompositeMeasure,
    DataQuality,
    Definition,
    Direction,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    GlossaryTerm,
    ImpactCalculator,
    Measure,
    Medium,
    Pathway,
    Phase,
    Pooling,
    ProgrammeEvent,
    ProgrammeStatus,
    Reproduced,
    Rubric,
    SelfAssessment,
    Source,
    Stage,
    StakeholderSuggestion,
    WorkedExample,
)

CHARTS = {
    Chart.XMR: "XmR chart",
    Chart.RUN: "Run chart",
    Chart.I: "I chart",
    Chart.MR: "Moving range chart",
    Chart.XBAR: "X-bar chart",
    Chart.S: "S chart",
    Chart.P: "p chart",
    Chart.PP: "p-prime chart",
    Chart.U: "u chart",
    Chart.UP: "u-prime chart",
    Chart.C: "c chart",
    Chart.G: "g chart",
    Chart.T: "t chart",
    Chart.IP: "I-prime chart",
}
CADENCES = {
    Cadence.WEEKLY: "Weekly",
    Cadence.MONTHLY: "Monthly",
    Cadence.QUARTERLY: "Quarterly",
    Cadence.ANNUAL: "Yearly",
    Cadence.PER_EVENT: "At each event",
}
BETTER = {
    Direction.UP: "Higher is better",
    Direction.DOWN: "Lower is better",
    Direction.NEITHER: "Neither way is better in itself",
}
BASES = {
    Basis.DOCUMENT: "a document that was read",
    Basis.PUBLIC_PAGE: "a public page, to be confirmed",
    Basis.DERIVED: "worked out from a published figure",
    Basis.DESIGN: "a decision of this product, not a claim about the NHS",
    Basis.UNSOURCED: "general knowledge, to be confirmed",
}
RATED = {
    AppliesTo.PROJECT: "project",
    AppliesTo.ELEMENT: "element at each site",
    AppliesTo.CHANGE_IDEA: "change idea in each area",
    AppliesTo.ORGANISATION: "organisation",
    AppliesTo.SITE: "site",
    AppliesTo.PLACE: "place",
    AppliesTo.ICB: "ICB",
}
EVERY = {
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
    Cadence.ANNUAL: "year",
    Cadence.PER_EVENT: "event",
}
STATUSES = {
    ProgrammeStatus.PLANNED: "Planned",
    ProgrammeStatus.ACTIVE: "Active",
    ProgrammeStatus.CLOSED: "Closed",
}


POOLED = {
    Pooling.ALL_OR_NONE: "Share of people who got all that they were eligible for, counted person "
    "by person",
    Pooling.OPPORTUNITY: "All numerators added up, over all denominators added up",
    Pooling.COUNT: "All numerators added up",
    Pooling.ROLLING_MEAN: "Mean of the last figures of one measure",
}
ANSWERS = {
    Answer.CONFIRM: "Yes or no",
    Answer.NUMBER: "A number",
    Answer.CHOICE: "One of a list",
    Answer.PERSON: "A person",
    Answer.PEOPLE: "People, by name",
    Answer.DATE: "A date",
    Answer.TEXT: "A few words",
}
MEDIA = {Medium.PAPER: "on paper", Medium.DIGITAL: "digital"}
QUALITIES = {
    DataQuality.GOOD: "Good",
    DataQuality.DEVELOPING: "Still developing",
    DataQuality.POOR: "Poor",
}
REPRODUCED = {
    Reproduced.YES: "as the source prints it",
    Reproduced.WITH_PUBLIC_INPUT: "with an input from another public source",
    Reproduced.IMPLIED: "the ratio is implied by the source, not stated",
    Reproduced.NO: "the source prints another figure",
    Reproduced.SYNTHETIC: "made up to try the formula",
}
BRINGS = {
    Measure.kind_name: "measure",
    Rubric.kind_name: "rubric",
    CaseStudyTemplate.kind_name: "case study form",
    CompositeMeasure.kind_name: "composite measure",
    SelfAssessment.kind_name: "self-assessment",
    Pathway.kind_name: "pathway",
    DriverDiagramTemplate.kind_name: "driver diagram",
    ChangeIdea.kind_name: "change idea",
    ExpressionOfInterest.kind_name: "invitation",
    ProgrammeEvent.kind_name: "event",
    ImpactCalculator.kind_name: "impact calculator",
    GlossaryTerm.kind_name: "glossary term",
    StakeholderSuggestion.kind_name: "stakeholder suggestion",
}


def how_often(measure: Measure) -> str:
    """`Monthly, 2 months late`."""
    late = measure.lag_months
    words = CADENCES[measure.cadence]
    return f"{words}, {late} month{'' if late == 1 else 's'} late" if late else words


def how_rated(rubric: Rubric) -> str:
    """`One level for each ICB, each quarter, by the PSC workstream lead.`"""
    words = f"One level for each {RATED[rubric.applies_to]}"
    if rubric.rated:
        words += f", each {EVERY[rubric.rated]}"
    if rubric.rated_by:
        words += f", by the {rubric.rated_by}"
    return f"{words}."


def how_pooled(composite: CompositeMeasure) -> str:
    """How the figure comes from its components."""
    if composite.pooling is Pooling.ROLLING_MEAN:
        return f"Mean of the last {composite.periods} figures of one measure"
    return POOLED[composite.pooling]


def who_rates(pathway: Pathway) -> str:
    """`For each ICB, each quarter, by the PSC workstream lead.`"""
    words = f"For each {RATED[pathway.applies_to]}"
    if pathway.rated:
        words += f", each {EVERY[pathway.rated]}"
    if pathway.rated_by:
        words += f", by the {pathway.rated_by}"
    return f"{words}."


def when(phase: Phase) -> str:
    """The time of a phase by its guide: `Months 1 to 3`, `From 1 April 2023`, both, or nothing."""
    found = []
    if phase.starts_month is not None or phase.ends_month is not None:
        found.append(_months(phase.starts_month, phase.ends_month))
    if phase.starts_on and phase.ends_on:
        found.append(f"{day(phase.starts_on)} to {day(phase.ends_on)}")
    elif phase.starts_on:
        found.append(f"From {day(phase.starts_on)}")
    elif phase.ends_on:
        found.append(f"By {day(phase.ends_on)}")
    return "; ".join(found)


def _months(first: int | None, last: int | None) -> str:
    if first is None:
        return f"To month {last}"
    if last is None:
        return f"From month {first}"
    return f"Month {first}" if first == last else f"Months {first} to {last}"


def local(moment: datetime) -> str:
    """`9am BST on Monday 30 June 2025`: on London clocks, and which time that is."""
    there = in_london(moment)
    return f"{_clock(there)} {there.tzname()} on {DAYS[there.weekday()]} {day(there)}"


def takes_place(event: ProgrammeEvent) -> str:
    """`Tuesday 15 July 2025, 10am to 1pm BST`; as printed, or `No date yet`."""
    if event.starts and event.ends:
        first, last = in_london(event.starts), in_london(event.ends)
        begins = f"{DAYS[first.weekday()]} {day(first)}, {_clock(first)}"
        if first.date() == last.date():
            return f"{begins} to {_clock(last)} {first.tzname()}"
        ends = f"{DAYS[last.weekday()]} {day(last)}, {_clock(last)} {last.tzname()}"
        return f"{begins} {first.tzname()}, to {ends}"
    if event.day:
        return f"{DAYS[event.day.weekday()]} {day(event.day)}"
    return event.printed or "No date yet"


def opening(call: ExpressionOfInterest, now: datetime) -> str:
    """Whether a call is open, and from when to when."""
    if call.closes and call.closes <= now:
        return f"Closed at {local(call.closes)}"
    if call.opens and now < call.opens:
        until = f", closes at {local(call.closes)}" if call.closes else ""
        return f"Opens at {local(call.opens)}{until}"
    return f"Open until {local(call.closes)}" if call.closes else "Always open"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _clock(there: datetime) -> str:
    if there.hour == 12 and not there.minute:
        return "midday"
    minutes = f":{there:%M}" if there.minute else ""
    return f"{there.hour % 12 or 12}{minutes}{'am' if there.hour < 12 else 'pm'}"


def given_words(calculator: ImpactCalculator, example: WorkedExample) -> str:
    """The inputs of an example: `People: 30,000; Number needed to harm: 62`."""
    own = {one.key: one.value for one in calculator.inputs} | dict(example.given)
    return "; ".join(
        f"{one.title}: {number(value)}{f' {one.unit}' if one.unit else ''}"
        for one in calculator.inputs
        if (value := own.get(one.key)) is not None
    )


def formula(measure: Measure) -> str:
    """How the figure is worked out from what is entered."""
    if not measure.denominator:
        return "The number itself"
    if measure.multiplier == Decimal(1):
        return "Numerator divided by denominator"
    return f"Numerator divided by denominator, times {number(measure.multiplier)}"


def counted(number_of: int, word: str, words: str | None = None) -> str:
    """`1 measure`, `6 measures`."""
    return f"{number_of} {word if number_of == 1 else words or word + 's'}"


def span(rubric: Rubric) -> str:
    """`levels 0 to 7`."""
    first, last = rubric.stages[0], rubric.stages[-1]
    return f"levels {score(first)} to {score(last)}"


def score(stage: Stage) -> str:
    """The score as it is printed: `7`, `0.5`."""
    return number(stage.score)


def brings(definitions: Iterable[Definition]) -> str:
    """What a plugin or a programme has to offer: `6 measures, 1 rubric, 1 case study form`."""
    counts = Counter(one.kind_name for one in definitions)
    named = [counted(counts[kind], word) for kind, word in BRINGS.items() if counts[kind]]
    return ", ".join(named) or "Nothing but its name"


def source_id(source: Source) -> str:
    """Where on the page a source is explained."""
    kept = "".join(c if c.isalnum() else "-" for c in f"{source.code} {source.title}".casefold())
    return f"source-{kept}"


def init_wording(app: Flask) -> None:
    """Hand these to every template, as one name."""
    app.jinja_env.globals["definition_words"] = {
        "answers": ANSWERS,
        "bases": BASES,
        "better": BETTER,
        "brings": brings,
        "charts": CHARTS,
        "counted": counted,
        "formula": formula,
        "given_words": given_words,
        "how_often": how_often,
        "how_pooled": how_pooled,
        "how_rated": how_rated,
        "kinds": BRINGS,
        "local": local,
        "media": MEDIA,
        "opening": opening,
        "qualities": QUALITIES,
        "rated": RATED,
        "reproduced": REPRODUCED,
        "score": score,
        "source_id": source_id,
        "span": span,
        "statuses": STATUSES,
        "takes_place": takes_place,
        "when": when,
        "who_rates": who_rates,
    }
