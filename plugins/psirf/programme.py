"""The programme: its purpose, who leads it, its aims and what is still open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.plugin_api import Programme, ProgrammeAim, ProgrammeStatus, Workstream

from .contradictions import CONTRADICTIONS
from .pathways import AUTUMN, AUTUMN_2023
from .reference import REFERENCE_LISTS
from .sources import OVERVIEW, REPORT, REPORT_AND_OVERVIEW

AIMS = (
    ProgrammeAim(
        key="transition",
        title="All NHS trusts work under PSIRF",
        text="Every NHS trust has transitioned to its own policy and plan by the end of autumn "
        "2023, in the phases that are laid down and true to the core principles.",
        figure=Decimal(100),
        unit="% of NHS trusts",
        by=AUTUMN_2023,
        source=AUTUMN,
    ),
    ProgrammeAim(
        key="engagement",
        title="Compassionate engagement",
        text="Those affected by an incident are engaged with and involved, with compassion.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="learning",
        title="System-based learning",
        text="A range of approaches that look at the system.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="proportion",
        title="Considered, proportionate responses",
        text="The response fits what can be learned.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="oversight",
        title="Supportive oversight",
        text="Oversight strengthens how the system responds and improves.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="focused_support",
        title="Focused support where it is needed",
        text="Collaboratives know which systems and providers need it, and have a plan. Printed: "
        "by Q2 (June 2023).",
        source=REPORT,
    ),
    ProgrammeAim(
        key="embedding",
        title="Embedding",
        text="All collaboratives use an approach, such as coaching, that embeds change, from "
        "October 2023 to March 2024.",
        figure=Decimal(15),
        unit="collaboratives",
        by=date(2024, 3, 31),
        source=REPORT,
    ),
)

WORKSTREAMS = (
    Workstream(
        key="secondary_care",
        title="NHS-funded secondary care",
        text="Acute, mental health, ambulance, community and maternity.",
        source=REPORT_AND_OVERVIEW,
    ),
    Workstream(
        key="independent",
        title="Independent providers",
        text="Shown apart from NHS trusts; care homes among them.",
        source=REPORT,
    ),
    Workstream(
        key="general_practice",
        title="General practice",
        text="Assessed in 2024/25, before primary care more widely.",
        status=ProgrammeStatus.PLANNED,
        opened_on=date(2024, 4, 1),
        source=OVERVIEW,
    ),
)

PROGRAMME = Programme(
    key="psirf",
    programme="psirf",
    title="PSIRF",
    purpose="Learning from patient safety incidents that leads to improvement: every provider "
    "works under a policy and plan of its own, in place of the Serious Incident framework.",
    parent="System Safety Improvement Programme",
    lead="NHS England; 15 Patient Safety Collaboratives support, ICBs oversee, and NHS England "
    "assures through systems and regions",
    unit_of_adoption="provider organisation",
    settings="All NHS-funded secondary care, around 270+ NHS providers, and independent providers; "
    "all 42 systems are engaged",
    status=ProgrammeStatus.ACTIVE,
    status_note="Active in 2023/24. What follows after the changes at NHS England has not been "
    "confirmed.",
    aims=AIMS,
    aim_template="{Provider} works under an agreed plan by {date}: {measure} from {baseline} "
    "({baseline period}) to {target}",
    workstreams=WORKSTREAMS,
    reference_lists=REFERENCE_LISTS,
    contradictions=CONTRADICTIONS,
    open_questions=(
        (
            "The report says that no figures on phases were collected. Are the measures here, "
            "which are proposals, those that the national team would use?"
        ),
        "The text of the national standards: the domain owner enters it; it is not copied here.",
        "When to use which response method comes from public pages. Is it right?",
        "How many Patient Safety Partners should a provider have? Two or more is unsourced.",
        "No public driver diagram was read.",
        "What became of the assessment in general practice planned for 2024/25?",
        "Where does the programme stand after the changes at NHS England?",
    ),
    source=REPORT_AND_OVERVIEW,
)
