"""Scales, checklists, forms and sources that several national programmes share.

Each function gives a definition of the programme that asks, so that its ratings and roll-ups are
its own. What a level means here changes only with a new version.
"""

from .checklists import coach_review, key_enablers
from .forms import codevelopment, lived_experience, poster, workshop
from .scales import project_progress_score, psc_support_level, stage_of_adoption
from .sources import DESIGN, LAUNCH, OVERVIEW, PROGRESS_REPORT, UNSOURCED, public_page

__all__ = [
    "DESIGN",
    "LAUNCH",
    "OVERVIEW",
    "PROGRESS_REPORT",
    "UNSOURCED",
    "coach_review",
    "codevelopment",
    "key_enablers",
    "lived_experience",
    "poster",
    "project_progress_score",
    "psc_support_level",
    "public_page",
    "stage_of_adoption",
    "workshop",
]
