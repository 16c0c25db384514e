"""Forms of a case study that several programmes use, with the headings of the national report."""

from __future__ import annotations

from dataclasses import replace

from ..case_study import Block, CaseStudyTemplate, Heading
from .sources import PROGRESS_REPORT


def poster(programme: str) -> CaseStudyTemplate:
    """The poster, which fits any project.

    >>> [heading.text for heading in poster("falls").headings][:2]
    ['SMART aim', 'Background']
    """
    return CaseStudyTemplate(
        key="poster",
        programme=programme,
        title="Poster",
        headings=_POSTER,
        source=replace(
            PROGRESS_REPORT,
            note="Headings are those of the posters in the report; the guidance under each is "
            "ours.",
        ),
    )


def codevelopment(programme: str) -> CaseStudyTemplate:
    """How a system made something together."""
    return CaseStudyTemplate(
        key="medsip_codevelopment",
        programme=programme,
        title="Co-development",
        headings=_CODEVELOPMENT,
        source=replace(
            PROGRESS_REPORT,
            note="Headings are those of case study 1 on opioids; the guidance under each is ours.",
        ),
    )


def workshop(programme: str) -> CaseStudyTemplate:
    """What a series of workshops set out to make, and what it left behind."""
    return CaseStudyTemplate(
        key="medsip_workshop",
        programme=programme,
        title="Workshop",
        headings=_WORKSHOP,
        source=replace(
            PROGRESS_REPORT,
            note="Headings are those of case study 2 on opioids; the guidance under each is ours.",
        ),
    )


def lived_experience(programme: str) -> CaseStudyTemplate:
    """A story led by the person or the group it is about, printed without headings."""
    return CaseStudyTemplate(
        key="medsip_lived_experience",
        programme=programme,
        title="Lived experience",
        headings=_LIVED_EXPERIENCE,
        source=replace(
            PROGRESS_REPORT,
            note="The order is that of case study 4 on opioids, which has no headings; the "
            "guidance is ours.",
        ),
    )


_POSTER = (
    Heading(key="aim", text="SMART aim", prompt="Measure, from, to, by when. It may hold two."),
    Heading(
        key="background",
        text="Background",
        prompt="The team or unit, how much it does in a year, and who it serves.",
    ),
    Heading(
        key="introduction",
        text="Introduction",
        prompt="Why it matters, the baseline, what existed already, and the project group.",
    ),
    Heading(
        key="methods",
        text="Methods",
        prompt="What data, over what period; the PDSA cycles and what they changed.",
    ),
    Heading(
        key="results",
        text="Results",
        prompt="The chart with its notes, and numbers with their denominators.",
        block=Block.CHART,
    ),
    Heading(
        key="conclusion",
        text="Conclusion",
        prompt="What changed, what comes next, and thanks to the team.",
    ),
)

_CODEVELOPMENT = (
    Heading(
        key="background",
        text="Background",
        prompt="Who you are, the system, the event or data that set the priority, and what was "
        "missing.",
    ),
    Heading(
        key="what_happened",
        text="What happened",
        prompt="How options were looked for, who advised and what was made. List each product "
        "with one line.",
    ),
    Heading(
        key="who_was_involved",
        text="Who was involved in the collaboration?",
        prompt="Organisations, and what each brought.",
        block=Block.LIST,
    ),
    Heading(
        key="worked_well",
        text="What worked well?",
        prompt="What helped, each with an example. Say where lived experience changed the product.",
        block=Block.LIST,
    ),
    Heading(
        key="challenging",
        text="What was challenging?",
        prompt="An honest short list.",
        block=Block.LIST,
    ),
    Heading(
        key="where_now",
        text="Where are we now (month, year)?",
        prompt="Status of each product, and dates of evaluation.",
        block=Block.LIST,
    ),
    Heading(
        key="summary",
        text="Summary",
        prompt="Why it matters, and where it could spread.",
    ),
)

_WORKSHOP = (
    Heading(
        key="workshop_aim",
        text="Workshop aim",
        prompt="One sentence: what will exist after the workshops.",
    ),
    Heading(
        key="background",
        text="Background",
        prompt="The area and its people, what the data said, why this level, and how the "
        "workshops ran.",
    ),
    Heading(
        key="outcome",
        text="Outcome",
        prompt="What was produced, who holds it, and what it will be used for.",
    ),
)

_LIVED_EXPERIENCE = (
    Heading(key="place", text="", prompt="The place: its people, geography and inequalities."),
    Heading(
        key="why_here",
        text="",
        prompt="Why here: the data that pointed here, and the support that was offered.",
    ),
    Heading(key="group", text="", prompt="The group: who is in it and who leads."),
    Heading(
        key="setback",
        text="",
        prompt="What slowed it down, and what was done another way.",
    ),
    Heading(
        key="idea",
        text="",
        prompt="The idea and whose it is: the person, the group, the example followed.",
    ),
    Heading(
        key="support",
        text="",
        prompt="Support given: planning, small grants, insurance, an instructor.",
    ),
    Heading(
        key="first_result",
        text="",
        prompt="The first result: date, number, what people said, and what data will not show yet.",
    ),
    Heading(key="advice", text="", prompt="Advice to others who want to do the same."),
)
