"""Change ideas, and the driver diagram that they hang on."""

from __future__ import annotations

from tracker.plugin_api import ChangeIdea, Driver, DriverDiagramTemplate
from tracker.plugin_api.common import DESIGN

from .sources import NCL, PRESCQIPP, overview

P = "valproate"

CHANGE_IDEAS = tuple(
    ChangeIdea(key=key, programme=P, title=title, summary=summary, source=source)
    for key, title, summary, source in (
        (
            "ci_search",
            "Search and code",
            "Search the lists of practices and code each person's status",
            PRESCQIPP,
        ),
        ("ci_dashboard", "Safety-net dashboard", "A local dashboard of who is at risk", NCL),
        ("ci_araf_clinic", "One-stop annual review", "Everything of the year in one visit", DESIGN),
        (
            "ci_joint_clinic",
            "Joint clinic",
            "Neurology or psychiatry together with sexual health",
            DESIGN,
        ),
        (
            "ci_contraception_link",
            "Fast referral for contraception",
            "A direct way from the review to contraception",
            DESIGN,
        ),
        (
            "ci_pharmacist_review",
            "Review of notes by pharmacy",
            "A pharmacist or technician reviews the notes first",
            PRESCQIPP,
        ),
        ("ci_switch_plan", "Written plan", "A written plan with safety advice", DESIGN),
        ("ci_helpline", "Nurse line", "A nurse to ring while treatment changes", DESIGN),
        ("ci_codes", "Agreed codes", "The same codes in every record", NCL),
        ("ci_pharmacy_check", "Check at dispensing", "The pharmacy asks and checks", DESIGN),
    )
)

DIAGRAM = DriverDiagramTemplate(
    key="no_harm",
    programme=P,
    title="No harm from valproate or from changing it",
    aim="No baby is harmed by valproate, and nobody is harmed by a change that was managed badly, "
    "in {ICB} by {date}",
    primary=tuple(
        Driver(
            key=f"p{number}",
            text=text,
            drivers=(Driver(key=f"s{number}1", text=secondary, change_ideas=ideas),),
        )
        for number, text, secondary, ideas in (
            (
                1,
                "Find people",
                "Searches across primary and specialist care",
                ("ci_search", "ci_dashboard"),
            ),
            (
                2,
                "Shared decision",
                "Risk form and contraception",
                ("ci_araf_clinic", "ci_contraception_link"),
            ),
            (
                3,
                "Specialist capacity",
                "Joint clinics",
                ("ci_joint_clinic", "ci_pharmacist_review"),
            ),
            (4, "Safe change", "A plan and a crisis line", ("ci_switch_plan", "ci_helpline")),
            (5, "Safety net", "Coding and pharmacy", ("ci_codes", "ci_pharmacy_check")),
        )
    ),
    source=overview("The aim follows the page; the drivers are ours."),
)

DIAGRAMS = (DIAGRAM,)
