"""PDSA cycles: plan, do, study, act, and the ramp that one cycle makes with the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.comments import models as commented
    from tracker.measures.drawing import mark_sources
    from tracker.projects import dates
    from tracker.projects.access import register_part
    from tracker.projects.steps import register
    from tracker.safe.dates import name_period

    # The views add their pages to the one blueprint.
    from . import dates as own_dates
    from . import fields, log_views, marks, ramp_views, steps, views  # noqa: F401
    from .blueprint import bp
    from .models import CycleNote, PdsaCycle

    register_part(PdsaCycle, PdsaCycle.project)
    register_part(CycleNote, CycleNote.project)
    commented.subjects["pdsa_cycle"] = PdsaCycle
    commented.fields_of["pdsa_cycle"] = fields.fields_of
    if marks.of_project not in mark_sources:
        mark_sources.append(marks.of_project)
    app.register_blueprint(bp)
    register(app, *steps.RULES)
    dates.register(app, *own_dates.DATES)
    app.jinja_env.globals["period_words"] = lambda measure, day: name_period(day, measure.cadence)
