"""The reduction, worked out from two counts, and the one that a source reports."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import (
    Basis,
    CalculatorInput,
    ImpactCalculator,
    PercentChange,
    Reported,
    Reproduced,
    Rounding,
    WorkedExample,
)
from tracker.plugin_api.common import OVERVIEW

from .sources import NCL

P = "valproate"

PCT_REDUCTION = ImpactCalculator(
    key="pct_reduction",
    programme=P,
    title="Fewer people prescribed valproate",
    unit="%",
    measure="val_female_count",
    formula=PercentChange(before="before", after="after", falls=True),
    inputs=(
        CalculatorInput(key="before", title="people before", at_least=Decimal(0)),
        CalculatorInput(key="after", title="people after", at_least=Decimal(0)),
    ),
    rounding=Rounding.ONE_DECIMAL,
    caveat="Says how many fewer, not whether each change was right for the person.",
    examples=(
        WorkedExample(
            given={"before": Decimal(27441), "after": Decimal(18235)},
            result=Decimal("33.5"),
            reproduced=Reproduced.IMPLIED,
            note="April 2018 to March 2023. The overview page prints 35%, without a period.",
        ),
    ),
    source=replace(NCL, code="D", basis=Basis.DERIVED, note="Worked out from public figures."),
)

REPORTED_REDUCTION = ImpactCalculator(
    key="reported_reduction",
    programme=P,
    title="Fewer women of childbearing age prescribed valproate",
    unit="%",
    formula=Reported(figure=Decimal(35), printed="35%"),
    period="Not stated",
    caveat="The source gives neither a period nor age limits.",
    source=OVERVIEW,
)

CALCULATORS = (PCT_REDUCTION, REPORTED_REDUCTION)
