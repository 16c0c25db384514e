"""Impact calculators. The worked examples are the test vectors of the content file."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    CalculatorInput,
    Change,
    ImpactCalculator,
    NumberNeeded,
    PercentChange,
    Product,
    Ratio,
    Reproduced,
    Rounding,
    Sum,
    WorkedExample,
)

from .sources import DERIVED, NORTH_EAST, OVERVIEW, PRECEPT, REPORT, REPORT_AND_OVERVIEW, noted

CEREBRAL_PALSY = "matneo_cp"
LIVES = "matneo_lives"
TREATED_NOT_EXTRA = (
    "Counts everyone treated, not those treated because of the programme, whose effect is "
    "smaller. The number needed to treat comes from trials."
)
CORD_CAVEAT = (
    "The effect found in trials is uncertain, and newer reviews are cautious (Pediatrics 147/3). "
    '"A third fewer deaths" needs to know how many would have died.'
)
BABIES_OCM = CalculatorInput(
    key="babies_ocm",
    title="babies with optimal cord management",
    unit="babies",
    help="13,956 since April 2020, says the overview.",
)

CP_AVOIDED = ImpactCalculator(
    key="cp_avoided",
    programme="matneo",
    title="Cerebral palsy avoided by magnesium sulphate",
    unit="cases",
    formula=NumberNeeded(people="women_treated", needed="nnt"),
    inputs=(
        CalculatorInput(key="women_treated", title="women treated", unit="women"),
        CalculatorInput(
            key="nnt",
            title="number needed to treat",
            value=Decimal(37),
            provisional=True,
            source=PRECEPT,
        ),
    ),
    rounding=Rounding.FLOOR,
    is_up_to=True,
    overlap_group=CEREBRAL_PALSY,
    baseline="None: everyone treated is counted",
    period="That of the women put in",
    caveat=TREATED_NOT_EXTRA,
    examples=(
        WorkedExample(
            given={"women_treated": Decimal(14270)},
            result=Decimal(385),
            reproduced=Reproduced.WITH_PUBLIC_INPUT,
            printed="385 cases (S002, Figure 11)",
            note="14,270 women from April 2018 to March 2023, NHS England on PReCePT: 385.7, the "
            "part left off.",
        ),
    ),
    source=noted(REPORT_AND_OVERVIEW, "The number needed to treat is from the page on PReCePT."),
)
CP_SAVINGS = ImpactCalculator(
    key="cp_savings_gbp",
    programme="matneo",
    title="Cost to welfare and society saved",
    unit="GBP",
    formula=Product(of=("cp_cases", "unit_cost")),
    inputs=(
        CalculatorInput(key="cp_cases", title="cases of cerebral palsy avoided", unit="cases"),
        CalculatorInput(
            key="unit_cost",
            title="cost of one case",
            unit="GBP",
            value=Decimal(1_000_000),
            help="1.000 million in S002, 1.023 million in S004; neither says of which year. Write "
            "down the date of the figure you use.",
            source=DERIVED,
        ),
    ),
    rounding=Rounding.NEAREST_MILLION,
    is_up_to=True,
    overlap_group=CEREBRAL_PALSY,
    baseline="That of the cases put in",
    period="That of the cases put in",
    caveat="Up to. A lifetime's cost to welfare and society, not money that a trust saves. The "
    "year of the prices is unknown.",
    examples=(
        WorkedExample(
            given={"cp_cases": Decimal(420)},
            result=Decimal(420_000_000),
            printed="GBP 420 million (S002)",
        ),
        WorkedExample(
            given={"cp_cases": Decimal(431), "unit_cost": Decimal(1_023_202)},
            result=Decimal(441_000_000),
            reproduced=Reproduced.IMPLIED,
            printed="GBP 441 million (S004)",
            note="441 million over 431 is 1,023,202 a case; the overview does not state it.",
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
OCM_LIVES = ImpactCalculator(
    key="ocm_lives",
    programme="matneo",
    title="Lives saved by cord management, one in so many babies",
    unit="lives",
    formula=Ratio(top="babies_ocm", bottom="babies_per_life"),
    inputs=(
        BABIES_OCM,
        CalculatorInput(
            key="babies_per_life",
            title="babies for one life saved",
            unit="babies",
            at_least=Decimal(20),
            at_most=Decimal(50),
            help="A public page says one in 30 to 50, and 20 for the least mature. Show the range; "
            "22.26 gives the printed 627.",
            provisional=True,
            source=NORTH_EAST,
        ),
    ),
    overlap_group=LIVES,
    baseline="None: every baby with cord management is counted",
    period="That of the babies put in",
    caveat=CORD_CAVEAT,
    is_up_to=True,
    examples=(
        WorkedExample(
            given={"babies_ocm": Decimal(13956), "babies_per_life": Decimal("22.26")},
            result=Decimal(627),
            reproduced=Reproduced.IMPLIED,
            printed="627 lives (S002, S004)",
            note="13,956 over 627 is 22.26; no source states it.",
        ),
        *(
            WorkedExample(
                given={"babies_ocm": Decimal(13956), "babies_per_life": Decimal(one_in)},
                result=Decimal(lives),
                reproduced=Reproduced.WITH_PUBLIC_INPUT,
                note="Part of the range of the public page; no source prints the result.",
            )
            for one_in, lives in ((20, 698), (30, 465), (50, 279))
        ),
    ),
    source=noted(
        REPORT_AND_OVERVIEW, "The range is from Health Innovation North East and North Cumbria."
    ),
)
OCM_LIVES_BY_MORTALITY = ImpactCalculator(
    key="ocm_lives_by_mortality",
    programme="matneo",
    title="Lives saved by cord management, from mortality",
    unit="lives",
    formula=Product(of=("babies_ocm", "base_mortality", "rrr")),
    inputs=(
        BABIES_OCM,
        CalculatorInput(
            key="base_mortality",
            title="share who would have died without it",
            at_least=Decimal(0),
            at_most=Decimal(1),
            help="0.135 would be 13.5%. No source states it.",
        ),
        CalculatorInput(
            key="rrr",
            title="share of those deaths prevented",
            value=Decimal("0.3333"),
            at_least=Decimal(0),
            at_most=Decimal(1),
            help="A third, says the overview.",
            source=OVERVIEW,
        ),
    ),
    overlap_group=LIVES,
    baseline="The share who would have died without it",
    period="That of the babies put in",
    caveat=CORD_CAVEAT,
    is_up_to=True,
    examples=(
        WorkedExample(
            given={"babies_ocm": Decimal(13956), "base_mortality": Decimal("0.1348")},
            result=Decimal(627),
            reproduced=Reproduced.IMPLIED,
            printed="627 lives (S002, S004)",
            note="Only if 13.5% would have died; the source does not state it.",
        ),
    ),
    source=OVERVIEW,
)
TOTAL_LIVES = ImpactCalculator(
    key="total_lives",
    programme="matneo",
    title="Lives saved by cord management and antibiotics",
    unit="lives",
    formula=Sum(of=("ocm_lives", "antibiotic_lives")),
    inputs=(
        CalculatorInput(key="ocm_lives", title="lives by cord management", unit="lives"),
        CalculatorInput(key="antibiotic_lives", title="lives by antibiotics", unit="lives"),
    ),
    overlap_group=LIVES,
    baseline="That of both figures put in",
    period="That of both figures put in, which has to be the same",
    caveat="Both figures have to be of the same date: figures of different dates are not added.",
    is_up_to=True,
    examples=(
        WorkedExample(
            given={"ocm_lives": Decimal(627), "antibiotic_lives": Decimal(16)},
            result=Decimal(643),
            reproduced=Reproduced.NO,
            printed="645 lives (S002, Figure 11)",
            note="627 and 16 are of different pages; 645 less 627 is 18.",
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
INTERVENTIONS_GAIN = ImpactCalculator(
    key="interventions_gain",
    programme="matneo",
    title="More interventions a month",
    unit="interventions a month",
    formula=Change(before="before", after="after"),
    inputs=(
        CalculatorInput(key="before", title="interventions a month before"),
        CalculatorInput(key="after", title="interventions a month after"),
    ),
    baseline="The month's average before",
    period="A month",
    caveat="A month's average. More babies give more interventions without better care.",
    examples=(
        WorkedExample(
            given={"before": Decimal(1213), "after": Decimal(1722)},
            result=Decimal(509),
            printed="509 more a month (S002)",
        ),
    ),
    source=REPORT,
)
INTERVENTIONS_GAIN_PCT = ImpactCalculator(
    key="interventions_gain_pct",
    programme="matneo",
    title="More interventions a month, in per cent",
    unit="%",
    formula=PercentChange(before="before", after="after"),
    inputs=INTERVENTIONS_GAIN.inputs,
    rounding=Rounding.ONE_DECIMAL,
    baseline="The month's average before",
    period="A month",
    caveat=INTERVENTIONS_GAIN.caveat,
    examples=(
        WorkedExample(
            given={"before": Decimal(1213), "after": Decimal(1722)},
            result=Decimal("42.0"),
            note="Worked out from the printed averages; the report has no percentage.",
        ),
    ),
    source=DERIVED,
)
RATE_REDUCTION = ImpactCalculator(
    key="rate_reduction",
    programme="matneo",
    title="Fall of a rate, in per cent",
    unit="%",
    formula=PercentChange(before="old", after="new", falls=True),
    inputs=(
        CalculatorInput(key="old", title="rate before", help="With two decimals or more."),
        CalculatorInput(key="new", title="rate after", help="With two decimals or more."),
    ),
    rounding=Rounding.ONE_DECIMAL,
    baseline="The rate before",
    period="From the first rate to the second",
    caveat="Use rates that are not rounded: the overview prints another fall than its own rounded "
    "rates give.",
    examples=(
        WorkedExample(
            given={"old": Decimal("5.1"), "new": Decimal("3.8")},
            result=Decimal("25.5"),
            reproduced=Reproduced.NO,
            printed="25.2% fewer stillbirths (S004)",
        ),
        WorkedExample(
            given={"old": Decimal("2.0"), "new": Decimal("1.3")},
            result=Decimal("35.0"),
            reproduced=Reproduced.NO,
            printed="36.0% fewer neonatal deaths (S004)",
        ),
    ),
    source=OVERVIEW,
)

CALCULATORS = (
    CP_AVOIDED,
    CP_SAVINGS,
    OCM_LIVES,
    OCM_LIVES_BY_MORTALITY,
    TOTAL_LIVES,
    INTERVENTIONS_GAIN,
    INTERVENTIONS_GAIN_PCT,
    RATE_REDUCTION,
)
