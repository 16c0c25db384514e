"""The national count as a rolling mean, and as a rate of who is registered."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    Cadence,
    Chart,
    CompositeMeasure,
    Direction,
    Measure,
    MeasureKind,
    Parameter,
    Pooling,
)

from .known_events import KNOWN_EVENTS
from .measures import NHSBSA, OPIOID_4M_COUNT, PRESCRIBING_LAG
from .sources import DESIGN, REPORT, P

MONTHS = 6

OPIOID_4M_ROLL6 = CompositeMeasure(
    key="opioid_4m_roll6",
    programme=P,
    title="People prescribed opioids in 4 or more consecutive months, rolling mean of 6 months",
    components=("opioid_4m_count",),
    pooling=Pooling.ROLLING_MEAN,
    periods=MONTHS,
    definition="Mean of the last 6 monthly counts of people prescribed opioids in 4 or more "
    "consecutive months",
    unit="people",
    better=Direction.DOWN,
    chart=Chart.RUN,
    exclusions=OPIOID_4M_COUNT.exclusions,
    lag_months=PRESCRIBING_LAG,
    notes=(
        "The points of a rolling mean share months, so they are not tested for signals.",
        "Aim and baselines are those of the monthly count.",
    ),
    source=REPORT,
)

OPIOID_4M_RATE = Measure(
    key="opioid_4m_rate",
    programme=P,
    title="People prescribed opioids in 4 or more consecutive months, per 1,000 adults",
    kind=MeasureKind.OUTCOME,
    unit="people per 1,000",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.MONTHLY,
    numerator="People aged {adult} or over with an oral or transdermal opioid in the reporting "
    "month and in each of the months before, {months} in all",
    denominator="Registered people aged {adult} or over",
    multiplier=Decimal(1000),
    exclusions=OPIOID_4M_COUNT.exclusions,
    parameters=(
        Parameter(key="months", label="Consecutive months", value="4", source=REPORT),
        Parameter(key="adult", label="Adult from the age of", value="18", source=REPORT),
    ),
    data_source=f"{NHSBSA}, and list sizes",
    lag_months=PRESCRIBING_LAG,
    notes=("Each ICB, place or PCN sets its own target.",),
    known_events=KNOWN_EVENTS,
    source=DESIGN,
)
