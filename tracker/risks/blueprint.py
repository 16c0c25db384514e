"""The one blueprint that all pages of a risk log hang on."""

from __future__ import annotations

from flask import Blueprint, url_for

bp = Blueprint("risks", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/risks"
ONE = f"{BASE}/<id:risk_id>"


def home(project_id: int) -> str:
    """Where the log is."""
    return url_for("risks.index", project_id=project_id)


def page_of(project_id: int, risk_id: int) -> str:
    """Where one risk is read."""
    return url_for("risks.show", project_id=project_id, risk_id=risk_id)
