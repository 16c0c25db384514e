"""Entering figures by hand: the grid of periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts import services as drafts
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done
from tracker.permissions import Permission, requires
from tracker.plugin_api import Cadence
from tracker.safe.dates import (
    DateStyle,
    NotADate,
    first_day,
    likely_style,
    name_period,
    parse_day,
    today,
)

from . import domain, queries, services
from .blueprint import ONE, bp
from .grid import MOST, GridForm, rows_of, window
from .models import Measure
from .recording import Counts

SENT = "rows-{}-period"
CALENDAR = (date(1900, 1, 1), date(2199, 12, 31))
"""Days for which there is a page before and a page after."""


@bp.route(f"{ONE}/enter", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def enter(measure: Measure) -> ResponseReturnValue:
    """Type the figures of several periods."""
    day = today()
    held = {f.period: f for f in queries.points(measure)}
    key = f"points/{measure.id}"
    start = _asked(request.args.get("from", ""))
    periods = _periods(measure, _sent(key, is_chosen=start is not None))
    if periods is None:
        periods = window(measure, held, day, start)
    listed = periods

    def initial() -> Mapping[str, Any]:
        now = {f.period: f for f in queries.points(measure)}
        rows = rows_of(measure, now, listed)
        for row, when in zip(rows[len(listed) :], _typed(measure), strict=False):
            # Of a day that was typed anew here, what somebody else may have entered meanwhile.
            if when in now:
                row |= rows_of(measure, now, [when])[0] | {"period": "", "when": row["when"]}
        return {"rows": rows, "version": services.figures(measure).version}

    if start is not None and request.method == "GET":
        # Another stretch of the calendar: what is kept of the first one stays kept.
        key = f"{key}/{start.isoformat()}"
    form = open_form(GridForm, key, initial=initial, record=services.figures(measure))
    form.fit(measure, held, day)
    if form.accepted():
        told: list[Counts] = []

        def write() -> None:
            told.append(
                services.add_points(
                    measure, form.filled, by=current_user, source="grid", remove=form.removed
                )
            )

        if form.save(write):
            said = "Nothing changed: all of it was held already"
            if not told[-1].changes_nothing:
                said = f"Figures saved: {told[-1].words}"
            url = url_for(".show", project_id=measure.project_id, measure_id=measure.id)
            return done(url, announce=said)
    return form_page(
        "measures/enter.html",
        form,
        project=measure.project,
        measure=measure,
        is_dated=measure.cadence is Cadence.PER_EVENT,
        name_of=lambda text: _named(text, measure),
        earlier=_earlier(measure, listed),
        later=_later(measure, listed, day),
    )


def _typed(measure: Measure) -> list[date | None]:
    """The days typed into rows for new events, in their order."""
    if request.method != "POST" or measure.cadence is not Cadence.PER_EVENT:
        return []
    sent = [at for at in range(MOST * 2) if request.form.get(SENT.format(at)) == ""]
    return [_day_in(request.form.get(f"rows-{at}-when", "")) for at in sent]


def _day_in(text: str) -> date | None:
    style = likely_style([text])
    try:
        return parse_day(text, style) if style is not None else None
    except NotADate:
        return None


def _asked(text: str) -> date | None:
    try:
        day = parse_day(text, DateStyle.DAY_ISO)
    except NotADate:
        return None
    return day if CALENDAR[0] <= day <= CALENDAR[1] else None


def _named(text: str, measure: Measure) -> str:
    """A row's period in words; as it was sent when it is no day."""
    day = _asked(text)
    return text if day is None else name_period(day, measure.cadence)


def _sent(key: str, *, is_chosen: bool) -> Iterable[str] | None:
    """The periods of the form as it was sent, or as it is kept; None for a fresh one."""
    if request.method == "POST":
        fields: Mapping[str, Any] = request.form.to_dict(flat=False)
    else:
        draft = None if is_chosen else drafts.find(current_user, key)
        if draft is None:
            return None
        fields = draft.body
    return [text for at in range(MOST * 2) for text in fields.get(SENT.format(at), [])]


def _periods(measure: Measure, texts: Iterable[str] | None) -> list[date] | None:
    if texts is None:
        return None
    days = [_asked(text) for text in texts]
    return [first_day(d, measure.cadence) for d in days if d is not None]


def _earlier(measure: Measure, listed: list[date]) -> date | None:
    """Where the page before this one begins."""
    if not listed or measure.cadence is Cadence.PER_EVENT:
        return None
    start = listed[0]
    for _ in range(MOST):
        start = domain.preceding(start, measure.cadence)
    return start


def _later(measure: Measure, listed: list[date], day: date) -> date | None:
    """Where the page after this one begins; None at the end of the calendar."""
    if not listed or measure.cadence is Cadence.PER_EVENT:
        return None
    after = domain.following(listed[-1], measure.cadence)
    last = min(day, measure.collected_until or day)
    return after if after <= last else None
