"""The five workstreams, where the sources disagree, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.plugin_api import (
    Basis,
    Claim,
    Contradiction,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    Workstream,
)
from tracker.plugin_api.common import OVERVIEW, PROGRESS_REPORT

P = "medsip_ambitions"
OPENED, CLOSES = date(2024, 4, 1), date(2027, 3, 31)
ADDED_UP = replace(OVERVIEW, code="D", basis=Basis.DERIVED, note="Worked out from its figures.")

WORKSTREAMS = (
    Workstream(
        key="anticoagulants",
        title="Safer anticoagulants",
        text="Better care for people who take anticoagulants. A key ambition, with Medication "
        "Safety Officers.",
    ),
    Workstream(
        key="stomp_stamp",
        title="Learning disability and medicines that act on the brain",
        text="Less burden of psychotropic medicines, beside the STOMP and STAMP campaigns. "
        "Explored from April 2024 to March 2027.",
        opened_on=OPENED,
        closed_on=CLOSES,
    ),
    Workstream(
        key="frailty_falls",
        title="Frailty, falls and fractures",
        text="Fewer deaths and fractures from falls, through better use of medicines, with the "
        "National Falls Prevention Coordination Group. Explored from April 2024 to March 2027.",
        opened_on=OPENED,
        closed_on=CLOSES,
    ),
    Workstream(
        key="aki",
        title="Acute kidney injury from medicines",
        text="Fewer kidney injuries that medicines cause or make worse. Explored from April 2024 "
        "to March 2027, with Medication Safety Officers.",
        opened_on=OPENED,
        closed_on=CLOSES,
    ),
    Workstream(
        key="mso_workforce",
        title="Medication Safety Officers",
        text="Develop the workforce. A key ambition, with the Specialist Pharmacy Service.",
    ),
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_18",
        title="How many severe harms were prevented",
        claims=(
            Claim(text="4,676 severe harms prevented", source=OVERVIEW),
            Claim(
                text="24 bleeds, 2,255 people at risk of overdose and 1,979 kidney injuries are "
                "4,258, which is 418 fewer; being at risk of an overdose is no harm yet",
                source=ADDED_UP,
            ),
            Claim(text="The line of 1,979 kidney injuries is printed twice", source=OVERVIEW),
        ),
        handling="4,676 is kept as reported. Each item is listed once, and none are added up.",
    ),
    Contradiction(
        key="inc_11",
        title="The period of the 414 lives of opioids, which are part of the 518",
        claims=(
            Claim(text="July 2022 to March 2023, and also over 2 years", source=PROGRESS_REPORT),
            Claim(text="Printed beside a figure of September 2022 to July 2023", source=OVERVIEW),
        ),
        handling="Both periods are kept apart. The opioids programme holds its own figures.",
    ),
    Contradiction(
        key="cost_per_readmission",
        title="What a readmission that was avoided had cost",
        claims=(
            Claim(
                text="24,128 readmissions avoided, and £9.6 million avoided costs of admissions",
                source=OVERVIEW,
            ),
            Claim(
                text="£398 for each: too little for a stay, so the two figures do not share a base",
                source=ADDED_UP,
            ),
        ),
        handling="Both are kept as reported, and never divided or multiplied.",
    ),
)

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Medicines safety ambitions",
    purpose="The other ambitions of the Medicines Safety Improvement Programme: anticoagulants, "
    "learning disability, frailty and falls, kidney injury, and the Medication Safety Officers who "
    "carry the work.",
    parent="Medicines Safety Improvement Programme",
    lead="NHS England with the Specialist Pharmacy Service",
    unit_of_adoption="ICB, trust or practice",
    settings="Primary care, hospitals, care for people with a learning disability",
    status=ProgrammeStatus.ACTIVE,
    status_note="Three of the five are explored from April 2024 to March 2027. What follows after "
    "the changes at NHS England has not been confirmed.",
    aims=(
        ProgrammeAim(
            key="no_numbers",
            title="No national figures",
            text="The sources give no figure to reach for any of the five. A team sets its own.",
            source=OVERVIEW,
        ),
    ),
    aim_template="{verb} {measure} for {population} in {place} from {baseline} to {target} by "
    "{date}",
    workstreams=WORKSTREAMS,
    contradictions=CONTRADICTIONS,
    open_questions=(
        (
            "Measures of every workstream: the overview page gives one line for each, so most are "
            "general knowledge and need an owner."
        ),
        "The threshold of anticholinergic burden, and which score is used.",
        "The period and the method of each reported figure.",
        "Status of the five after the changes at NHS England.",
    ),
    source=OVERVIEW,
)
