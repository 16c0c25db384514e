"""Pages about training given at a unit."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import Option, done, page
from tracker.permissions import Permission, can
from tracker.safe.dates import today

from . import records, services
from .blueprint import UNIT, Place, bp, place_of
from .forms import TrainingForm
from .models import TrainingRecord
from .pairs import rates, reads

AT = f"{UNIT}/training"
ALL = "all"
"""The choice that stands for every element."""


@bp.get(AT)
@reads
def training(unit: Organisation, key: str) -> ResponseReturnValue:
    """All training that was given at a unit for a programme."""
    place = place_of(key)
    may_rate = can(current_user, Permission.ADOPTION_RATE, unit)
    return page(
        "adoption/training.html",
        place=place,
        unit=unit,
        records=records.training(key, unit.id),
        titles=_titles(place),
        may_rate=may_rate,
        taken_back=records.training_taken_back(key, unit.id) if may_rate else (),
    )


@bp.route(f"{AT}/add", methods=["GET", "POST"])
@rates
def add_training(unit: Organisation, key: str) -> ResponseReturnValue:
    """Record training: who gave it, what, when, to how many of which role."""
    place = place_of(key)
    home = url_for(".training", key=key, organisation_id=unit.id)
    form = open_form(
        TrainingForm,
        f"training/{key}/{unit.id}",
        initial=lambda: {"on": today(), "element": ALL},
    )
    titles = _titles(place)
    form.element.options = [
        Option(ALL, "All of them"),
        *(Option(one, title) for one, title in titles.items()),
    ]
    if form.accepted():
        element = form.element.data

        def write() -> str:
            services.record_training(
                unit,
                programme=key,
                element=element if element in titles else "",
                given_by=form.given_by.data,
                what=form.what.data,
                on=form.on.filled,
                people=form.people.filled,
                role=form.role.data,
                by=current_user,
            )
            return home

        return done(form.create(write), announce="The training is recorded")
    return form_page(
        "adoption/add_training.html", form, place=place, unit=unit, home=home, titles=titles
    )


@bp.post(f"{AT}/<id:record_id>/take-back")
@rates
def take_back_training(unit: Organisation, key: str, record_id: int) -> ResponseReturnValue:
    """Take a training record back: ratings that rest on it keep its words."""
    with unit_of_work():
        record = _among(records.training(key, unit.id), record_id)
        services.take_back_training(record, by=current_user)
    return done(
        url_for(".training", key=key, organisation_id=unit.id),
        announce="The training record is taken back",
        undo=url_for(".restore_training", key=key, organisation_id=unit.id, deleted_id=record_id),
    )


@bp.post(f"{AT}/<id:deleted_id>/restore")
@rates
def restore_training(unit: Organisation, key: str, deleted_id: int) -> ResponseReturnValue:
    """Put a training record back that was taken back in the last 30 days."""
    with unit_of_work():
        record = _among(records.training_taken_back(key, unit.id), deleted_id)
        services.restore_training(record, by=current_user)
    return done(
        url_for(".training", key=key, organisation_id=unit.id),
        announce="The training record is there again",
    )


def _among(held: Sequence[TrainingRecord], record_id: int) -> TrainingRecord:
    return next((one for one in held if one.id == record_id), None) or abort(404)


def _titles(place: Place) -> dict[str, str]:
    """The elements of the programme, by key."""
    return {one.key: one.title for rubric in place.rubrics for one in rubric.elements}
