"""The poster of a ward, and the account that a person leads."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import CaseStudyTemplate
from tracker.plugin_api.common import PROGRESS_REPORT, lived_experience, poster

P = "mental_health_restrictive_practice"
CONSENT = "Ask for explicit consent first, and leave out whatever could identify anyone."


def _account() -> CaseStudyTemplate:
    common = lived_experience(P)
    first, *others = common.headings
    return replace(
        common,
        headings=(replace(first, prompt=f"{CONSENT} {first.prompt}"), *others),
        source=replace(
            PROGRESS_REPORT,
            code="S002, DES",
            note="The order is that of case study 4 on opioids, which has no headings; the "
            "guidance is ours.",
        ),
    )


TEMPLATES = (poster(P), _account())
