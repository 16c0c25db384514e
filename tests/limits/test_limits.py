"""At most so many tries, whoever asks and whichever process answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from tracker.db import db, unit_of_work
from tracker.limits import domain
from tracker.limits import services as limits
from tracker.limits.domain import Limit
from tracker.limits.models import Attempt
from tracker.testing.plugin import Clock

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
FEW = Limit("test.few", most=2, within=timedelta(minutes=10))
MANY = Limit("test.many", most=3, within=timedelta(hours=1))


def test_a_pseudonym_needs_the_key_and_tells_kinds_apart() -> None:
    one = domain.pseudonym("account", "192.0.2.1", key=b"a")
    assert one != domain.pseudonym("account", "192.0.2.1", key=b"b")
    assert one != domain.pseudonym("address", "192.0.2.1", key=b"a")
    assert one == domain.pseudonym("account", "192.0.2.1", key=b"a")


def test_the_wait_lasts_until_every_limit_has_room() -> None:
    soon, later = NOON + timedelta(minutes=5), NOON + timedelta(minutes=12)
    assert domain.longest_wait([None, None], NOON) is None
    assert domain.longest_wait([soon, None, later], NOON) == timedelta(minutes=12)
    assert domain.longest_wait([NOON], NOON) is None


def test_a_wait_is_told_in_whole_seconds_and_in_minutes() -> None:
    assert domain.seconds_of(timedelta(seconds=0.2)) == 1
    assert domain.seconds_of(timedelta(minutes=14)) == 14 * 60 + 1
    assert domain.words_of(timedelta(minutes=14)) == "15 minutes"
    assert domain.words_of(timedelta(seconds=3)) == "1 minute"


def test_a_limit_fills_and_has_room_again(app: Flask, stop_clock: Clock) -> None:
    for minute in (0, 4):
        stop_clock(NOON + timedelta(minutes=minute))
        assert limits.wait((FEW, "jo")) is None
        with unit_of_work():
            limits.count((FEW, "jo"))
    assert limits.wait((FEW, "jo")) == timedelta(minutes=6)
    assert limits.wait((FEW, "ann")) is None
    stop_clock(NOON + timedelta(minutes=10))
    assert limits.wait((FEW, "jo")) is None


def test_limits_of_two_kinds_are_counted_apart(app: Flask, stop_clock: Clock) -> None:
    stop_clock(NOON)
    for nth in range(3):
        with unit_of_work():
            limits.count((FEW, f"person {nth}"), (MANY, "a trust"))
    assert limits.wait((FEW, "person 0")) is None
    assert limits.wait((FEW, "person 0"), (MANY, "a trust")) == timedelta(hours=1)
    assert limits.wait((MANY, "person 0")) is None


def test_old_tries_are_forgotten_by_their_own_kind(app: Flask, stop_clock: Clock) -> None:
    stop_clock(NOON)
    with unit_of_work():
        limits.count((FEW, "jo"), (MANY, "jo"))
    stop_clock(NOON + timedelta(minutes=30))
    with unit_of_work():
        limits.count((FEW, "ann"), (MANY, "ann"))
    kinds = db.session.scalars(select(Attempt.kind).order_by(Attempt.kind)).all()
    assert kinds == ["test.few", "test.many", "test.many"]
