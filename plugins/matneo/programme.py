"""The programme: its purpose, who leads it, its ambitions and what is still open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Parameter,
    ParameterKind,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    TeamRole,
    Workstream,
)

from .contradictions import CONTRADICTIONS
from .reference import REFERENCE_LISTS
from .sources import DESIGN, OVERVIEW, REPORT, REPORT_AND_OVERVIEW, noted

END_OF_2025 = date(2025, 12, 31)
BY_2025 = noted(REPORT_AND_OVERVIEW, 'They say "by 2025"; the last day of it is our reading.')

AIMS = (
    ProgrammeAim(
        key="halve",
        title="Half the deaths and brain injuries",
        text="Halve the rates of maternal and neonatal deaths, stillbirths and brain injuries at "
        "or soon after birth, as set out in Better Births.",
        figure=Decimal(50),
        unit="% fewer",
        by=END_OF_2025,
        source=BY_2025,
    ),
    ProgrammeAim(
        key="fewer_preterm",
        title="Fewer preterm births",
        text="From 8% to 6%, as set out in Safer Maternity Care.",
        figure=Decimal(6),
        unit="% of births",
        by=END_OF_2025,
        source=noted(BY_2025, f"{BY_2025.note} One public page says 2030."),
    ),
    ProgrammeAim(
        key="culture",
        title="Culture surveys and debriefs",
        text="Supported in all maternity and neonatal providers.",
        figure=Decimal(134),
        unit="providers",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="all_nine",
        title="All nine interventions as a pathway",
        text="Every element in use at every site where it applies: an A&S score of 100%. It was "
        "88% at Q2 2023/24.",
        figure=Decimal(100),
        unit="% A&S score",
        source=REPORT,
    ),
)

WORKSTREAMS = (
    Workstream(
        key="preterm",
        title="Optimisation and stabilisation of the preterm infant",
        text="Nine interventions as one pathway, from before birth to the first day. Counted for "
        "each element at each site.",
        source=REPORT,
    ),
    Workstream(
        key="mews",
        title="Maternity early warning score (MEWS)",
        text="Early recognition of women who deteriorate, inside PIER: prevent, identify, escalate "
        "and respond. Counted for each organisation.",
        source=REPORT,
    ),
    Workstream(
        key="newtt2",
        title="Newborn early warning trigger and track (NEWTT2)",
        text="Early recognition of babies who deteriorate, inside PIER. Counted for each "
        "organisation.",
        source=REPORT,
    ),
)

TEAM_ROLES = tuple(
    TeamRole(key=key, title=title, note=note, provisional=True, source=DESIGN)
    for key, title, note in (
        ("lead", "Lead", "Has time set aside for the work."),
        ("sponsor", "Executive sponsor", "Removes what stands in the way."),
        ("neonatal", "Neonatal lead", "Leads the change in the neonatal unit."),
        ("maternity", "Maternity lead", "Leads the change in the maternity unit."),
        ("theatre", "Theatre lead", "Leads the change in theatre."),
        ("data", "Data specialist", "Knows what the record holds, and how late it comes."),
        ("qi", "QI lead", "Brings the method, and asks for the prediction."),
        ("patient", "Patient Safety Partner", "Speaks for parents and families."),
    )
)

PROGRAMME = Programme(
    key="matneo",
    programme="matneo",
    title="Maternity and neonatal",
    purpose="Safer care for women, babies and families, with less variation between units: more "
    "preterm babies get all that helps them, and women and babies who get worse are seen and "
    "treated in time.",
    parent="Maternity and Neonatal Safety Improvement Programme",
    lead="NHS England; delivered through 15 Patient Safety Collaboratives and patient safety "
    "networks",
    unit_of_adoption="site (maternity and neonatal unit)",
    settings="Maternity units, neonatal units, and the paths of transport and place of birth "
    "through neonatal operational delivery networks, at all 134 providers in England",
    status=ProgrammeStatus.ACTIVE,
    status_note="Active in 2023/24. What follows after the changes at NHS England has not been "
    "confirmed.",
    aims=AIMS,
    aim_template="Increase {element} for babies born before {gestation} weeks at {unit} from {x}% "
    "({baseline period}) to {y}% by {date}",
    workstreams=WORKSTREAMS,
    team_roles=TEAM_ROLES,
    reference_lists=REFERENCE_LISTS,
    contradictions=CONTRADICTIONS,
    open_questions=(
        (
            "Exact definitions behind the national preterm dashboard: limits of gestation differ "
            "between the national audit, the programme and the overview. Asked of the domain owner."
        ),
        "Exclusions common to the nine elements come from general knowledge. Are they right?",
        "Is the increase of 10% in antenatal steroids in points, or a share of what was there?",
        "Limit of gestation for caffeine: the overview says only preterm.",
        (
            "What stands behind 71 cases of Group B strep avoided, and behind 16 or 18 lives "
            "saved by antibiotics?"
        ),
        "Of which year are the prices behind one million pounds for a case of cerebral palsy?",
        (
            "Is PAS in the report's glossary (Progression Assessment Score) the score of its "
            "appendix B?"
        ),
        "The official national driver diagram was not read.",
        "Where does the programme stand after the changes at NHS England?",
    ),
    parameters=(
        Parameter(
            key="halve_by",
            label="Deaths and brain injuries halved by",
            value="2025-12-31",
            kind=ParameterKind.DATE,
            source=BY_2025,
        ),
        Parameter(
            key="preterm_births_by",
            label="Preterm births down to 6% by",
            value="2025-12-31",
            kind=ParameterKind.DATE,
            source=noted(BY_2025, f"{BY_2025.note} One public page says 2030."),
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
