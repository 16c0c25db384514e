"""The library, and the pages, pictures and PDFs of what is published."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.blobs import services as blobs
from tracker.downloads import attachment
from tracker.pages import page
from tracker.permissions import Permission, public, requires
from tracker.programmes import queries as programmes
from tracker.safe.numbers import parse_id
from tracker.safe.text import clean

from . import paper, queries
from .domain import Intervention, Outcome, Setting
from .models import Published

bp = Blueprint("library", __name__, template_folder="templates")

ONE = "/case-studies/<uuid:uid>"
PDF = "application/pdf"
HIDDEN_FROM_SEARCH = "noindex, nofollow"


@bp.get("/case-studies")
@requires(Permission.CASE_STUDY_READ)
def index() -> ResponseReturnValue:
    """What teams tried, what happened, and what did not work; the filters are in the address."""
    asked = request.args
    filters = _filters()
    number = asked.get("page", "")[:10]
    found = queries.library(
        current_user, filters, int(number) if number.isascii() and number.isdigit() else 1
    )
    return page(
        "case_studies/library.html",
        partial="case_studies/_shelf.html",
        found=found,
        filters=filters,
        programmes=programmes.titles(),
        owners=queries.places(current_user),
        settings=[(each, each.label) for each in Setting],
        interventions=[(each, each.label) for each in Intervention],
        outcomes=[(each, each.label) for each in Outcome],
        link=lambda n: url_for(".index", **{**asked.to_dict(), "page": n}),
    )


def _filters() -> queries.Filters:
    asked = request.args

    def chosen(name: str, kind: Any) -> Any:
        return kind(asked[name]) if asked.get(name) in set(kind) else None

    return queries.Filters(
        text=asked.get("q", "")[:200],
        programme=clean(asked.get("programme", "")[:80]),
        setting=chosen("setting", Setting),
        intervention=chosen("intervention", Intervention),
        outcome=chosen("outcome", Outcome),
        failures=asked.get("failures") == "yes",
        place_id=parse_id(asked.get("place", "")),
    )


def readable(
    view: Callable[..., ResponseReturnValue],
) -> Callable[..., ResponseReturnValue]:
    """Let in who may read the copy at this address; a public one is for everybody.

    One that may not be read is not there: a stranger is asked to sign in either way, so that an
    address says nothing of whether it exists.
    """

    @wraps(view)
    def guarded(uid: uuid.UUID, **parts: Any) -> ResponseReturnValue:
        found = queries.published(uid)
        is_public = found is not None and queries.is_public(found)
        if found is None or not is_public:
            if not current_user.is_authenticated:
                refusal: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
                return refusal
            if found is None or not queries.may_read(current_user, found):
                abort(404)
        response = current_app.make_response(view(found, **parts))
        if not is_public or found.withdrawn_at is not None:
            response.headers["X-Robots-Tag"] = HIDDEN_FROM_SEARCH
        return response

    return public(guarded)


@bp.get(ONE)
@readable
def show(found: Published) -> ResponseReturnValue:
    """One case study as it was published; once withdrawn, that it was."""
    if found.withdrawn_at is not None:
        return page("case_studies/withdrawn.html", status=410, found=found)
    return page(
        "case_studies/show.html",
        found=found,
        body=found.body,
        newer=queries.newer(found),
        picture_url=_pictures(found),
    )


@bp.get(f"{ONE}/report.pdf")
@readable
def report(found: Published) -> ResponseReturnValue:
    """The same on A4."""
    return _paper(found, paper.report, "case study")


@bp.get(f"{ONE}/poster.pdf")
@readable
def poster(found: Published) -> ResponseReturnValue:
    """The same as an A3 poster."""
    return _paper(found, paper.poster, "poster")


@bp.get(f"{ONE}/pictures/<sha256>")
@readable
def picture(found: Published, sha256: str) -> ResponseReturnValue:
    """A picture of a published copy, for those who may read it."""
    _stands(found)
    if sha256 not in paper.hashes(found.body):
        abort(404)
    blob = blobs.by_hash(sha256) or abort(404)
    return blobs.answer(blob)


def _paper(found: Published, make: Callable[[Mapping[str, Any]], bytes], what: str) -> Response:
    _stands(found)
    return attachment(make(found.body), PDF, f"{found.title} {what}", "pdf")


def _stands(found: Published) -> None:
    if found.withdrawn_at is not None:
        abort(404)


def _pictures(found: Published) -> Callable[[Mapping[str, Any]], str]:
    def url(picture: Mapping[str, Any]) -> str:
        return url_for("library.picture", uid=found.uid, sha256=picture["sha256"])

    return url
