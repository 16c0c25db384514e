"""Measures of the work in a place, a PCN or a practice, balancing ones among them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, Parameter

from .sources import (
    DESIGN,
    OVERVIEW,
    REPORT,
    UCLPARTNERS,
    UNSOURCED,
    P,
    case_study,
    noted,
)

CLINICAL_SYSTEM = "Clinical system"
LOCAL_TARGET = "Each ICB, place or PCN sets its own target."
NO_MATERIAL_RISE = "Watched for a material rise; neither way is better by itself."

_work = partial(
    Measure,
    programme=P,
    kind=MeasureKind.PROCESS,
    better=Direction.UP,
    cadence=Cadence.MONTHLY,
    data_source=CLINICAL_SYSTEM,
    notes=(LOCAL_TARGET,),
)
_share = partial(_work, unit="%", multiplier=Decimal(100), chart=Chart.P)
_balancing = partial(
    Measure,
    programme=P,
    kind=MeasureKind.BALANCING,
    better=Direction.NEITHER,
    cadence=Cadence.MONTHLY,
    notes=(NO_MATERIAL_RISE,),
)

LOCAL_MEASURES = (
    _work(
        key="reviews_done",
        title="Pain or structured medication reviews completed",
        unit="reviews",
        chart=Chart.C,
        numerator="Reviews completed in the month",
        source=noted(DESIGN, "Tools in the report support such reviews."),
    ),
    _share(
        key="high_dose_reviewed_pct",
        title="People on a high dose with a recent review",
        numerator="Of these, people reviewed in the last {months}",
        denominator="People on more than {high_dose} oral morphine equivalent a day",
        exclusions=("Palliative care", "Cancer"),
        parameters=(
            Parameter(
                key="high_dose",
                label="A high dose is more than",
                value="120",
                unit="mg",
                source=REPORT,
            ),
            Parameter(key="months", label="Reviewed in the last", value="6", unit="months"),
        ),
        source=DESIGN,
    ),
    _share(
        key="new_starts_90d_pct",
        title="New starts still on an opioid on day 90",
        better=Direction.DOWN,
        numerator="New starts with an opioid on day {day} after the start",
        denominator="People who newly start an opioid",
        exclusions=("Cancer", "Palliative care"),
        parameters=(Parameter(key="day", label="Looked at on day", value="90"),),
        source=noted(
            UCLPARTNERS, 'The theme "prevent initiation"; what is counted is ours.', also="DES"
        ),
    ),
    _work(
        key="action_plans_shared",
        title="Holistic pain action plans created",
        unit="plans",
        chart=Chart.C,
        numerator="Plans created in the month",
        source=case_study("1"),
    ),
    _work(
        key="staff_trained",
        title="Professionals trained",
        unit="people",
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        numerator="People trained in the quarter, for example with Live Well with Pain",
        data_source="Training record",
        source=REPORT,
    ),
    _work(
        key="patient_reported",
        title="Quality of life, pain and disability as people report them",
        kind=MeasureKind.OUTCOME,
        unit="points of the score",
        chart=Chart.XMR,
        cadence=Cadence.QUARTERLY,
        numerator="Mean change in the score over the people who answered; the team keeps to one "
        "instrument",
        data_source="Local survey",
        notes=(
            (
                "The sources say that people report better quality of life, less pain and less "
                "disability. They name no instrument and give no figure."
            ),
            LOCAL_TARGET,
        ),
        source=noted(
            REPORT,
            f"The three subjects, also in the {OVERVIEW.title}. The score is ours.",
            also="S004, DES",
        ),
    ),
    _balancing(
        key="bal_gabapentinoid",
        title="People on gabapentinoids",
        unit="people",
        chart=Chart.XMR,
        numerator="People aged {adult} or over with a gabapentinoid in the month",
        exclusions=("Epilepsy",),
        parameters=(Parameter(key="adult", label="Adult from the age of", value="18"),),
        data_source="NHSBSA",
        provisional=True,
        source=UNSOURCED,
    ),
    _balancing(
        key="bal_withdrawal",
        title="Contacts for withdrawal or uncontrolled pain",
        unit="contacts",
        chart=Chart.C,
        numerator="Contacts coded as withdrawal or uncontrolled pain in the month",
        data_source=CLINICAL_SYSTEM,
        source=DESIGN,
    ),
    _balancing(
        key="bal_ed_pain",
        title="Emergency attendances for chronic pain",
        unit="attendances",
        chart=Chart.XMR,
        numerator="Attendances at an emergency department for chronic pain in the month",
        data_source="Emergency department system",
        source=DESIGN,
    ),
)
