"""`tracker doctor` finds what is unsafe, and nothing where all is well."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from tracker import create_app
from tracker.backup import server, take
from tracker.cli import main
from tracker.cli.doctor import Installation, Level, _server, examine
from tracker.cli.mounts import file_system, read_mounts
from tracker.config import Protection, Settings, Smtp
from tracker.db import db, unit_of_work, utcnow
from tracker.testing import factories
from tracker.testing.plugin import Clock

from .conftest import Place

Examine = Callable[..., dict[str, Level]]
LOCAL = {Path("/"): "ext4"}


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A closed folder in an open one: no other run opens or closes what is above it."""
    with tempfile.TemporaryDirectory(prefix="tracker-doctor-") as folder:
        yield Path(folder)


@pytest.fixture
def healthy(place: Place, tmp_path: Path) -> Settings:
    """Settings with nothing to find, on a database that was just backed up."""
    folder = tmp_path / "backups"
    folder.mkdir()
    if place.is_sqlite:
        place.file.chmod(0o600)
    take(place.settings, folder)
    return Settings(
        database_url=place.url if place.is_sqlite else as_plain_account(place),
        secret_key=secrets.token_hex(32),
        base_url="https://tracker.example.nhs.uk",
        proxies=1,
        trusted_hosts=("tracker.example.nhs.uk",),
        contact="qi@example.nhs.uk",
        smtp=Smtp(host="mail.example.nhs.uk", port=587, sender="qi@example.nhs.uk"),
        backup_folder=folder,
    )


@contextmanager
def opened(*paths: Path) -> Iterator[None]:
    """For the length of a block everybody may enter the folders above these paths."""
    modes = {folder: folder.stat().st_mode for path in paths for folder in path.parents}
    closed = {folder: mode for folder, mode in modes.items() if not mode & stat.S_IXOTH}
    try:
        for folder in closed:
            folder.chmod(0o755)
        yield
    finally:
        for folder, mode in closed.items():
            folder.chmod(mode)


def as_plain_account(place: Place) -> str:
    """The database's URL with an account that may use it and nothing else."""
    with place.server(place.name) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'plain'").fetchone()
        if not known:
            connection.execute("CREATE ROLE plain LOGIN")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
    return place.url.replace("://tracker@", "://plain@")


