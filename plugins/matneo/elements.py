"""The nine interventions of the preterm pathway, in the order of the overview page."""

from __future__ import annotations

from tracker.plugin_api import Element

from .sources import BUNDLE, NORTH_EAST, OVERVIEW, REPORT, REPORT_AND_OVERVIEW, noted

BEFORE_BIRTH = "Before birth"
AT_BIRTH = "At birth"
FIRST_HOURS = "First hours"
LIMIT_OPEN = "The limit of gestation is to be confirmed."

ELEMENTS = (
    Element(
        key="place_of_birth",
        title="Right place of birth",
        definition="Born in a centre with a neonatal intensive care unit when gestation or weight "
        "calls for it",
        eligible="Babies born before {place_limit}, twins or more before {place_limit_multiple}, "
        "or lighter than {place_weight}",
        measure="place_of_birth_pct",
        grouping=BEFORE_BIRTH,
        note="The national audit of 2021 says under 27 weeks.",
        provisional=True,
        source=noted(BUNDLE, "The element is in S004."),
    ),
    Element(
        key="magnesium_sulphate",
        title="Antenatal magnesium sulphate",
        definition="The mother was given magnesium sulphate in the {magnesium_window} before birth",
        eligible="Birth before {magnesium_limit}",
        measure="magnesium_sulphate_pct",
        grouping=BEFORE_BIRTH,
        note="The same limit as in the national audit of 2021.",
        provisional=True,
        source=noted(BUNDLE, "The element is in S004."),
    ),
    Element(
        key="intrapartum_antibiotics",
        title="Intrapartum antibiotics",
        definition="The mother in established preterm labour was given antibiotics, ideally "
        "{antibiotics_lead} or more before birth",
        eligible="Birth before {antibiotics_limit} in established preterm labour",
        measure="intrapartum_antibiotics_pct",
        grouping=BEFORE_BIRTH,
        note=LIMIT_OPEN,
        provisional=True,
        source=noted(NORTH_EAST, "Established preterm labour is from S004; the limit is not."),
    ),
    Element(
        key="antenatal_corticosteroids",
        title="Antenatal corticosteroids",
        definition="The mother was given at least one dose; at best a full course within "
        "{steroids_window} before birth",
        eligible="Birth before {steroids_limit}",
        measure="antenatal_corticosteroids_pct",
        grouping=BEFORE_BIRTH,
        note="The national audit of 2021 says 23 to 33 weeks.",
        provisional=True,
        source=noted(BUNDLE, "The element is in S004."),
    ),
    Element(
        key="optimal_cord_management",
        title="Optimal cord management",
        definition="The cord was clamped {cord_seconds} or more after birth",
        eligible="Babies born before {cord_limit}",
        measure="optimal_cord_management_pct",
        grouping=AT_BIRTH,
        note="S004 says all preterm babies; the national audit of 2021 says under 32 weeks.",
        provisional=True,
        source=noted(REPORT, "The limit of its case study; S004 has another."),
    ),
    Element(
        key="normothermia",
        title="Normothermia",
        definition="The first temperature was {temperature_from} to {temperature_to}, measured "
        "within {temperature_window} of birth or admission",
        eligible="Babies born before {normothermia_limit}",
        measure="normothermia_pct",
        grouping=AT_BIRTH,
        note="S004 says all preterm babies; the national audit of 2021 and a corrupted poster in "
        "S002 say under 32 weeks.",
        provisional=True,
        source=noted(BUNDLE, "The range is from S004."),
    ),
    Element(
        key="maternal_breast_milk_24h",
        title="Early maternal breast milk",
        definition="The mother's own milk within {milk_window} of birth",
        eligible="Babies born before {milk_limit}",
        measure="maternal_breast_milk_24h_pct",
        grouping=FIRST_HOURS,
        note="S004 says all preterm babies.",
        provisional=True,
        source=noted(
            REPORT_AND_OVERVIEW, "The limit is that of a case study in S002; S004 has another."
        ),
    ),
    Element(
        key="caffeine_24h",
        title="Caffeine",
        definition="Caffeine was started within {caffeine_window} of birth",
        eligible="Babies born before {caffeine_limit}",
        measure="caffeine_24h_pct",
        grouping=FIRST_HOURS,
        note="New in Q2 2023/24. The limit is from general knowledge; S004 says only preterm.",
        provisional=True,
        source=noted(OVERVIEW, "The limit of gestation is general knowledge, to be confirmed."),
    ),
    Element(
        key="volume_targeted_ventilation",
        title="Volume-targeted ventilation",
        definition="Volume-targeted with synchronised ventilation as the primary mode",
        eligible="Babies ventilated invasively and born before {ventilation_limit}",
        measure="volume_targeted_ventilation_pct",
        grouping=FIRST_HOURS,
        note="New in Q2 2023/24. Not applicable at a site that does not ventilate.",
        provisional=True,
        source=noted(BUNDLE, "The element is in S004."),
    ),
)
