"""Outcome, process and balancing measures.

The report says that no figures on phases were collected at Q2 2023/24. The definitions are
proposals of this product, built on what the report and the overview name.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, Parameter, Source
from tracker.plugin_api.common import public_page

from .sources import DESIGN, OVERVIEW, REPORT, UNSOURCED, noted

HUNDRED = Decimal(100)
INCIDENTS = "Incident system"
TRACKER = "This tracker"
CONCEPT = noted(REPORT, "The report names what is counted; the definition is ours.")
AIM = noted(OVERVIEW, "It is an aim of the framework; the definition is ours.")
COMPETENCE = public_page(
    "Patient safety incident response standards, on competence",
    "england.nhs.uk",
    "The definition is ours.",
)

POINTS_AFTER = Parameter(
    key="points_after", label="Points after the action", value="8", unit="", source=DESIGN
)
PARTNERS = Parameter(
    key="partners",
    label="Patient Safety Partners, as a rule at least",
    value="2",
    provisional=True,
    source=UNSOURCED,
)
COLLABORATIVES = Parameter(
    key="collaboratives", label="Patient Safety Collaboratives", value="15", source=REPORT
)


def _percent(
    key: str,
    title: str,
    numerator: str,
    denominator: str,
    *,
    data_source: str,
    chart: Chart = Chart.P,
    cadence: Cadence = Cadence.MONTHLY,
    kind: MeasureKind = MeasureKind.PROCESS,
    better: Direction = Direction.UP,
    target: Decimal | None = None,
    exclusions: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    source: Source = DESIGN,
) -> Measure:
    return Measure(
        key=key,
        programme="psirf",
        title=title,
        kind=kind,
        unit="%",
        better=better,
        chart=chart,
        cadence=cadence,
        numerator=numerator,
        denominator=denominator,
        multiplier=HUNDRED,
        target=target,
        exclusions=exclusions,
        data_source=data_source,
        notes=notes,
        parameters=parameters,
        provisional=True,
        source=source,
    )


def _figure(
    key: str,
    title: str,
    unit: str,
    numerator: str,
    *,
    chart: Chart,
    data_source: str,
    cadence: Cadence = Cadence.MONTHLY,
    kind: MeasureKind = MeasureKind.PROCESS,
    better: Direction = Direction.NEITHER,
    target: Decimal | None = None,
    split_by: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    source: Source = DESIGN,
) -> Measure:
    return Measure(
        key=key,
        programme="psirf",
        title=title,
        kind=kind,
        unit=unit,
        better=better,
        chart=chart,
        cadence=cadence,
        numerator=numerator,
        target=target,
        data_source=data_source,
        split_by=split_by,
        notes=notes,
        parameters=parameters,
        provisional=True,
        source=source,
    )


MEASURES = (
    _percent(
        "transitioned_pct",
        "Providers working under their policy and plan",
        "Providers that have transitioned: policy and plan agreed on, and work under them begun",
        "Providers in scope",
        kind=MeasureKind.OUTCOME,
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        target=HUNDRED,
        data_source=TRACKER,
        notes=(
            "The target is 100% of NHS trusts by the end of autumn 2023.",
            "Independent providers are shown apart.",
        ),
        source=CONCEPT,
    ),
    _figure(
        "phase_distribution",
        "Providers in each phase",
        "providers",
        "Providers whose highest phase begun or complete is this one",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        better=Direction.UP,
        split_by=("Phase",),
        data_source=TRACKER,
        source=CONCEPT,
    ),
    _percent(
        "policy_plan_agreed_pct",
        "Policy and plan signed off by the ICB",
        "Providers with the ICB's sign-off",
        "Providers in scope",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        target=HUNDRED,
        data_source=TRACKER,
        source=noted(REPORT, "Its case study tells of the sign-off; the definition is ours."),
    ),
    _figure(
        "learning_responses",
        "Learning responses",
        "responses",
        "Learning responses closed in the month",
        chart=Chart.C,
        split_by=("Method",),
        data_source=INCIDENTS,
        notes=("How many there should be is for the provider's own plan to say.",),
        source=CONCEPT,
    ),
    _figure(
        "response_start_days",
        "Days from incident to start of the response",
        "days",
        "Median of the days from incident to start, of responses started in the month",
        chart=Chart.XMR,
        better=Direction.DOWN,
        data_source=INCIDENTS,
    ),
    _figure(
        "response_close_days",
        "Days to close a response",
        "days",
        "Median of the days from start to close, of responses closed in the month",
        chart=Chart.XMR,
        better=Direction.DOWN,
        data_source=INCIDENTS,
    ),
    _percent(
        "engagement_offered_pct",
        "Affected people offered involvement",
        "Responses with an offer to patients or families recorded",
        "Responses in the month",
        target=HUNDRED,
        exclusions=("Responses in which no patient or family was affected",),
        data_source=INCIDENTS,
        source=AIM,
    ),
    _percent(
        "staff_engaged_pct",
        "Affected staff offered involvement",
        "Responses with an offer to the staff affected",
        "Responses in the month",
        target=HUNDRED,
        data_source=INCIDENTS,
        source=AIM,
    ),
    _figure(
        "family_experience_score",
        "Experience of the people engaged",
        "points",
        "Mean score of the replies to the survey that the provider uses",
        kind=MeasureKind.OUTCOME,
        chart=Chart.XMR,
        cadence=Cadence.QUARTERLY,
        better=Direction.UP,
        data_source="Survey",
    ),
    _percent(
        "actions_measured_pct",
        "Safety actions with a measure and an owner",
        "Actions with a measure and an owner",
        "Actions open in the month, or closed in it",
        target=HUNDRED,
        data_source=TRACKER,
        source=noted(DESIGN, "It follows from looking at plans through a QI lens, as S002 does."),
    ),
    _percent(
        "action_effective_pct",
        "Safety actions whose measure improved",
        "Actions whose measure shows a signal in the wanted direction",
        "Actions with at least {points_after} points after them",
        kind=MeasureKind.OUTCOME,
        cadence=Cadence.QUARTERLY,
        data_source=TRACKER,
        parameters=(POINTS_AFTER,),
    ),
    _percent(
        "plan_priority_coverage_pct",
        "Priorities of the plan with a live project",
        "Priorities with an improvement project that is running",
        "Priorities in the plan",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        target=HUNDRED,
        data_source=TRACKER,
        source=noted(REPORT, "It names the improvement profile; the definition is ours."),
    ),
    _percent(
        "trained_leads_pct",
        "Learning response leads trained",
        "Leads who are trained",
        "Leads who are named",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        target=HUNDRED,
        data_source="Training record",
        source=COMPETENCE,
    ),
    _figure(
        "psp_recruited",
        "Patient Safety Partners in post",
        "partners",
        "Patient Safety Partners in post",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        better=Direction.UP,
        data_source="HR record",
        notes=("As a rule {partners} or more.",),
        parameters=(PARTNERS,),
        source=noted(REPORT, "It tells of recruitment; the usual number is general knowledge."),
    ),
    _figure(
        "days_between_repeat",
        "Days between harmful events of a priority",
        "days",
        "Days since the last event with harm of a type that the plan has as a priority",
        kind=MeasureKind.OUTCOME,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        better=Direction.UP,
        data_source=INCIDENTS,
    ),
    Measure(
        key="incidents_rate",
        programme="psirf",
        title="Incidents reported per 1,000 bed days",
        kind=MeasureKind.OUTCOME,
        unit="per 1,000 bed days",
        better=Direction.NEITHER,
        chart=Chart.U,
        cadence=Cadence.MONTHLY,
        numerator="Incidents reported in the month",
        denominator="Bed days in the month",
        multiplier=Decimal(1000),
        data_source="LFPSE",
        notes=("More reports can mean more openness: no direction is better.",),
        provisional=True,
        source=DESIGN,
    ),
    _figure(
        "als_attendance",
        "Collaboratives at action learning sets",
        "collaboratives",
        "Collaboratives present, out of {collaboratives}",
        chart=Chart.RUN,
        cadence=Cadence.PER_EVENT,
        better=Direction.UP,
        target=Decimal(15),
        data_source="Register",
        parameters=(COLLABORATIVES,),
        source=CONCEPT,
    ),
    _figure(
        "bal_workload",
        "Staff hours on responses",
        "hours",
        "Hours logged on learning responses, in a sample",
        kind=MeasureKind.BALANCING,
        chart=Chart.XMR,
        data_source="Sample",
        notes=("It should stay sustainable.",),
    ),
    _percent(
        "bal_psii_share",
        "Share of responses that are full investigations",
        "Patient safety incident investigations",
        "Responses in the quarter",
        kind=MeasureKind.BALANCING,
        better=Direction.NEITHER,
        cadence=Cadence.QUARTERLY,
        data_source=INCIDENTS,
        notes=("As much as the plan says.",),
    ),
    _figure(
        "bal_complaints",
        "Complaints about the response to an incident",
        "complaints",
        "Complaints about how an incident was responded to",
        kind=MeasureKind.BALANCING,
        chart=Chart.C,
        data_source="Complaints system",
        notes=("It should not rise.",),
    ),
)
