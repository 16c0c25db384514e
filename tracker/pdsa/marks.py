"""Cycles as marks on the lane under a chart."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from tracker.charts.domain import Mark
from tracker.projects.models import Project

from . import queries


def of_project(project: Project) -> Sequence[Mark]:
    """Every cycle of a project, from the day it starts to the day it ends."""
    return [
        Mark(
            cycle.number,
            cycle.title,
            cycle.starts_on,
            cycle.ends_on,
            url_for("pdsa.show", project_id=project.id, cycle_id=cycle.id),
            cycle.id,
        )
        for cycle in queries.cycles(project)
    ]
