"""Tables of plugins, on both engines: their own history, beside the tracker's and without it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import inspect, text

from tracker.auth import personal
from tracker.cli import main
from tracker.db import db, migrations, unit_of_work
from tracker.permissions import Role
from tracker.plugin_host import LoadStage, current_host, migrating
from tracker.plugin_host.discovery import discover
from tracker.plugin_host.host import PluginHost
from tracker.testing import factories
from tracker.testing.databases import Databases, make_test_app

WARDS = """
from pathlib import Path
import click
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from tracker.plugin_api.models import Project, plugin_metadata, rows, unit_of_work

class Base(DeclarativeBase):
    metadata = plugin_metadata("wards")

class Ward(Base):
    __tablename__ = "wards_ward"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.id, ondelete="CASCADE"))
    name: Mapped[str]

@click.command()
@click.argument("project_id", type=int)
@click.argument("name")
def add(project_id, name):
    with unit_of_work() as session:
        session.add(Ward(project_id=project_id, name=name))
    click.echo(f"{len(rows(select(Ward)))} wards")

@click.command()
def breaks():
    raise RuntimeError("a command fails")

class Wards(ProgrammePlugin):
    @hookimpl
    def tracker_tables(self):
        return [Tables(metadata=Base.metadata, migrations=Path(__file__).parent / "migrations")]
    @hookimpl
    def tracker_commands(self): return [add, breaks]
plugin = Wards(info=info("wards"), programmes=[Programme(key="wards", programme="wards",
                                                          title="Wards")])
"""
FIRST = '''"""Wards."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.create_table(
        "wards_ward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"],
                                name="fk_wards_ward_project_id_project", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_wards_ward"),
    )
def downgrade():
    op.drop_table("wards_ward")
