"""The page of search."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db.search import LONGEST_QUESTION
from tracker.pages import page
from tracker.permissions import Permission, requires

from . import queries

bp = Blueprint("search", __name__, template_folder="templates")


@bp.get("/search")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """What one may read that has these words; the question is in the address."""
    asked = request.args.get("q", "")[:LONGEST_QUESTION].replace("\0", " ").strip()
    number = request.args.get("page", "")[:10]
    found = queries.find(
        current_user, asked, int(number) if number.isascii() and number.isdigit() else 1
    )
    return page(
        "search/index.html",
        partial="search/_results.html",
        asked=asked,
        found=found,
        link=lambda n: url_for(".index", q=asked, page=n),
    )
