"""Figures from all nine elements: everything given, opportunities met, interventions delivered."""

from __future__ import annotations

from tracker.plugin_api import Chart, CompositeMeasure, Pooling

from .process_measures import COMMON_EXCLUSIONS, ELEMENT_MEASURES
from .sources import DERIVED, REPORT, noted

ELEMENTS = tuple(one.key for one in ELEMENT_MEASURES)
NAME_ONLY = noted(
    REPORT,
    "The name is in its glossary; the definition is general knowledge, the usual one of bundles.",
)

COMPOSITES = (
    CompositeMeasure(
        key="preterm_acs",
        programme="matneo",
        title="Everything given (Appropriate Care Score)",
        components=ELEMENTS,
        pooling=Pooling.ALL_OR_NONE,
        definition="100 x babies who got every element for which they were eligible / babies "
        "eligible for at least one",
        exclusions=COMMON_EXCLUSIONS,
        notes=(
            "Counted baby by baby: it cannot be worked out from the nine percentages.",
            "Three babies eligible for 9, 5 and 4 elements who got 9, 4 and 4: 66.7%.",
        ),
        provisional=True,
        source=NAME_ONLY,
    ),
    CompositeMeasure(
        key="preterm_cqs",
        programme="matneo",
        title="Opportunities met (Composite Quality Score)",
        components=ELEMENTS,
        pooling=Pooling.OPPORTUNITY,
        definition="100 x elements given / elements for which babies were eligible, summed over "
        "all babies",
        exclusions=COMMON_EXCLUSIONS,
        notes=("Three babies eligible for 9, 5 and 4 elements who got 9, 4 and 4: 94.4%.",),
        provisional=True,
        source=NAME_ONLY,
    ),
    CompositeMeasure(
        key="interventions_delivered",
        programme="matneo",
        title="Interventions delivered",
        components=ELEMENTS,
        pooling=Pooling.COUNT,
        definition="Elements given in the month, summed over all babies",
        unit="interventions",
        chart=Chart.XMR,
        exclusions=COMMON_EXCLUSIONS,
        notes=(
            (
                "Nationally from 1,213 to 1,722 a month on average: 509 or 42% more. The per cent "
                "is worked out."
            ),
            (
                'The report heads its chart "Total getting all interventions" and explains it as '
                "interventions delivered a month. Here it is the second."
            ),
            "More babies give more interventions: look at the opportunities met too.",
        ),
        source=noted(DERIVED, "The figures are the report's; 42% is worked out from them."),
    ),
)
