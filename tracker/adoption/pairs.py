"""Pages of a unit and of a pair: the levels that stand, and all that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.organisations.models import Organisation
from tracker.pages import page
from tracker.permissions import Permission, can, requires, roles_on
from tracker.plugin_api import Element, Rubric, Stage
from tracker.programmes import queries as programmes
from tracker.programmes.overriding import reading_of
from tracker.safe.dates import today

from . import evidence, queries, records, rollups, upgrading
from .blueprint import UNIT, Place, bp, element_of, place_of
from .domain import Rated, Side, in_force, is_fall, since
from .models import Rating
from .showing import Level, Levels
from .wording import how_long

PAIR = f"{UNIT}/levels/<rubric>"

reads = requires(Permission.PROGRAMME_READ, Organisation, key="organisation_id")
rates = requires(Permission.ADOPTION_RATE, Organisation, key="organisation_id")


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
        training=records.training(key, unit.id),
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
