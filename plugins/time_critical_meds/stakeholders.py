"""Who a trust's team would think of. Where they stand on the map is for the team to say."""

from __future__ import annotations

from tracker.plugin_api import Source, StakeholderRole, StakeholderSuggestion

from .sources import DESIGN, INVITATION, OVERVIEW, P

LEADERS = "Leaders of the trust"
TEAM = "Project team"
PEOPLE = "People and families"
CARE = "Care teams"
OUTSIDE = "Beyond the trust"


def _suggested(
    key: str, title: str, group: str, role: StakeholderRole, source: Source, note: str = ""
) -> StakeholderSuggestion:
    return StakeholderSuggestion(
        key=key, programme=P, title=title, group=group, role=role, note=note, source=source
    )


STAKEHOLDERS = (
    _suggested("exec_sponsor", "Executive sponsor", LEADERS, StakeholderRole.SPONSOR, INVITATION),
    _suggested(
        "medical_director",
        "Medical Director or equivalent",
        LEADERS,
        StakeholderRole.ADVISER,
        INVITATION,
    ),
    _suggested(
        "nursing_director",
        "Director of Nursing or equivalent",
        LEADERS,
        StakeholderRole.ADVISER,
        INVITATION,
    ),
    _suggested(
        "pharmacy_director",
        "Director of Pharmacy or equivalent",
        LEADERS,
        StakeholderRole.ADVISER,
        INVITATION,
    ),
    _suggested("project_lead", "Nominated project lead", TEAM, StakeholderRole.LEAD, INVITATION),
    _suggested(
        "bi_it",
        "Business Intelligence or IT specialist",
        TEAM,
        StakeholderRole.DATA,
        INVITATION,
    ),
    _suggested("qi_team", "Member of the QI team", TEAM, StakeholderRole.QI, INVITATION),
    _suggested(
        "patients_carers",
        "Patients, families and carers",
        PEOPLE,
        StakeholderRole.LIVED_EXPERIENCE,
        INVITATION,
        "Patient Safety Partners and public voice partners among them.",
    ),
    _suggested(
        "ward_staff", "Ward staff", CARE, StakeholderRole.MEMBER, INVITATION, "Focus groups."
    ),
    _suggested("mso", "Medication Safety Officer", TEAM, StakeholderRole.MEMBER, OVERVIEW),
    _suggested(
        "sps_team",
        "SPS programme team",
        OUTSIDE,
        StakeholderRole.ADVISER,
        INVITATION,
        "Coaches the project.",
    ),
    _suggested("parkinsons_uk", "Parkinson's UK", OUTSIDE, StakeholderRole.ADVISER, OVERVIEW),
    _suggested("ed_team", "Emergency department team", CARE, StakeholderRole.MEMBER, DESIGN),
    _suggested(
        "pharmacy_team", "Ward and dispensary pharmacy", CARE, StakeholderRole.MEMBER, DESIGN
    ),
    _suggested(
        "specialist_nurses",
        "Specialist nurses of a condition",
        CARE,
        StakeholderRole.ADVISER,
        DESIGN,
    ),
    _suggested(
        "ambulance",
        "Ambulance crews",
        OUTSIDE,
        StakeholderRole.INFORMED,
        DESIGN,
        "They bring people's own medicines.",
    ),
)
