"""Restrictive practice by its three kinds and together, what helps, and what must not get worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from tracker.plugin_api import (
    Cadence,
    Chart,
    CompositeMeasure,
    Direction,
    Measure,
    MeasureKind,
    Pooling,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED

from .sources import RCPSYCH

P = "mental_health_restrictive_practice"
OUTCOME, PROCESS, BALANCING = MeasureKind.OUTCOME, MeasureKind.PROCESS, MeasureKind.BALANCING
UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
INCIDENTS = "Incident system"

measure = partial(
    Measure,
    programme=P,
    cadence=Cadence.MONTHLY,
    split_by=("Ethnicity", "Sex", "Age", "Diagnosis"),
)
rate = partial(measure, chart=Chart.U, denominator="Occupied bed days", multiplier=Decimal(1000))
restrictive = partial(
    rate,
    kind=OUTCOME,
    better=DOWN,
    cadence=Cadence.WEEKLY,
    notes=("Aims: 33% less in the first collaborative, 25% less in the spread.",),
    source=replace(
        OVERVIEW,
        code="S004, PK:unsourced",
        note="What is counted is of the page; occupied bed days are general knowledge.",
    ),
    provisional=True,
)
percent = partial(measure, kind=PROCESS, unit="%", chart=Chart.P, multiplier=Decimal(100))
NO_RISE = ("It should not rise.",)

MEASURES = (
    restrictive(
        key="rp_restraint_rate",
        title="Physical restraints per 1,000 occupied bed days",
        unit="restraints per 1,000 bed days",
        numerator="Physical restraints in the week",
        data_source=INCIDENTS,
    ),
    restrictive(
        key="rp_seclusion_rate",
        title="Seclusions per 1,000 occupied bed days",
        unit="seclusions per 1,000 bed days",
        numerator="Seclusions in the week",
        exclusions=("Wards without a seclusion room",),
        data_source=INCIDENTS,
    ),
    restrictive(
        key="rp_rapid_tranq_rate",
        title="Rapid tranquillisations per 1,000 occupied bed days",
        unit="events per 1,000 bed days",
        numerator="Rapid tranquillisations in the week",
        exclusions=("Medicines taken by mouth when needed",),
        data_source="Electronic prescribing",
    ),
    measure(
        key="rp_days_between",
        title="Days between restrictive practices",
        kind=OUTCOME,
        unit="days",
        better=UP,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        numerator="Days since the last restraint, seclusion or rapid tranquillisation",
        data_source="Derived from the three counts",
        notes=("For quiet wards.",),
        source=DESIGN,
    ),
    percent(
        key="rp_prone_pct",
        title="Restraints in the prone position",
        better=DOWN,
        numerator="Restraints in the prone position",
        denominator="Restraints",
        data_source=INCIDENTS,
        source=UNSOURCED,
        provisional=True,
    ),
    percent(
        key="rp_debrief_pct",
        title="Debriefs with the patient",
        better=UP,
        numerator="Events after which there was a debrief with the patient",
        denominator="Events",
        exclusions=("The patient declined",),
        data_source="Debrief form",
        source=DESIGN,
    ),
    percent(
        key="rp_safety_huddle",
        title="Days with a safety huddle",
        better=UP,
        cadence=Cadence.WEEKLY,
        numerator="Days with a safety huddle",
        denominator="Days",
        data_source="Ward board",
        source=UNSOURCED,
        provisional=True,
    ),
    measure(
        key="rp_patient_safe",
        title="Patients who feel safe",
        kind=OUTCOME,
        unit="mean score",
        better=UP,
        chart=Chart.RUN,
        numerator="Sum of the scores given",
        denominator="Replies",
        data_source="Survey",
        source=DESIGN,
    ),
    measure(
        key="rp_staff_safe",
        title="Staff who feel safe",
        kind=BALANCING,
        unit="mean score",
        better=NEITHER,
        chart=Chart.RUN,
        numerator="Sum of the scores given",
        denominator="Replies",
        data_source="Survey",
        notes=("It should not fall.",),
        source=RCPSYCH,
        provisional=True,
    ),
    rate(
        key="rp_assaults",
        title="Assaults on staff or patients",
        kind=BALANCING,
        unit="assaults per 1,000 bed days",
        better=NEITHER,
        numerator="Assaults on staff or patients in the month",
        data_source=INCIDENTS,
        notes=NO_RISE,
        source=UNSOURCED,
        provisional=True,
    ),
    rate(
        key="rp_self_harm",
        title="Self-harm",
        kind=BALANCING,
        unit="incidents per 1,000 bed days",
        better=NEITHER,
        numerator="Incidents of self-harm in the month",
        data_source=INCIDENTS,
        notes=NO_RISE,
        source=DESIGN,
    ),
)

TOTAL = CompositeMeasure(
    key="rp_total",
    programme=P,
    title="All restrictive practice",
    components=("rp_restraint_rate", "rp_seclusion_rate", "rp_rapid_tranq_rate"),
    pooling=Pooling.COUNT,
    definition="Restraints, seclusions and rapid tranquillisations in the week, added up",
    unit="events",
    better=DOWN,
    chart=Chart.C,
    cadence=Cadence.WEEKLY,
    notes=("National figure reported: 15% less in 38 pilot wards.",),
    source=OVERVIEW,
)

COMPOSITES = (TOTAL,)
