"""Change ideas, and a driver diagram whose primary drivers are the five domains."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import (
    ChangeIdea,
    Driver,
    DriverDiagramTemplate,
    Parameter,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW

from .assessment import DOMAINS
from .sources import CONSULTATION, consultation

P = "medicines_safety_assurance"

CHANGE_IDEAS = tuple(
    ChangeIdea(key=key, programme=P, title=title, summary=summary, source=source)
    for key, title, summary, source in (
        (
            "ci_baseline",
            "Baseline of the whole system",
            "All organisations answer once before the model is used",
            CONSULTATION,
        ),
        ("ci_peer_review", "Peer review", "Pair systems to review each other", DESIGN),
        (
            "ci_mso_network",
            "Network of Medication Safety Officers",
            "They meet and share what they learn",
            OVERVIEW,
        ),
        ("ci_heatmap", "Heat map", "Show the board where the gaps are", DESIGN),
        (
            "ci_evidence_summary",
            "Evidence on one page",
            "Summarise on one page for each domain what is known to work",
            replace(CONSULTATION, note="The consultation came with a document of evidence."),
        ),
    )
)

IDEAS = {
    "domain_1": ("ci_baseline", "ci_heatmap"),
    "domain_2": ("ci_mso_network",),
    "domain_5": ("ci_peer_review", "ci_evidence_summary"),
}

DIAGRAM = DriverDiagramTemplate(
    key="severe_harm",
    programme=P,
    title="Less severe harm from medicines",
    aim="Severe avoidable medicines harm in {system} down by {reduction} by {date}",
    primary=tuple(
        Driver(
            key=domain.key,
            text=domain.title,
            provisional=True,
            drivers=(
                Driver(
                    key=f"{domain.key}_lowest",
                    text="The statements with the lowest levels, each with a project: in opioids, "
                    "time critical medicines, valproate or another programme",
                    change_ideas=IDEAS.get(domain.key, ()),
                ),
            ),
        )
        for domain in DOMAINS
    ),
    parameters=(
        Parameter(
            key="reduction", label="Reduction aimed at", value="50", unit="%", source=CONSULTATION
        ),
    ),
    source=consultation("Five domains are from the consultation; the rest is ours."),
    provisional=True,
)

DIAGRAMS = (DIAGRAM,)
