"""Stages of adoption of each element at each site, and the score of a project."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api.common import (
    project_progress_score,
    stage_of_adoption,
)

from .elements import ELEMENTS
from .limits import ELEMENT_LIMITS

STAGE_OF_ADOPTION = replace(
    stage_of_adoption("matneo", elements=ELEMENTS), parameters=ELEMENT_LIMITS
)

RUBRICS = (
    STAGE_OF_ADOPTION,
    project_progress_score("matneo"),
)
