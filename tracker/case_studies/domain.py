"""Case studies: where one stands, what may be done next, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.plugin_api import Heading
from tracker.safe.dates import name_day


class CaseStudyStatus(StrEnum):
    """Where a case study stands. Published copies stay whatever becomes of the draft."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _STATUSES[self]


_STATUSES = {
    CaseStudyStatus.DRAFT: "Draft",
    CaseStudyStatus.IN_REVIEW: "With the reviewer",
    CaseStudyStatus.CHANGES_ASKED: "Changes asked for",
    CaseStudyStatus.APPROVED: "Approved",
    CaseStudyStatus.PUBLISHED: "Published",
}


class Readers(StrEnum):
    """Who may read the published copy; each step adds people to the one before."""

    ORGANISATION = "organisation"
    NETWORK = "network"
    NATIONAL = "national"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _READERS[self]

    @property
    def said(self) -> str:
        """The same inside a sentence."""
        return f"{self.label[:1].lower()}{self.label[1:]}"

    def covers(self, other: Readers) -> bool:
        """Whether everybody whom `other` lets in is let in here too."""
        order = tuple(Readers)
        return order.index(self) >= order.index(other)


_READERS = {
    Readers.ORGANISATION: "Our organisation and PSC",
    Readers.NETWORK: "Organisations with the same programme",
    Readers.NATIONAL: "Everyone signed in",
    Readers.PUBLIC: "Anyone, without signing in",
}


class Outcome(StrEnum):
    """What came of it. Work that did not work is worth as much to the next team."""

    WORKED = "worked"
    PARTLY = "partly"
    DID_NOT = "did_not"
    TOO_EARLY = "too_early"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _OUTCOMES[self]

    @property
    def state(self) -> str:
        """The shape that stands before it."""
        return _SHAPES[self]


_OUTCOMES = {
    Outcome.WORKED: "It worked",
    Outcome.PARTLY: "It worked in part",
    Outcome.DID_NOT: "It did not work",
    Outcome.TOO_EARLY: "Too early to say",
}
_SHAPES = {
    Outcome.WORKED: "ok",
    Outcome.PARTLY: "part",
    Outcome.DID_NOT: "no",
    Outcome.TOO_EARLY: "none",
}


class Setting(StrEnum):
    """Where the work was done, in words that a library can be narrowed by."""

    ACUTE_WARD = "acute_ward"
    EMERGENCY = "emergency"
    MATERNITY = "maternity"
    CRITICAL_CARE = "critical_care"
    THEATRE = "theatre"
    OUTPATIENTS = "outpatients"
    PRIMARY_CARE = "primary_care"
    PHARMACY = "pharmacy"
    COMMUNITY = "community"
    CARE_HOME = "care_home"
    MENTAL_HEALTH = "mental_health"
    AMBULANCE = "ambulance"
    WHOLE_SYSTEM = "whole_system"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _SETTINGS[self]


_SETTINGS = {
    Setting.ACUTE_WARD: "Acute ward",
    Setting.EMERGENCY: "Emergency department",
    Setting.MATERNITY: "Maternity and neonatal",
    Setting.CRITICAL_CARE: "Critical care",
    Setting.THEATRE: "Theatre and surgery",
    Setting.OUTPATIENTS: "Outpatients",
    Setting.PRIMARY_CARE: "Primary care",
    Setting.PHARMACY: "Pharmacy",
    Setting.COMMUNITY: "Community services",
    Setting.CARE_HOME: "Care home",
    Setting.MENTAL_HEALTH: "Mental health",
    Setting.AMBULANCE: "Ambulance",
    Setting.WHOLE_SYSTEM: "Whole system",
    Setting.OTHER: "Another setting",
}


class Intervention(StrEnum):
    """The kind of change that was made. The list is ours."""

    PATHWAY = "pathway"
    CHECKLIST = "checklist"
    PROMPT = "prompt"
    EDUCATION = "education"
    EQUIPMENT = "equipment"
    DIGITAL = "digital"
    ROLE = "role"
    FEEDBACK = "feedback"
    CO_DESIGN = "co_design"
    CULTURE = "culture"
    COLLABORATIVE = "collaborative"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _INTERVENTIONS[self]


_INTERVENTIONS = {
    Intervention.PATHWAY: "A new or changed pathway",
    Intervention.CHECKLIST: "A guideline, bundle or checklist",
    Intervention.PROMPT: "A prompt or reminder",
    Intervention.EDUCATION: "Training and education",
    Intervention.EQUIPMENT: "Equipment or the place of things",
    Intervention.DIGITAL: "A digital system",
    Intervention.ROLE: "A new role or team",
    Intervention.FEEDBACK: "Data and feedback",
    Intervention.CO_DESIGN: "Work with patients and carers",
    Intervention.CULTURE: "Teamwork and safety culture",
    Intervention.COLLABORATIVE: "A learning collaborative",
    Intervention.OTHER: "Another kind of change",
}


class ReviewDecision(StrEnum):
    """What a reviewer says."""

    APPROVE = "approve"
    ASK_CHANGES = "ask_changes"


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote it, in the order in which they are named."""

    name: str
    job: str = ""


def name_of(heading: Heading) -> str:
    """What writers and reviewers call a heading; one that is printed without words has its key.

    >>> name_of(Heading(key="why_here", text=""))
    'Why here'
    """
    return heading.text or heading.key.replace("_", " ").capitalize()


def authors_in(lines: str) -> list[Author]:
    """Authors as they were typed: one a line, a name and after a comma what they are.

    >>> authors_in("A Nurse, ward manager\\n\\nB Midwife")
    [Author(name='A Nurse', job='ward manager'), Author(name='B Midwife', job='')]
    """
    found = []
    for line in lines.splitlines():
        name, _, job = line.partition(",")
        if name.strip():
            found.append(Author(" ".join(name.split()), " ".join(job.split())))
    return found


def citation(
    *,
    authors: Sequence[str],
    title: str,
    organisation: str,
    version: int,
    published_on: date,
    address: str,
) -> str:
    """The line others cite it by.

    >>> citation(authors=["A Nurse", "B Midwife"], title="Hurry up and wait",
    ...          organisation="Demo Trust", version=1, published_on=date(2023, 12, 20),
    ...          address="https://tracker.example/case-studies/7")
    'A Nurse, B Midwife (2023). Hurry up and wait. Demo Trust. Version 1, 20 December 2023. \
https://tracker.example/case-studies/7'
    """
    who = ", ".join(authors) or organisation
    where = f" {organisation}." if authors else ""
    return (
        f"{who} ({published_on.year}). {title.rstrip('.')}.{where} "
        f"Version {version}, {name_day(published_on)}. {address}"
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What publishing needs, and has or lacks. `readers` is who shall read it."""

    is_approved: bool
    readers: Readers
    consented: frozenset[Readers]
    may_be_public: bool
    lacks_words: tuple[str, ...] = ()
    """Headings that the form requires and that are empty, and other parts without words."""

    def missing(self) -> Iterator[str]:
        """A sentence for each thing that is still needed; none when it can be published."""
        for words in self.lacks_words:
            yield f"{words} has no words yet."
        if not self.is_approved:
            yield "A coach or PSC manager has not approved this text."
        if not any(given.covers(self.readers) for given in self.consented):
            yield f"Nobody has agreed to these readers: {self.readers.said}."
        if self.readers is Readers.PUBLIC and not self.may_be_public:
            yield "Your organisation has not said that its case studies may be public."
