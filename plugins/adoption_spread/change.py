"""Change ideas by bundle, and the driver diagram that they hang on."""

from __future__ import annotations

from tracker.plugin_api import ChangeIdea, Driver, DriverDiagramTemplate
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED

from .elements import ASTHMA, COPD, LAPAROTOMY, elements_of
from .sources import NETWORK_CASE, RCP_JOURNALS, designed

P = "adoption_spread"
BREATHING = elements_of(COPD, ASTHMA)
EVERY: tuple[str, ...] = ()

CHANGE_IDEAS = tuple(
    ChangeIdea(
        key=key,
        programme=P,
        title=title,
        summary=summary,
        elements=elements,
        theme=theme,
        source=source,
        provisional=source is UNSOURCED,
    )
    for key, title, summary, elements, theme, source in (
        (
            "ci_audit_facilitator",
            "Audit facilitator",
            "A funded facilitator of the audit",
            BREATHING,
            "COPD and asthma",
            NETWORK_CASE,
        ),
        (
            "ci_checklist",
            "Bundle in the discharge record",
            "The elements as a checklist in the discharge record",
            BREATHING,
            "COPD and asthma",
            DESIGN,
        ),
        (
            "ci_specialist_nurse",
            "Specialist nurse",
            "A nurse who finds patients every day",
            BREATHING,
            "COPD and asthma",
            NETWORK_CASE,
        ),
        (
            "ci_dashboard",
            "Dashboards",
            "Dashboards of the PSC on uptake",
            EVERY,
            "All bundles",
            RCP_JOURNALS,
        ),
        (
            "ci_bedhead",
            "Standard sign and kit check",
            "One bedhead sign, and a check of the kit",
            ("tracheostomy_bedhead_sign", "tracheostomy_emergency_equipment"),
            "Tracheostomy",
            OVERVIEW,
        ),
        (
            "ci_boarding_card",
            "Boarding card",
            "A card that goes with the patient along the laparotomy pathway",
            elements_of(LAPAROTOMY),
            "Emergency laparotomy",
            UNSOURCED,
        ),
        ("ci_coaching", "QI coaching", "Coaching of teams", EVERY, "All bundles", RCP_JOURNALS),
    )
)

DIAGRAM = DriverDiagramTemplate(
    key="every_element",
    programme=P,
    title="Every element for every patient",
    aim="Every eligible patient at {site} gets every element: from {baseline} to {target} by "
    "{date}",
    primary=tuple(
        Driver(key=key, text=text, change_ideas=ideas)
        for key, text, ideas in (
            (
                "p1",
                "Patients are found on admission",
                ("ci_specialist_nurse", "ci_boarding_card"),
            ),
            ("p2", "Elements are delivered reliably", ("ci_checklist", "ci_bedhead")),
            ("p3", "Team and champions", ("ci_coaching",)),
            ("p4", "Data come back to teams", ("ci_dashboard", "ci_audit_facilitator")),
            ("p5", "Follow-up after discharge", ()),
        )
    ),
    source=designed("Drivers and what hangs on them are this product's."),
)

DIAGRAMS = (DIAGRAM,)
