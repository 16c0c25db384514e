"""The programme: when it closed, what it achieved, and which figure belongs to which part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Claim,
    Contradiction,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
    Workstream,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT

from .sources import NWC, RCPSYCH, REPORT_AND_OVERVIEW

CLOSED_ON = date(2023, 9, 30)

AIMS = (
    ProgrammeAim(
        key="first_third",
        title="First collaborative",
        text="A third less restrictive practice in the wards that take part.",
        figure=Decimal(33),
        unit="% less",
        source=RCPSYCH,
        provisional=True,
    ),
    ProgrammeAim(
        key="spread_quarter",
        title="Spread",
        text="A quarter less restrictive practice in the wards that take part, by September 2023.",
        figure=Decimal(25),
        unit="% less",
        by=CLOSED_ON,
        source=NWC,
        provisional=True,
    ),
)

WORKSTREAMS = (
    Workstream(
        key="first_collaborative",
        title="First collaborative",
        text="18 months, 38 wards of 26 trusts, closed in September 2020.",
        status=ProgrammeStatus.CLOSED,
        source=RCPSYCH,
        provisional=True,
    ),
    Workstream(
        key="spread",
        title="Spread",
        text="Closed with the programme at the end of September 2023.",
        status=ProgrammeStatus.CLOSED,
        closed_on=CLOSED_ON,
        source=REPORT_AND_OVERVIEW,
    ),
)

ACHIEVED = ReferenceList(
    key="achieved",
    title="What it achieved",
    source=OVERVIEW,
    items=(
        ReferenceItem(
            key="less",
            title="15% less restrictive practice",
            text="Restraint, seclusion and rapid tranquillisation, recorded in 38 pilot wards",
        ),
        ReferenceItem(
            key="wards",
            title="24 of 38 wards",
            text="Fell by 25% to 100% on at least one measure",
            source=RCPSYCH,
            provisional=True,
        ),
        ReferenceItem(
            key="ideas",
            title="More than 300 change ideas",
            source=RCPSYCH,
            provisional=True,
        ),
    ),
)

FOLLOWED_BY = ReferenceList(
    key="followed_by",
    title="What followed",
    source=REPORT_AND_OVERVIEW,
    items=(
        ReferenceItem(
            key="culture_of_care",
            title="Culture of Care Standards, and a culture change programme",
            text="For all providers of inpatient mental health services that the NHS commissions",
        ),
        ReferenceItem(
            key="quality_transformation",
            title="Quality Transformation Programme",
            source=PROGRESS_REPORT,
        ),
        ReferenceItem(
            key="final_report",
            title="A final report of its own",
            text="Being finalised at Q2 2023/24; it was not found",
            source=PROGRESS_REPORT,
        ),
    ),
)

LOOK_AT = ReferenceList(
    key="look_at",
    title="How to look at the figures",
    items=(
        ReferenceItem(
            key="inequality",
            title="By ethnicity, sex, age and diagnosis",
            text="A public page notes marked inequality by each of them",
            source=NWC,
            provisional=True,
        ),
        ReferenceItem(
            key="pooled",
            title="Pooled",
            text="A change over several wards is worked out from all events and all bed days; it "
            "is never the mean of the percentages of wards",
        ),
        ReferenceItem(
            key="quiet",
            title="Quiet wards",
            text="Where events are few, use days between events; small numbers are hidden outside "
            "the organisation",
        ),
    ),
    source=DESIGN,
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_21",
        title="What the 15% is of",
        claims=(
            Claim(
                text="15% less in 38 pilot wards, said of the programme that concluded in "
                "September 2023",
                source=OVERVIEW,
            ),
            Claim(
                text="The collaborative of 38 wards closed in September 2020 and aimed at 33%",
                source=RCPSYCH,
            ),
            Claim(text="The spread phase aimed at 25% by September 2023", source=NWC),
        ),
        handling="The first collaborative and the spread are kept apart, each with its own aim. "
        "15% is of the 38 wards of the first.",
    ),
    Contradiction(
        key="inc_25",
        title="Whether the report covers mental health",
        claims=(
            Claim(
                text="The executive summary has a section on mental health",
                source=replace(PROGRESS_REPORT, title=f"{PROGRESS_REPORT.title}, summary"),
            ),
            Claim(text="There is no chapter on it", source=PROGRESS_REPORT),
        ),
        handling="A report lists what is there, and a programme may have a summary alone.",
    ),
)

PROGRAMME = Programme(
    key="mental_health_restrictive_practice",
    programme="mental_health_restrictive_practice",
    title="Restrictive practice in mental health",
    purpose="Less restraint, seclusion and rapid tranquillisation, and a safer ward for those who "
    "use inpatient mental health and learning disability services and for the staff.",
    parent="Mental Health Safety Improvement Programme (MHSIP)",
    lead="National team with the National Collaborating Centre for Mental Health, and mental "
    "health patient safety networks supported by Patient Safety Collaboratives",
    unit_of_adoption="ward",
    settings="Inpatient mental health and learning disability wards",
    status=ProgrammeStatus.CLOSED,
    status_note="Concluded at the end of September 2023, with 15% less restrictive practice "
    "recorded in 38 pilot wards. What was learned went into the Culture of Care Standards.",
    closed_on=CLOSED_ON,
    aims=AIMS,
    aim_template="Reduce {measure} on {ward} from {baseline} to {target} by {date}",
    workstreams=WORKSTREAMS,
    reference_lists=(ACHIEVED, FOLLOWED_BY, LOOK_AT),
    contradictions=CONTRADICTIONS,
    open_questions=(
        "The final report: which measures and which wards the 15% rests on.",
        "Denominators of the national measures: occupied bed days is general knowledge.",
    ),
    source=REPORT_AND_OVERVIEW,
)
