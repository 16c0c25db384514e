"""One definition of each kind with little left out, for tests of whatever shows or keeps them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tracker.plugin_api import (
    LONDON,
    Answer,
    AppliesTo,
    Arrival,
    Baseline,
    Basis,
    Block,
    Cadence,
    CalculatorInput,
    CaseStudyTemplate,
    Change,
    ChangeIdea,
    Chart,
    Claim,
    CompositeMeasure,
    Contradiction,
    Criterion,
    DataQuality,
    Definition,
    Direction,
    Domain,
    Driver,
    DriverDiagramTemplate,
    Element,
    EventKind,
    ExpressionOfInterest,
    GlossaryTerm,
    Heading,
    ImpactCalculator,
    KnownEvent,
    Level,
    Measure,
    MeasureKind,
    Medium,
    Milestone,
    Need,
    Parameter,
    Pathway,
    Phase,
    PhaseStatus,
    PluginInfo,
    Pooling,
    Product,
    Programme,
    ProgrammeAim,
    ProgrammeEvent,
    ProgrammePlugin,
    ProgrammeStatus,
    Proof,
    Reading,
    ReferenceItem,
    ReferenceList,
    Reproduced,
    Response,
    Rounding,
    Rubric,
    SelfAssessment,
    Source,
    Stage,
    StakeholderRole,
    StakeholderSuggestion,
    Statement,
    TeamRole,
    WorkedExample,
    Workstream,
)

P = "falls"
SOURCE = Source(code="S", title="A report", basis=Basis.DOCUMENT, published=date(2024, 1, 31))
OTHER = Source(code="O", title="Another report", basis=Basis.DERIVED, note="Ours")

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Preventing falls",
    parent="Safer care",
    lead="National team",
    unit_of_adoption="ward",
    settings="Wards",
    status=ProgrammeStatus.CLOSED,
    opened_on=date(2024, 4, 1),
    closed_on=date(2025, 4, 1),
    aims=(
        ProgrammeAim(
            key="one",
            title="One",
            text="Fewer",
            figure=Decimal("62.50"),
            unit="%",
            by=date(2025, 3, 31),
            source=SOURCE,
        ),
    ),
    aim_template="Fewer falls in {ward} by {date}",
    workstreams=(Workstream(key="frailty", title="Frailty", opened_on=date(2024, 5, 1)),),
    team_roles=(TeamRole(key="ward", title="Ward manager", note="Keeps the ward to it"),),
    reference_lists=(
        ReferenceList(
            key="shoes", title="Shoes", items=(ReferenceItem(key="slippers", title="Slippers"),)
        ),
    ),
    contradictions=(
        Contradiction(
            key="inc_01",
            title="How many wards",
            claims=(Claim(text="29", source=SOURCE), Claim(text="28", source=OTHER)),
            handling="Computed from rows",
        ),
    ),
    parameters=(Parameter(key="window", label="Window", value="30", unit="minutes"),),
    source=SOURCE,
)
RATE = Measure(
    key="rate",
    programme=P,
    title="Falls",
    kind=MeasureKind.OUTCOME,
    unit="falls per 1,000 bed days",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.MONTHLY,
    numerator="Falls in the month",
    denominator="Bed days in the month, in thousands",
    baselines=(
        Baseline(key="y2021", title="2021", starts=date(2021, 1, 1), ends=date(2021, 12, 31)),
    ),
    data_quality=DataQuality.GOOD,
    split_by=("Ward",),
    known_events=(
        KnownEvent(key="winter", text="Winter", kind=EventKind.CALENDAR, months=(12, 1, 2)),
    ),
)
ASSESSED = Measure(
    key="assessed",
    programme=P,
    title="Assessed",
    kind=MeasureKind.PROCESS,
    unit="%",
    better=Direction.UP,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="People assessed within {window} of arrival",
    denominator="People who arrived",
    multiplier=Decimal(100),
    parameters=(Parameter(key="window", label="Window", value="4", unit="hours"),),
)
ALL_GIVEN = CompositeMeasure(
    key="all_given",
    programme=P,
    title="Everything given",
    components=("rate", "assessed"),
    pooling=Pooling.ALL_OR_NONE,
    definition="People who got all they needed",
    notes=("A note",),
)
USE = Rubric(
    key="use",
    programme=P,
    title="Use",
    applies_to=AppliesTo.ELEMENT,
    stages=(
        Stage(key="none", score=Decimal(0), label="None", descriptor="Not used"),
        Stage(
            key="all",
            score=Decimal(1),
            label="All",
            descriptor="Used for all",
            evidence=("Audit",),
            needs=(Need(any_of=(Proof.TRAINING,), text="A training record"),),
            readings=(Reading(setting="Care home", text="The whole home"),),
            counts=True,
            provisional=True,
        ),
    ),
    elements=(
        Element(
            key="shoes",
            title="Shoes",
            definition="Fitting shoes are worn",
            eligible="Who walks",
            measure="assessed",
            source=OTHER,
        ),
    ),
    roll_up="Adoption score",
)
READY = SelfAssessment(
    key="ready",
    programme=P,
    title="Ready",
    applies_to=AppliesTo.ORGANISATION,
    domains=(
        Domain(
            key="people",
            title="People",
            provisional=True,
            statements=(Statement(key="lead", text="A lead is named", level="organisation"),),
        ),
    ),
    responses=(
        Response(key="no", label="No", score=Decimal(0)),
        Response(key="yes", label="Yes", score=Decimal("1.0"), needs_evidence=True),
        Response(key="na", label="Not applicable", score=None),
    ),
    repeated=Cadence.ANNUAL,
)
ROLL_OUT = Pathway(
    key="roll_out",
    programme=P,
    title="Roll-out",
    applies_to=AppliesTo.SITE,
    phases=(
        Phase(key="plan", title="Plan", starts_month=1, ends_month=3, ends_on=date(2024, 7, 1)),
        Phase(key="use", title="Use", starts_month=2, path=Medium.PAPER, evidence=("Audit",)),
    ),
    statuses=tuple(PhaseStatus),
    arrival=Arrival(title="There", complete=("plan",), begun=("use",)),
    milestones=(Milestone(key="half", text="Half of all", by=date(2024, 9, 30)),),
)
HUDDLE = ChangeIdea(
    key="huddle", programme=P, title="Huddle", elements=("shoes",), tools=("Board",), evidence=OTHER
)
DIAGRAM = DriverDiagramTemplate(
    key="start",
    programme=P,
    title="Fewer falls",
    aim="Fewer falls in {ward}",
    primary=(
        Driver(
            key="p1",
            text="Risk is known",
            drivers=(Driver(key="s11", text="On arrival", change_ideas=("huddle",)),),
        ),
    ),
)
POSTER = CaseStudyTemplate(
    key="poster",
    programme=P,
    title="Poster",
    headings=(Heading(key="aim", text="Aim", block=Block.CHART, words=100),),
)
COHORT = ExpressionOfInterest(
    key="cohort_1",
    programme=P,
    title="First collaborative",
    opens=datetime(2025, 5, 28, tzinfo=LONDON),
    closes=datetime(2025, 6, 30, 9, tzinfo=LONDON),
    met_by=date(2025, 7, 8),
    criteria=(
        Criterion(key="type", text="Which?", answer=Answer.CHOICE, choices=("Acute", "Other")),
        Criterion(key="people", text="How many?", answer=Answer.PEOPLE, at_least=3),
    ),
    consent="Data may be used for teaching",
)
WORKSHOP = ProgrammeEvent(
    key="workshop_1",
    programme=P,
    title="Workshop 1",
    starts=datetime(2025, 7, 15, 10, tzinfo=LONDON),
    ends=datetime(2025, 7, 15, 13, tzinfo=LONDON),
    people_per_team=3,
    before_next=("Close a cycle",),
    coach_checks=("cr_aim",),
)
FRACTURES = ImpactCalculator(
    key="fractures",
    programme=P,
    title="Fractures avoided",
    unit="fractures",
    measure="rate",
    formula=Product(
        of=("days",), change=Change(before="a", after="b", falls=True), over=Decimal(2)
    ),
    inputs=(
        CalculatorInput(key="days", title="Bed days", value=Decimal(100), at_least=Decimal(0)),
        CalculatorInput(key="a", title="before"),
        CalculatorInput(key="b", title="after"),
    ),
    rounding=Rounding.ONE_DECIMAL,
    caveat="Assumes that falls are alike.",
    overlap_group="falls",
    examples=(
        WorkedExample(
            given={"a": Decimal(5), "b": Decimal("4.5")},
            result=Decimal(25),
            reproduced=Reproduced.SYNTHETIC,
        ),
    ),
)
TERM = GlossaryTerm(key="news2", programme=P, title="NEWS2", expansion="National score 2")
THERAPIST = StakeholderSuggestion(
    key="physiotherapist",
    programme=P,
    title="Physiotherapist",
    role=StakeholderRole.MEMBER,
    influence=Level.MEDIUM,
    interest=Level.HIGH,
)

ALL: tuple[Definition, ...] = (
    PROGRAMME,
    RATE,
    ASSESSED,
    USE,
    POSTER,
    ALL_GIVEN,
    READY,
    ROLL_OUT,
    DIAGRAM,
    HUDDLE,
    COHORT,
    WORKSHOP,
    FRACTURES,
    TERM,
    THERAPIST,
)


def falls_plugin() -> ProgrammePlugin:
    """A plugin that brings one of each."""
    return ProgrammePlugin(
        info=PluginInfo(name=P, title="Falls", version="1.0", api=(1, 1), maintainer="A team"),
        programmes=[PROGRAMME],
        measures=[RATE, ASSESSED],
        rubrics=[USE],
        case_study_templates=[POSTER],
        composites=[ALL_GIVEN],
        self_assessments=[READY],
        pathways=[ROLL_OUT],
        driver_diagrams=[DIAGRAM],
        change_ideas=[HUDDLE],
        expressions_of_interest=[COHORT],
        events=[WORKSHOP],
        impact_calculators=[FRACTURES],
        glossary_terms=[TERM],
        stakeholder_suggestions=[THERAPIST],
    )
