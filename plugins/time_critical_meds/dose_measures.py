"""Measures of doses: each dose that was due falls into one of six classes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, Parameter

from .sources import (
    DESIGN,
    EPRESCRIBING_TOOLKIT,
    INVITATION,
    OVERVIEW,
    PARKINSONS_ON_TIME,
    PARKINSONS_UNIT,
    P,
    public,
)

EPMA = "ePMA extract"
LOCAL_TARGET = "Each trust sets its own target."
NO_MATERIAL_RISE = "Watched for a material rise; neither way is better by itself."
SPLIT_BY = (
    "Medicine group",
    "Area",
    "Shift or drug round",
    "Weekday or weekend",
    "Ethnicity",
    "Age band",
    "Deprivation",
)
AIM_OF_INVITATION = replace(
    INVITATION,
    code="S000, DES",
    note="The aim is the invitation's; what exactly is counted is ours.",
)

_share = partial(
    Measure,
    programme=P,
    unit="%",
    multiplier=Decimal(100),
    chart=Chart.P,
    cadence=Cadence.WEEKLY,
    data_source=EPMA,
    split_by=SPLIT_BY,
)

DOSE_MEASURES = (
    _share(
        key="tcm_omitted_pct",
        title="Omitted doses of time critical medicines",
        kind=MeasureKind.OUTCOME,
        better=Direction.DOWN,
        numerator="Doses due that were omitted without a valid reason, or with nothing recorded",
        denominator="All doses due of listed medicines in the area",
        exclusions=(
            "Doses omitted with a valid clinical reason recorded",
            "Doses after an order to stop",
            "Patients on leave or discharged",
        ),
        notes=(LOCAL_TARGET,),
        source=AIM_OF_INVITATION,
    ),
    _share(
        key="tcm_delayed_pct",
        title="Delayed doses",
        kind=MeasureKind.OUTCOME,
        better=Direction.DOWN,
        numerator="Doses given late: after the window of their medicine group and before the next "
        "dose",
        denominator="Doses given of listed medicines",
        exclusions=("Doses whose new time a prescriber authorised",),
        notes=(LOCAL_TARGET,),
        source=AIM_OF_INVITATION,
    ),
    _share(
        key="tcm_on_time_pct",
        title="Doses given on time",
        kind=MeasureKind.PROCESS,
        better=Direction.UP,
        numerator="Doses given within the window of their medicine group",
        denominator="Doses due of listed medicines, less those omitted with a valid reason "
        "recorded",
        exclusions=("Doses whose new time a prescriber authorised",),
        notes=(LOCAL_TARGET,),
        source=DESIGN,
    ),
    _share(
        key="pd_on_time_pct",
        title="Parkinson's doses given on time",
        kind=MeasureKind.PROCESS,
        better=Direction.UP,
        numerator="Parkinson's doses given no more than {window} before or after the prescribed "
        "time",
        denominator="Parkinson's doses due, less those omitted with a valid reason recorded",
        exclusions=(
            "None for being nil by mouth: where another route is documented, doses by it count",
        ),
        parameters=(
            Parameter(
                key="window",
                label="On time within",
                value="30",
                unit="minutes",
                source=public(PARKINSONS_ON_TIME),
            ),
        ),
        notes=(
            "Public context: 42% of people said always on time (UK audit of 2022).",
            LOCAL_TARGET,
        ),
        source=replace(
            OVERVIEW,
            code="S004, PK, DES",
            note="The campaign is named there. The window and the context are from the pages of "
            "Parkinson's UK; what is counted is ours.",
        ),
    ),
    _share(
        key="pd_omitted_pct",
        title="Parkinson's doses omitted",
        kind=MeasureKind.OUTCOME,
        better=Direction.DOWN,
        numerator="Parkinson's doses omitted without a valid reason, or with nothing recorded",
        denominator="Parkinson's doses due",
        exclusions=("Doses omitted with a valid clinical reason recorded",),
        notes=(
            "Public context: 20% on a general ward, 13% on a specialist unit.",
            LOCAL_TARGET,
        ),
        source=public(PARKINSONS_UNIT, "The context; what is counted is ours.", also="DES"),
    ),
    Measure(
        key="tcm_median_delay",
        programme=P,
        title="Median delay of late doses",
        kind=MeasureKind.PROCESS,
        unit="minutes",
        better=Direction.DOWN,
        chart=Chart.XMR,
        cadence=Cadence.WEEKLY,
        numerator="Median of the minutes after the due time, over all late doses of listed "
        "medicines",
        data_source=EPMA,
        split_by=SPLIT_BY,
        notes=(LOCAL_TARGET,),
        source=DESIGN,
    ),
    _share(
        key="missed_reason_stock_pct",
        title="Doses missed because the medicine was not available",
        kind=MeasureKind.PROCESS,
        better=Direction.DOWN,
        cadence=Cadence.MONTHLY,
        numerator='Missed doses with the reason "not available"',
        denominator="Missed doses of listed medicines",
        data_source="ePMA reason code",
        notes=(LOCAL_TARGET,),
        source=public(
            EPRESCRIBING_TOOLKIT, "Stock as a cause; what is counted is ours.", also="DES"
        ),
    ),
    _share(
        key="blank_admin_pct",
        title="Doses with nothing recorded",
        kind=MeasureKind.PROCESS,
        better=Direction.DOWN,
        numerator="Doses with no entry",
        denominator="Doses due of listed medicines",
        notes=(LOCAL_TARGET,),
        source=DESIGN,
    ),
    _share(
        key="other_meds_late_pct",
        title="Other medicines given late",
        kind=MeasureKind.BALANCING,
        better=Direction.NEITHER,
        cadence=Cadence.MONTHLY,
        numerator="Doses of medicines not listed that were given late",
        denominator="Doses of medicines not listed that were given",
        notes=(NO_MATERIAL_RISE,),
        source=DESIGN,
    ),
    _share(
        key="early_dose_pct",
        title="Doses given too early",
        kind=MeasureKind.BALANCING,
        better=Direction.NEITHER,
        cadence=Cadence.MONTHLY,
        numerator="Doses of listed medicines given before their window",
        denominator="Doses of listed medicines given",
        notes=(NO_MATERIAL_RISE,),
        source=DESIGN,
    ),
)
