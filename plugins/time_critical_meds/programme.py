"""The programme: its purpose, who leads it, its aims, medicines with their windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.plugin_api import (
    Parameter,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
    Source,
    TeamRole,
    Workstream,
)

from .sources import (
    CLINICAL_PHARMACY,
    DESIGN,
    INVITATION,
    OVERVIEW,
    PARKINSONS_ON_TIME,
    PHARMACEUTICAL_JOURNAL,
    START,
    UNSOURCED,
    P,
    public,
)

AIMS = (
    ProgrammeAim(
        key="on_time",
        title="Critical medicines on time",
        text="People receive the critical medicines they need on time. No number is given. "
        "Explored from April 2024 to March 2027.",
        by=date(2027, 3, 31),
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="fewer_missed",
        title="Fewer delayed and omitted doses",
        text="Each trust in the collaborative reduces delayed and omitted doses of time critical "
        "medicines. Teams set their own figure.",
        source=INVITATION,
    ),
)


def _window(group: str, label: str, minutes: str, source: Source, *, is_ours: bool) -> Parameter:
    return Parameter(
        key=f"window_{group}",
        label=f"On time within: {label}",
        value=minutes,
        unit="minutes",
        provisional=is_ours,
        source=source,
    )


ON_TIME = public(PARKINSONS_ON_TIME)
LOCAL = replace(DESIGN, note="A start for trusts that have not set their own window.")

GROUPS = (
    # Key, title, minutes, source of the group.
    ("parkinsons", "Parkinson's medicines", "30", ON_TIME),
    ("insulin", "Insulin", "60", public(PHARMACEUTICAL_JOURNAL)),
    ("antiepileptic", "Anti-seizure medicines", "60", public(CLINICAL_PHARMACY)),
    ("anticoagulant", "Anticoagulants", "120", UNSOURCED),
    ("antimicrobial_sepsis", "First dose of antimicrobials in sepsis", "60", UNSOURCED),
    ("immunosuppressant", "Immunosuppressants after a transplant", "60", UNSOURCED),
    ("steroid_dependence", "Glucocorticoids in adrenal insufficiency", "60", UNSOURCED),
    ("clozapine_lithium", "Clozapine and lithium, in mental health trusts", "120", UNSOURCED),
    ("opioid_substitution", "Opioid substitution and regular strong opioids", "60", UNSOURCED),
)

WINDOWS = tuple(
    _window(
        key, title, minutes, source if source is ON_TIME else LOCAL, is_ours=source is not ON_TIME
    )
    for key, title, minutes, source in GROUPS
)

TEAM_ROLES = tuple(
    TeamRole(key=key, title=title, note=note, source=INVITATION)
    for key, title, note in (
        ("lead", "Lead", "Able and resourced to lead to the end of the collaborative."),
        ("exec_sponsor", "Executive sponsor", "Supports the project on the board."),
        ("data_member", "Data specialist", "Of the Business Intelligence or IT team."),
        ("qi_member", "QI lead", "Of the QI team, or equivalent."),
        ("involvement", "Patient Safety Partner", "Or a public voice partner, or a carer."),
    )
)

MEDICINE_GROUPS = ReferenceList(
    key="medicine_groups",
    title="Medicine groups",
    text="Each trust edits the list. A window belongs to the group in that trust; changing it "
    "starts a new baseline.",
    items=tuple(
        ReferenceItem(
            key=key,
            title=title,
            text=f"On time within {{window_{key}}}"
            + ("." if source is ON_TIME else ", unless the trust sets another window."),
            provisional=source is UNSOURCED,
            source=source,
        )
        for key, title, _, source in GROUPS
    ),
)

DOSE_OUTCOMES = ReferenceList(
    key="dose_outcomes",
    title="What becomes of a dose that is due",
    text="Every measure of doses uses these six.",
    source=DESIGN,
    items=(
        ReferenceItem(key="on_time", title="On time", text="Given within the window."),
        ReferenceItem(key="early", title="Early", text="Given before the window."),
        ReferenceItem(
            key="late", title="Late", text="Given after the window and before the next dose."
        ),
        ReferenceItem(
            key="omitted_unjustified",
            title="Omitted without a valid reason",
            text="Not given, and no valid clinical reason recorded.",
        ),
        ReferenceItem(
            key="omitted_justified",
            title="Omitted with a valid reason",
            text="Not given, and a valid clinical reason is recorded.",
        ),
        ReferenceItem(
            key="not_recorded",
            title="Not recorded",
            text="Nothing is entered. A blank counts as omitted without a valid reason.",
        ),
    ),
)

BENEFITS = ReferenceList(
    key="benefits",
    title="What is expected to get better",
    source=INVITATION,
    items=tuple(
        ReferenceItem(key=key, title=title)
        for key, title in (
            ("quality_of_life", "Quality of life of people on time critical medicines"),
            ("experience", "Experience of patients"),
            ("harm", "Harm to patients, including death"),
            ("length_of_stay", "Length of stay of people on time critical medicines"),
            ("errors", "Number of medication errors"),
            ("staff_time", "Staff time spent on putting things right after a missed dose"),
        )
    ),
)

BACKGROUND = ReferenceList(
    key="background",
    title="What the collaborative builds on",
    items=(
        ReferenceItem(
            key="appreciative_inquiry",
            title="Appreciative inquiry",
            text="October 2024 to March 2025: what had already been improved, and what worked "
            "well.",
            source=INVITATION,
        ),
        ReferenceItem(
            key="get_it_on_time",
            title="Get It On Time",
            text="The campaign of Parkinson's UK, which the programme supports.",
            source=OVERVIEW,
        ),
    ),
)

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Safer use of time critical medicines",
    purpose="Fewer delayed and omitted doses of medicines that do harm when they are not given on "
    "time.",
    parent="Medicines Safety Improvement Programme",
    lead="NHS Specialist Pharmacy Service (SPS) programme team",
    unit_of_adoption="intervention area",
    settings="Acute and mental health NHS trusts in England, in areas with an electronic "
    "prescribing and medicines administration (ePMA) system. The project is the trust's; change is "
    "tried in areas such as a ward or an emergency department.",
    status=ProgrammeStatus.ACTIVE,
    status_note="Running since 2024. The first collaborative runs from 8 July 2025 to at least the "
    "end of March 2026. What follows depends on funding and on changes in the NHS.",
    aims=AIMS,
    aim_template="Reduce {delayed|omitted} doses of {medicine_group} in {area} from {baseline}% to "
    "{target}% by {date}",
    workstreams=(
        Workstream(
            key="cohort_1",
            title="First collaborative",
            text="Trusts chosen in summer 2025, until at least 31 March 2026.",
            opened_on=START,
            source=INVITATION,
        ),
    ),
    team_roles=TEAM_ROLES,
    reference_lists=(MEDICINE_GROUPS, DOSE_OUTCOMES, BENEFITS, BACKGROUND),
    open_questions=(
        (
            "Which medicines and windows the programme asks for, if any: the sources name none. "
            "Only the window of Parkinson's medicines is taken from a public page."
        ),
        (
            'The "10 recommendations" of Parkinson\'s UK for hospitals were not read and are not '
            "repeated. A domain owner can put them in place of the readiness checklist."
        ),
        "Whether the progress score is the Progression Assessment Score of the national glossary.",
        "Whether and how the collaborative goes on after March 2026.",
        "No public driver diagram of this collaborative was found.",
    ),
    parameters=WINDOWS,
    source=replace(
        INVITATION,
        code="S000, S004, DES",
        note="The wider ambition and its dates are from the overview page of NHS England. The area "
        "as the unit of adoption, the classes of doses and the template of the aim are ours.",
    ),
)
