"""The programme: its purpose, who leads it, its aims and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.plugin_api import Basis, Programme, ProgrammeAim, ProgrammeStatus

from .sources import REPORT, REPORT_AND_OVERVIEW, WEST_MIDLANDS

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
    open_questions=(
        (
            "Names and definitions of the seven phases of the whole systems approach: the sources "
            'give only "Phase 6 Action", "2-3 Quality Planning" and "4-6 Quality Improvement". '
            "Asked of the national workstream lead."
        ),
        (
            "The report counts 29 ICBs (69%) on the whole systems approach in three places and 28 "
            "(67%) in one. The tracker counts rows and uses neither figure."
        ),
        (
            "The report describes the same measure as more than 3 months, as 4 or more consecutive "
            "months and as longer than 4 months. The tracker counts people prescribed in the month "
            "and in each of the 3 months before."
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