@pytest.fixture
def look() -> Iterator[Examine]:
    """Examine an installation: what is found, with how bad it is."""
    apps: list[Flask] = []

    def examined(settings: Settings, **more: Any) -> dict[str, Level]:
        app = create_app(settings)
        apps.append(app)
        here = Installation(app, **{"env": {}, "mounts": LOCAL, **more})
        return {finding.text: finding.level for finding in examine(here)}

    yield examined
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_a_healthy_installation_has_no_finding(healthy: Settings, look: Examine) -> None:
    assert look(healthy, full=True) == {}


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"secret_key": "change-me-" * 4}, Level.UNSAFE, "looks like a sample"),
        ({"secret_key": "k" * 40}, Level.UNSAFE, "looks like a sample"),
        ({"secret_key_fallbacks": ("secret" * 8,)}, Level.UNSAFE, "looks like a sample"),
        ({"base_url": "http://tracker.example.nhs.uk"}, Level.UNSAFE, "without https"),
        (
            {"base_url": "http://127.0.0.1:5000", "dev": True, "proxies": 0},
            Level.WARNING,
            "TRACKER_DEV is on",
        ),
        ({"proxies": 0}, Level.WARNING, "TRACKER_PROXIES is 0"),
        ({"trusted_hosts": ()}, Level.WARNING, "TRACKER_TRUSTED_HOSTS is empty"),
        ({"trusted_hosts": ("qi.nhs.uk",)}, Level.WARNING, "is not among TRACKER_TRUSTED_HOSTS"),
        ({"idle_time": timedelta(0)}, Level.UNSAFE, "nobody can sign in"),
        ({"idle_time": timedelta(hours=8)}, Level.WARNING, "the next person has it"),
        ({"longest_sign_in": timedelta(days=30)}, Level.WARNING, "the next person has it"),
        ({"contact": ""}, Level.WARNING, "TRACKER_CONTACT is empty"),
        ({"smtp": None}, Level.WARNING, "TRACKER_SMTP_HOST is empty"),
        (
            {
                "smtp": Smtp(
                    host="mail.example.nhs.uk", port=25, sender="a@b.uk", protection=Protection.NONE
                )
            },
            Level.WARNING,
            "travel readable",
        ),
    ],
)
def test_an_unsafe_setting_is_found(
    healthy: Settings, look: Examine, changes: dict[str, Any], level: Level, words: str
) -> None:
    # Without plugins: they are slow to load, and have no say in this.
    found = look(replace(healthy, plugins=(), **changes))
    assert list(found.values()) == [level]
    assert words in next(iter(found))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_database_file_on_a_network_file_system_is_unsafe(
    healthy: Settings, look: Examine, place: Place, kind: str
) -> None:
    found = look(healthy, mounts={**LOCAL, place.file.parent: kind})
    assert list(found.values()) == [Level.UNSAFE]
    assert f"network file system ({kind})" in next(iter(found))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_files_that_others_can_read_are_unsafe(
    healthy: Settings, look: Examine, place: Place, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text(healthy.secret_key)
    for path in (key, place.file):
        path.chmod(0o644)
    env = {"TRACKER_SECRET_KEY_FILE": str(key)}
    # Folders above that are closed to others protect what is in them.
    assert look(healthy, env=env) == {}
    with opened(key, place.file):
        found = look(healthy, env=env)
    assert {f"the key in {key} can be read by others: chmod 600 {key}"} <= set(found)
    assert {f"{place.file} can be read by others: chmod 600 {place.file}"} <= set(found)
    assert set(found.values()) == {Level.UNSAFE}


def test_a_database_behind_the_code_is_unsafe(
    look: Examine, healthy: Settings, place: Place
) -> None:
    empty = place.databases.spare(migrated=False)
    found = look(replace(healthy, database_url=empty))
    assert any("run tracker migrate" in words for words in found)
    assert Level.UNSAFE in found.values()


def test_a_database_ahead_of_the_code_is_unsafe(
    look: Examine, healthy: Settings, place: Place
) -> None:
    with place.app(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    found = look(healthy)
    assert list(found.values()) == [Level.UNSAFE]
    assert "does not know" in next(iter(found))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_database_that_is_away_is_unsafe(look: Examine, healthy: Settings, place: Place) -> None:
    place.destroy()
    found = look(healthy)
    assert list(found.values()) == [Level.UNSAFE]
    assert "does not answer" in next(iter(found))


def test_demonstration_accounts_in_earnest_are_told(
    look: Examine, healthy: Settings, place: Place
) -> None:
    with place.app():
        user = factories.person()
        with unit_of_work():
            user.is_demo = True
    found = look(healthy)
    assert list(found.values()) == [Level.WARNING]
    assert "demonstration accounts (1)" in next(iter(found))


def test_a_changed_history_is_found_when_it_is_walked(
    look: Examine, healthy: Settings, place: Place
) -> None:
    with place.app():
        factories.organisation()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE audit_head SET seq = 5"))
    assert look(healthy) == {}
    found = look(healthy, full=True)
    assert list(found.values()) == [Level.UNSAFE]
    assert "history is broken" in next(iter(found))


def test_a_clock_behind_the_history_is_told(
    look: Examine, healthy: Settings, place: Place, stop_clock: Clock
) -> None:
    with place.app():
        factories.organisation()
    assert look(healthy) == {}
    stop_clock(utcnow() - timedelta(minutes=30))
    found = look(healthy)
    assert list(found.values()) == [Level.WARNING]
    assert "clock is behind" in next(iter(found))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_superuser_of_the_database_is_told(
    look: Examine, healthy: Settings, place: Place
) -> None:
    assert look(healthy) == {}
    found = look(replace(healthy, database_url=place.url))
    assert list(found.values()) == [Level.WARNING]
    assert "is a superuser" in next(iter(found))


@pytest.mark.parametrize(
    ("ending", "is_told"),
    [
        ("db.example.nhs.uk/tracker", True),
        ("db.example.nhs.uk/tracker?sslmode=prefer", True),
        ("db.example.nhs.uk/tracker?sslmode=verify-full", False),
        ("localhost/tracker", False),
        ("/tracker?host=/run/postgresql", False),
    ],
)
def test_a_connection_that_may_be_plain_text_is_told(
    healthy: Settings, app: Flask, ending: str, is_told: bool
) -> None:
    there = replace(healthy, database_url=f"postgresql+psycopg://tracker@{ending}")
    here = Installation(Elsewhere(there))  # type: ignore[arg-type]
    assert any("unencrypted" in found.text for found in _server(here)) is is_told


class Elsewhere:
    """An app with these settings, whose database nobody asks."""

    def __init__(self, settings: Settings) -> None:
        self.extensions = {"tracker_settings": settings}


def test_a_plugin_folder_where_others_can_write_is_unsafe(
    look: Examine, healthy: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    told = replace(healthy, plugin_folders=(folder,))
    with opened(folder):
        assert look(told) == {}
        folder.chmod(0o757)
        found = look(told)
    assert list(found.values()) == [Level.UNSAFE]
    assert f"others can write in {folder}" in next(iter(found))


def test_a_backup_that_others_can_read_is_unsafe(look: Examine, healthy: Settings) -> None:
    assert healthy.backup_folder is not None
    (backup,) = (path for path in healthy.backup_folder.glob("tracker-*") if path.suffix != ".json")
    with opened(healthy.backup_folder):
        healthy.backup_folder.chmod(0o755)
        assert look(healthy) == {}
        backup.chmod(0o644)
        found = look(healthy)
    assert list(found.values()) == [Level.UNSAFE]
    assert f"{backup} can be read by others" in next(iter(found))


def test_a_plugin_set_aside_is_told(look: Examine, healthy: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "plugins" / "broken"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise ValueError('no')\n")
    found = look(replace(healthy, plugin_folders=(folder.parent,)))
    assert list(found.values()) == [Level.WARNING]
    assert "the plugin broken is set aside" in next(iter(found))


def test_an_old_backup_is_told(
    look: Examine, healthy: Settings, place: Place, stop_clock: Clock
) -> None:
    stop_clock(utcnow() + timedelta(hours=23, minutes=59))
    assert look(healthy) == {}
    stop_clock(utcnow() + timedelta(hours=2))
    found = look(healthy)
    assert list(found.values()) == [Level.WARNING]
    assert "is 25 hours old" in next(iter(found))


def test_no_backup_at_all_is_told(look: Examine, healthy: Settings, tmp_path: Path) -> None:
    found = look(replace(healthy, backup_folder=tmp_path / "none"))
    assert list(found.values()) == [Level.WARNING]
    assert "there is no backup" in next(iter(found))


def test_a_folder_where_nothing_can_be_written_is_told(
    look: Examine, healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != healthy.backup_folder)
    found = look(healthy)
    assert list(found.values()) == [Level.WARNING]
    assert "cannot be written" in next(iter(found))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_missing_pg_dump_is_told(
    look: Examine, healthy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(server, "DEBIAN", tmp_path)
    found = look(healthy)
    assert list(found.values()) == [Level.WARNING]
    assert "postgresql-client" in next(iter(found))


@pytest.mark.parametrize(
    ("base_url", "status", "words"),
    [
        ("https://tracker.example.nhs.uk", 0, "Unsafe: 0."),
        ("http://tracker.example.nhs.uk", 1, "unsafe: TRACKER_BASE_URL"),
    ],
)
def test_the_command_exits_1_when_something_is_unsafe(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch, base_url: str, status: int, words: str
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", healthy.database_url)
    monkeypatch.setenv("TRACKER_SECRET_KEY", healthy.secret_key)
    monkeypatch.setenv("TRACKER_BASE_URL", base_url)
    told = CliRunner().invoke(main, ["doctor"])
    assert told.exit_code == status, told.output
    assert words in told.output
    assert "warning: TRACKER_CONTACT" in told.output


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TRACKER_SECRET_KEY", "short", "at least 32 bytes"),
        ("TRACKER_BASE_URL", "https://tracker.example.nhs.uk", "loopback"),
    ],
)
def test_settings_the_app_refuses_are_told_in_words(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", healthy.database_url)
    monkeypatch.setenv("TRACKER_SECRET_KEY", healthy.secret_key)
    monkeypatch.setenv("TRACKER_DEV", "1")
    monkeypatch.setenv(name, value)
    told = CliRunner().invoke(main, ["doctor"])
    assert told.exit_code == 1
    assert words in told.output
    assert "Traceback" not in told.output


def test_mounts_are_read_with_spaces_in_their_names(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "36 21 0:50 / /mnt/old\\040share rw shared:2 master:3 - nfs4 host:/x rw\n"
    )
    mounts = read_mounts(table)
    assert file_system(Path("/mnt/old share/tracker.db"), mounts) == "nfs4"
    assert file_system(Path("/mnt/older/tracker.db"), mounts) == "ext4"
    assert read_mounts(tmp_path / "nothing") == {}
    assert file_system(Path("/x"), {}) == ""


def test_this_machine_says_what_it_is_on() -> None:
    assert file_system(Path(__file__), read_mounts())
