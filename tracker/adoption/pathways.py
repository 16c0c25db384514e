"""Pathways: phases that overlap, when each runs, and how many organisations are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from tracker.charts.shares import level_bar
from tracker.charts.timeline import Months, month_heads, months_of, phase_line
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import Option, day, done, month, page
from tracker.permissions import Permission, can, requires, roles_on
from tracker.plugin_api import Arrival, Medium, Pathway, Phase, PhaseStatus
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import queries, records, rollups, services
from .blueprint import AT, UNIT, bp, place_of
from .forms import PhaseForm
from .models import PhaseMark
from .pairs import rates, reads
from .wording import capital

SHADE = {
    PhaseStatus.COMPLETE: 7,
    PhaseStatus.IN_PROGRESS: 5,
    PhaseStatus.ONBOARDING: 4,
    PhaseStatus.DELAYED: 2,
    PhaseStatus.NOT_STARTED: 0,
}
"""The shade of a status in the bar of counts."""
NEAR = timedelta(days=180)
BEGUN = (PhaseStatus.COMPLETE, PhaseStatus.IN_PROGRESS)

Marks = Mapping[tuple[int, str], PhaseMark]


@dataclass(frozen=True, slots=True)
class Line:
    """One phase."""

    phase: Phase
    when: str
    drawing: Markup | None
    counts: Sequence[tuple[PhaseStatus, int]] = ()
    bar: Markup | None = None
    mark: PhaseMark | None = None

    @property
    def status(self) -> PhaseStatus:
        """How it stands at one organisation; unmarked it has not begun."""
        return self.mark.status if self.mark else PhaseStatus.NOT_STARTED


@bp.get(f"{AT}/pathways/<pathway>")
@requires(Permission.PROGRAMME_READ)
def pathway(key: str, pathway: str) -> ResponseReturnValue:
    """When each phase runs, and where the organisations in scope are."""
    place, now = place_of(key), today()
    path = place.pathway(pathway)
    psc = parse_id(request.args.get("psc", ""))
    units = queries.units(key, now, kinds=rollups.RATED.get(path.applies_to), under=psc)
    marks = records.phases_now(queries.copies(path), now)
    months = _months(_planned(path), now)
    arrived = None
    if path.arrival is not None:
        arrived = sum(has_arrived(path.arrival, marks, unit.id) for unit in units)
    return page(
        "adoption/pathway.html",
        place=place,
        pathway=path,
        units=units,
        arrived=arrived,
        on=now,
        heads=month_heads(months) if months else None,
        lines=[_counted(path, phase, units, marks, months, now) for phase in path.phases],
        statuses=path.statuses,
        status_words=status_words,
        pscs=queries.collaboratives(key, now),
        psc=psc,
        below=True,
    )


@bp.get(f"{UNIT}/phases/<pathway>")
@reads
def phases(unit: Organisation, key: str, pathway: str) -> ResponseReturnValue:
    """The phases of one organisation, with its own dates."""
    place, now = place_of(key), today()
    path = place.pathway(pathway)
    ids = queries.copies(path)
    marks = records.phases_now(ids, now, organisation_id=unit.id)
    own = [d for mark in marks.values() for d in (mark.starts_on, mark.ends_on) if d]
    months = _months([*_planned(path), *own], now)
    return page(
        "adoption/phases.html",
        place=place,
        unit=unit,
        pathway=path,
        on=now,
        heads=month_heads(months) if months else None,
        lines=[_own(phase, marks.get((unit.id, phase.key)), months, now) for phase in path.phases],
        has_arrived=path.arrival is not None and has_arrived(path.arrival, marks, unit.id),
        history=records.phase_history(ids, unit.id),
        titles={phase.key: phase.title for phase in path.phases},
        status_words=status_words,
        may_rate=can(current_user, Permission.ADOPTION_RATE, unit),
        is_inside=bool(roles_on(current_user, unit)),
    )


@bp.route(f"{UNIT}/phases/<pathway>/<phase>", methods=["GET", "POST"])
@rates
def mark_phase(unit: Organisation, key: str, pathway: str, phase: str) -> ResponseReturnValue:
    """Say how a phase stands at an organisation: a row is added."""
    place, now = place_of(key), today()
    path = place.pathway(pathway)
    found = next((one for one in path.phases if one.key == phase), None)
    if found is None:
        abort(404)
    marks = records.phases_now(queries.copies(path), now, organisation_id=unit.id)
    held = marks.get((unit.id, phase))
    home = url_for(".phases", key=key, organisation_id=unit.id, pathway=pathway)
    form = open_form(
        PhaseForm,
        f"pathway/{path.ref}/{unit.id}/{phase}",
        initial=lambda: {
            "on": now,
            "status": held.status if held else None,
            "starts_on": held.starts_on if held else None,
            "ends_on": held.ends_on if held else None,
        },
    )
    form.status.options = [Option(one.value, status_words(one)) for one in path.statuses]
    if form.accepted():
        start, end = form.starts_on.data, form.ends_on.data
        if start is None or end is None or start <= end:

            def write() -> str:
                services.mark_phase(
                    unit,
                    path,
                    phase,
                    form.status.filled,
                    on=form.on.filled,
                    by=current_user,
                    path=found.path.value,
                    starts_on=start,
                    ends_on=end,
                    note=form.note.data,
                )
                return home

            return done(form.create(write), announce="The phase is marked")
        form.refuse("ends_on", "The end must be on or after the beginning")
    return form_page(
        "adoption/mark_phase.html",
        form,
        place=place,
        unit=unit,
        pathway=path,
        phase=found,
        home=home,
    )


def status_words(status: PhaseStatus) -> str:
    """`In progress`."""
    return capital(status.value.replace("_", " "))


def has_arrived(arrival: Arrival, marks: Marks, unit: int) -> bool:
    """Whether the phases that have to be complete are, and those that have to be begun."""

    def status(phase: str) -> PhaseStatus | None:
        mark = marks.get((unit, phase))
        return mark.status if mark else None

    return all(status(one) is PhaseStatus.COMPLETE for one in arrival.complete) and all(
        status(one) in BEGUN for one in arrival.begun
    )


def _months(days: list[date], now: date) -> Months | None:
    """The months to draw; today is on the line while it is near, and never stretches it far."""
    if days and now <= max(days) + NEAR:
        days = [*days, now]
    return months_of(days)


def _planned(path: Pathway) -> list[date]:
    return [d for phase in path.phases for d in (phase.starts_on, phase.ends_on) if d]


def _counted(
    path: Pathway,
    phase: Phase,
    units: Sequence[queries.Unit],
    marks: Marks,
    months: Months | None,
    now: date,
) -> Line:
    found: Counter[PhaseStatus] = Counter()
    for unit in units:
        mark = marks.get((unit.id, phase.key))
        found[mark.status if mark else PhaseStatus.NOT_STARTED] += 1
    order = sorted(path.statuses, key=lambda one: -SHADE[one])
    return Line(
        phase,
        planned_words(phase),
        phase_line(months, now, phase.starts_on, phase.ends_on) if months else None,
        counts=[(status, found[status]) for status in order],
        bar=level_bar([(SHADE[status], found[status]) for status in order]),
    )


def _own(phase: Phase, mark: PhaseMark | None, months: Months | None, now: date) -> Line:
    start = mark.starts_on if mark else None
    end = mark.ends_on if mark else None
    words = planned_words(phase)
    if start or end:
        words = " to ".join(day(one) if one else "open" for one in (start, end))
    return Line(
        phase,
        words,
        phase_line(months, now, start or phase.starts_on, end if start else phase.ends_on)
        if months
        else None,
        mark=mark,
    )


def planned_words(phase: Phase) -> str:
    """`September to December 2022`, `Months 1 to 3`, `On paper`."""
    said = []
    if phase.starts_on:
        end = month(phase.ends_on) if phase.ends_on else "no end given"
        said.append(f"{month(phase.starts_on)} to {end}")
    if phase.starts_month:
        last = f" to {phase.ends_month}" if phase.ends_month else " onwards"
        said.append(f"months {phase.starts_month}{last} of the guide")
    if phase.path is not Medium.ANY:
        said.append("on paper" if phase.path is Medium.PAPER else "digital")
    return capital("; ".join(said))
