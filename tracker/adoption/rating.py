"""The forms that rate a pair, a row of a unit, or a project as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import Base
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import Option, done
from tracker.pages.responses import notice
from tracker.permissions import GRANTS, Permission, roles_on
from tracker.plugin_api import AppliesTo, Rubric
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import evidence, queries, services, upgrading
from .blueprint import UNIT, Place, bp, element_of, place_of
from .domain import NOT_APPLICABLE, Rated, Side, in_force, is_fall, months_below, unmet
from .forms import (
    RateForm,
    RateRowForm,
    Rates,
    element_options,
    level_options,
    offer_training,
)
from .pairs import as_column, rates
from .services import Judgement
from .showing import Levels
from .wording import capital

RATE = f"{UNIT}/rate/<rubric>"


@bp.route(f"{RATE}/<element>", methods=["GET", "POST"])
@bp.route(RATE, methods=["GET", "POST"])
@rates
def rate(unit: Organisation, key: str, rubric: str, element: str = "") -> ResponseReturnValue:
    """Give one pair a level."""
    place = place_of(key)
    home = url_for(
        ".pair", key=key, organisation_id=unit.id, rubric=rubric, element=element or None
    )
    return rate_page(place, unit, place.rubric(rubric), element, of=unit, home=home)


def rate_page(
    place: Place,
    unit: Organisation,
    rubric: Rubric,
    element: str,
    *,
    of: Base,
    home: str,
    project: Project | None = None,
) -> ResponseReturnValue:
    """The form that rates a pair; `of` is what the person's role is held on."""
    part = element_of(rubric, element)
    whole = project if rubric.applies_to is AppliesTo.PROJECT else None
    if whole is None and queries.unit(place.key, unit.id, today()) is None:
        notice(f"{unit.name} is not in scope, so it cannot be rated", kind="information")
        return done(home)
    found = evidence.offered(place.key, unit, element, by=current_user)
    if whole is None:
        every = queries.of_unit(queries.copies(rubric), unit.id)
        ratings = [one for one in every if one.element == element]
        earlier = upgrading.of_pair(rubric, unit.id, element)
    else:
        said_of_it = queries.of_project(whole.id, queries.copies(rubric))
        ratings = [as_column(one) for one in said_of_it]
        earlier = upgrading.of_project(rubric, whole.id)
    held = _level_on(ratings, today())
    starts = held
    if earlier is not None:
        starts = earlier.proposed.key if earlier.proposed else None
    form = open_form(
        RateForm,
        f"progress/{whole.id}/{rubric.ref}"
        if whole
        else f"adoption/{rubric.ref}/{unit.id}/{element}",
        initial=lambda: {"on": today(), "level": starts},
    )
    form.level.options = level_options(rubric, not_applicable=True)
    form.offer(found)
    form.offer_sides(sides_of(of))
    if form.accepted():
        linked = evidence.linked(
            found,
            cycles=form.cycles.data,
            charts=form.charts.data,
            training=form.training.data,
            case_studies=form.case_studies.data,
            used_on=form.used_on.data,
            document=form.document.data,
            note=form.note.data,
        )
        lacking = _lacking(rubric, form, ratings, linked)
        if not _asks(form, rubric, ratings, lacking):

            def write() -> str:
                said = _judgement(form, linked, lacking)
                if whole is not None:
                    services.rate_project(whole, rubric, said, by=current_user)
                else:
                    services.rate(
                        unit, rubric, said, by=current_user, element=element, project=project
                    )
                return home

            return done(form.create(write), announce=_announced(lacking))
    return form_page(
        "adoption/rate.html",
        form,
        place=place,
        unit=unit,
        where=whole.title if whole else unit.name,
        rubric=rubric,
        element=part,
        home=home,
        earlier=earlier,
        held=Levels(rubric.stages).named(held) if held and earlier is None else None,
    )


