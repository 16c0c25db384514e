"""How pages speak of definitions: charts, kinds, how often, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from flask import Flask

from tracker.pages import number
from tracker.plugin_api import (
    AppliesTo,
    Basis,
    Cadence,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    CompositeMeasure,
    Definition,
    Direction,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    GlossaryTerm,
    ImpactCalculator,
    Measure,
    Pathway,
    ProgrammeEvent,
    ProgrammeStatus,
    Rubric,
    SelfAssessment,
    Source,
    Stage,
    StakeholderSuggestion,
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
    return f"{words}. Summed up as: {rubric.summed_up}." if rubric.summed_up else f"{words}."


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
        "bases": BASES,
        "better": BETTER,
        "brings": brings,
        "charts": CHARTS,
        "counted": counted,
        "formula": formula,
        "how_often": how_often,
        "how_rated": how_rated,
        "score": score,
        "source_id": source_id,
        "span": span,
        "statuses": STATUSES,
    }
