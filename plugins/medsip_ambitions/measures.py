"""Measures of the five workstreams. Most are general knowledge, marked, and need an owner."""

from __future__ import annotations

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

from .sources import BGS, OVERVIEW_AND_GENERAL

OUTCOME, PROCESS, BALANCING = MeasureKind.OUTCOME, MeasureKind.PROCESS, MeasureKind.BALANCING
UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
PRESCRIBING_LAG = 2
"""Months. That the feed lags is known; that it is two months is this product's setting."""
SEARCH = "Search of the practice"
NO_RISE = ("It should not rise.",)

measure = partial(Measure, programme="medsip_ambitions", cadence=Cadence.MONTHLY)
percent = partial(measure, unit="%", chart=Chart.P, multiplier=Decimal(100), data_source=SEARCH)
prescribed = partial(
    measure,
    kind=PROCESS,
    unit="people",
    better=DOWN,
    chart=Chart.XMR,
    data_source="NHSBSA",
    lag_months=PRESCRIBING_LAG,
)
per_months = partial(
    measure,
    chart=Chart.U,
    denominator="Months of people on the list",
    multiplier=Decimal(1000),
    data_source="Hospital",
)

ANTICOAGULANTS = (
    percent(
        key="ac_dose_right_pct",
        title="Dose of a direct anticoagulant fits the kidneys",
        kind=PROCESS,
        better=UP,
        numerator="People whose dose fits their renal function",
        denominator="People on a direct anticoagulant with a weight and a renal test",
        exclusions=("A documented reason",),
        notes=("National figure reported: 68 lives by better dosing.",),
        source=OVERVIEW_AND_GENERAL,
        provisional=True,
    ),
    prescribed(
        key="ac_nsaid_bleed_risk",
        title="People on an anticoagulant and an NSAID",
        numerator="People prescribed both in the month",
        exclusions=("A short course",),
        notes=("National figure reported: 24 fewer major bleeds.",),
        source=OVERVIEW,
    ),
    per_months(
        key="ac_bleed_rate",
        title="Major bleeds",
        kind=OUTCOME,
        unit="admissions per 1,000 people-months",
        better=DOWN,
        numerator="Admissions for a major bleed in the month",
        source=UNSOURCED,
        provisional=True,
    ),
    per_months(
        key="ac_stroke_rate",
        title="Strokes of people with atrial fibrillation and no anticoagulant",
        kind=BALANCING,
        unit="strokes per 1,000 people-months",
        better=NEITHER,
        numerator="Strokes in the month of people with atrial fibrillation and no anticoagulant",
        notes=NO_RISE,
        source=UNSOURCED,
        provisional=True,
    ),
    prescribed(
        key="nsaid_no_gastro",
        title="NSAID without protection of the stomach",
        numerator="People of the risk group prescribed an NSAID without gastro-protection",
        notes=("National figure reported: 36 lives.",),
        source=OVERVIEW,
    ),
    prescribed(
        key="mtx_overdose_risk",
        title="People at risk of a methotrexate overdose",
        numerator="People at risk of an overdose of methotrexate",
        notes=("National figure reported: 2,255 fewer people.",),
        source=OVERVIEW,
    ),
)

LEARNING_DISABILITY = (
    percent(
        key="ld_psychotropic_pct",
        title="Adults with a learning disability on psychotropics without an indication",
        kind=OUTCOME,
        better=DOWN,
        cadence=Cadence.QUARTERLY,
        numerator="Adults prescribed a psychotropic without a coded indication",
        denominator="Adults on the learning disability register",
        exclusions=("An indication is coded",),
        source=OVERVIEW,
    ),
    percent(
        key="ld_review_pct",
        title="Reviewed in time",
        kind=PROCESS,
        better=UP,
        numerator="People reviewed in the last {window}",
        denominator="People with a learning disability on a psychotropic",
        parameters=(
            Parameter(
                key="window",
                label="Reviewed in the last",
                value="6",
                unit="months",
                provisional=True,
                source=UNSOURCED,
            ),
        ),
        source=UNSOURCED,
        provisional=True,
    ),
    measure(
        key="ld_behaviour_bal",
        title="Crisis admissions",
        kind=BALANCING,
        unit="admissions",
        better=NEITHER,
        chart=Chart.C,
        numerator="Admissions in a crisis in the month",
        data_source="Mental health service",
        notes=NO_RISE,
        source=DESIGN,
    ),
)

FRAILTY = (
    percent(
        key="fr_acb_pct",
        title="Frail people with a high anticholinergic burden",
        kind=PROCESS,
        better=DOWN,
        numerator="People whose score is at or above {threshold}",
        denominator="People on the frailty register",
        parameters=(
            Parameter(
                key="threshold",
                label="Threshold of the burden score",
                value="the threshold (to be confirmed)",
                kind=ParameterKind.TEXT,
                provisional=True,
            ),
        ),
        source=BGS,
        provisional=True,
    ),
    percent(
        key="fr_frid_review_pct",
        title="Medicines reviewed after a fall",
        kind=PROCESS,
        better=UP,
        numerator="People whose medicines that raise the risk of falls were reviewed after a fall",
        denominator="People who fell",
        data_source="Practice or falls service",
        source=BGS,
        provisional=True,
    ),
    per_months(
        key="fr_fractures_rate",
        title="Hip fractures",
        kind=OUTCOME,
        unit="fractures per 1,000 people-months",
        better=DOWN,
        numerator="Hip fractures in the month",
        source=OVERVIEW,
    ),
)

KIDNEY = (
    prescribed(
        key="aki_triple_count",
        title="People on the three-drug combination",
        numerator="People prescribed an NSAID, a diuretic and a renin-angiotensin medicine",
        exclusions=("A short course",),
        notes=("National figure reported: 1,979 fewer kidney injuries, printed twice.",),
        source=OVERVIEW,
    ),
    measure(
        key="aki_med_rate",
        title="Kidney injury linked to a medicine",
        kind=OUTCOME,
        unit="alerts per 1,000 bed days",
        better=DOWN,
        chart=Chart.U,
        numerator="Kidney injury alerts with a medicine as a cause in the month",
        denominator="Occupied bed days in the month",
        multiplier=Decimal(1000),
        data_source="Laboratory and pharmacy",
        source=OVERVIEW,
    ),
    percent(
        key="aki_sickday_pct",
        title="Given advice for sick days",
        kind=PROCESS,
        better=UP,
        cadence=Cadence.QUARTERLY,
        numerator="People who were given the advice",
        denominator="People on the list of those at risk",
        data_source="Practice",
        source=UNSOURCED,
        provisional=True,
    ),
)

WORKFORCE = (
    percent(
        key="mso_in_post_pct",
        title="Trusts with a named Medication Safety Officer",
        kind=PROCESS,
        better=UP,
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        numerator="Trusts with a named officer",
        denominator="Trusts",
        target=Decimal(100),
        data_source="Return",
        source=OVERVIEW,
    ),
    measure(
        key="mso_time",
        title="Hours a week of the Medication Safety Officer",
        kind=PROCESS,
        unit="hours a week",
        better=UP,
        chart=Chart.RUN,
        cadence=Cadence.ANNUAL,
        numerator="Hours a week that are set aside for the role",
        data_source="Return",
        source=DESIGN,
    ),
)

MEASURES = (*ANTICOAGULANTS, *LEARNING_DISABILITY, *FRAILTY, *KIDNEY, *WORKFORCE)
