"""The self-assessment: five domains with working labels, and the levels 0 to 4 of an answer."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    AppliesTo,
    Cadence,
    Domain,
    Response,
    SelfAssessment,
    Statement,
)
from tracker.plugin_api.common import DESIGN, coach_review, key_enablers

from .sources import consultation

P = "medicines_safety_assurance"
ORGANISATION, SYSTEM = "organisation", "system"

LEVELS = (
    Response(key="none", label="Not in place", score=Decimal(0), descriptor="Not in place"),
    Response(
        key="planned",
        label="Planned",
        score=Decimal(1),
        descriptor="Agreed, and not begun",
        evidence=("Minutes",),
    ),
    Response(
        key="partial",
        label="Part",
        score=Decimal(2),
        descriptor="In some teams or organisations",
        evidence=("Audit",),
    ),
    Response(
        key="in_place",
        label="In place",
        score=Decimal(3),
        descriptor="Everywhere where it is expected",
        evidence=("Audit of all",),
        needs_evidence=True,
    ),
    Response(
        key="proven",
        label="In place and shown by data",
        score=Decimal(4),
        descriptor="In place, data show its effect, and it is reviewed every year",
        evidence=("SPC chart",),
        needs_evidence=True,
    ),
    Response(key="not_applicable", label="Not applicable", score=None),
)

DOMAINS = tuple(
    Domain(
        key=f"domain_{number}",
        title=title,
        provisional=True,
        source=DESIGN,
        statements=tuple(
            Statement(
                key=f"domain_{number}_item_{item}",
                text=text,
                level=level,
                provisional=True,
                source=DESIGN,
            )
            for item, (text, level) in enumerate(statements, start=1)
        ),
    )
    for number, title, statements in (
        (
            1,
            "Leadership, governance and culture (working label)",
            (
                ("The board sees data on harm from medicines every quarter", ORGANISATION),
                ("A Medication Safety Officer is named", ORGANISATION),
            ),
        ),
        (
            2,
            "Workforce and capability (working label)",
            (
                ("It is known who needs which training in medicines safety", ORGANISATION),
                ("Medication Safety Officers work as a network across the system", SYSTEM),
            ),
        ),
        (
            3,
            "People and families as partners (working label)",
            (
                ("People and families shape local priorities", ORGANISATION),
                ("Information on medicines is accessible to those who need it", ORGANISATION),
            ),
        ),
        (
            4,
            "Safe systems, transitions and digital (working label)",
            (
                ("The transfer of information on medicines at discharge is measured", ORGANISATION),
                ("Hazards of electronic prescribing are logged", ORGANISATION),
            ),
        ),
        (
            5,
            "Data, learning and improvement (working label)",
            (
                ("A theme of incidents leads to an improvement project", ORGANISATION),
                ("The system shares one dashboard", SYSTEM),
            ),
        ),
    )
)

ASSURANCE = SelfAssessment(
    key="assurance_level",
    programme=P,
    title="Assurance level",
    applies_to=AppliesTo.ORGANISATION,
    answered_by="organisation",
    moderated_by="system lead, with peer review where wanted",
    repeated=Cadence.ANNUAL,
    responses=LEVELS,
    domains=DOMAINS,
    source=consultation(
        "That there are five domains, and that systems assess themselves, is from the "
        "consultation. Labels of domains, statements and levels are this product's."
    ),
    provisional=True,
)

COACH_REVIEW = coach_review(
    P,
    more=(Statement(key="cr_gaps", text="The three widest gaps each have an owner and a date"),),
)

ASSESSMENTS = (ASSURANCE, COACH_REVIEW, key_enablers(P))
