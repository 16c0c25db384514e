"""The pages of a programme: its heart first, and a page for each kind of thing it also brings."""

from __future__ import annotations

from enum import StrEnum

from tracker.plugin_api import (
    CaseStudyTemplate,
    ChangeIdea,
    CompositeMeasure,
    Definition,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    GlossaryTerm,
    ImpactCalculator,
    Measure,
    Pathway,
    ProgrammeEvent,
    Rubric,
    SelfAssessment,
    StakeholderSuggestion,
)

from .contents import Contents


class Part(StrEnum):
    """A page of a programme beside the first, by its word in the address."""

    MEASURES = "measures"
    LEVELS = "levels"
    CHANGE = "change-package"
    FORMS = "forms"
    JOINING = "joining"
    IMPACT = "impact"
    WORDS = "words"
    SOURCES = "sources"

    @property
    def label(self) -> str:
        """As the bar of pages names it."""
        return LABELS[self]

    @property
    def heading(self) -> str:
        """As the page is headed."""
        return HEADINGS.get(self, self.label)


LABELS = {
    Part.MEASURES: "Measures",
    Part.LEVELS: "Levels",
    Part.CHANGE: "Change package",
    Part.FORMS: "Forms",
    Part.JOINING: "Joining",
    Part.IMPACT: "Impact",
    Part.WORDS: "Words",
    Part.SOURCES: "Sources",
}
HEADINGS = {
    Part.LEVELS: "Levels and phases",
    Part.JOINING: "Joining and events",
    Part.WORDS: "People, lists and words",
}
HOLDS: dict[Part, tuple[type[Definition], ...]] = {
    Part.MEASURES: (Measure, CompositeMeasure),
    Part.LEVELS: (Rubric, Pathway),
    Part.CHANGE: (DriverDiagramTemplate, ChangeIdea),
    Part.FORMS: (CaseStudyTemplate, SelfAssessment),
    Part.JOINING: (ExpressionOfInterest, ProgrammeEvent),
    Part.IMPACT: (ImpactCalculator,),
    Part.WORDS: (StakeholderSuggestion, GlossaryTerm),
}


def parts_of(contents: Contents) -> list[Part]:
    """The pages that have something on them."""
    return [part for part in Part if _has(contents, part)]


def _has(contents: Contents, part: Part) -> bool:
    if part is Part.SOURCES:
        return True
    programme = contents.programme
    if part is Part.WORDS and programme is not None and programme.reference_lists:
        return True
    return any(isinstance(one, HOLDS[part]) for one in contents.definitions)
