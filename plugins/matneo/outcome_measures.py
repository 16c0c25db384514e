"""Outcome measures: survival and harm of preterm babies, national rates, women who deteriorate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.plugin_api import Baseline, Cadence, Chart, Direction, Measure, MeasureKind, Parameter

from . import limits
from .process_measures import HUNDRED
from .sources import DESIGN, OVERVIEW, REPORT, REPORT_AND_OVERVIEW, noted

THOUSAND = Decimal(1000)
NEONATAL_RECORD = "Neonatal record"
NATIONAL_STATISTICS = "National statistics"
UNROUNDED = (
    "The overview works out the fall from rates with more decimals than it prints: keep "
    "two decimals."
)


def _preterm_outcome(
    key: str,
    title: str,
    numerator: str,
    denominator: str,
    better: Direction,
    *,
    further: tuple[Parameter, ...] = (),
) -> Measure:
    return Measure(
        key=key,
        programme="matneo",
        title=title,
        kind=MeasureKind.OUTCOME,
        unit="%",
        better=better,
        chart=Chart.P,
        cadence=Cadence.QUARTERLY,
        numerator=numerator,
        denominator=denominator,
        multiplier=HUNDRED,
        data_source=NEONATAL_RECORD,
        parameters=(limits.OUTCOME_LIMIT, *further),
        source=noted(REPORT, "An outcome that the programme expects; the report has no figure."),
    )


SURVIVAL = _preterm_outcome(
    "survival_discharge_pct",
    "Preterm babies who go home",
    "Babies alive when discharged home",
    "Babies born before {outcome_limit}",
    Direction.UP,
)
BRAIN_INJURY = _preterm_outcome(
    "brain_injury_pct",
    "Brain injury seen on imaging",
    "Babies with a bleed in the brain of grade 3 or 4, cystic periventricular leukomalacia, or "
    "both, on ultrasound",
    "Babies born before {outcome_limit}",
    Direction.DOWN,
)
NEC = _preterm_outcome(
    "nec_pct",
    "Necrotising enterocolitis",
    "Babies with necrotising enterocolitis confirmed at surgery, after death or on imaging",
    "Babies born before {outcome_limit}",
    Direction.DOWN,
)
BPD = _preterm_outcome(
    "bpd_pct",
    "Bronchopulmonary dysplasia",
    "Babies on oxygen or breathing support at {bpd_age}",
    "Babies born before {outcome_limit} and alive at {bpd_age}",
    Direction.DOWN,
    further=(limits.BPD_AGE,),
)
PRETERM_BIRTH = Measure(
    key="preterm_birth_pct",
    programme="matneo",
    title="Preterm births",
    kind=MeasureKind.OUTCOME,
    unit="%",
    better=Direction.DOWN,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Births before {preterm_limit}",
    denominator="All births",
    multiplier=HUNDRED,
    target=Decimal(6),
    data_source="Maternity Services Data Set",
    notes=("The national aim is from 8% to 6% by 2025; one public page says 2030.",),
    parameters=(limits.PRETERM_LIMIT,),
    source=noted(
        REPORT_AND_OVERVIEW, "The limit of gestation is general knowledge, to be confirmed."
    ),
)
STILLBIRTH = Measure(
    key="stillbirth_rate",
    programme="matneo",
    title="Stillbirths per 1,000 births",
    kind=MeasureKind.OUTCOME,
    unit="per 1,000 births",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.ANNUAL,
    numerator="Stillbirths",
    denominator="Births",
    multiplier=THOUSAND,
    data_source=NATIONAL_STATISTICS,
    notes=("From 5.1 in 2010 to 3.8 in 2020.", UNROUNDED),
    baselines=(
        Baseline(
            key="y2010",
            title="2010",
            starts=date(2010, 1, 1),
            ends=date(2010, 12, 31),
            figure=Decimal("5.1"),
        ),
    ),
    source=OVERVIEW,
)
NEONATAL_MORTALITY = Measure(
    key="neonatal_mortality_rate",
    programme="matneo",
    title="Neonatal deaths per 1,000 live births",
    kind=MeasureKind.OUTCOME,
    unit="per 1,000 live births",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.ANNUAL,
    numerator="Deaths up to {neonatal_days} after birth",
    denominator="Live births",
    multiplier=THOUSAND,
    data_source=NATIONAL_STATISTICS,
    notes=("From 2.0 in 2010 to 1.3 in 2020.", UNROUNDED),
    baselines=(
        Baseline(
            key="y2010",
            title="2010",
            starts=date(2010, 1, 1),
            ends=date(2010, 12, 31),
            figure=Decimal("2.0"),
        ),
    ),
    parameters=(limits.NEONATAL_DAYS,),
    provisional=True,
    source=noted(OVERVIEW, "The number of days is general knowledge, to be confirmed."),
)
BETWEEN_HYPOTHERMIA = Measure(
    key="admissions_between_hypothermia",
    programme="matneo",
    title="Term admissions between two cold babies",
    kind=MeasureKind.OUTCOME,
    unit="admissions",
    better=Direction.UP,
    chart=Chart.G,
    cadence=Cadence.PER_EVENT,
    numerator="Admissions since the last hypothermic term admission",
    data_source="Audit of the unit",
    provisional=True,
    source=DESIGN,
)
SEVERE_COMPLICATIONS = Measure(
    key="mews_severe_complications",
    programme="matneo",
    title="Severe maternal complications",
    kind=MeasureKind.OUTCOME,
    unit="per 1,000 births",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.MONTHLY,
    numerator="Severe haemorrhage, severe pre-eclampsia, eclampsia, ruptured uterus, severe "
    "complications of abortion",
    denominator="Births",
    multiplier=THOUSAND,
    data_source="Maternity record",
    source=noted(REPORT, "The complications are the report's; per 1,000 births is ours."),
)
CRITICAL_INTERVENTIONS = Measure(
    key="mews_critical_interventions",
    programme="matneo",
    title="Critical interventions",
    kind=MeasureKind.OUTCOME,
    unit="per 1,000 births",
    better=Direction.DOWN,
    chart=Chart.U,
    cadence=Cadence.MONTHLY,
    numerator="Admissions to intensive care, interventional radiology, laparotomies, uses of blood "
    "products",
    denominator="Births",
    multiplier=THOUSAND,
    data_source="Maternity record",
    source=noted(REPORT, "The interventions are the report's; per 1,000 births is ours."),
)
FAMILY_EXPERIENCE = Measure(
    key="family_experience",
    programme="matneo",
    title="Experience of women and families",
    kind=MeasureKind.OUTCOME,
    unit="points",
    better=Direction.UP,
    chart=Chart.XMR,
    cadence=Cadence.QUARTERLY,
    numerator="Mean score of the survey that the team uses",
    data_source="Survey",
    source=noted(REPORT, "The report expects a better experience; it names no survey."),
)

OUTCOME_MEASURES = (
    SURVIVAL,
    BRAIN_INJURY,
    NEC,
    BPD,
    PRETERM_BIRTH,
    STILLBIRTH,
    NEONATAL_MORTALITY,
    BETWEEN_HYPOTHERMIA,
    SEVERE_COMPLICATIONS,
    CRITICAL_INTERVENTIONS,
    FAMILY_EXPERIENCE,
)
