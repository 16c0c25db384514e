"""Limits of gestation, windows and thresholds: what an organisation may set for itself.

Sources disagree on several of them, so each is a value of the definition that uses it, not text.
"""

from __future__ import annotations

from tracker.plugin_api import Parameter, ParameterKind, Source

from .sources import BUNDLE, NORTH_EAST, OVERVIEW, REPORT, TRIGGER, UNSOURCED, noted


def _gestation(key: str, label: str, value: str, source: Source) -> Parameter:
    return Parameter(
        key=key,
        label=label,
        value=value,
        unit="weeks",
        kind=ParameterKind.GESTATION,
        provisional=True,
        source=source,
    )


def _number(
    key: str, label: str, value: str, unit: str, source: Source, *, provisional: bool = True
) -> Parameter:
    return Parameter(
        key=key, label=label, value=value, unit=unit, provisional=provisional, source=source
    )


_ALL_PRETERM = "S004 says all preterm babies."

PLACE_LIMIT = _gestation(
    "place_limit",
    "Right place of birth: born before",
    "27+0",
    noted(BUNDLE, "The national audit of 2021 also says under 27 weeks."),
)
PLACE_LIMIT_MULTIPLE = _gestation(
    "place_limit_multiple", "Right place of birth: twins or more, born before", "28+0", BUNDLE
)
PLACE_WEIGHT = _number("place_weight", "Right place of birth: or lighter than", "800", "g", BUNDLE)
MAGNESIUM_LIMIT = _gestation(
    "magnesium_limit",
    "Magnesium sulphate: born before",
    "30+0",
    noted(BUNDLE, "The national audit and S004 also say under 30 weeks."),
)
MAGNESIUM_WINDOW = _number(
    "magnesium_window", "Magnesium sulphate: given at most before birth", "24", "hours", BUNDLE
)
ANTIBIOTICS_LIMIT = _gestation(
    "antibiotics_limit",
    "Intrapartum antibiotics: born before",
    "34+0",
    noted(NORTH_EAST, "S004 says established preterm labour, without a limit."),
)
ANTIBIOTICS_LEAD = _number(
    "antibiotics_lead", "Intrapartum antibiotics: ideally before birth by", "4", "hours", BUNDLE
)
STEROIDS_LIMIT = _gestation(
    "steroids_limit",
    "Antenatal corticosteroids: born before",
    "34+0",
    noted(BUNDLE, "The national audit of 2021 says 23 to 33 weeks."),
)
STEROIDS_WINDOW = _number(
    "steroids_window", "Antenatal corticosteroids: optimal within", "7", "days", BUNDLE
)
CORD_LIMIT = _gestation(
    "cord_limit",
    "Optimal cord management: born before",
    "34+0",
    noted(REPORT, f"{_ALL_PRETERM} The national audit of 2021 says under 32 weeks."),
)
CORD_SECONDS = _number(
    "cord_seconds",
    "Optimal cord management: clamped after at least",
    "60",
    "seconds",
    REPORT,
    provisional=False,
)
NORMOTHERMIA_LIMIT = _gestation(
    "normothermia_limit",
    "Normothermia: born before",
    "34+0",
    noted(
        BUNDLE,
        f"{_ALL_PRETERM} The national audit of 2021, and a corrupted poster in S002, say under 32 "
        "weeks.",
    ),
)
TEMPERATURE_FROM = _number(
    "temperature_from", "Normothermia: from", "36.5", "°C", OVERVIEW, provisional=False
)
TEMPERATURE_TO = _number(
    "temperature_to", "Normothermia: to", "37.5", "°C", OVERVIEW, provisional=False
)
TEMPERATURE_WINDOW = _number(
    "temperature_window",
    "Normothermia: first temperature within",
    "1",
    "hour",
    noted(BUNDLE, "Sources count from birth or from admission."),
)
MILK_LIMIT = _gestation(
    "milk_limit", "Early breast milk: born before", "34+0", noted(REPORT, _ALL_PRETERM)
)
MILK_WINDOW = _number(
    "milk_window", "Early breast milk: within", "24", "hours", OVERVIEW, provisional=False
)
CAFFEINE_LIMIT = _gestation(
    "caffeine_limit",
    "Caffeine: born before",
    "30+0",
    noted(UNSOURCED, "S004 says only preterm."),
)
CAFFEINE_WINDOW = _number(
    "caffeine_window", "Caffeine: started within", "24", "hours", OVERVIEW, provisional=False
)
VENTILATION_LIMIT = _gestation(
    "ventilation_limit", "Volume-targeted ventilation: born before", "34+0", BUNDLE
)

ELEMENT_LIMITS = (
    PLACE_LIMIT,
    PLACE_LIMIT_MULTIPLE,
    PLACE_WEIGHT,
    MAGNESIUM_LIMIT,
    MAGNESIUM_WINDOW,
    ANTIBIOTICS_LIMIT,
    ANTIBIOTICS_LEAD,
    STEROIDS_LIMIT,
    STEROIDS_WINDOW,
    CORD_LIMIT,
    CORD_SECONDS,
    NORMOTHERMIA_LIMIT,
    TEMPERATURE_FROM,
    TEMPERATURE_TO,
    TEMPERATURE_WINDOW,
    MILK_LIMIT,
    MILK_WINDOW,
    CAFFEINE_LIMIT,
    CAFFEINE_WINDOW,
    VENTILATION_LIMIT,
)
"""Those of the nine elements, in their order."""

OUTCOME_LIMIT = Parameter(
    key="outcome_limit",
    label="Born before",
    value="34+0",
    unit="weeks",
    kind=ParameterKind.GESTATION,
    source=REPORT,
)
BPD_AGE = Parameter(
    key="bpd_age",
    label="Looked at when the baby is, counted from the last period",
    value="36+0",
    unit="weeks",
    kind=ParameterKind.GESTATION,
    source=REPORT,
)
PRETERM_LIMIT = _gestation(
    "preterm_limit",
    "Preterm: born before",
    "37+0",
    noted(UNSOURCED, "The usual definition."),
)
NEONATAL_DAYS = _number("neonatal_days", "Neonatal death: up to", "28", "days", UNSOURCED)
TRIGGER_SCORE = _number("trigger_score", "Triggers at a total score of", "2", "or more", TRIGGER)
