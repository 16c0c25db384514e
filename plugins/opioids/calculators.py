"""What fewer people on opioids is worth, and figures that sources report.

The worked examples are the figures that sources print; each is checked when the plugin loads.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    CalculatorInput,
    ImpactCalculator,
    NumberNeeded,
    Percent,
    Product,
    Ratio,
    Reproduced,
    Rounding,
    Sum,
    WorkedExample,
)

from .sources import MANCHESTER, OVERVIEW, REPORT, WEST_MIDLANDS, P, noted

NONE_LESS = Decimal(0)
DEATHS = "opioid_deaths"

DEATHS_PREVENTED = ImpactCalculator(
    key="deaths_prevented_nnh",
    programme=P,
    title="Deaths prevented",
    unit="deaths",
    measure="opioid_4m_count",
    formula=NumberNeeded(people="fewer_people", needed="nnh"),
    inputs=(
        CalculatorInput(
            key="fewer_people",
            title="Fewer people on long-term opioids",
            unit="people",
            at_least=NONE_LESS,
            help="Say against which baseline: 2021 and 31 March 2023 are never mixed.",
        ),
        CalculatorInput(
            key="nnh", title="number needed to harm", value=Decimal(62), at_least=Decimal(1)
        ),
    ),
    baseline="The one that the fewer people are counted against",
    is_up_to=True,
    overlap_group=DEATHS,
    caveat="The number needed to harm is from observation. The report says over the next 2 years. "
    "Assumes that fewer people stay fewer; of a population, and not shown to be the cause.",
    examples=(
        WorkedExample(
            given={"fewer_people": Decimal(30000)},
            result=Decimal(484),
            printed="~484",
            note="The aim, against 31 March 2023.",
        ),
        WorkedExample(
            given={"fewer_people": Decimal(25693)},
            result=Decimal(414),
            printed="414",
            note="July 2022 to March 2023, against 2021.",
        ),
        WorkedExample(
            given={"fewer_people": Decimal(25000)},
            result=Decimal(403),
            reproduced=Reproduced.WITH_PUBLIC_INPUT,
            printed="about 400",
            note=f"{WEST_MIDLANDS.title}: the aim for 31 March 2025.",
        ),
    ),
    source=REPORT,
)

MODERATE_HARM_AVOIDED = ImpactCalculator(
    key="moderate_harm_avoided",
    programme=P,
    title="Moderate harms avoided a year",
    unit="moderate harms",
    measure="opioid_4m_count",
    formula=Ratio(top="fewer_people", bottom="ratio"),
    inputs=(
        CalculatorInput(
            key="fewer_people",
            title="Fewer people on long-term opioids",
            unit="people",
            at_least=NONE_LESS,
        ),
        CalculatorInput(
            key="ratio",
            title="people for each moderate harm",
            value=Decimal(10),
            at_least=Decimal(1),
            provisional=True,
        ),
    ),
    rounding=Rounding.NEAREST_10,
    period="A year",
    overlap_group="opioid_harm",
    caveat="The ratio of 10 is implied by the figures of the report; it is not stated.",
    examples=(
        WorkedExample(
            given={"fewer_people": Decimal(25693)},
            result=Decimal(2570),
            reproduced=Reproduced.IMPLIED,
            printed="2,570",
        ),
    ),
    provisional=True,
    source=REPORT,
)

HIGH_DOSE_RISK_HALVED = ImpactCalculator(
    key="high_dose_risk_halved",
    programme=P,
    title="People whose risk of death from opioids is halved",
    unit="people",
    measure="high_dose_count",
    formula=Product(of=("fewer_high_dose",)),
    inputs=(
        CalculatorInput(
            key="fewer_high_dose",
            title="Fewer people on a high dose",
            unit="people",
            at_least=NONE_LESS,
        ),
    ),
    rounding=Rounding.NONE,
    overlap_group="opioid_high_dose",
    caveat="That the risk is halved is the report's statement. It needs a risk to begin with to "
    "become deaths, so it is never turned into deaths.",
    examples=(
        WorkedExample(
            given={"fewer_high_dose": Decimal(7217)},
            result=Decimal(7217),
            printed="7,217",
            note="September 2022 to July 2023, against 2021.",
        ),
    ),
    source=REPORT,
)

ADMISSIONS_AVOIDED = ImpactCalculator(
    key="admissions_avoided_nnh",
    programme=P,
    title="Admissions avoided",
    unit="admissions",
    measure="high_dose_count",
    formula=NumberNeeded(people="stopped_high_dose", needed="nnh"),
    inputs=(
        CalculatorInput(
            key="stopped_high_dose",
            title="People who no longer take a high dose",
            unit="people",
            at_least=NONE_LESS,
        ),
        CalculatorInput(
            key="nnh", title="number needed to harm", value=Decimal(9), at_least=Decimal(1)
        ),
    ),
    overlap_group="opioid_adm",
    caveat="From a public page only, which puts it at about £1.7 million.",
    examples=(
        WorkedExample(
            given={"stopped_high_dose": Decimal(4500)},
            result=Decimal(500),
            reproduced=Reproduced.WITH_PUBLIC_INPUT,
            printed="500",
        ),
    ),
    provisional=True,
    source=MANCHESTER,
)

SHARE_OF_ICBS = ImpactCalculator(
    key="pct_of_icbs",
    programme=P,
    title="Share of ICBs",
    unit="% of ICBs",
    formula=Percent(part="icbs", whole="total"),
    inputs=(
        CalculatorInput(key="icbs", title="ICBs", at_least=NONE_LESS),
        CalculatorInput(
            key="total", title="all ICBs", value=Decimal(42), at_least=Decimal(1), period="2023/24"
        ),
    ),
    caveat="The number of all ICBs changes when some merge.",
    examples=(
        WorkedExample(given={"icbs": Decimal(29)}, result=Decimal(69), printed="69%"),
        WorkedExample(given={"icbs": Decimal(28)}, result=Decimal(67), printed="67%"),
        WorkedExample(given={"icbs": Decimal(37)}, result=Decimal(88), printed="88%"),
        WorkedExample(
            given={"icbs": Decimal(36)},
            result=Decimal(86),
            reproduced=Reproduced.NO,
            printed="37 (88%)",
            note="28 and 8 is 36; the report prints 37 in both places.",
        ),
    ),
    source=REPORT,
)

LIVES_SAVED = ImpactCalculator(
    key="medsip_lives_saved",
    programme=P,
    title="Lives saved by the whole medicines safety programme",
    unit="lives",
    formula=Sum(of=("anticoagulants", "gastro_protection", "opioids")),
    inputs=(
        CalculatorInput(
            key="anticoagulants", title="Dosing of oral anticoagulants", value=Decimal(68)
        ),
        CalculatorInput(
            key="gastro_protection",
            title="fewer NSAIDs without gastro-protection",
            value=Decimal(36),
        ),
        CalculatorInput(key="opioids", title="fewer opioids", value=Decimal(414)),
    ),
    overlap_group=DEATHS,
    caveat="Holds the 414 lives of the opioids programme, so it is never added to them.",
    examples=(WorkedExample(given={}, result=Decimal(518), printed="518"),),
    source=noted(OVERVIEW, "The source adds these up itself."),
)

CALCULATORS = (
    DEATHS_PREVENTED,
    MODERATE_HARM_AVOIDED,
    HIGH_DOSE_RISK_HALVED,
    ADMISSIONS_AVOIDED,
    SHARE_OF_ICBS,
    LIVES_SAVED,
)
