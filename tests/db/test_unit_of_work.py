"""The one way to write, and the optimistic lock."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.audit.models import AuditEvent
from tracker.db import FlushOutsideUnitOfWork, StaleRecord, expect_version, unit_of_work
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.pdsa.models import PdsaCycle
from tracker.testing import factories


def new(code: str = "ZZ9") -> Organisation:
    return Organisation(code=code, name="Example Trust", kind=OrganisationKind.TRUST)


def stored(db: SQLAlchemy) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_a_new_row_outside_is_refused(db: SQLAlchemy) -> None:
    db.session.add(new())
    with pytest.raises(FlushOutsideUnitOfWork):
        db.session.flush()


def test_a_change_outside_is_refused_at_the_next_query(db: SQLAlchemy) -> None:
    trust = factories.organisation()
    trust.name = "Changed"
    with pytest.raises(FlushOutsideUnitOfWork):
        db.session.scalars(select(Organisation)).all()


def test_a_delete_outside_is_refused(db: SQLAlchemy) -> None:
    db.session.delete(factories.project().aim)
    with pytest.raises(FlushOutsideUnitOfWork):
        db.session.flush()


def test_setting_the_value_a_row_has_is_no_change(db: SQLAlchemy) -> None:
    trust = factories.organisation("Example Trust")
    assert trust.name == "Example Trust"
    trust.name = "Example Trust"
    db.session.flush()


def test_it_commits_when_the_block_ends(db: SQLAlchemy) -> None:
    with unit_of_work() as session:
        session.add(new())
    assert stored(db) == 1


def test_an_exception_leaves_nothing(db: SQLAlchemy) -> None:
    def fails() -> None:
        with unit_of_work() as session:
            session.add(new())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert stored(db) == 0


def test_a_refused_row_takes_its_neighbours_along(db: SQLAlchemy) -> None:
    with pytest.raises(IntegrityError), unit_of_work() as session:
        session.add_all([new("ZZ1"), new("ZZ2"), new("ZZ2")])
    assert stored(db) == 0


def test_after_an_exception_a_change_outside_is_still_refused(db: SQLAlchemy) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        raise ZeroDivisionError
    db.session.add(new())
    with pytest.raises(FlushOutsideUnitOfWork):
        db.session.flush()


def test_one_inside_another_is_refused_and_nothing_is_kept(db: SQLAlchemy) -> None:
    def nests() -> None:
        with unit_of_work() as session:
            session.add(new())
            with unit_of_work():
                pass

    with pytest.raises(RuntimeError, match="open already"):
        nests()
    assert stored(db) == 0


def test_it_reads_what_others_committed_since_the_request_began(app: Flask, db: SQLAlchemy) -> None:
    trust = factories.organisation("Before")
    assert trust.name == "Before"
    with app.app_context(), unit_of_work():
        other = db.session.get_one(Organisation, trust.id)
        other.name = "After"
    assert trust.name == "Before", "the request's own snapshot"
    with unit_of_work():
        assert trust.name == "After"


def test_the_history_of_a_failed_unit_of_work_is_not_written_by_the_next(db: SQLAlchemy) -> None:
    with pytest.raises(IntegrityError):
        factories.organisation(valid_from=date(2025, 1, 2), valid_to=date(2025, 1, 1))
    factories.organisation("The next")
    db.session.rollback()
    assert len(db.session.scalars(select(AuditEvent)).all()) == 1


def test_the_version_a_form_saw_is_compared_inside(db: SQLAlchemy) -> None:
    cycle = factories.cycle()
    seen = cycle.version
    with unit_of_work():
        expect_version(cycle, seen)
        cycle.title = "First"
    with pytest.raises(StaleRecord) as stale, unit_of_work():
        expect_version(cycle, seen)
    assert stale.value.record is cycle
    assert cycle.version == seen + 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_row_that_moved_under_an_edit_is_refused(app: Flask, db: SQLAlchemy) -> None:
    # Not on SQLite: there the write lock comes first, and the second writer waits instead.
    cycle = factories.cycle()
    cycle_id = cycle.id

    def overtaken() -> None:
        with unit_of_work():
            assert cycle.title == "Ask at every visit"
            with app.app_context(), unit_of_work():
                db.session.get_one(PdsaCycle, cycle_id).title = "Theirs"
            cycle.title = "Mine"

    with pytest.raises(StaleDataError):
        overtaken()
    assert db.session.get_one(PdsaCycle, cycle_id).title == "Theirs"
