"""The programme: its purpose, its aims, where sources disagree, and what is still open."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import (
    Basis,
    Claim,
    Contradiction,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
)
from tracker.plugin_api.common import OVERVIEW

from .sources import NCL, overview

P = "valproate"

AIMS = (
    ProgrammeAim(
        key="no_harm_in_the_womb",
        title="No harm in the womb",
        text="No baby is harmed by valproate before birth.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="personal_care",
        title="Personalised care",
        text="The best possible personalised care for people who take valproate.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="no_avoidable_deaths",
        title="No avoidable deaths",
        text="No deaths from epilepsy or bipolar disorder that could have been avoided.",
        source=OVERVIEW,
    ),
)

CONTEXT = ReferenceList(
    key="context",
    title="Public context",
    source=NCL,
    items=(
        ReferenceItem(
            key="females",
            title="Girls and women prescribed valproate",
            text="27,441 in April 2018; 18,235 in March 2023",
        ),
        ReferenceItem(
            key="alert",
            title="Regulatory alert",
            text="November 2023: new measures for prescribing",
        ),
    ),
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_27",
        title="How far prescribing to women fell",
        claims=(
            Claim(text="35% fewer women of childbearing age; no period is given", source=OVERVIEW),
            Claim(
                text="27,441 to 18,235 girls and women, April 2018 to March 2023: 33.5% fewer",
                source=replace(NCL, basis=Basis.DERIVED, note="Worked out from the two counts."),
            ),
        ),
        handling="35% is kept as reported, with an unknown period. The tracker works out a "
        "reduction only from two counts with their dates.",
    ),
)

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Valproate",
    purpose="Help ICBs to make the use of valproate as safe as possible: no harm to babies in the "
    "womb, the best personalised care, and no avoidable deaths from epilepsy or bipolar disorder.",
    parent="Medicines Safety Improvement Programme",
    lead="NHS England national team",
    unit_of_adoption="ICB, with specialist services and practices",
    settings="Neurology, mental health, learning disability, primary care, maternity and pharmacy",
    status=ProgrammeStatus.ACTIVE,
    status_note="Launched in November 2023. What follows after the changes at NHS England has not "
    "been confirmed.",
    aims=AIMS,
    aim_template="Reduce {measure} in {ICB} from {baseline} to {target} by {date}, with no rise in "
    "{balancing measure}",
    reference_lists=(CONTEXT,),
    contradictions=CONTRADICTIONS,
    open_questions=(
        "Age limits of childbearing age in the national count.",
        "The period of the 35% reduction that the overview page prints.",
        (
            "How many babies were protected: no source gives a rate, so the tracker does not work "
            "it out."
        ),
        (
            "The rule on two specialists, its age limit and its exceptions: to be confirmed "
            "against the regulator's text."
        ),
        "Status of the programme after the changes at NHS England.",
    ),
    source=overview("The settings are this product's."),
)
