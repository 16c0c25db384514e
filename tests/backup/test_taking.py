"""Backups are whole, of one moment, private, and overwrite nothing."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tracker.audit import chain
from tracker.audit.models import AuditEvent, AuditHead
from tracker.backup import (
    BackupError,
    backup_folder,
    manifest_beside,
    newest,
    read_manifest,
    server,
    take,
    take_into,
)
from tracker.backup.manifest import sha256_of
from tracker.db import db, unit_of_work
from tracker.organisations.models import Organisation
from tracker.testing import factories

from .conftest import Place


def test_a_backup_holds_every_row_and_the_end_of_the_history(place: Place, tmp_path: Path) -> None:
    with place.app():
        factories.cycle()
        events = db.session.scalar(select(func.count()).select_from(AuditEvent))
        head = db.session.get_one(AuditHead, chain.HEAD)
        told = (head.seq, head.hash)
    taken = take(place.settings, tmp_path / "one")
    contents = taken.manifest.contents
    assert contents.rows["audit_event"] == events
    assert contents.rows["pdsa_cycle"] == 1
    assert (contents.audit_seq, contents.audit_hash) == told
    assert contents.broken_at is None
    assert list(contents.heads) == ["alembic_version"]
    assert not any(name.startswith("search_words") for name in contents.rows)


def test_the_manifest_says_how_to_tell_the_file(place: Place, tmp_path: Path) -> None:
    taken = take(place.settings, tmp_path / "one")
    assert read_manifest(taken.file) == taken.manifest
    assert taken.manifest.sha256 == sha256_of(taken.file)
    assert taken.manifest.bytes == taken.file.stat().st_size
    assert taken.manifest.engine == place.databases.kind


def test_only_its_owner_can_read_a_backup(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    taken = take_into(place.settings, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in (taken.file, manifest_beside(taken.file)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} == {
        taken.file.name,
        f"{taken.file.name}.json",
    }


def test_a_backup_overwrites_nothing(place: Place, tmp_path: Path) -> None:
    for name in ("one", "two.json"):
        (tmp_path / name).write_text("dear to somebody")
    for name in ("one", "two"):
        with pytest.raises(BackupError, match="overwrites nothing"):
            take(place.settings, tmp_path / name)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"dear to somebody"}
    assert len(list(tmp_path.iterdir())) == 2


def test_backups_of_one_second_get_names_of_their_own(place: Place, tmp_path: Path) -> None:
    files = {take(place.settings, tmp_path).file for _ in range(3)}
    assert len(files) == 3
    assert len(list(tmp_path.iterdir())) == 6


def test_a_backup_beside_writers_is_of_one_moment(place: Place, tmp_path: Path) -> None:
    stop = threading.Event()
    faults: list[BaseException] = []

    def write() -> None:
        with place.app():
            try:
                while not stop.is_set():
                    factories.organisation()
            except BaseException as fault:
                faults.append(fault)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        taken = [take(place.settings, tmp_path / f"{number}") for number in range(4)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert not faults
    ends = [each.manifest.contents.audit_seq for each in taken]
    assert ends == sorted(ends)
    assert ends[-1] > ends[0], "nobody wrote meanwhile: this shows nothing"
    for each in taken:
        contents = each.manifest.contents
        # Each organisation is added in one unit of work with its event.
        assert contents.rows["organisation"] == contents.rows["audit_event"] == contents.audit_seq
        assert contents.broken_at is None


def test_a_changed_history_is_copied_and_told(place: Place, tmp_path: Path) -> None:
    with place.app():
        factories.cycle()
        with unit_of_work():
            db.session.get_one(AuditHead, chain.HEAD).hash = "0" * 64
    contents = take(place.settings, tmp_path / "one").manifest.contents
    assert contents.broken_at == contents.rows["audit_event"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_damaged_database_gives_no_backup(place: Place, tmp_path: Path) -> None:
    with place.app():
        factories.cycle()
    with sqlite3.connect(place.file) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'ix_pdsa_cycle_project_id'"
        )
    connection.close()
    with pytest.raises(BackupError, match=r"damaged|malformed"):
        take(place.settings, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_rows_that_refer_to_nothing_give_no_backup(place: Place, tmp_path: Path) -> None:
    with sqlite3.connect(place.file) as connection:
        connection.execute(
            "INSERT INTO search_entry (id, kind, object_id, words) VALUES (1, 'project', 1, 'x')"
        )
        connection.execute(
            "INSERT INTO login_session (token_hash, user_id, created_at, last_seen_at, address,"
            " browser) VALUES ('x', 99, '2026-01-01', '2026-01-01', '', '')"
        )
    connection.close()
    with pytest.raises(BackupError, match="refer to nothing, in login_session"):
        take(place.settings, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_is_not_made(place: Place, tmp_path: Path) -> None:
    place.destroy()
    with pytest.raises(BackupError, match=r"no database|does not exist"):
        take(place.settings, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []
    assert place.beside() == set()
    assert not (place.is_sqlite and place.file.exists())


def test_a_folder_that_is_not_there_is_named(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no folder"):
        take(place.settings, tmp_path / "nowhere" / "one")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_leaves_nothing(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def backup(self, *args: object, **options: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    real = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *args, **options: real(*args, **{**options, "factory": Full})
    )
    with pytest.raises(BackupError, match="disk is full"):
        take(place.settings, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_locked_as_a_whole_is_not_waited_for_without_end(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.backup import embedded

    monkeypatch.setattr(embedded, "WAIT_SECONDS", 0)
    held = sqlite3.connect(place.file, isolation_level=None)
    held.execute("PRAGMA locking_mode=EXCLUSIVE")
    held.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(BackupError, match="locked"):
            take(place.settings, tmp_path / "one")
    finally:
        held.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_pg_dump_the_package_is_named(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(server, "DEBIAN", tmp_path)
    with pytest.raises(BackupError, match="install postgresql-client"):
        take(place.settings, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_no_password_is_on_a_command_line(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = subprocess.run
    seen: list[str] = []

    def note(command: list[str], **options: Any) -> object:
        seen.append(" ".join(command))
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", note)
    url = place.url.replace("tracker@", "tracker:hunter2@")
    take(replace(place.settings, database_url=url), tmp_path / "one")
    assert any("pg_dump" in command for command in seen)
    assert not any("hunter2" in command for command in seen)


def test_backups_go_beside_an_embedded_database_unless_told(place: Place, tmp_path: Path) -> None:
    told = replace(place.settings, backup_folder=tmp_path)
    assert backup_folder(told) == tmp_path
    if place.is_sqlite:
        assert backup_folder(place.settings) == place.file.parent / "backups"
    else:
        with pytest.raises(BackupError, match="TRACKER_BACKUP_FOLDER"):
            backup_folder(place.settings)


def test_the_newest_backup_is_the_one_taken_last_and_still_there(
    place: Place, tmp_path: Path
) -> None:
    assert newest(tmp_path) is None
    first = take(place.settings, tmp_path / "z")
    last = take(place.settings, tmp_path / "a")
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / "other").write_text("")
    assert newest(tmp_path) == last.manifest
    last.file.unlink()
    assert newest(tmp_path) == first.manifest


def test_every_organisation_is_in_the_copy_as_it_was(place: Place, tmp_path: Path) -> None:
    with place.app():
        made = factories.organisation().name
    taken = take(place.settings, tmp_path / "one")
    if place.is_sqlite:
        copied = sqlite3.connect(taken.file)
        try:
            assert copied.execute("SELECT name FROM organisation").fetchall() == [(made,)]
            assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        finally:
            copied.close()
    else:
        assert taken.file.read_bytes().startswith(b"PGDMP")
    assert Organisation.__tablename__ in taken.manifest.contents.rows
