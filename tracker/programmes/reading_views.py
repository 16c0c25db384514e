"""Pages of what each programme brings, for everyone who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import utcnow
from tracker.downloads.answers import attachment
from tracker.organisations import queries as organisations
from tracker.organisations.models import Organisation
from tracker.pages import page
from tracker.permissions import Permission, can, requires
from tracker.plugin_api import ImpactCalculator, ProgrammeEvent
from tracker.plugin_host import current_host
from tracker.safe.dates import today

from . import impact, overriding, queries
from .blueprint import bp
from .calendar import KIND, calendar
from .contents import Contents, all_contents, contents_of
from .domain import is_closed
from .parts import Part, parts_of


@bp.get("/programmes")
@requires(Permission.PROGRAMME_READ)
def index() -> ResponseReturnValue:
    """Every programme there is, and what it brings."""
    day = today()
    return page(
        "programmes/index.html",
        programmes=all_contents(),
        is_closed=lambda programme: is_closed(programme, day),
        switchable=_switchable(),
    )


@bp.get("/programmes/<key>")
@requires(Permission.PROGRAMME_READ)
def show(key: str) -> ResponseReturnValue:
    """One programme: purpose, aims, measures, rubrics, phases, and who uses it."""
    contents = _contents(key)
    day = today()
    return page(
        "programmes/show.html",
        on_for=queries.switched_on(day).get(key, []),
        deviations=queries.deviations(key, day),
        **_around(contents, None),
    )


@bp.get("/programmes/<key>/<part>")
@requires(Permission.PROGRAMME_READ)
def part(key: str, part: str) -> ResponseReturnValue:
    """Another page of a programme: change package, forms, joining, impact, words, sources."""
    contents = _contents(key)
    wanted = next((one for one in parts_of(contents) if one.value == part), None)
    if wanted is None:
        abort(404)
    given: dict[str, Any] = _figures(contents) if wanted is Part.IMPACT else {}
    return page(
        f"programmes/part_{wanted.name.lower()}.html",
        now=utcnow(),
        **given,
        **_around(contents, wanted),
    )


@bp.get("/programmes/<key>/events.ics")
@requires(Permission.PROGRAMME_READ)
def events(key: str) -> Response:
    """Its events as a calendar file."""
    contents = _contents(key)
    found = contents.of(ProgrammeEvent)
    if not found:
        abort(404)
    host = request.host.partition(":")[0]
    body = calendar(contents.title, found, host=host, at=utcnow())
    return attachment(body, KIND, contents.title, "ics")


def _contents(key: str) -> Contents:
    contents = contents_of(key)
    if contents is None:
        abort(404)
    return contents


def _around(contents: Contents, part: Part | None) -> dict[str, Any]:
    """What every page of a programme shows around its own."""
    day = today()
    programme = contents.programme
    plugin = None
    if contents.is_loaded and programme is not None:
        plugin = current_host().plugin_of(programme).info
    # People read with the values of their own organisation; with several, of the one held longest.
    held = [m.organisation_id for m in current_user.active_memberships() if m.organisation_id]
    return {
        "contents": contents,
        "programme": programme,
        "plugin": plugin,
        "is_closed": programme is not None and is_closed(programme, day),
        "parts": parts_of(contents),
        "part": part,
        "read": overriding.reading_of(held[0] if held else None, contents.key, day),
    }


def _figures(contents: Contents) -> dict[str, Any]:
    """The calculators with the figures in the address, which are kept nowhere."""
    calculators = contents.of(ImpactCalculator)
    names = {f"{one.key}.{each.key}" for one in calculators for each in one.inputs}
    typed = {name: text for name, text in request.args.items() if name in names and text.strip()}
    every = [impact.worked(one, typed) for one in calculators]
    return {
        "figures": every,
        "typed": typed,
        "added": impact.added(every, request.args.get("first", ""), request.args.get("second", "")),
    }


def _switchable() -> Sequence[Organisation]:
    """Organisations for which this person can switch programmes, by their own role there."""
    if not can(current_user, Permission.PROGRAMME_SWITCH):
        return []
    held = [m.organisation_id for m in current_user.active_memberships() if m.organisation_id]
    return [
        one
        for one in organisations.by_ids(held)
        if can(current_user, Permission.PROGRAMME_SWITCH, one)
    ]
