"""`tracker backup`, `restore` and `migrate` as an operator runs them."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, text

from tracker import create_app
from tracker.audit import chain
from tracker.audit.models import AuditEvent, AuditHead
from tracker.auth.models import LoginSession
from tracker.backup import newest, take
from tracker.cli import main
from tracker.config import Settings
from tracker.db import db, migrations, unit_of_work
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.databases import Databases

from .conftest import Place

Run = Callable[..., Result]
HASH = re.compile(r"ends at event (\d+) with hash ([0-9a-f]{64})")


@pytest.fixture
def run(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `tracker` with these words, set to the place and to a folder for backups."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", place.url)
    monkeypatch.setenv("TRACKER_SECRET_KEY", "only-for-tests-" * 3)
    monkeypatch.setenv("TRACKER_DEV", "1")
    monkeypatch.setenv("TRACKER_BACKUP_FOLDER", str(tmp_path / "backups"))
    return lambda *words, **options: CliRunner().invoke(main, [str(w) for w in words], **options)


def test_a_backup_prints_the_end_of_the_history_to_keep_elsewhere(
    run: Run, place: Place, tmp_path: Path
) -> None:
    with place.app():
        factories.cycle()
        head = db.session.get_one(AuditHead, chain.HEAD)
        end = (str(head.seq), head.hash)
    told = run("backup", tmp_path / "one")
    assert told.exit_code == 0, told.output
    found = HASH.search(told.output)
    assert found is not None
    assert found.groups() == end
    assert "outside this server" in told.output
    assert (tmp_path / "one").exists()


def test_a_backup_is_in_the_history(run: Run, place: Place, tmp_path: Path) -> None:
    run("backup", tmp_path / "one")
    with place.app():
        noted = db.session.scalars(select(AuditEvent)).one()
        assert noted.action == "backup.taken"
        assert noted.detail["file"] == "one"
        assert chain.verify().broken_at is None


def test_without_a_destination_it_goes_to_the_folder_that_is_set(run: Run, tmp_path: Path) -> None:
    assert run("backup").exit_code == 0
    assert newest(tmp_path / "backups") is not None


def test_a_destination_that_ends_in_a_slash_is_made(run: Run, tmp_path: Path) -> None:
    assert run("backup", f"{tmp_path}/weekly/").exit_code == 0
    assert newest(tmp_path / "weekly") is not None


def test_a_refused_backup_says_why_without_a_traceback(run: Run, tmp_path: Path) -> None:
    run("backup", tmp_path / "one")
    told = run("backup", tmp_path / "one")
    assert told.exit_code == 1
    assert "overwrites nothing" in told.output
    assert "Traceback" not in told.output


def test_a_changed_history_makes_the_command_fail_and_leaves_the_copy(
    run: Run, place: Place, tmp_path: Path
) -> None:
    with place.app():
        factories.organisation()
        with unit_of_work():
            db.session.get_one(AuditHead, chain.HEAD).hash = "0" * 64
    told = run("backup", tmp_path / "one")
    assert told.exit_code == 1
    assert "broken at event" in told.output
    assert (tmp_path / "one.json").exists()


def test_restore_asks_and_leaves_all_as_it_was_on_no(
    run: Run, place: Place, tmp_path: Path
) -> None:
    run("backup", tmp_path / "one")
    told = run("restore", tmp_path / "one", input="n\n")
    assert told.exit_code == 1
    assert "taken " in told.output
    assert {name for name in place.beside() if "before" in name} == set()


def test_a_restore_brings_back_and_ends_every_sign_in(
    run: Run, place: Place, tmp_path: Path
) -> None:
    with place.app() as app:
        user = factories.person()
        TrackerClient(app, app.response_class, use_cookies=True).sign_in(user)
    run("backup", tmp_path / "one")
    with place.app():
        factories.person("Written since")
    told = run("restore", tmp_path / "one", "--yes")
    assert told.exit_code == 0, told.output
    assert "The old database is now " in told.output
    assert HASH.search(told.output)
    with place.app():
        assert db.session.scalar(select(func.count()).select_from(LoginSession)) == 0
        last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
        assert last is not None
        assert last.action == "backup.restored"
        assert chain.verify().broken_at is None


def test_a_restore_that_is_refused_says_why(run: Run, place: Place, tmp_path: Path) -> None:
    told = run("restore", tmp_path / "nothing", "--yes")
    assert told.exit_code == 1
    assert "with its manifest" in told.output


def add_revision(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A newer release: the core's revisions and one more, which adds a table."""
    for path in migrations.CORE.versions.glob("*.py"):
        (folder / path.name).write_text(path.read_text())
    (folder / "9999_more.py").write_text(
        '"""Add wards."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"revision = '9999'\ndown_revision = {migrations.head()!r}\n\n"
        "def upgrade():\n    op.create_table('ward', sa.Column('id', sa.Integer()))\n\n"
        "def downgrade():\n    op.drop_table('ward')\n"
    )
    newer = replace(migrations.CORE, versions=folder)
    for function in (migrations.upgrade, migrations.pending, migrations.is_known):
        assert function.__kwdefaults__ is not None
        monkeypatch.setitem(function.__kwdefaults__, "history", newer)


