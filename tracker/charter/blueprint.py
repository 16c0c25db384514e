"""The one blueprint that the pages of a charter, of equality and of co-production hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("charter", __name__, template_folder="templates")

PROJECT = "/projects/<id:project_id>"
