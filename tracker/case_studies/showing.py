"""What the page of a draft says of each heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tracker.charts.svg import on_paper
from tracker.plugin_api import CaseStudyTemplate, Heading

from . import drafting, freezing
from .domain import CaseStudyStatus, name_of
from .drafting import Draft, Facts
from .models import CaseStudy


@dataclass(frozen=True, slots=True)
class Told:
    """One heading of a draft as its page shows it."""

    heading: Heading
    name: str
    state: str
    """The shape and the word before it: drafted, written, or nothing yet."""
    words: str
    draft: Draft | None
    """What the project holds for it now."""
    has_moved_on: bool
    """The project has changed since it was drafted, and the words here were kept."""
    takes_charts: bool


def headings_of(case_study: CaseStudy, template: CaseStudyTemplate, facts: Facts) -> Sequence[Told]:
    """Each heading with its state and where its words came from."""
    charts_at = freezing.chart_heading(template)
    return [_told(case_study, heading, facts, charts_at) for heading in template.headings]


def _told(case_study: CaseStudy, heading: Heading, facts: Facts, charts_at: str) -> Told:
    now = drafting.draft_of(heading, facts)
    before = str(case_study.drafted.get(heading.key, ""))
    text = str(case_study.answers.get(heading.key, ""))
    if not text.strip():
        state, words = ("none", "Needs you") if heading.required else ("none", "May stay empty")
    elif text == before:
        state, words = "ok", "Drafted"
    else:
        state, words = "ok", "Written"
    return Told(
        heading=heading,
        name=name_of(heading),
        state=state,
        words=words,
        draft=now,
        has_moved_on=now is not None and now.text not in (before, text),
        takes_charts=heading.key == charts_at,
    )


def summary(headings: Sequence[Told]) -> tuple[str, str]:
    """What is there, and what needs a person: `4 of 6 headings have words.`, `Two need you.`"""
    empty = sum(1 for t in headings if t.words == "Needs you")
    there = sum(1 for t in headings if t.state == "ok")
    said = f"{there} of {len(headings)} headings have words."
    if not empty:
        return said, ""
    return said, f"{empty} {'needs' if empty == 1 else 'need'} you."


STATES = {
    CaseStudyStatus.DRAFT: "none",
    CaseStudyStatus.IN_REVIEW: "part",
    CaseStudyStatus.CHANGES_ASKED: "info",
    CaseStudyStatus.APPROVED: "ok",
    CaseStudyStatus.PUBLISHED: "ok",
}


def state_words(case_study: CaseStudy) -> tuple[str, str]:
    """The shape and the words of where it stands."""
    return STATES[case_study.status], case_study.status.label


def drawn_on_paper(drawing: str) -> Markup:
    """A frozen drawing as PDF takes it."""
    return as_frozen(on_paper(drawing))


def as_frozen(text: str) -> Markup:
    """Markup out of a frozen body: rendered text and drawings, made safe when they were made."""
    return Markup(text)  # noqa: S704 from `freezing` alone
