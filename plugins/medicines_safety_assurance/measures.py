"""Measures of the model and of harm, and the calculators."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from tracker.plugin_api import (
    Cadence,
    CalculatorInput,
    Change,
    Chart,
    Direction,
    ImpactCalculator,
    Measure,
    MeasureKind,
    Percent,
    Product,
    Reproduced,
    Rounding,
    WorkedExample,
)
from tracker.plugin_api.common import DESIGN

from .sources import CONSULTATION, consultation

P = "medicines_safety_assurance"
FULL = Decimal(100)

process = partial(
    Measure,
    programme=P,
    kind=MeasureKind.PROCESS,
    unit="%",
    better=Direction.UP,
    multiplier=Decimal(100),
)
reports = partial(
    Measure,
    programme=P,
    unit="reports per 1,000 bed days",
    chart=Chart.U,
    cadence=Cadence.QUARTERLY,
    denominator="Occupied bed days in the quarter",
    multiplier=Decimal(1000),
    data_source="Learn from patient safety events (LFPSE)",
)

MEASURES = (
    process(
        key="msa_response_pct",
        title="Organisations that completed the survey",
        chart=Chart.RUN,
        cadence=Cadence.PER_EVENT,
        numerator="Organisations that completed it",
        denominator="Organisations invited",
        target=FULL,
        data_source="This tracker",
        source=consultation("The consultation speaks of a baseline survey; the measure is ours."),
    ),
    process(
        key="msa_domain_score",
        title="Domain score",
        chart=Chart.RUN,
        cadence=Cadence.ANNUAL,
        numerator="Sum of the levels of the statements answered",
        denominator="4 for each statement answered",
        exclusions=("Not applicable",),
        data_source="This tracker",
        notes=(
            "Compare with the baseline.",
            "A system's score pools statements, not organisations.",
        ),
        source=DESIGN,
    ),
    process(
        key="msa_consistency",
        title="Consistency of a statement across the system",
        chart=Chart.RUN,
        cadence=Cadence.ANNUAL,
        numerator="Organisations at level 3 or above for the statement",
        denominator="Organisations that answered it",
        exclusions=("Not applicable",),
        data_source="This tracker",
        notes=("Compare with the baseline.",),
        source=consultation(
            "How practice becomes consistent across a system is the question of the consultation; "
            "level 3 is ours."
        ),
    ),
    process(
        key="msa_actions_closed_pct",
        title="Actions closed on time",
        chart=Chart.P,
        cadence=Cadence.QUARTERLY,
        numerator="Actions closed by the day on which they were due",
        denominator="Actions due in the quarter",
        data_source="This tracker",
        source=DESIGN,
    ),
    reports(
        key="msa_severe_harm",
        title="Severe avoidable harm from medicines, reports",
        kind=MeasureKind.OUTCOME,
        better=Direction.DOWN,
        numerator="Reports of severe avoidable harm from medicines in the quarter",
        exclusions=("Duplicates",),
        notes=("Global aim: half as much.", "More reporting can hide a fall."),
        source=CONSULTATION,
    ),
    reports(
        key="msa_reporting",
        title="All medicines incidents reported",
        kind=MeasureKind.BALANCING,
        better=Direction.NEITHER,
        numerator="Reports of incidents with medicines in the quarter",
        notes=("It should not fall.",),
        source=DESIGN,
    ),
)

CALCULATORS = (
    ImpactCalculator(
        key="domain_score",
        programme=P,
        title="Domain score",
        unit="%",
        measure="msa_domain_score",
        formula=Percent(part="levels", whole="most"),
        inputs=(
            CalculatorInput(key="levels", title="Sum of the levels"),
            CalculatorInput(key="most", title="4 for each statement answered"),
        ),
        caveat="Statements that are not applicable are left out of both.",
        examples=(
            WorkedExample(
                given={"levels": Decimal(24), "most": Decimal(40)},
                result=Decimal(60),
                reproduced=Reproduced.SYNTHETIC,
                note="Ten statements at 4, 3, 3, 2, 2, 1, 0, 4, 3 and 2.",
            ),
        ),
        source=DESIGN,
    ),
    ImpactCalculator(
        key="halving_target",
        programme=P,
        title="Half of the baseline",
        unit="reports",
        measure="msa_severe_harm",
        formula=Product(of=("baseline", "share")),
        inputs=(
            CalculatorInput(key="baseline", title="Baseline"),
            CalculatorInput(
                key="share", title="share to reach", value=Decimal("0.5"), source=CONSULTATION
            ),
        ),
        rounding=Rounding.ONE_DECIMAL,
        caveat="More reporting can hide a fall.",
        examples=(
            WorkedExample(
                given={"baseline": Decimal(100)},
                result=Decimal(50),
                reproduced=Reproduced.SYNTHETIC,
            ),
        ),
        source=CONSULTATION,
    ),
    ImpactCalculator(
        key="gap_to_full",
        programme=P,
        title="Gap to the full score",
        unit="percentage points",
        measure="msa_domain_score",
        formula=Change(before="score", after="full"),
        inputs=(
            CalculatorInput(key="score", title="domain score", unit="%"),
            CalculatorInput(key="full", title="Full score", unit="%", value=FULL),
        ),
        caveat="A gap in the answers of organisations, not in harm.",
        examples=(
            WorkedExample(
                given={"score": Decimal(60)},
                result=Decimal(40),
                reproduced=Reproduced.SYNTHETIC,
            ),
        ),
        source=DESIGN,
    ),
)
