"""The programme: its purpose, who leads it, its aims and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Basis,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
)

from .contradictions import CONTRADICTIONS
from .sources import REPORT, REPORT_AND_OVERVIEW, WEST_MIDLANDS, case_study

MARCH_2024 = date(2024, 3, 31)
MARCH_2025 = date(2025, 3, 31)

AIMS = (
    ProgrammeAim(
        key="system_leadership",
        title="System leadership",
        text="At least 15 ICBs moving through the phases of the whole systems approach, with "
        "visible and sustainable leadership.",
        figure=Decimal(15),
        unit="ICBs",
        by=MARCH_2024,
        source=REPORT,
    ),
    ProgrammeAim(
        key="system_leadership_aspiration",
        title="System leadership: the aspiration",
        text="Half of all ICBs, 21 of 42, moving through the phases.",
        figure=Decimal(21),
        unit="ICBs",
        by=MARCH_2024,
        source=replace(
            REPORT, basis=Basis.DERIVED, note="The report says 50%; 21 is half of the 42 ICBs."
        ),
    ),
    ProgrammeAim(
        key="fewer_long_term",
        title="Fewer people on long-term opioids",
        text="30,000 fewer people on oral or transdermal opioids of any dose for more than 3 "
        "months than on 31 March 2023. At a number needed to harm of 62, about 484 deaths "
        "prevented.",
        figure=Decimal(30000),
        unit="fewer people",
        by=MARCH_2024,
        source=REPORT,
    ),
    ProgrammeAim(
        key="fewer_long_term_2025",
        title="Fewer people on long-term opioids, the year after",
        text="25,000 fewer people than on 31 March 2024, about 400 deaths prevented.",
        figure=Decimal(25000),
        unit="fewer people",
        by=MARCH_2025,
        source=WEST_MIDLANDS,
        provisional=True,
    ),
    ProgrammeAim(
        key="fewer_high_dose_2025",
        title="Fewer people on a high dose",
        text="4,500 fewer people on a high dose of opioids than on 31 March 2024.",
        figure=Decimal(4500),
        unit="fewer people",
        by=MARCH_2025,
        source=WEST_MIDLANDS,
        provisional=True,
    ),
    ProgrammeAim(
        key="half_of_icbs_2025",
        title="System leadership, the year after",
        text="At least half of all ICBs.",
        figure=Decimal(50),
        unit="% of ICBs",
        by=MARCH_2025,
        source=WEST_MIDLANDS,
        provisional=True,
    ),
)

POSITION = ReferenceList(
    key="position_q2_2023_24",
    title="Position at Q2 2023/24",
    text="As reported. The tracker counts its own rows.",
    source=REPORT,
    items=(
        ReferenceItem(
            key="on_the_approach",
            title="29 or 28 ICBs on the whole systems approach",
            text="The report gives both.",
        ),
        ReferenceItem(key="engaged", title="37 ICBs engaged in any way (88%)"),
        ReferenceItem(key="full_support", title="25 ICBs with full support by a PSC"),
        ReferenceItem(
            key="by_phase",
            title="Of these 25: 5 in phases 2 and 3, 6 in phases 4 and 5, 14 in phase 6",
        ),
    ),
)

LIGHT_SUPPORT = ReferenceList(
    key="light_support",
    title="What light support was",
    text="Examples of the report.",
    source=REPORT,
    items=(
        ReferenceItem(
            key="network_updates",
            title="Updates at controlled drug networks, and places on training",
        ),
        ReferenceItem(
            key="meetings",
            title="Meetings with the ICB chief pharmacist and PCN lead pharmacist every 6 weeks",
        ),
        ReferenceItem(
            key="data",
            title="Data of the ICB, cut to PCN, practice and fifths of deprivation",
        ),
        ReferenceItem(key="tools", title="Tools made elsewhere passed on to people who need them"),
        ReferenceItem(
            key="lived_experience",
            title="Help to a person with lived experience: stakeholders, data, connections",
        ),
        ReferenceItem(key="links", title="Joining meetings of the ICB, and sharing what is known"),
    ),
)

WORKED_EXAMPLES = ReferenceList(
    key="worked_examples",
    title="Four examples",
    text="Facts of the report, for orientation. They are nobody else's results.",
    source=REPORT,
    items=(
        ReferenceItem(
            key="derbyshire",
            title="Derbyshire: digital pain tools (East Midlands PSC)",
            text="The third system action event in March 2023 set the priority. Made: 2 "
            "questionnaires, 1 review template, 1 plan in two parts. With a national charity, the "
            "medicines team of the ICS, practices and PCNs, a national pain specialist, and a "
            "university for the evaluation. In November 2023 three were in pilot and the medicines "
            "questionnaire was being finished; surveys were planned for January and March 2024. "
            "Hard: capacity, talking at a distance, partners without access to the clinical "
            "system.",
            source=case_study("1"),
        ),
        ReferenceItem(
            key="kent_and_medway",
            title="Kent and Medway: mapping (Kent Surrey Sussex PSC)",
            text="1.7 million people, about 1,400 miles (so printed; presumably square miles), 350 "
            "miles of coast. Opioid use near the national mean, with large variation between "
            "places, East Kent highest. 4 half-day workshops, one in each place; 4 maps joined "
            "into 1, held by the ICB.",
            source=case_study("2"),
        ),
        ReferenceItem(
            key="north_west_coast",
            title="North West Coast: Breakthrough Series",
            text="2 ICSs with high prescribing. Launch in July and 4 full-day virtual workshops, "
            "aligned to the 7 phases. At the end of Q2 the launch and workshop 1 were done, and "
            "teams had begun maps, aims, driver diagrams and a first PDSA cycle.",
            source=case_study("3"),
        ),
        ReferenceItem(
            key="plymouth",
            title="Plymouth: pain cafe (South West PSC)",
            text="About 265,000 people. Aim: the first of 2 pilot cafes by 30 November 2023. Held "
            "on 8 November 2023 with 14 people.",
            source=case_study("4"),
        ),
    ),
)

PROGRAMME = Programme(
    key="opioids",
    programme="opioids",
    title="Opioids",
    purpose="Better care for people living with persistent pain, by reducing harm from long-term "
    "and high-dose opioid medicines.",
    parent="Medicines Safety Improvement Programme",
    lead="NHS England national team; delivered by 15 Patient Safety Collaboratives with willing "
    "integrated care systems",
    unit_of_adoption="ICB",
    settings="The whole integrated care system: primary care, community, secondary care and the "
    "voluntary sector. Work is often done at a place, PCN or practice and then combined.",
    status=ProgrammeStatus.ACTIVE,
    status_note="Active in 2023/24. What follows after the changes at NHS England has not been "
    "confirmed.",
    aims=AIMS,
    aim_template="Reduce the number of adults in {ICB|place|PCN} prescribed opioids in 4 or more "
    "consecutive months from {baseline} to {target} by {date}, without worsening {balancing}",
    reference_lists=(POSITION, LIGHT_SUPPORT, WORKED_EXAMPLES),
    contradictions=CONTRADICTIONS,
    open_questions=(
        (
            "Names and definitions of the seven phases of the whole systems approach: the sources "
            'give only "Phase 6 Action", "2-3 Quality Planning" and "4-6 Quality Improvement". '
            "Asked of the national workstream lead."
        ),
        "Whether the progress score is the Progression Assessment Score of the national glossary.",
        "Which instrument measures quality of life, pain and disability: the sources name none.",
        "What the programme is called and who leads it after the changes at NHS England.",
    ),
    source=REPORT_AND_OVERVIEW,
)