def test_migrate_backs_up_what_it_is_about_to_change(
    run: Run, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.app():
        factories.organisation()
    (tmp_path / "versions").mkdir()
    with monkeypatch.context() as patch:
        add_revision(patch, tmp_path / "versions")
        told = run("migrate")
        assert told.exit_code == 0, told.output
        assert "Add wards" in told.output
    taken = newest(tmp_path / "backups")
    assert taken is not None
    assert str(tmp_path / "backups" / taken.file) in told.output
    assert "ward" not in taken.contents.rows
    assert taken.contents.rows["organisation"] == 1
    # This release again, on the database of the newer one.
    told = run("migrate")
    assert told.exit_code == 1
    assert "does not know" in told.output
    assert run("restore", tmp_path / "backups" / taken.file, "--yes").exit_code == 0
    assert run("migrate").exit_code == 0


def test_migrate_changes_nothing_when_it_cannot_back_up(
    run: Run, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "backups").write_text("in the way")
    (tmp_path / "versions").mkdir()
    add_revision(monkeypatch, tmp_path / "versions")
    told = run("migrate")
    assert told.exit_code == 1
    assert "--no-backup" in told.output
    assert run("pending").exit_code == 1
    assert run("migrate", "--no-backup").exit_code == 0
    assert run("pending").exit_code == 0


def test_migrate_with_nothing_to_change_takes_no_backup(run: Run, tmp_path: Path) -> None:
    assert run("migrate").exit_code == 0
    assert not (tmp_path / "backups").exists()


def test_migrate_makes_a_database_without_a_backup(
    run: Run, database: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database.spare(migrated=False)
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    told = run("migrate")
    assert told.exit_code == 0, told.output
    assert not (tmp_path / "backups").exists()
    file = Place(database, url).file
    if database.kind == "sqlite":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_help_says_what_no_backup_risks(run: Run) -> None:
    assert "lost since the last backup" in " ".join(run("migrate", "--help").output.split())


def test_a_relative_path_is_the_same_file_to_server_and_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"TRACKER_DATABASE_URL": "sqlite:///here.db", "TRACKER_SECRET_KEY": "k" * 32}
    settings = Settings.from_env({**env, "TRACKER_DEV": "1"})
    migrations.upgrade(create_app(settings))
    assert (tmp_path / "here.db").exists()
    app = create_app(settings)
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM organisation")).scalar() == 0
        db.session.remove()
        db.engine.dispose()


def test_other_addresses_of_databases_stay_as_they_are() -> None:
    for told, kept in (
        ("sqlite:////srv/a.db", "sqlite:////srv/a.db"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
    ):
        env = {"TRACKER_DATABASE_URL": told, "TRACKER_SECRET_KEY": "k" * 32}
        assert Settings.from_env(env).database_url == kept


def test_the_folder_for_backups_is_a_setting(tmp_path: Path) -> None:
    env = {"TRACKER_DATABASE_URL": "sqlite:////a.db", "TRACKER_SECRET_KEY": "k" * 32}
    assert Settings.from_env(env).backup_folder is None
    told = Settings.from_env({**env, "TRACKER_BACKUP_FOLDER": str(tmp_path)})
    assert told.backup_folder == tmp_path


def test_a_name_tells_the_moment_and_the_engine(place: Place, tmp_path: Path) -> None:
    taken = take(place.settings, tmp_path)
    ending = "db" if place.is_sqlite else "dump"
    assert re.fullmatch(rf"tracker-\d{{8}}T\d{{6}}Z\.{ending}", taken.file.name)
