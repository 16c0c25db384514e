"""The blueprint that the pages of cycles share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pdsa", __name__, template_folder="templates")
