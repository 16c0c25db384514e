"""Pages of the calendar feed and of the weekly message; two of them need no sign-in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work, utcnow
from tracker.limits import services as limits
from tracker.limits.domain import Limit, seconds_of
from tracker.pages import done, page
from tracker.permissions import Permission, public, requires
from tracker.safe.dates import today

from . import queries, services
from .domain import calendar

bp = Blueprint("agenda", __name__, template_folder="templates")

PER_CALENDAR = Limit("calendar.feed", most=60, within=timedelta(hours=1))
"""A calendar program asks a few times a day; some ask every minute while one looks at them."""
PER_ADDRESS = Limit("calendar.address", most=300, within=timedelta(minutes=15))
"""Tries of addresses that are nobody's. A whole trust may share one network address."""


@bp.get("/calendar/<secret>.ics")
@public
def feed(secret: str) -> ResponseReturnValue:
    """A person's calendar, for a calendar program: it cannot sign in, and whoever has the address
    has the calendar. What its person may read is asked anew at each fetch."""
    reader = queries.reader_of(secret)
    counted = (PER_ADDRESS, request.remote_addr or "") if reader is None else (PER_CALENDAR, secret)
    with unit_of_work():
        wait = limits.wait(counted)
        if wait is None:
            limits.count(counted)
    if wait is not None:
        answer = Response("Too many requests\n", 429, mimetype="text/plain")
        answer.headers["Retry-After"] = str(seconds_of(wait))
        return answer
    # Read again: a unit of work lets go of what was read before it.
    reader = queries.reader_of(secret)
    if reader is None:
        abort(404)
    body = calendar(queries.events(reader, today()), name="QI Tracker", stamp=utcnow())
    return Response(body, content_type="text/calendar; charset=utf-8")


@bp.get("/account/calendar")
@requires(Permission.SIGNED_IN)
def settings() -> ResponseReturnValue:
    """My calendar address and my weekly message."""
    return _settings()


@bp.post("/account/calendar/make")
@requires(Permission.SIGNED_IN)
def make() -> ResponseReturnValue:
    """Make a calendar address, and show it this once. One that was there is closed."""
    with unit_of_work():
        secret = services.make_feed(current_user)
    return _settings(queries.settings().base_url + url_for(".feed", secret=secret))


@bp.post("/account/calendar/end")
@requires(Permission.SIGNED_IN)
def end() -> ResponseReturnValue:
    """Close my calendar address."""
    with unit_of_work():
        services.end_feed(current_user)
    return done(url_for(".settings"), announce="Your calendar address is closed")


def _settings(shown: str | None = None) -> Response:
    return page(
        "agenda/settings.html",
        feed=queries.feed_of(current_user),
        shown=shown,
        wants_messages=queries.wants_messages(current_user),
    )


@bp.post("/account/weekly-message/stop")
@requires(Permission.SIGNED_IN)
def stop_mine() -> ResponseReturnValue:
    """Send me no weekly message any more."""
    with unit_of_work():
        services.stop_messages(current_user)
    return done(url_for(".settings"), announce="You get no weekly message any more")


@bp.post("/account/weekly-message/start")
@requires(Permission.SIGNED_IN)
def start_mine() -> ResponseReturnValue:
    """Send me the weekly message again."""
    with unit_of_work():
        services.start_messages(current_user)
    return done(url_for(".settings"), announce="You get the weekly message again")


@bp.route("/weekly-message/stop/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """The link in a weekly message. Opening it stops nothing: mail scanners open links too."""
    reader = queries.may_stop(token)
    if reader is None:
        return page("agenda/stop.html", status=404, state="unknown", token=token)
    if request.method == "GET":
        return page("agenda/stop.html", state="asked", token=token)
    with unit_of_work():
        services.stop_messages(reader)
    return page("agenda/stop.html", state="stopped", token=token)
