"""Measures: who is prescribed valproate, how safely, and what must not get worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from tracker.plugin_api import (
    Cadence,
    Chart,
    Direction,
    Measure,
    MeasureKind,
    Parameter,
    ParameterKind,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED

from .sources import NCL, SEIZURE, designed, overview

OUTCOME, PROCESS, BALANCING = MeasureKind.OUTCOME, MeasureKind.PROCESS, MeasureKind.BALANCING
UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
FULL = Decimal(100)
PRESCRIBING_LAG = 2
"""Months. That the feed lags is known; that it is two months is this product's setting."""

CLINICAL_SYSTEM = "Clinical system"
WITH_POTENTIAL = "Women and girls prescribed valproate who could become pregnant"
NO_RISE = ("It should not rise.",)

measure = partial(Measure, programme="valproate", cadence=Cadence.MONTHLY)
percent = partial(
    measure,
    kind=PROCESS,
    unit="%",
    better=UP,
    chart=Chart.P,
    multiplier=FULL,
    data_source=CLINICAL_SYSTEM,
)

MEASURES = (
    measure(
        key="val_female_count",
        title="Girls and women of childbearing age prescribed valproate",
        kind=OUTCOME,
        unit="people",
        better=DOWN,
        chart=Chart.XMR,
        numerator="Girls and women {ages} prescribed valproate in the month",
        data_source="NHSBSA",
        lag_months=PRESCRIBING_LAG,
        notes=("National figure reported: 35% fewer; the period is not stated.",),
        parameters=(
            Parameter(
                key="ages",
                label="Age limits",
                value="of childbearing age (age limits to be confirmed)",
                kind=ParameterKind.TEXT,
                provisional=True,
            ),
        ),
        source=overview("The lag of two months is a setting of this product."),
        provisional=True,
    ),
    measure(
        key="val_in_pregnancy",
        title="Pregnancies between those in which valproate was prescribed",
        kind=OUTCOME,
        unit="pregnancies between",
        better=UP,
        chart=Chart.G,
        cadence=Cadence.PER_EVENT,
        numerator="Pregnancies known since the last one in which valproate was prescribed",
        data_source="National registry",
        notes=(
            (
                "The aim is no such pregnancy. A g chart shows how many others lie between two of "
                "them, so higher is better."
            ),
        ),
        source=overview("The page aims to end the harm; the chart is ours."),
    ),
    measure(
        key="val_days_between",
        title="Days between pregnancies in which valproate was prescribed",
        kind=OUTCOME,
        unit="days",
        better=UP,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        numerator="Days since the last pregnancy in which valproate was prescribed",
        data_source="Registry",
        source=DESIGN,
    ),
    percent(
        key="val_ppp_pct",
        title="In the pregnancy prevention programme",
        numerator="Those in a current pregnancy prevention programme",
        denominator=WITH_POTENTIAL,
        exclusions=("A permanent reason is recorded",),
        target=FULL,
        source=SEIZURE,
        provisional=True,
    ),
    percent(
        key="val_araf_year_pct",
        title="Annual risk form signed in time",
        numerator="Those whose annual risk form was signed in the last {window}",
        denominator=WITH_POTENTIAL,
        exclusions=("Recorded as not applicable",),
        notes=(
            (
                "A public audit found a form on file for 81.2%, and 66% of those signed in the "
                "last year."
            ),
        ),
        parameters=(
            Parameter(key="window", label="Signed in the last", value="12", unit="months"),
        ),
        source=SEIZURE,
        provisional=True,
    ),
    percent(
        key="val_two_specialists_pct",
        title="Agreed by two specialists",
        numerator="Those who start or go on with the agreement of two specialists",
        denominator="People under {age_limit} in scope",
        exclusions=("A recorded exception",),
        target=FULL,
        data_source="Specialist record",
        notes=("A rule of the regulator of 2024, to be confirmed.",),
        parameters=(
            Parameter(
                key="age_limit",
                label="Age limit",
                value="55",
                unit="years",
                provisional=True,
                source=UNSOURCED,
            ),
        ),
        source=UNSOURCED,
        provisional=True,
    ),
    measure(
        key="val_review_wait",
        title="Wait for a specialist review",
        kind=PROCESS,
        unit="days",
        better=DOWN,
        chart=Chart.XMR,
        numerator="Median days from referral to review, over the referrals of the month",
        data_source="Patient administration system",
        source=replace(NCL, note="The article speaks of delays; the measure is ours."),
        provisional=True,
    ),
    percent(
        key="val_coded_pct",
        title="Records coded for status",
        numerator="People whose status is coded",
        denominator="People prescribed valproate",
        target=FULL,
        source=replace(NCL, note="The article speaks of coding; the measure is ours."),
        provisional=True,
    ),
    percent(
        key="val_male_informed_pct",
        title="Men and boys informed",
        numerator="Men and boys who were informed of the risks",
        denominator="Men and boys prescribed valproate",
        source=UNSOURCED,
        provisional=True,
    ),
    measure(
        key="val_seizure_deaths",
        title="Days between deaths from epilepsy after a change",
        kind=BALANCING,
        unit="days",
        better=NEITHER,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        numerator="Days since the last death from epilepsy after a change of treatment",
        data_source="Mortality review",
        notes=("Deaths should not rise. On this chart that would be fewer days.",),
        source=OVERVIEW,
    ),
    measure(
        key="val_relapse",
        title="Admissions for bipolar relapse after a change",
        kind=BALANCING,
        unit="admissions",
        better=NEITHER,
        chart=Chart.C,
        numerator="Admissions for relapse of bipolar disorder after a change of treatment",
        data_source="Patient administration system",
        notes=NO_RISE,
        source=OVERVIEW,
    ),
    measure(
        key="val_seizure_ed",
        title="Emergency attendances for seizures after a change",
        kind=BALANCING,
        unit="attendances",
        better=NEITHER,
        chart=Chart.C,
        numerator="Emergency department attendances for seizures after a change of treatment",
        data_source="Emergency department",
        notes=NO_RISE,
        source=designed("Beside deaths and relapse, which the overview page implies."),
    ),
)
