"""Pages of a unit and of a pair, and the forms that rate them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import Base
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import Option, done, page
from tracker.pages.responses import notice
from tracker.permissions import Permission, can, requires, roles_on
from tracker.plugin_api import AppliesTo, Element, Rubric, Stage
from tracker.programmes import queries as programmes
from tracker.programmes.overriding import reading_of
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import evidence, queries, rollups, services, upgrading
from .blueprint import UNIT, Place, bp, element_of, place_of
from .domain import NOT_APPLICABLE, Rated, Side, in_force, is_fall, months_below, since, unmet
from .forms import (
    RateForm,
    RateRowForm,
    Rates,
    element_options,
    level_options,
    offer_training,
)
from .models import Rating
from .services import Judgement
from .showing import Level, Levels
from .wording import capital, how_long

PAIR = f"{UNIT}/levels/<rubric>"
RATE = f"{UNIT}/rate/<rubric>"

reads = requires(Permission.PROGRAMME_READ, Organisation, key="organisation_id")
rates = requires(Permission.ADOPTION_RATE, Organisation, key="organisation_id")


# --- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How one pair stands today."""

    element: Element | None
    level: Level
    since: date | None
    side: Side | None
    url: str


@bp.get(UNIT)
@reads
def unit(unit: Organisation, key: str) -> ResponseReturnValue:
    """Every level of one unit, with the ways to rate it."""
    place, day = place_of(key), today()
    tables = [(rubric, standings_of(place, unit, rubric, day)) for rubric in place.rubrics]
    return page(
        "adoption/unit.html",
        place=place,
        unit=unit,
        scope=queries.unit(key, unit.id, day),
        tables=[(rubric, rows) for rubric, rows in tables if concerns(rubric, unit, rows)],
        training=queries.training(key, unit.id),
        how_long=lambda start: how_long(start, day),
        may_rate=can(current_user, Permission.ADOPTION_RATE, unit),
    )


@bp.get(f"{PAIR}/<element>")
@bp.get(PAIR)
@reads
def pair(unit: Organisation, key: str, rubric: str, element: str = "") -> ResponseReturnValue:
    """One element at one unit: how it stands, why, and all that was said of it."""
    place, day = place_of(key), today()
    scale = place.rubric(rubric)
    return page(
        "adoption/pair.html",
        place=place,
        unit=unit,
        rubric=scale,
        element=element_of(scale, element),
        scope=queries.unit(key, unit.id, day),
        may_rate=can(current_user, Permission.ADOPTION_RATE, unit),
        earlier=upgrading.of_pair(scale, unit.id, element),
        story=story_of(scale, queries.history(queries.copies(scale), unit.id, element), day),
        is_inside=bool(roles_on(current_user, unit)),
        read=reading_of(unit.id, key, day),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One rating with its level in the words it had when it was given."""

    rating: Rating
    level: Level
    fell: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A history, newest first, with how it stands now."""

    told: Sequence[Told]
    now: Level | None
    since: date | None
    lasts: str
    team: Told | None
    coach: Told | None
    following: Level | None
    needs: tuple[str, ...]
    """What the next level asks for."""
    readable: evidence.Readable

    @property
    def differs(self) -> bool:
        """Team and coach do not say the same."""
        return (
            self.team is not None
            and self.coach is not None
            and self.team.level.key != self.coach.level.key
        )


def story_of(rubric: Rubric, ratings: Sequence[Rating], on: date) -> Story:
    """A history in the words of the time: a level keeps the label it had then."""
    kept = programmes.definitions_of({rating.definition_id for rating in ratings})
    levels = {id_: Levels(one.stages) for id_, one in kept.items() if isinstance(one, Rubric)}
    current = Levels(rubric.stages)
    columns = [as_column(rating) for rating in ratings]
    told = []
    for number, rating in enumerate(ratings):
        before = ratings[number + 1].level if number + 1 < len(ratings) else None
        level = levels.get(rating.definition_id, current).named(rating.level)
        told.append(Told(rating, level, is_fall(rubric.stages, before, rating.level)))
    held = next(iter(in_force(columns, on).values()), None)
    sides = {
        side: max(
            (one for one in told if one.rating.side is side and one.rating.on <= on),
            key=lambda one: (one.rating.on, one.rating.id),
            default=None,
        )
        for side in Side
    }
    now = current.of(held) if held else None
    following = _following(rubric, now)
    start = since(columns, on)
    return Story(
        told=told,
        now=now,
        since=start,
        lasts=how_long(start, on) if start else "",
        team=sides[Side.TEAM],
        coach=sides[Side.COACH],
        following=current.named(following.key) if following else None,
        needs=tuple(need.text for need in following.needs) if following else (),
        readable=evidence.readable(ratings, current_user),
    )


def as_column(rating: Rating) -> Rated:
    """A row as the thinking knows it; one of a project is of no unit."""
    return Rated(
        rating.id,
        rating.organisation_id or 0,
        rating.element,
        rating.level,
        rating.on,
        rating.side,
    )


def _following(rubric: Rubric, now: Level | None) -> Stage | None:
    """The next level up; where nothing stands, the first."""
    if now is None or now.value is None:
        return rubric.stages[0] if now is None else None
    return next((one for one in rubric.stages if one.score > now.value), None)


def standings_of(place: Place, unit: Organisation, rubric: Rubric, on: date) -> list[Standing]:
    levels = Levels(rubric.stages)
    ratings = queries.of_unit(queries.copies(rubric), unit.id)
    held = {rated.element: rated for rated in in_force(ratings, on).values()}
    found = []
    for key in rollups.elements_of(rubric):
        rated = held.get(key)
        found.append(
            Standing(
                element=element_of(rubric, key),
                level=levels.of(rated),
                since=since((one for one in ratings if one.element == key), on),
                side=rated.side if rated else None,
                url=url_for(
                    "adoption.pair",
                    key=place.key,
                    organisation_id=unit.id,
                    rubric=rubric.key,
                    element=key or None,
                ),
            )
        )
    return found


def concerns(rubric: Rubric, unit: Organisation, rows: Sequence[Standing]) -> bool:
    """The rubric rates this kind of organisation, or somebody has rated it all the same."""
    kinds = rollups.RATED[rubric.applies_to]
    return unit.kind in kinds or any(row.since is not None for row in rows)


# --- rating --------------------------------------------------------------------------------------


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
                said = _judgement(form, side_of(of), linked, lacking)
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
        side=side_of(of),
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
                side = side_of(unit)
                said = {
                    one: _judgement(form, side, linked, lacks) for one, lacks in lacking.items()
                }
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
        side=side_of(unit),
    )


def side_of(thing: Base) -> Side:
    """Whether this person rates as the team or as its coach: their role says."""
    return Side.COACH if can(current_user, Permission.ADOPTION_CONFIRM, thing) else Side.TEAM


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


def _judgement(
    form: Rates, side: Side, linked: evidence.Linked, lacking: Sequence[str]
) -> Judgement:
    return Judgement(
        level=form.level.filled,
        on=form.on.filled,
        side=side,
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
