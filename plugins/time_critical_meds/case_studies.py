"""Forms of a case study: the poster for the Celebration Event, and a written account."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Block, CaseStudyTemplate, Heading
from tracker.plugin_api.common import REPORT, poster

from .sources import P

EXTRA = (
    Heading(
        key="medicines",
        text="Medicine groups and windows",
        prompt="Which medicines, and within how many minutes a dose counts as on time.",
        required=False,
    ),
    Heading(
        key="epma",
        text="ePMA system",
        prompt="Which system, in which areas.",
        required=False,
    ),
    Heading(
        key="patients",
        text="How patients shaped it",
        prompt="Who took part, and what became different because of them.",
        required=False,
    ),
    Heading(
        key="before_after",
        text="Before and after",
        prompt="One chart that shows both.",
        block=Block.CHART,
        required=False,
    ),
    Heading(
        key="exemplar",
        text="Exemplar",
        prompt="Which exemplar of the appreciative inquiry you adapted, and how.",
        required=False,
    ),
)

POSTER = replace(poster(P), headings=(*poster(P).headings, *EXTRA))

CODEVELOPMENT = CaseStudyTemplate(
    key="medsip_codevelopment",
    programme=P,
    title="Co-development",
    headings=(
        Heading(
            key="background",
            text="Background",
            prompt="Who you are, the event or data that set the priority, and what was missing.",
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
            prompt="Organisations and teams, and what each brought.",
            block=Block.LIST,
        ),
        Heading(
            key="worked_well",
            text="What worked well?",
            prompt="What helped, each with an example. Say where lived experience changed the "
            "work.",
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
        *EXTRA,
    ),
    source=replace(
        REPORT,
        code="S002, DES",
        note="Headings are those of a case study of another programme, as no source has one of "
        "this one. The last five headings and all guidance are ours.",
    ),
)

TEMPLATES = (POSTER, CODEVELOPMENT)
