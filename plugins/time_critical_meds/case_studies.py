"""Forms of a case study: the poster for the Celebration Event, and a written account."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Block, Heading
from tracker.plugin_api.common import codevelopment, poster

from .sources import PROGRESS_REPORT, P

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

CODEVELOPMENT = replace(
    codevelopment(P),
    headings=(*codevelopment(P).headings, *EXTRA),
    source=replace(
        PROGRESS_REPORT,
        code="S002, DES",
        note="Headings are those of a case study on opioids, as no source has one of this "
        "programme. The last five headings and all guidance are ours.",
    ),
)

TEMPLATES = (POSTER, CODEVELOPMENT)
