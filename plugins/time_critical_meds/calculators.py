"""What less delay is worth. No source gives a figure of this programme: this is arithmetic only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import (
    CalculatorInput,
    Change,
    ImpactCalculator,
    Product,
    Reported,
    Reproduced,
    WorkedExample,
)

from .sources import DESIGN, PHARMACEUTICAL_JOURNAL, P, public

ARITHMETIC = replace(DESIGN, note="Arithmetic only; no source gives a figure of this programme.")
MADE_UP = "Made up to try the formula; nobody's result."
NONE_LESS = Decimal(0)
WHOLE = Decimal(100)

DOSES_PROTECTED = ImpactCalculator(
    key="doses_protected",
    programme=P,
    title="Doses protected",
    unit="doses",
    measure="tcm_omitted_pct",
    formula=Product(
        of=("doses_due",),
        change=Change(before="baseline_pct", after="current_pct", falls=True),
        over=WHOLE,
    ),
    inputs=(
        CalculatorInput(
            key="baseline_pct",
            title="missed at baseline",
            unit="%",
            at_least=NONE_LESS,
            at_most=WHOLE,
        ),
        CalculatorInput(
            key="current_pct", title="missed now", unit="%", at_least=NONE_LESS, at_most=WHOLE
        ),
        CalculatorInput(key="doses_due", title="Doses due", unit="doses", at_least=NONE_LESS),
    ),
    caveat="Assumes the same mix of patients. Doses, not harm avoided.",
    examples=(
        WorkedExample(
            given={
                "baseline_pct": Decimal(12),
                "current_pct": Decimal(8),
                "doses_due": Decimal(5000),
            },
            result=Decimal(200),
            reproduced=Reproduced.SYNTHETIC,
            note=MADE_UP,
        ),
    ),
    source=ARITHMETIC,
)

STAFF_HOURS_RELEASED = ImpactCalculator(
    key="staff_hours_released",
    programme=P,
    title="Staff hours released",
    unit="hours",
    measure="remedial_time",
    formula=Product(of=("doses_protected", "minutes"), over=Decimal(60)),
    inputs=(
        CalculatorInput(
            key="doses_protected", title="Doses protected", unit="doses", at_least=NONE_LESS
        ),
        CalculatorInput(
            key="minutes",
            title="minutes for each missed dose",
            unit="minutes",
            at_least=NONE_LESS,
            help="From the trust's own time sample.",
        ),
    ),
    caveat="The minutes must be sampled locally.",
    examples=(
        WorkedExample(
            given={"doses_protected": Decimal(200), "minutes": Decimal(15)},
            result=Decimal(50),
            reproduced=Reproduced.SYNTHETIC,
            note=MADE_UP,
        ),
    ),
    source=ARITHMETIC,
)

BED_DAYS_RELEASED = ImpactCalculator(
    key="bed_days_released",
    programme=P,
    title="Bed days released",
    unit="bed days",
    measure="los_tcm",
    formula=Product(
        of=("spells",), change=Change(before="los_before", after="los_after", falls=True)
    ),
    inputs=(
        CalculatorInput(key="spells", title="Spells", unit="spells", at_least=NONE_LESS),
        CalculatorInput(
            key="los_before", title="length of stay before", unit="days", at_least=NONE_LESS
        ),
        CalculatorInput(
            key="los_after", title="length of stay after", unit="days", at_least=NONE_LESS
        ),
    ),
    caveat="Much else changes length of stay. Needs a signal on the chart of length of stay.",
    examples=(
        WorkedExample(
            given={
                "spells": Decimal(24),
                "los_before": Decimal(13),
                "los_after": Decimal(9),
            },
            result=Decimal(96),
            reproduced=Reproduced.SYNTHETIC,
            note=MADE_UP,
        ),
    ),
    source=ARITHMETIC,
)


def _context(key: str, title: str, unit: str, figure: int, printed: str) -> ImpactCalculator:
    return ImpactCalculator(
        key=key,
        programme=P,
        title=title,
        unit=unit,
        formula=Reported(figure=Decimal(figure), printed=printed),
        period="September 2006 to June 2009",
        caveat="Background, from reports to the National Patient Safety Agency. Not a result of "
        "this programme, and never worked out.",
        source=public(PHARMACEUTICAL_JOURNAL),
        provisional=True,
    )


IMPACT_CALCULATORS = (
    DOSES_PROTECTED,
    STAFF_HOURS_RELEASED,
    BED_DAYS_RELEASED,
    _context(
        "npsa_deaths",
        "Deaths linked to omitted or delayed medicines, 2006 to 2009",
        "deaths",
        27,
        "27 deaths",
    ),
    _context(
        "npsa_severe_harms",
        "Severe harms linked to omitted or delayed medicines, 2006 to 2009",
        "severe harms",
        68,
        "68 severe harms",
    ),
    _context(
        "npsa_other_incidents",
        "Other incidents linked to omitted or delayed medicines, 2006 to 2009",
        "incidents",
        21383,
        "21,383 other incidents",
    ),
)
