"""What goes into a column comes out of it, the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, cast, func, select
from sqlalchemy.exc import IntegrityError, StatementError

from tracker.auth.models import Membership, User
from tracker.db import unit_of_work
from tracker.measures.models import Measure
from tracker.permissions import Role
from tracker.projects.models import Project, Sharing
from tracker.testing import factories

LONDON = ZoneInfo("Europe/London")


def seen_again(db: SQLAlchemy, moment: datetime) -> datetime:
    user = factories.person()
    with unit_of_work():
        user.last_seen_at = moment
    db.session.expire_all()
    assert user.last_seen_at is not None
    return user.last_seen_at


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),
        datetime(2025, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(db: SQLAlchemy, moment: datetime) -> None:
    found = seen_again(db, moment)
    assert found.utcoffset() == timedelta(0)
    # Compared in UTC: within one zone Python compares the wall clock, which strikes 1:30 twice.
    assert found == moment.astimezone(UTC)


def test_a_moment_without_a_zone_is_refused(db: SQLAlchemy) -> None:
    with pytest.raises(StatementError, match="time zone"):
        seen_again(db, datetime(2026, 1, 1))  # noqa: DTZ001
    assert db.session.scalars(select(User.last_seen_at)).all() == [None]


def test_moments_of_different_zones_sort_by_time(db: SQLAlchemy) -> None:
    east, west = factories.person("East"), factories.person("West")
    with unit_of_work():
        east.last_seen_at = datetime(2026, 1, 1, 9, tzinfo=timezone(timedelta(hours=9)))
        west.last_seen_at = datetime(2026, 1, 1, 1, tzinfo=UTC)
    names = select(User.name).order_by(User.last_seen_at)
    assert db.session.scalars(names).all() == ["East", "West"]


@pytest.mark.parametrize(
    "written", ["0.1", "-3.25", "100.00", "123456789012345.123456789012345", "0", "1E+3"]
)
def test_a_number_comes_back_to_the_last_digit(db: SQLAlchemy, written: str) -> None:
    measure = factories.measure()
    with unit_of_work():
        measure.target = Decimal(written)
    db.session.expire_all()
    assert measure.target == Decimal(written)
    assert isinstance(measure.target, Decimal)


def test_no_number_is_no_number(db: SQLAlchemy) -> None:
    factories.measure()
    assert db.session.scalars(select(Measure.target)).all() == [None]


def test_a_word_is_stored_as_its_value(db: SQLAlchemy) -> None:
    project = factories.project(sharing=Sharing.NATIONAL)
    stored = db.session.scalar(select(cast(Project.sharing, String)))
    assert stored == "national"
    assert project.sharing is Sharing.NATIONAL


def test_a_word_that_is_none_of_the_list_is_refused(db: SQLAlchemy) -> None:
    project = factories.project()

    def misspell() -> None:
        with unit_of_work():
            project.sharing = "everybody"  # type: ignore[assignment]

    with pytest.raises(StatementError, match="everybody"):
        misspell()


def test_foreign_keys_are_watched(db: SQLAlchemy) -> None:
    def orphan() -> None:
        with unit_of_work() as session:
            session.add(Membership(user_id=999_999, role=Role.VIEWER, starts_on=factories.STARTED))

    with pytest.raises(IntegrityError):
        orphan()
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 0
