"""The one blueprint that all pages of the stakeholder map hang on."""

from __future__ import annotations

from flask import Blueprint, url_for

bp = Blueprint("stakeholders", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/stakeholders"


def home(project_id: int, stakeholder_id: int | None = None) -> str:
    """Where the map is; with a stakeholder, at their line of the table."""
    at = f"#s{stakeholder_id}" if stakeholder_id is not None else ""
    return url_for("stakeholders.index", project_id=project_id) + at
