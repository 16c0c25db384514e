"""Change ideas by workstream, and a driver diagram for each."""

from __future__ import annotations

from tracker.plugin_api import ChangeIdea, Driver, DriverDiagramTemplate, Parameter
from tracker.plugin_api.common import DESIGN, UNSOURCED

from .sources import BGS, OVERVIEW_AND_GENERAL, SPS, designed

P = "medsip_ambitions"
ANTICOAGULANTS, LEARNING, FRAILTY, KIDNEY, OFFICERS = (
    "Safer anticoagulants",
    "Learning disability",
    "Frailty, falls and fractures",
    "Kidney injury",
    "Medication Safety Officers",
)
LIMITS = {
    "ci_ward_renal": (Parameter(key="within", label="Review within", value="24", unit="hours"),)
}

CHANGE_IDEAS = tuple(
    ChangeIdea(
        key=key,
        programme=P,
        title=title,
        summary=summary,
        theme=theme,
        source=source,
        provisional=source in (UNSOURCED, OVERVIEW_AND_GENERAL),
        parameters=LIMITS.get(key, ()),
    )
    for key, theme, title, summary, source in (
        (
            "ci_renal_search",
            ANTICOAGULANTS,
            "Monthly search for tests that are missing",
            (
                "People on a direct anticoagulant without a recent weight and renal test, as a "
                "list for the pharmacist to work through"
            ),
            UNSOURCED,
        ),
        (
            "ci_dose_table",
            ANTICOAGULANTS,
            "Dose table",
            "A table of dose by renal function where prescribing happens",
            UNSOURCED,
        ),
        (
            "ci_alert_card",
            ANTICOAGULANTS,
            "Alert card",
            "A card that the patient holds, checked at dispensing",
            UNSOURCED,
        ),
        (
            "ci_triple_search",
            KIDNEY,
            "Search for the combination",
            (
                "A monthly search for the three-drug combination; review, and stop the NSAID where "
                "that is fitting"
            ),
            OVERVIEW_AND_GENERAL,
        ),
        (
            "ci_sickday_card",
            KIDNEY,
            "Sick-day card",
            "Advice for sick days on a card, for people at risk",
            UNSOURCED,
        ),
        (
            "ci_ward_renal",
            KIDNEY,
            "Review of each alert",
            "The ward pharmacist reviews every kidney injury alert within {within}",
            DESIGN,
        ),
        (
            "ci_acb_search",
            FRAILTY,
            "Search by burden",
            "Search the frailty register by anticholinergic burden",
            BGS,
        ),
        (
            "ci_bone_check",
            FRAILTY,
            "Bone health check",
            "A check of bone health with each review after a fall",
            BGS,
        ),
        (
            "ci_falls_pharmacist",
            FRAILTY,
            "Pharmacist in the falls team",
            "A public poster reports 33% less burden among 92 people over 14 months",
            BGS,
        ),
        (
            "ci_pbs",
            LEARNING,
            "Behaviour support plan",
            "A plan before or while a medicine is reduced",
            UNSOURCED,
        ),
        (
            "ci_easy_read",
            LEARNING,
            "Easy read",
            "The invitation to the review and the information on medicines in easy read",
            DESIGN,
        ),
        (
            "ci_structured_review",
            LEARNING,
            "Structured review",
            "A structured medication review with the person and the family",
            UNSOURCED,
        ),
        ("ci_network", OFFICERS, "Monthly webinar", "A webinar of officers every month", SPS),
        (
            "ci_job_plan",
            OFFICERS,
            "Time in job plans",
            "Protected time for the role in job plans",
            DESIGN,
        ),
    )
)

DIAGRAMS = tuple(
    DriverDiagramTemplate(
        key=key,
        programme=P,
        title=title,
        aim="{verb} {measure} for {population} in {place} from {baseline} to {target} by {date}",
        primary=tuple(
            Driver(key=f"p{number}", text=text, change_ideas=ideas)
            for number, (text, ideas) in enumerate(drivers, start=1)
        ),
        source=designed("Which idea hangs on which driver is this product's."),
        provisional=True,
    )
    for key, title, drivers in (
        (
            "anticoagulants",
            ANTICOAGULANTS,
            (
                ("The right dose", ("ci_dose_table",)),
                ("The right checks", ("ci_renal_search",)),
                ("The right person informed", ("ci_alert_card",)),
            ),
        ),
        (
            "stomp_stamp",
            LEARNING,
            (
                ("Review", ("ci_structured_review",)),
                ("Alternatives", ("ci_pbs",)),
                ("The voice of the person and the family", ("ci_easy_read",)),
            ),
        ),
        (
            "frailty_falls",
            FRAILTY,
            (
                ("Find people", ("ci_acb_search",)),
                ("Stop what harms", ("ci_falls_pharmacist",)),
                ("Bone health", ("ci_bone_check",)),
                ("Movement", ()),
            ),
        ),
        (
            "aki",
            KIDNEY,
            (
                ("Avoid combinations", ("ci_triple_search",)),
                ("Advice for sick days", ("ci_sickday_card",)),
                ("Review in hospital", ("ci_ward_renal",)),
            ),
        ),
        (
            "mso_workforce",
            OFFICERS,
            (
                ("Time", ("ci_job_plan",)),
                ("Skills", ()),
                ("Network", ("ci_network",)),
                ("Voice", ()),
            ),
        ),
    )
)
