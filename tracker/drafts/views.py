"""Autosave, and forgetting a draft."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work, utcnow
from tracker.pages import done, safe_next
from tracker.permissions import Permission, requires
from tracker.safe.text import clean

from . import services

bp = Blueprint("drafts", __name__, template_folder="templates")

LONGEST_KEY = 200


def _key() -> str:
    key = clean(request.form.get("form_key", ""))
    if not key or len(key) > LONGEST_KEY:
        abort(400)
    return key


@bp.post("/drafts")
@requires(Permission.SIGNED_IN)
def keep() -> ResponseReturnValue:
    """Keep what has been typed so far; the record is not touched."""
    key = _key()
    if key.startswith(services.OWN):
        abort(400)
    with unit_of_work():
        # It may come in behind the save of the same form: what is in the record is no draft.
        if not services.is_done(current_user, request.form.get("idem_key", "")):
            services.keep(current_user, key, request.form.to_dict(flat=False))
    return render_template("drafts/_kept.html", at=utcnow())


@bp.post("/drafts/discard")
@requires(Permission.SIGNED_IN)
def discard() -> ResponseReturnValue:
    """Forget a draft and go back to the form as the record stands."""
    key = _key()
    with unit_of_work():
        services.drop(current_user, key)
    return done(safe_next(request.form.get("next")), announce="Draft thrown away")
