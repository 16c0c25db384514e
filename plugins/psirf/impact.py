"""Shares and days. The sources claim no figure of impact, so there is none to report."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    CalculatorInput,
    Change,
    ImpactCalculator,
    Percent,
    Product,
    Reproduced,
    WorkedExample,
)

from .sources import DESIGN, REPORT, noted

CALCULATORS = (
    ImpactCalculator(
        key="transition_pct",
        programme="psirf",
        title="Providers that have transitioned",
        unit="%",
        measure="transitioned_pct",
        formula=Percent(part="n", whole="total"),
        inputs=(
            CalculatorInput(key="n", title="providers that have transitioned"),
            CalculatorInput(
                key="total",
                title="providers in scope",
                help='The report says "around 270+", without independent providers.',
            ),
        ),
        baseline="None: a share on one day",
        period="The day of the count",
        caveat="The total varies; take it from the table of organisations, on a date.",
        examples=(
            WorkedExample(
                given={"n": Decimal(243), "total": Decimal(270)},
                result=Decimal(90),
                reproduced=Reproduced.SYNTHETIC,
            ),
        ),
        provisional=True,
        source=DESIGN,
    ),
    ImpactCalculator(
        key="engaged_icbs_pct",
        programme="psirf",
        title="Systems engaged",
        unit="%",
        formula=Percent(part="n", whole="icbs"),
        inputs=(
            CalculatorInput(key="n", title="systems engaged"),
            CalculatorInput(
                key="icbs", title="systems there are", value=Decimal(42), source=REPORT
            ),
        ),
        baseline="None: a share on one day",
        period="The day of the count; Q2 2023/24 in the report",
        caveat="Being engaged is not having transitioned.",
        examples=(
            WorkedExample(
                given={"n": Decimal(42)},
                result=Decimal(100),
                printed="all 42 ICSs engaged (S002)",
            ),
        ),
        source=noted(REPORT, "The report says all 42; it prints no percentage."),
    ),
    ImpactCalculator(
        key="days_saved",
        programme="psirf",
        title="Days saved",
        unit="days",
        measure="response_close_days",
        formula=Product(
            of=("responses",), change=Change(before="before", after="after", falls=True)
        ),
        inputs=(
            CalculatorInput(key="before", title="days to close before"),
            CalculatorInput(key="after", title="days to close after"),
            CalculatorInput(key="responses", title="responses"),
        ),
        baseline="The median before the change",
        period="That of the responses put in",
        caveat="Only where the chart shows a signal. Medians times responses are a rough sum.",
        examples=(
            WorkedExample(
                given={"before": Decimal(60), "after": Decimal(45), "responses": Decimal(20)},
                result=Decimal(300),
                reproduced=Reproduced.SYNTHETIC,
            ),
        ),
        provisional=True,
        source=DESIGN,
    ),
)
