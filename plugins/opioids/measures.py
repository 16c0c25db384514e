"""National outcome measures, which count people, and measures of public prescribing data.

They are different things: a series of items or milligrams never goes under a national count.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind

from .known_events import KNOWN_EVENTS, MARCH_2023, YEAR_2021
from .sources import REPORT, open_prescribing

PRESCRIBING_LAG = 2
"""Months. The report warns that ePACT2 lags; that it is two months is this product's setting."""

NATIONAL = replace(REPORT, note="The lag of two months is a setting of this product.")
NHSBSA = "NHSBSA (ePACT2), monthly feed"
PRESCRIBING_DATA = "NHSBSA prescribing data, as published by OpenPrescribing"
ITEMS_NOT_PEOPLE = "Counts prescribing, not people: do not compare with the national counts."
OUTCOME_BY_ANALOGY = (
    "OpenPrescribing does not say whether this is an outcome or a process measure. It is listed "
    "as an outcome, like the national counts."
)

OPIOID_4M_COUNT = Measure(
    key="opioid_4m_count",
    programme="opioids",
    title="People prescribed opioids in 4 or more consecutive months",
    kind=MeasureKind.OUTCOME,
    unit="people",
    better=Direction.DOWN,
    chart=Chart.XMR,
    cadence=Cadence.MONTHLY,
    numerator="People aged 18 or over with an oral or transdermal opioid in the reporting month "
    "and in each of the 3 months before",
    exclusions=("Methadone", "Low dose co-products"),
    data_source=NHSBSA,
    lag_months=PRESCRIBING_LAG,
    notes=(
        "National aim: 30,000 fewer people by 31 March 2024 than on 31 March 2023.",
        (
            "National figure reported: 25,693 fewer people a month, July 2022 to March 2023, "
            "against the 2021 baseline (P=0.015). The two have different baselines and are never "
            "subtracted."
        ),
        (
            "April and May have fewer days on which prescriptions are dispensed, and June is high, "
            "every year: bank holidays. 2023 had one more in May."
        ),
        ("April, May and June 2023 lie outside the limits of the national chart, for that reason."),
    ),
    baselines=(YEAR_2021, MARCH_2023),
    known_events=KNOWN_EVENTS,
    source=NATIONAL,
)

HIGH_DOSE_COUNT = Measure(
    key="high_dose_count",
    programme="opioids",
    title="People on more than 120 mg oral morphine equivalent a day",
    kind=MeasureKind.OUTCOME,
    unit="people",
    better=Direction.DOWN,
    chart=Chart.XMR,
    cadence=Cadence.MONTHLY,
    numerator="People aged 18 or over prescribed more than 120 mg oral morphine equivalent a day "
    "in the reporting month",
    exclusions=("As defined by the feed",),
    data_source=NHSBSA,
    lag_months=PRESCRIBING_LAG,
    notes=(
        (
            "National figure reported: 7,217 fewer people a month, September 2022 to July 2023, "
            "against the 2021 baseline."
        ),
    ),
    baselines=(YEAR_2021,),
    known_events=KNOWN_EVENTS,
    source=NATIONAL,
)

OPIOIDOME = Measure(
    key="opioidome",
    programme="opioids",
    title="Total opioid, oral morphine equivalent per 1,000 registered",
    kind=MeasureKind.OUTCOME,
    unit="mg per 1,000",
    better=Direction.DOWN,
    # Listed as a chart of individual values: for this tracker that is the XmR chart.
    chart=Chart.XMR,
    cadence=Cadence.MONTHLY,
    numerator="Milligrams of oral morphine equivalent of all opioid items in the month",
    denominator="Registered list, in thousands",
    data_source=PRESCRIBING_DATA,
    lag_months=PRESCRIBING_LAG,
    notes=(
        "That lower is better is a judgement: OpenPrescribing sets no direction.",
        ITEMS_NOT_PEOPLE,
        OUTCOME_BY_ANALOGY,
    ),
    source=open_prescribing("opioidome", "That lower is better is a decision of this product."),
    provisional=True,
)

OPIOIDPER1000 = Measure(
    key="opioidper1000",
    programme="opioids",
    title="High dose opioid items per 1,000 registered",
    kind=MeasureKind.OUTCOME,
    unit="items per 1,000",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.MONTHLY,
    numerator="Items in the month whose likely daily dose is 120 mg morphine equivalent or more",
    denominator="Registered list, in thousands",
    data_source=PRESCRIBING_DATA,
    lag_months=PRESCRIBING_LAG,
    notes=(
        "120 mg or more here; more than 120 mg in the national count.",
        ITEMS_NOT_PEOPLE,
        OUTCOME_BY_ANALOGY,
    ),
    source=open_prescribing("opioidper1000"),
)

OPIOIDSPERCENT = Measure(
    key="opioidspercent",
    programme="opioids",
    title="High dose items as a share of the same regular opioids",
    kind=MeasureKind.OUTCOME,
    unit="%",
    better=Direction.DOWN,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Items in the month whose likely daily dose is 120 mg morphine equivalent or more",
    denominator="All items of those opioids in the month, at any dose",
    multiplier=Decimal(100),
    data_source=PRESCRIBING_DATA,
    lag_months=PRESCRIBING_LAG,
    notes=(ITEMS_NOT_PEOPLE, OUTCOME_BY_ANALOGY),
    source=open_prescribing("opioidspercent"),
)

GABAPENTINOIDSDDD = Measure(
    key="gabapentinoidsddd",
    programme="opioids",
    title="Gabapentin and pregabalin, defined daily doses per 1,000",
    kind=MeasureKind.BALANCING,
    unit="DDD per 1,000",
    better=Direction.NEITHER,
    chart=Chart.XMR,
    cadence=Cadence.MONTHLY,
    numerator="Total defined daily doses of gabapentin and pregabalin in the month",
    denominator="Registered list, in thousands",
    data_source=PRESCRIBING_DATA,
    lag_months=PRESCRIBING_LAG,
    notes=(
        (
            "OpenPrescribing sets no direction. As a balancing measure it asks whether other "
            "medicines rise when opioids fall; that use of it is a judgement."
        ),
        "Includes prescribing for epilepsy.",
    ),
    source=open_prescribing(
        "gabapentinoidsddd", "Its use as a balancing measure is a decision of this product."
    ),
    provisional=True,
)

MEASURES = (
    OPIOID_4M_COUNT,
    HIGH_DOSE_COUNT,
    OPIOIDOME,
    OPIOIDPER1000,
    OPIOIDSPERCENT,
    GABAPENTINOIDSDDD,
)
