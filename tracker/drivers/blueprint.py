"""The one blueprint that all pages of driver diagrams hang on."""

from __future__ import annotations

from flask import Blueprint, url_for

bp = Blueprint("drivers", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/drivers"


def home(project_id: int, name: str = "") -> str:
    """Where the diagram is; with the name of a box, at that box."""
    return url_for("drivers.index", project_id=project_id) + (f"#b-{name}" if name else "")
