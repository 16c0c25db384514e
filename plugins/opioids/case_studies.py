"""Forms of a case study, with headings in the order in which the national report prints them."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Block, CaseStudyTemplate, Heading

from .sources import REPORT

CODEVELOPMENT = CaseStudyTemplate(
    key="medsip_codevelopment",
    programme="opioids",
    title="Co-development",
    headings=(
        Heading(
            key="background",
            text="Background",
            prompt="Who you are, the system, the event or data that set the priority, and what "
            "was missing.",
        ),
        Heading(
            key="what_happened",
            text="What happened",
            prompt="How options were looked for, who advised and what was made. List each "
            "product with one line.",
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
            prompt="What helped, each with an example. Say where lived experience changed the "
            "product.",
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
    ),
    source=replace(
        REPORT, note="Headings are those of case study 1; the guidance under each is ours."
    ),
)

TEMPLATES = (CODEVELOPMENT,)
