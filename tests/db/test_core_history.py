"""The core's own migrations, and the commands that run them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, inspect, select

from tracker import create_app
from tracker.cli import main
from tracker.db import Base, db, migrations, unit_of_work
from tracker.pdsa import services as pdsa
from tracker.testing import factories
from tracker.testing.databases import Databases, test_settings

KEY = "only-for-tests-" * 3


def fill() -> None:
    """Rows that refer to each other in all the ways people make them."""
    organisation = factories.organisation(part_of=factories.organisation(), psc=factories.psc())
    lead = factories.person()
    project = factories.project(by=lead, organisation=organisation, sites=["Ward 1"])
    measure = factories.points(factories.measure(project, by=lead), range(12))
    first = factories.cycle(
        project,
        by=lead,
        predictions=[pdsa.PredictionPlan(text="Fewer")],
        tasks=[pdsa.TaskPlan(what="Ask", who="Example Nurse")],
    )
    factories.cycle(project, by=lead, parent=first)
    factories.comment(first, by=factories.member(project))
    with unit_of_work():
        assert project.aim is not None
        project.aim.measure_id = measure.id


def rows() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


@contextmanager
def connected(app: Flask) -> Iterator[None]:
    """The app's context, and no connection left when it ends."""
    with app.app_context():
        engine = db.engine
        yield
    engine.dispose()


@pytest.fixture
def filled(database: Databases) -> Flask:
    app = create_app(test_settings(database.spare()))
    with connected(app):
        fill()
        assert rows()["prediction"] == rows()["comment"] == 1
    return app


def test_models_and_migrations_agree(app: Flask) -> None:
    assert migrations.differences(app) == []
    assert migrations.current(app) == migrations.head()
    assert migrations.pending(app) == []


def test_down_and_up_again_with_rows_in_place(filled: Flask) -> None:
    migrations.downgrade(filled, "base")
    with connected(filled):
        left = [
            name
            for name in inspect(db.engine).get_table_names()
            if name != migrations.CORE.version_table
        ]
    assert left == []
    migrations.upgrade(filled)
    assert migrations.differences(filled) == []
    with connected(filled):
        assert set(rows().values()) == {0}
        fill()


def test_migrating_what_is_up_to_date_leaves_every_row(filled: Flask) -> None:
    with connected(filled):
        before = rows()
    assert migrations.upgrade(filled) == []
    with connected(filled):
        assert rows() == before


@pytest.fixture
def command(database: Databases) -> CliRunner:
    return CliRunner(
        env={
            "TRACKER_DATABASE_URL": database.spare(migrated=False),
            "TRACKER_SECRET_KEY": KEY,
            "TRACKER_DEV": "1",
        }
    )


def test_migrate_makes_the_tables_of_an_empty_database(command: CliRunner) -> None:
    waiting = command.invoke(main, ["pending"])
    assert waiting.exit_code == 1
    assert "core 0001: Create the tables" in waiting.output
    done = command.invoke(main, ["migrate"])
    assert done.exit_code == 0, done.output
    assert "core 0001: Create the tables" in done.output
    again = command.invoke(main, ["migrate"])
    assert again.output == "The database is up to date.\n"
    assert command.invoke(main, ["pending"]).exit_code == 0


def test_a_newer_database_is_refused_in_plain_words(
    command: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command.invoke(main, ["migrate"]).exit_code == 0

    def newer(*args: object, **kwargs: object) -> None:
        raise migrations.DatabaseNewer("a newer release has been here")

    monkeypatch.setattr(migrations, "upgrade", newer)
    refused = command.invoke(main, ["migrate"])
    assert refused.exit_code == 1
    assert "a newer release has been here" in refused.output