'''
SECOND = '''"""Names of wards."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("wards_ward") as ward:
        ward.add_column(sa.Column("name", sa.String(), nullable=False, server_default=""))
        {broken}
def downgrade():
    with op.batch_alter_table("wards_ward") as ward:
        ward.drop_column("name")
'''

Run = Callable[..., Result]


@pytest.fixture
def wards(folder: Path, write_plugin: Callable[..., Path]) -> Path:
    """A plugin with one table, in two revisions."""
    path = write_plugin("wards", WARDS)
    (path / "migrations").mkdir()
    (path / "migrations" / "0001_wards.py").write_text(FIRST, encoding="utf-8")
    (path / "migrations" / "0002_names.py").write_text(SECOND.format(broken=""), encoding="utf-8")
    return path


@pytest.fixture
def url(database: Databases) -> str:
    """A database of the test's own, with the tracker's tables."""
    return database.spare()


@pytest.fixture
def run(url: str, folder: Path, tmp_path: Path) -> Run:
    """`tracker ...` on that database, with the folder of plugins."""
    environment = {
        "TRACKER_DATABASE_URL": url,
        "TRACKER_SECRET_KEY": "k" * 32,
        "TRACKER_PLUGIN_FOLDERS": str(folder),
        "TRACKER_BACKUP_FOLDER": str(tmp_path / "backups"),
        "TRACKER_DEV": "1",
    }
    return lambda *words, **more: CliRunner().invoke(main, words, env={**environment, **more})


def app_of(url: str, folder: Path, database: Databases, **changes: Any) -> Flask:
    return make_test_app(url, plugin_folders=(folder,), strict_plugins=False, **changes)


def test_migrate_brings_the_tables_of_plugins_up_to_date(
    run: Run, wards: Path, url: str, folder: Path, database: Databases
) -> None:
    behind = run("pending")
    assert behind.exit_code == 1
    assert behind.output.splitlines() == ["wards 0001: Wards", "wards 0002: Names of wards"]
    assert run("plugins", "pending").output == behind.output

    done = run("migrate", "--no-backup")
    assert done.exit_code == 0, done.output
    assert "wards 0002: Names of wards" in done.output
    assert run("pending").exit_code == run("plugins", "pending").exit_code == 0

    app = app_of(url, folder, database)
    with app.app_context():
        assert {"alembic_version", "alembic_version_wards", "wards_ward"} <= set(
            inspect(db.engine).get_table_names()
        )
        history = migrating.histories(current_host())["wards"]
        assert migrations.differences(app, history=history) == []
        assert migrations.differences(app) == [], "the core never proposes to drop them"
        migrations.downgrade(app, "base", history=history)
        assert len(migrations.upgrade(app, history=history)) == 2
    database.let_go(app)


def test_a_plugin_whose_tables_are_behind_is_set_aside_until_they_are_not(
    run: Run, wards: Path, url: str, folder: Path, database: Databases
) -> None:
    app = app_of(url, folder, database)
    assert app.test_client().get("/sign-in").status_code == 200
    with app.app_context():
        (one,) = current_host().set_aside
    assert (one.name, one.stage) == ("wards", LoadStage.RECONCILE)
    assert one.reason == (
        "its tables are behind: 2 changes are pending; run tracker migrate, then restart"
    )
    assert run("plugins", "migrate", "wards").exit_code == 0
    again = app_of(url, folder, database)
    assert again.test_client().get("/sign-in").status_code == 200
    with again.app_context():
        assert "wards" in current_host().active
    for made in (app, again):
        database.let_go(made)


def test_a_person_is_erased_from_the_tables_of_plugins_too(
    run: Run, wards: Path, url: str, folder: Path, database: Databases
) -> None:
    app = app_of(url, folder, database)
    with app.app_context():
        person = factories.person("Zoë Quarrington")
        project_id = factories.project(by=factories.person()).id
        with unit_of_work():
            personal.erase(person)  # its table is not there yet
    assert run("plugins", "migrate", "wards").exit_code == 0
    with app.app_context():
        person = factories.person("Zoë Quarrington")
        added = run("x", "wards", "add", str(project_id), "As Zoë Quarrington says")
        assert added.exit_code == 0, added.output
        with unit_of_work():
            personal.erase(person)
        assert db.session.scalar(text("SELECT name FROM wards_ward")) == f"As {person.name} says"
    database.let_go(app)


def test_a_revision_that_fails_changes_nothing_and_stops_nobody_else(
    run: Run, wards: Path, url: str, folder: Path, database: Databases
) -> None:
    (wards / "migrations" / "0002_names.py").write_text(
        SECOND.format(broken="raise RuntimeError('half way')"), encoding="utf-8"
    )
    done = run("migrate", "--no-backup")
    assert done.exit_code == 1
    assert "wards: nothing of its tables was changed: RuntimeError: half way" in done.output
    app = app_of(url, folder, database)
    assert app.test_client().get("/sign-in").status_code == 200
    with app.app_context():
        assert "wards_ward" not in inspect(db.engine).get_table_names()
    database.let_go(app)


def test_revisions_that_cannot_be_read_stop_the_plugin_and_not_the_site(
    run: Run, wards: Path, url: str, folder: Path, database: Databases
) -> None:
    (wards / "migrations" / "0003_bad.py").write_text("def (", encoding="utf-8")
    app = app_of(url, folder, database)
    assert app.test_client().get("/sign-in").status_code == 200
    with app.app_context():
        (one,) = current_host().set_aside
    assert "its revisions cannot be read: SyntaxError" in one.reason
    assert run("migrate", "--no-backup").exit_code == 1
    database.let_go(app)


def test_a_departed_plugins_rows_stay_and_can_be_taken_out(
    run: Run, wards: Path, url: str, folder: Path, database: Databases, tmp_path: Path
) -> None:
    assert run("migrate", "--no-backup").exit_code == 0
    app = app_of(url, folder, database)
    with app.app_context():
        project = factories.project()
        kept = factories.project()
        ids = (project.id, kept.id)
    for project_id, name in zip(ids, ("=cmd|' /C calc'!A0", "Rowan"), strict=True):
        assert run("x", "wards", "add", str(project_id), name).exit_code == 0
    database.let_go(app)

    gone = {"TRACKER_PLUGINS": "generic,opioids"}
    assert run("migrate", "--no-backup", **gone).exit_code == 0
    without = app_of(url, folder, database, plugins=("generic", "opioids"))
    with without.app_context():
        client: Any = without.test_client()
        client.sign_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
        page = client.get("/admin/plugins").text
        assert migrations.differences(without) == []
        assert migrations.plugins_with_tables(without) == ["wards"]
    assert "Its own data stay: 1 table with 2 rows." in page
    exported = run("plugins", "export", "wards", str(tmp_path / "out"), **gone)
    assert exported.exit_code == 0, exported.output
    with (tmp_path / "out" / "wards_ward.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["'=cmd|' /C calc'!A0", "Rowan"]
    assert run("plugins", "export", "nowhere", str(tmp_path), **gone).exit_code == 1

    with without.app_context(), unit_of_work() as session:
        session.execute(text(f"DELETE FROM membership WHERE project_id = {ids[0]}"))  # noqa: S608
        session.execute(text(f"DELETE FROM project WHERE id = {ids[0]}"))  # noqa: S608
    with without.app_context():
        left = db.session.scalars(text("SELECT name FROM wards_ward")).all()
    assert left == ["Rowan"], "rows go with their project"
    database.let_go(without)


def test_commands_of_plugins_are_listed_guarded_and_named(run: Run, wards: Path) -> None:
    assert run("migrate", "--no-backup").exit_code == 0
    assert "wards" in run("x", "--help").output
    assert "breaks" in run("x", "wards", "--help").output
    failed = run("x", "wards", "breaks")
    assert failed.exit_code == 1
    assert "the plugin wards failed: RuntimeError('a command fails')" in failed.output
    assert run("x", "nowhere").exit_code == 2


REFUSED = {
    "core_key": (
        "ForeignKey('audit_event.id')",
        "refers to 'audit_event.id', which is no table of its own; write ForeignKey(Project.id)",
    ),
    "unpublished": (
        "ForeignKey(LoginSession.id)",
        "refers to login_session, which plugins may not refer to",
    ),
    "backref": (
        "ForeignKey(Project.id)); project = relationship(Project, backref='wards'",
        "Ward.project has a back-reference, which would change a class of the tracker",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_tables_that_reach_into_the_tracker_are_refused(
    name: str, folder: Path, wards: Path, write_plugin: Callable[..., Path]
) -> None:
    how, said = REFUSED[name]
    code = WARDS.replace('ForeignKey(Project.id, ondelete="CASCADE")', how).replace("wards", name)
    head = "from sqlalchemy.orm import relationship\nfrom tracker.auth.models import LoginSession\n"
    path = write_plugin(name, head + code)
    (path / "migrations").mkdir()
    (path / "migrations" / "0001.py").write_text(FIRST, encoding="utf-8")
    (one,) = PluginHost().load(discover([name], [folder])).set_aside
    assert one.stage is LoadStage.MOUNT
    assert said in one.reason


def test_a_name_that_starts_the_trackers_own_tables_is_refused(
    folder: Path, write_plugin: Callable[..., Path]
) -> None:
    path = write_plugin("pdsa", WARDS.replace("wards", "pdsa"))
    (path / "migrations").mkdir()
    (one,) = PluginHost().load(discover(["pdsa"], [folder])).set_aside
    assert "tables of the tracker itself start with 'pdsa_'" in one.reason
