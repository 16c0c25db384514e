"""Adoption and progress: levels against a programme's rubrics, evidence, pathways, roll-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Make its tables known to the database."""
    from . import models

    app.extensions["qi_rated_tables"] = (models.Rating, models.PhaseMark)