@bp.route(f"{UNIT}/rate-several/<rubric>", methods=["GET", "POST"])
@rates
def rate_several(unit: Organisation, key: str, rubric: str) -> ResponseReturnValue:
    """Give several elements of one unit the same level at once."""
    place = place_of(key)
    scale = place.rubric(rubric)
    home = url_for(".unit", key=key, organisation_id=unit.id)
    if not scale.elements or queries.unit(key, unit.id, today()) is None:
        notice(f"Nothing can be rated at {unit.name} in one go", kind="information")
        return done(home)
    found = evidence.offered(key, unit, "", by=current_user)
    ratings = queries.of_unit(queries.copies(scale), unit.id)
    form = open_form(
        RateRowForm, f"adoption/{scale.ref}/{unit.id}", initial=lambda: {"on": today()}
    )
    form.level.options = level_options(scale, not_applicable=True)
    form.elements.options = _with_levels(scale, ratings)
    offer_training(form, found)
    form.offer_sides(sides_of(unit))
    if form.accepted():
        linked = evidence.linked(
            found,
            training=form.training.data,
            document=form.document.data,
            note=form.note.data,
        )
        of_element = {
            one: [rated for rated in ratings if rated.element == one] for one in form.elements.data
        }
        lacking = {one: _lacking(scale, form, own, linked) for one, own in of_element.items()}
        titles = {one.key: one.title for one in scale.elements}
        asked = [
            f"{titles[one]}: {why}"
            for one, own in of_element.items()
            for why in _why(form, scale, own, lacking[one])
        ]
        if not asked or form.reason.data:

            def write() -> str:
                said = {one: _judgement(form, linked, lacks) for one, lacks in lacking.items()}
                services.rate_row(unit, scale, said, by=current_user)
                return home

            counted = len(lacking)
            said = "1 element is" if counted == 1 else f"{counted} elements are"
            return done(form.create(write), announce=f"{said} rated")
        form.refuse("reason", f"Say why. {'; '.join(asked)}")
    return form_page(
        "adoption/rate_several.html",
        form,
        place=place,
        unit=unit,
        rubric=scale,
        home=home,
    )


def sides_of(thing: Base) -> list[Side]:
    """As whom this person may rate: their roles say. Whoever has both kinds chooses."""
    given = [GRANTS[role] for role in roles_on(current_user, thing)]
    raters = [one for one in given if Permission.ADOPTION_RATE in one]
    confirm = [Permission.ADOPTION_CONFIRM in one for one in raters]
    sides = {Side.TEAM: False in confirm, Side.COACH: True in confirm}
    return [side for side, may in sides.items() if may]


def _level_on(ratings: Sequence[Rated], on: date) -> str | None:
    held = next(iter(in_force(ratings, on).values()), None)
    return held.level if held else None


def _lacking(
    rubric: Rubric, form: Rates, ratings: Sequence[Rated], linked: evidence.Linked
) -> list[str]:
    months = months_below(rubric.stages, ratings, form.on.filled)
    return unmet(rubric.stages, form.level.filled, linked.shown, months)


def _why(
    form: Rates, rubric: Rubric, ratings: Sequence[Rated], lacking: Sequence[str]
) -> list[str]:
    """What a reason is asked for, in words."""
    level, before = form.level.filled, _level_on(ratings, form.on.filled)
    found = [f"not shown: {one}" for one in lacking]
    if is_fall(rubric.stages, before, level):
        held = Levels(rubric.stages).named(before or "")
        found.append(f"it falls from {held.score}, {held.label}")
    if level == NOT_APPLICABLE and before != NOT_APPLICABLE:
        found.append("it leaves the score")
    return found


def _asks(form: RateForm, rubric: Rubric, ratings: Sequence[Rated], lacking: Sequence[str]) -> bool:
    """A reason is needed and was not given: the form says which for."""
    asked = _why(form, rubric, ratings, lacking)
    if not asked or form.reason.data:
        return False
    form.refuse("reason", f"Say why, or link what is missing. {capital('; '.join(asked))}")
    return True


def _judgement(form: Rates, linked: evidence.Linked, lacking: Sequence[str]) -> Judgement:
    return Judgement(
        level=form.level.filled,
        on=form.on.filled,
        side=form.as_side,
        note=form.note.data,
        reason=form.reason.data,
        unmet=lacking,
        evidence=linked.rows,
    )


def _announced(lacking: Sequence[str]) -> str:
    if not lacking:
        return "The rating is saved"
    return f"The rating is saved with your reason. Still not shown: {'; '.join(lacking)}"


def _with_levels(rubric: Rubric, ratings: Sequence[Rated]) -> list[Option]:
    """The elements to tick, each with its level now."""
    held = {rated.element: rated for rated in in_force(ratings, today()).values()}
    levels = Levels(rubric.stages)
    return [
        Option(option.value, option.label, f"Now {levels.of(held.get(option.value)).words}")
        for option in element_options(rubric)
    ]
