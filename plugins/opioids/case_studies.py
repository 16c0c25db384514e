"""Forms of a case study, with headings in the order in which the national report prints them."""

from __future__ import annotations

from tracker.plugin_api import Block, CaseStudyTemplate, Heading
from tracker.plugin_api.common import codevelopment, lived_experience, poster, workshop

from .sources import REPORT, P, noted

COLLABORATIVE_SETUP = CaseStudyTemplate(
    key="medsip_collaborative_setup",
    programme=P,
    title="Setting up a collaborative",
    headings=(
        Heading(
            key="opening",
            text="",
            prompt="The area, why at scale, the offer and its format, and who takes part.",
        ),
        Heading(
            key="key_enablers",
            text="Key enablers",
            prompt="Skills, clinical lead, sponsor, dates set early, a named place lead, clear "
            "expectations and work beforehand, a shared space.",
            block=Block.LIST,
        ),
        Heading(
            key="challenges",
            text="Challenges",
            prompt="Limits of the format, teams at different stages.",
            block=Block.LIST,
        ),
        Heading(
            key="progress",
            text="",
            prompt="Progress to date: launch and first workshop, what was covered, what teams "
            "began.",
        ),
        Heading(
            key="feedback",
            text="",
            prompt="Sharing and feedback: how learning travelled, with what people said.",
        ),
        Heading(key="closing", text="", prompt="Thanks."),
    ),
    source=noted(
        REPORT,
        "The order is that of case study 3, where four of the parts have no heading of their own. "
        "The guidance is ours.",
    ),
)

TEMPLATES = (
    codevelopment(P),
    workshop(P),
    COLLABORATIVE_SETUP,
    lived_experience(P),
    poster(P),
)
