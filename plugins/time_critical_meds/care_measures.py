"""Measures of people, staff and harm, beside those of doses."""

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

from .dose_measures import EPMA, LOCAL_TARGET, NO_MATERIAL_RISE, SPLIT_BY
from .sources import (
    CLINICAL_PHARMACY,
    DESIGN,
    INVITATION,
    PARKINSONS_CAMPAIGN,
    P,
    public,
)

BENEFIT = replace(
    INVITATION,
    code="S000, DES",
    note="That this gets better is among the benefits the invitation expects; what is counted is "
    "ours.",
)

_share = partial(
    Measure,
    programme=P,
    unit="%",
    multiplier=Decimal(100),
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    better=Direction.UP,
    split_by=SPLIT_BY,
)

CARE_MEASURES = (
    _share(
        key="tcm_patients_all_on_time",
        title="Patients with every dose on time in their stay",
        kind=MeasureKind.OUTCOME,
        numerator="Patients whose due doses of listed medicines were all given on time",
        denominator="Patients with at least one due dose of a listed medicine",
        exclusions=("Stays under {shortest_stay}",),
        parameters=(
            Parameter(key="shortest_stay", label="Shortest stay", value="12", unit="hours"),
        ),
        data_source=EPMA,
        notes=(LOCAL_TARGET,),
        source=DESIGN,
    ),
    _share(
        key="ed_first_dose_on_time",
        title="First due dose in the emergency department on time",
        kind=MeasureKind.PROCESS,
        numerator="Patients on listed medicines whose first due dose in the department was on time",
        denominator="Patients on listed medicines who were in the department when a dose was due",
        exclusions=("Dose taken before arrival",),
        data_source="Emergency department system and ePMA",
        notes=(LOCAL_TARGET,),
        source=public(
            CLINICAL_PHARMACY,
            "The page, and a report of HSSIB, are on emergency departments; what is counted is "
            "ours.",
            also="DES",
        ),
    ),
    _share(
        key="ed_identified_pct",
        title="People on time critical medicines identified on arrival",
        kind=MeasureKind.PROCESS,
        numerator="People flagged within {limit} of arrival",
        denominator="People later confirmed to be on a listed medicine",
        parameters=(
            Parameter(
                key="limit",
                label="Flagged within",
                value="the local limit",
                kind=ParameterKind.TEXT,
            ),
        ),
        data_source="Emergency department system",
        notes=(LOCAL_TARGET,),
        source=DESIGN,
    ),
    _share(
        key="self_admin_pct",
        title="Eligible people who give themselves their medicines",
        kind=MeasureKind.PROCESS,
        numerator="People who give themselves their medicines",
        denominator="People assessed as able and willing",
        exclusions=("People who lack capacity, or for whom it is unsafe",),
        data_source="Ward audit",
        notes=("Public context: 1 in 4 trusts had no policy.", LOCAL_TARGET),
        source=public(PARKINSONS_CAMPAIGN, "The context; what is counted is ours.", also="DES"),
    ),
    _share(
        key="staff_trained_pct",
        title="Staff trained on time critical medicines",
        kind=MeasureKind.PROCESS,
        chart=Chart.RUN,
        numerator="Staff trained",
        denominator="Staff in post in the area",
        exclusions=("Staff on long leave",),
        data_source="Training record",
        notes=("Public context: 52% of trusts require training.", LOCAL_TARGET),
        source=public(PARKINSONS_CAMPAIGN, "The context; what is counted is ours.", also="DES"),
    ),
    Measure(
        key="tcm_incidents_rate",
        programme=P,
        title="Reported incidents per 1,000 occupied bed days",
        kind=MeasureKind.OUTCOME,
        unit="per 1,000 bed days",
        better=Direction.NEITHER,
        chart=Chart.U,
        cadence=Cadence.MONTHLY,
        numerator="Incidents tagged as a delay or an omission of a listed medicine",
        denominator="Occupied bed days",
        multiplier=Decimal(1000),
        exclusions=("Duplicates",),
        data_source="Incident system (LFPSE)",
        split_by=SPLIT_BY,
        notes=("A rise may be better reporting.", LOCAL_TARGET),
        source=DESIGN,
    ),
    Measure(
        key="days_between_harm",
        programme=P,
        title="Days between events of moderate or worse harm",
        kind=MeasureKind.OUTCOME,
        unit="days",
        better=Direction.UP,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        numerator="Days since the last event of moderate or worse harm from a delayed or omitted "
        "dose",
        data_source="Incident system",
        split_by=SPLIT_BY,
        notes=(LOCAL_TARGET,),
        source=BENEFIT,
    ),
    Measure(
        key="los_tcm",
        programme=P,
        title="Length of stay of people on listed medicines",
        kind=MeasureKind.OUTCOME,
        unit="days",
        better=Direction.DOWN,
        chart=Chart.XMR,
        cadence=Cadence.MONTHLY,
        numerator="Mean, or median, of days in hospital over spells with a listed medicine; the "
        "team keeps to one of the two",
        exclusions=("Day cases",),
        data_source="Patient administration system",
        split_by=SPLIT_BY,
        notes=(
            (
                "Public context: median of 13 days, and 9 with a Parkinson's unit (PubMed Central "
                "PMC4228081)."
            ),
            LOCAL_TARGET,
        ),
        source=replace(BENEFIT, code="S000, PK, DES"),
    ),
    Measure(
        key="remedial_time",
        programme=P,
        title="Staff minutes spent on putting a missed dose right",
        kind=MeasureKind.OUTCOME,
        unit="minutes",
        better=Direction.DOWN,
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        numerator="Minutes of the sample",
        denominator="Missed doses of the sample",
        data_source="Time sample",
        split_by=SPLIT_BY,
        notes=(LOCAL_TARGET,),
        source=BENEFIT,
    ),
    _share(
        key="patient_exp_on_time",
        title="Patients who say their medicines were on time",
        kind=MeasureKind.OUTCOME,
        cadence=Cadence.QUARTERLY,
        numerator='Answers "always"',
        denominator="Answers",
        data_source="Local survey",
        notes=(LOCAL_TARGET,),
        source=BENEFIT,
    ),
    Measure(
        key="alert_burden",
        programme=P,
        title="ePMA alerts per nurse shift",
        kind=MeasureKind.BALANCING,
        unit="alerts per shift",
        better=Direction.NEITHER,
        chart=Chart.XMR,
        cadence=Cadence.MONTHLY,
        numerator="Alerts fired",
        denominator="Nurse shifts",
        data_source="ePMA log",
        split_by=SPLIT_BY,
        notes=(NO_MATERIAL_RISE,),
        source=DESIGN,
    ),
)
