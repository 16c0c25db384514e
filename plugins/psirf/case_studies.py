"""The form of the case study on support for a trust, as the national report prints it."""

from __future__ import annotations

from tracker.plugin_api import Block, CaseStudyTemplate, Heading
from tracker.plugin_api.common import poster

from .sources import REPORT, noted

SUPPORT = CaseStudyTemplate(
    key="psirf_support",
    programme="psirf",
    title="Support for a trust",
    headings=(
        Heading(
            key="trust_support",
            text="Trust support",
            prompt="Which partners act together (collaborative, NHS England region, ICB), how the "
            "need was found, how the offer grew and was accepted. Title it with the collaborative, "
            'the topic and "PSIRF case study".',
        ),
        Heading(
            key="case_study",
            text="Case study",
            prompt="The trust's context and culture, the day of go-live, what was agreed, the "
            "steps of QI (even if not in sequence), events, feedback, training, the road map, and "
            "the benefit expected.",
        ),
        Heading(
            key="timeline",
            text="Timeline",
            prompt="A list with dates. In the report it stands inside the case study.",
            block=Block.LIST,
        ),
    ),
    source=noted(REPORT, "The first two headings are the report's; the guidance is ours."),
)

TEMPLATES = (SUPPORT, poster("psirf"))
