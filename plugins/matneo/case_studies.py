"""Forms of a case study, with headings in the order in which the national report prints them."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Block, CaseStudyTemplate, Heading
from tracker.plugin_api.common import poster

from .sources import REPORT, noted

NARRATIVE = CaseStudyTemplate(
    key="matneo_narrative",
    programme="matneo",
    title="Narrative",
    headings=(
        Heading(
            key="programme_aim",
            text="Programme aim",
            prompt="The national aims that this supports. Three points.",
            block=Block.LIST,
        ),
        Heading(
            key="problem",
            text="What problem were you trying to solve?",
            prompt="The element, who is eligible, and what the standard is. Two points.",
            block=Block.LIST,
        ),
        Heading(
            key="what_did_you_do",
            text="What did you do?",
            prompt="The team, the tools (driver diagram, stakeholder map) and the first actions. "
            "Three to five points.",
            block=Block.LIST,
        ),
        Heading(
            key="what_continued",
            text="What did you continue to do?",
            prompt="What kept running: teaching, equipment, involvement, spread to more units. "
            "Three to five points.",
            block=Block.LIST,
        ),
        Heading(
            key="how_did_it_go",
            text="How did it go?",
            prompt="The effect on the data, with the chart; teething troubles; what staff and "
            "families said. Three to five points.",
            block=Block.LIST,
        ),
        Heading(
            key="what_learned",
            text="What did you learn?",
            prompt="About teamwork, governance, data and the words used with families. Three to "
            "six points.",
            block=Block.LIST,
        ),
    ),
    source=noted(
        REPORT,
        "Headings are those of the two case studies of Wythenshawe; the guidance is ours. The "
        "fourth is printed once with dots and once with a question mark: here it is one.",
    ),
)

_OWN_PROMPTS = {
    "background": "Level of the unit, births and admissions a year, and who it serves.",
    "methods": "Data items, period, PDSA cycles and what they changed. Check that every date "
    "exists.",
    "conclusion": "What changed, what comes next, and thanks to the team. Use only numbers that "
    "the linked measure shows.",
}
_COMMON_POSTER = poster("matneo")
POSTER = replace(
    _COMMON_POSTER,
    headings=tuple(
        replace(one, prompt=_OWN_PROMPTS.get(one.key, one.prompt))
        for one in _COMMON_POSTER.headings
    ),
    source=noted(
        REPORT,
        "Headings are those of the five posters in the report, of which only the first has "
        "results. Their text is corrupted, so no number comes from them. The guidance "
        "is ours.",
    ),
)

TEMPLATES = (NARRATIVE, POSTER)
