"""Reductions from pooled figures, and the one that a source reports."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import (
    Basis,
    CalculatorInput,
    ImpactCalculator,
    Percent,
    PercentChange,
    Reported,
    Reproduced,
    Rounding,
    WorkedExample,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW

from .sources import RCPSYCH

P = "mental_health_restrictive_practice"

POOLED_REDUCTION = ImpactCalculator(
    key="pooled_reduction",
    programme=P,
    title="Less restrictive practice, pooled",
    unit="%",
    formula=PercentChange(before="before", after="after", falls=True),
    inputs=(
        CalculatorInput(
            key="before",
            title="rate before",
            at_least=Decimal(0),
            help="All events of all wards over all their bed days.",
        ),
        CalculatorInput(
            key="after",
            title="rate after",
            at_least=Decimal(0),
            help="All events of all wards over all their bed days.",
        ),
    ),
    rounding=Rounding.ONE_DECIMAL,
    caveat="Arithmetic only: from pooled events and bed days, never a mean of the percentages of "
    "wards.",
    examples=(
        WorkedExample(
            given={"before": Decimal(1000), "after": Decimal(850)},
            result=Decimal("15.0"),
            reproduced=Reproduced.SYNTHETIC,
            note="Events at equal bed days.",
        ),
    ),
    source=DESIGN,
)

ACHIEVED_VS_AIM = ImpactCalculator(
    key="achieved_vs_aim",
    programme=P,
    title="Achieved, of what was aimed at",
    unit="%",
    formula=Percent(part="achieved", whole="aim"),
    inputs=(
        CalculatorInput(key="achieved", title="reduction achieved", unit="%"),
        CalculatorInput(key="aim", title="reduction aimed at", unit="%"),
    ),
    caveat="Both figures must be of the same wards and the same part of the programme.",
    examples=(
        WorkedExample(
            given={"achieved": Decimal(15), "aim": Decimal(33)},
            result=Decimal(45),
            reproduced=Reproduced.IMPLIED,
            note="First collaborative; the aim is of a public page.",
        ),
    ),
    source=replace(
        RCPSYCH, code="D", basis=Basis.DERIVED, note="15% is of the overview page, S004."
    ),
    provisional=True,
)

REPORTED_REDUCTION = ImpactCalculator(
    key="reported_reduction",
    programme=P,
    title="Less restrictive practice in 38 pilot wards",
    unit="%",
    formula=Reported(figure=Decimal(15), printed="15%"),
    period="Not stated",
    caveat="Of the 38 wards of the first collaborative; the page gives no period.",
    source=OVERVIEW,
)

CALCULATORS = (POOLED_REDUCTION, ACHIEVED_VS_AIM, REPORTED_REDUCTION)
