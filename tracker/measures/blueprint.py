"""The pages of measures, however many files they are written in."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("measures", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/measures"
ONE = f"{BASE}/<id:measure_id>"
