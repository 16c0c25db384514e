"""Process measures: the nine elements, early warning scores, training."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Baseline,
    Cadence,
    Chart,
    DataQuality,
    Direction,
    Measure,
    MeasureKind,
    Parameter,
    Source,
)

from . import limits
from .sources import DESIGN, OVERVIEW, REPORT, REPORT_AND_OVERVIEW, TRIGGER, noted

HUNDRED = Decimal(100)
COMMON_EXCLUSIONS = (
    "No signs of life",
    "Lethal anomaly with comfort care",
    "Not suitable for this baby or mother and recorded as such, as with a placenta that separates",
)
BORN_BEFORE_ARRIVAL = "Babies born before arrival count, unless the reason is recorded."
EXCLUSIONS_OPEN = "Exclusions are general knowledge, to be confirmed."
NATIONAL_CHART = "One site: a p chart. The national figure: an XmR chart of the percentage."
NEONATAL_RECORD = "Neonatal record, national neonatal audit or national preterm dashboard"


def _element(
    key: str,
    title: str,
    numerator: str,
    denominator: str,
    *,
    parameters: tuple[Parameter, ...] = (),
    quality: DataQuality = DataQuality.DEVELOPING,
    notes: tuple[str, ...] = (),
    baselines: tuple[Baseline, ...] = (),
    source: Source = REPORT,
) -> Measure:
    return Measure(
        key=key,
        programme="matneo",
        title=title,
        kind=MeasureKind.PROCESS,
        unit="%",
        better=Direction.UP,
        chart=Chart.P,
        cadence=Cadence.MONTHLY,
        numerator=numerator,
        denominator=denominator,
        multiplier=HUNDRED,
        exclusions=COMMON_EXCLUSIONS,
        data_source=NEONATAL_RECORD,
        data_quality=quality,
        notes=(*notes, BORN_BEFORE_ARRIVAL, NATIONAL_CHART),
        baselines=baselines,
        parameters=parameters,
        provisional=True,
        source=noted(source, f"Limits of gestation come from several sources. {EXCLUSIONS_OPEN}"),
    )


PLACE_OF_BIRTH = _element(
    "place_of_birth_pct",
    "Born in the right place",
    "Eligible babies born in a centre with a neonatal intensive care unit",
    "Babies born before {place_limit}, twins or more before {place_limit_multiple}, or lighter "
    "than {place_weight}",
    parameters=(limits.PLACE_LIMIT, limits.PLACE_LIMIT_MULTIPLE, limits.PLACE_WEIGHT),
    quality=DataQuality.GOOD,
    notes=(
        (
            "Nationally in quality control at Q2 2023/24; the report prints no figure. Its list of "
            "figures calls the chart Figure 3, its text Figure 2."
        ),
    ),
)
MAGNESIUM_SULPHATE = _element(
    "magnesium_sulphate_pct",
    "Magnesium sulphate before birth",
    "Mothers given magnesium sulphate in the {magnesium_window} before birth",
    "Mothers whose baby was born before {magnesium_limit}",
    parameters=(limits.MAGNESIUM_LIMIT, limits.MAGNESIUM_WINDOW),
    quality=DataQuality.GOOD,
    notes=(
        (
            "86.2% on average at Q2 2023/24 (S002). That 100% of units offer it (S004) is about "
            "units, not mothers."
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
INTRAPARTUM_ANTIBIOTICS = _element(
    "intrapartum_antibiotics_pct",
    "Antibiotics in labour",
    "Mothers given antibiotics in labour, ideally {antibiotics_lead} or more before birth",
    "Mothers in established preterm labour whose baby was born before {antibiotics_limit}",
    parameters=(limits.ANTIBIOTICS_LIMIT, limits.ANTIBIOTICS_LEAD),
    notes=("From 17% to 75% since 2021, as the overview prints it.",),
    baselines=(
        Baseline(
            key="y2021",
            title="2021",
            figure=Decimal(17),
            provisional=True,
            source=noted(OVERVIEW, "It says since 2021; that 17% is the whole year is ours."),
            starts=date(2021, 1, 1),
            ends=date(2021, 12, 31),
        ),
    ),
    source=OVERVIEW,
)
ANTENATAL_CORTICOSTEROIDS = _element(
    "antenatal_corticosteroids_pct",
    "Antenatal steroids",
    "Mothers given at least one dose; a full course within {steroids_window} before birth is best",
    "Mothers whose baby was born before {steroids_limit}",
    parameters=(limits.STEROIDS_LIMIT, limits.STEROIDS_WINDOW),
    quality=DataQuality.GOOD,
    notes=(
        (
            "The report tells of an increase of 10%, and not whether that is points or a share of "
            "what was there before. Figure 2 in its list of figures, Figure 3 in its text."
        ),
    ),
)
OPTIMAL_CORD_MANAGEMENT = _element(
    "optimal_cord_management_pct",
    "Optimal cord management",
    "Babies whose cord was clamped {cord_seconds} or more after birth",
    "Babies born before {cord_limit}",
    parameters=(limits.CORD_LIMIT, limits.CORD_SECONDS),
    quality=DataQuality.GOOD,
    notes=(
        (
            "66.5% nationally at Q2 2023/24, printed as a 100% improvement: the baseline would be "
            "about half of it, and is not printed."
        ),
    ),
)
NORMOTHERMIA = _element(
    "normothermia_pct",
    "Normal temperature on admission",
    "Babies whose first temperature within {temperature_window} was {temperature_from} to "
    "{temperature_to}",
    "Babies born before {normothermia_limit}, with or without a reading: no reading is not met",
    parameters=(
        limits.NORMOTHERMIA_LIMIT,
        limits.TEMPERATURE_FROM,
        limits.TEMPERATURE_TO,
        limits.TEMPERATURE_WINDOW,
    ),
    quality=DataQuality.GOOD,
    notes=("76.1% a month on average at Q2 2023/24.",),
)
MATERNAL_BREAST_MILK = _element(
    "maternal_breast_milk_24h_pct",
    "Mother's milk in the first day",
    "Babies who got their mother's own milk within {milk_window} of birth",
    "Babies born before {milk_limit}",
    parameters=(limits.MILK_LIMIT, limits.MILK_WINDOW),
    notes=("From 12% to 74% since 2021, as the overview prints it.",),
    baselines=(
        Baseline(
            key="y2021",
            title="2021",
            figure=Decimal(12),
            provisional=True,
            source=noted(OVERVIEW, "It says since 2021; that 12% is the whole year is ours."),
            starts=date(2021, 1, 1),
            ends=date(2021, 12, 31),
        ),
    ),
    source=OVERVIEW,
)
CAFFEINE = _element(
    "caffeine_24h_pct",
    "Caffeine in the first day",
    "Babies in whom caffeine was started within {caffeine_window} of birth",
    "Babies born before {caffeine_limit}",
    parameters=(limits.CAFFEINE_LIMIT, limits.CAFFEINE_WINDOW),
    notes=("New in Q2 2023/24: some collaboratives report it, with high reliability.",),
)
VOLUME_TARGETED_VENTILATION = _element(
    "volume_targeted_ventilation_pct",
    "Volume-targeted ventilation",
    "Babies with volume-targeted, synchronised ventilation as the primary mode",
    "Babies ventilated invasively and born before {ventilation_limit}",
    parameters=(limits.VENTILATION_LIMIT,),
    notes=("New in Q2 2023/24: some collaboratives report it, with high reliability.",),
)

ELEMENT_MEASURES = (
    PLACE_OF_BIRTH,
    MAGNESIUM_SULPHATE,
    INTRAPARTUM_ANTIBIOTICS,
    ANTENATAL_CORTICOSTEROIDS,
    OPTIMAL_CORD_MANAGEMENT,
    NORMOTHERMIA,
    MATERNAL_BREAST_MILK,
    CAFFEINE,
    VOLUME_TARGETED_VENTILATION,
)

MEWS_ESCALATION = Measure(
    key="mews_escalation_pct",
    programme="matneo",
    title="Triggered scores escalated in time",
    kind=MeasureKind.PROCESS,
    unit="%",
    better=Direction.UP,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Triggers with a response in time",
    denominator="Triggers looked at: a total score of {trigger_score}",
    multiplier=HUNDRED,
    data_source="Audit of charts",
    notes=("In time means as the unit's own escalation policy says.",),
    parameters=(limits.TRIGGER_SCORE,),
    provisional=True,
    source=noted(DESIGN, f"The score that triggers is from {TRIGGER.title}, to be confirmed."),
)
NEWTT2_ADMITTED = Measure(
    key="newtt2_admitted_pct",
    programme="matneo",
    title="Admitted babies who were cared for on NEWTT2",
    kind=MeasureKind.PROCESS,
    unit="%",
    better=Direction.UP,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Babies admitted to the neonatal unit who were cared for on NEWTT2",
    denominator="Babies admitted to the neonatal unit from postnatal care",
    multiplier=HUNDRED,
    exclusions=("Preterm babies admitted directly",),
    data_source="Neonatal record",
    source=noted(REPORT, "The report names it; numerator and denominator are ours."),
)
FAMILY_WORRY = Measure(
    key="family_worry_recorded_pct",
    programme="matneo",
    title="Worry and concern recorded",
    kind=MeasureKind.PROCESS,
    unit="%",
    better=Direction.UP,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Charts on which the worry of the woman or family is recorded",
    denominator="Charts looked at",
    multiplier=HUNDRED,
    data_source="Audit of charts",
    source=noted(REPORT, "Both tools ask for worry and concern; the measure is ours."),
)
TRAINING_RECOMMEND = Measure(
    key="training_recommend",
    programme="matneo",
    title="Rating of the training material",
    kind=MeasureKind.PROCESS,
    unit="points out of 5",
    better=Direction.UP,
    chart=Chart.RUN,
    cadence=Cadence.QUARTERLY,
    numerator="Mean rating out of 5",
    data_source="E-learning",
    notes=(
        (
            "4.5 of 5 after the first three months. The report prints it as users who highly "
            "recommend it: a mean rating or a share of users. Write down how many rated."
        ),
    ),
    source=REPORT,
)

PROCESS_MEASURES = (
    *ELEMENT_MEASURES,
    MEWS_ESCALATION,
    NEWTT2_ADMITTED,
    FAMILY_WORRY,
    TRAINING_RECOMMEND,
)
