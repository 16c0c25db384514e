"""Impact calculators, with the figures that they reproduce."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import (
    Basis,
    CalculatorInput,
    Change,
    ImpactCalculator,
    Percent,
    Product,
    Reproduced,
    Rounding,
    WorkedExample,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW

from .sources import LONDONER

P = "managing_deterioration"

ADOPTION_PCT = ImpactCalculator(
    key="adoption_pct",
    programme=P,
    title="Care homes that adopted a tool, of those engaged",
    unit="%",
    measure="homes_adopted",
    formula=Percent(part="adopted", whole="engaged"),
    inputs=(
        CalculatorInput(key="adopted", title="Care homes that adopted", unit="care homes"),
        CalculatorInput(key="engaged", title="care homes engaged", unit="care homes"),
    ),
    rounding=Rounding.ONE_DECIMAL,
    caveat="Engaged homes are not all homes.",
    examples=(
        WorkedExample(
            given={"adopted": Decimal(9164), "engaged": Decimal(11621)},
            result=Decimal("78.9"),
            reproduced=Reproduced.IMPLIED,
            note="January 2021 to March 2023.",
        ),
    ),
    source=replace(OVERVIEW, code="D", basis=Basis.DERIVED),
)

MR_CHANGE_PCT = ImpactCalculator(
    key="mr_change_pct",
    programme=P,
    title="Calls that led to a change of care",
    unit="%",
    measure="mr_calls_change_pct",
    formula=Percent(part="changed", whole="deterioration"),
    inputs=(
        CalculatorInput(key="changed", title="Calls after which care changed", unit="calls"),
        CalculatorInput(key="deterioration", title="calls about acute deterioration", unit="calls"),
    ),
    caveat="Management information. It does not say how many lives were saved.",
    examples=(
        WorkedExample(
            given={"changed": Decimal(1058), "deterioration": Decimal(2277)},
            result=Decimal(46),
            reproduced=Reproduced.NO,
            printed="47%",
            note="To July 2025. 46.46 is 46; the article prints one more.",
        ),
        WorkedExample(
            given={"changed": Decimal(1703), "deterioration": Decimal(3186)},
            result=Decimal(53),
            printed="just over half",
            note="To November 2025.",
        ),
    ),
    source=LONDONER,
)

ADMISSIONS_AVOIDED = ImpactCalculator(
    key="admissions_avoided",
    programme=P,
    title="Admissions from care homes avoided",
    unit="admissions",
    formula=Product(
        of=("homes", "residents"), change=Change(before="before", after="after", falls=True)
    ),
    inputs=(
        CalculatorInput(key="homes", title="Care homes", at_least=Decimal(0)),
        CalculatorInput(key="residents", title="residents in each", at_least=Decimal(0)),
        CalculatorInput(
            key="before",
            title="admissions for each resident before",
            help="In the same length of time before and after.",
        ),
        CalculatorInput(key="after", title="admissions for each resident after"),
    ),
    caveat="Other things changed too. It needs homes to compare with.",
    examples=(
        WorkedExample(
            given={
                "homes": Decimal(100),
                "residents": Decimal(40),
                "before": Decimal("0.50"),
                "after": Decimal("0.45"),
            },
            result=Decimal(200),
            reproduced=Reproduced.SYNTHETIC,
        ),
    ),
    source=DESIGN,
)

CALCULATORS = (ADOPTION_PCT, MR_CHANGE_PCT, ADMISSIONS_AVOIDED)
