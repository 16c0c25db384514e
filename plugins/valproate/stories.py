"""The co-development form, with what is asked besides in this programme."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import CaseStudyTemplate
from tracker.plugin_api.common import PROGRESS_REPORT, codevelopment

BESIDES = {
    "what_happened": "Say how people were found in primary care and in specialist records.",
    "worked_well": "Say who decided, and how risk was shared.",
    "challenging": "Say what happened to those for whom a change was not safe.",
}


def _template() -> CaseStudyTemplate:
    common = codevelopment("valproate")
    return replace(
        common,
        headings=tuple(
            replace(one, prompt=f"{one.prompt} {BESIDES[one.key]}") if one.key in BESIDES else one
            for one in common.headings
        ),
        source=replace(
            PROGRESS_REPORT,
            code="S002, DES",
            note="Headings are those of case study 1 on opioids; the guidance under each is ours.",
        ),
    )


TEMPLATES = (_template(),)
