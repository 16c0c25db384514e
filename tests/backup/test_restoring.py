"""A backup comes back whole or not at all, and what was there before is kept."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select

from tracker.backup import BackupError, Taken, check, manifest_beside, restore, take
from tracker.backup.manifest import as_json, running_version
from tracker.config import Settings
from tracker.db import db
from tracker.organisations.models import Organisation
from tracker.testing import factories
from tracker.testing.databases import KINDS

from .conftest import Place


def organisations(place: Place) -> int:
    with place.app():
        return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


@pytest.fixture
def taken(place: Place, tmp_path: Path) -> Taken:
    """A backup with one organisation; the database has a second by now."""
    with place.app():
        factories.organisation()
    done = take(place.settings, tmp_path / "one")
    with place.app():
        factories.organisation()
    return done


def test_a_backup_comes_back_and_the_old_database_is_kept(place: Place, taken: Taken) -> None:
    done = restore(place.settings, taken.file)
    assert organisations(place) == 1
    assert done.aside is not None
    assert place.beside() == {Path(done.aside).name}
    if place.is_sqlite:
        assert organisations(Place(place.databases, f"sqlite:///{done.aside}")) == 2
    else:
        with place.server(done.aside) as old:
            assert old.execute("SELECT count(*) FROM organisation").fetchone() == (2,)


def test_a_lost_database_comes_back(place: Place, taken: Taken) -> None:
    place.destroy()
    assert restore(place.settings, taken.file).aside is None
    assert organisations(place) == 1
    assert place.beside() == set()


def test_what_is_written_after_it_came_back_is_checked_by_the_chain(
    place: Place, taken: Taken, tmp_path: Path
) -> None:
    restore(place.settings, taken.file)
    with place.app():
        factories.organisation()
    again = take(place.settings, tmp_path / "two").manifest.contents
    assert again.audit_seq == 2
    assert again.broken_at is None


def test_search_works_in_a_database_that_came_back(place: Place, tmp_path: Path) -> None:
    from tracker.db import search

    with place.app():
        title = factories.project().title
    done = take(place.settings, tmp_path / "one")
    place.destroy()
    restore(place.settings, done.file)
    with place.app():
        assert db.session.scalars(search.matching("project", title.split()[0])).all()


def in_use(place: Place, taken: Taken) -> None:
    with pytest.raises(BackupError, match=r"(?s)open.*Stop the server.*Nothing was changed"):
        restore(place.settings, taken.file)
    assert place.beside() == set()


def test_a_database_that_an_idle_server_has_open_is_left_alone(place: Place, taken: Taken) -> None:
    with place.app():
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2
        # The connection is idle now, as those of a server are.
        db.session.rollback()
        if place.is_sqlite:
            before = place.beside()
            with pytest.raises(BackupError, match="open"):
                restore(place.settings, taken.file)
            assert place.beside() == before
        else:
            in_use(place, taken)
    assert organisations(place) == 2


OPENS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damaged", [False, True])
def test_another_process_that_has_the_file_open_is_noticed(
    place: Place, taken: Taken, damaged: bool
) -> None:
    other = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", OPENS, str(place.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        if damaged:
            with place.file.open("r+b") as file:
                file.write(b"scratched")
        with pytest.raises(BackupError, match="open"):
            restore(place.settings, taken.file)
        other.stdin.write("\n")
    restore(place.settings, taken.file)
    assert organisations(place) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_damaged_database_goes_aside_as_it_is(place: Place, taken: Taken) -> None:
    place.file.write_bytes(b"scratched" * 1000)
    done = restore(place.settings, taken.file)
    assert done.aside is not None
    assert Path(done.aside).read_bytes() == b"scratched" * 1000
    assert organisations(place) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_journal_without_its_database_is_not_played_into_the_new_one(
    place: Place, taken: Taken
) -> None:
    place.destroy()
    left = place.file.with_name(f"{place.file.name}-wal")
    left.write_bytes(b"what is left of another database")
    restore(place.settings, taken.file)
    assert organisations(place) == 1
    kept = [name for name in place.beside() if name.endswith("-wal") and "before" in name]
    assert len(kept) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_server_may_read_what_root_put_back(place: Place, taken: Taken) -> None:
    place.file.chmod(0o640)
    restore(place.settings, taken.file)
    assert place.file.stat().st_mode & 0o777 == 0o640


def cut(taken: Taken) -> None:
    taken.file.write_bytes(taken.file.read_bytes()[:-100])


def without_manifest(taken: Taken) -> None:
    manifest_beside(taken.file).unlink()


def not_a_manifest(taken: Taken) -> None:
    manifest_beside(taken.file).write_text("[]")


def of_a_later_kind(taken: Taken) -> None:
    rewritten(taken, format=2)


def of_a_newer_release(taken: Taken) -> None:
    first, *rest = running_version().split(".")
    rewritten(taken, product_version=".".join([str(int(first) + 1), *rest]))


def of_a_newer_revision(taken: Taken) -> None:
    contents = replace(taken.manifest.contents, heads={"alembic_version": "9999"})
    rewritten(taken, contents=contents)


def of_the_other_engine(taken: Taken) -> None:
    (other,) = set(KINDS) - {taken.manifest.engine}
    rewritten(taken, engine=other)


def with_other_counts(taken: Taken) -> None:
    rows = {**taken.manifest.contents.rows, "organisation": 2}
    rewritten(taken, contents=replace(taken.manifest.contents, rows=rows))


def with_another_history(taken: Taken) -> None:
    rewritten(taken, contents=replace(taken.manifest.contents, audit_hash="f" * 64))


def rewritten(taken: Taken, **changes: Any) -> None:
    manifest_beside(taken.file).write_text(as_json(replace(taken.manifest, **changes)))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut, "not the file that was backed up"),
        (without_manifest, "with its manifest"),
        (not_a_manifest, "not a manifest"),
        (of_a_later_kind, "this release does not know"),
        (of_a_newer_release, "Install that release first"),
        (of_a_newer_revision, "Install that release first"),
        (of_the_other_engine, "is a backup of"),
        (with_other_counts, "numbers of rows"),
        (with_another_history, "hash at the end"),
    ],
)
def test_what_is_not_right_is_not_put_back(
    place: Place, taken: Taken, spoil: Callable[[Taken], None], told: str
) -> None:
    spoil(taken)
    with pytest.raises(BackupError, match=told):
        restore(place.settings, taken.file)
    assert organisations(place) == 2
    assert {name for name in place.beside() if not name.endswith(("-wal", "-shm"))} == set()


def test_a_backup_whose_file_is_gone_is_named(place: Place, taken: Taken) -> None:
    taken.file.unlink()
    with pytest.raises(BackupError, match="cannot be read"):
        check(place.settings, taken.file)


def test_a_manifest_holds_nothing_of_the_rows(taken: Taken, place: Place) -> None:
    with place.app():
        names = db.session.scalars(select(Organisation.name)).all()
    told = manifest_beside(taken.file).read_text()
    assert json.loads(told)["contents"]["rows"]["organisation"] == 1
    assert not any(name in told for name in names)


def limited(place: Place) -> Settings:
    """Settings with an account that owns the database and may not make another."""
    with place.server("postgres") as server:
        server.execute("DROP ROLE IF EXISTS poor")
        server.execute("CREATE ROLE poor LOGIN")
        server.execute(f'ALTER DATABASE "{place.name}" OWNER TO poor')
    return replace(place.settings, database_url=place.url.replace("tracker@", "poor@"))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_account_that_may_not_make_databases_is_told_what_to_run(
    place: Place, taken: Taken
) -> None:
    settings = limited(place)
    try:
        with pytest.raises(BackupError, match=r"(?s)createdb .*pg_restore .*Nothing was changed"):
            restore(settings, taken.file)
    finally:
        with place.server("postgres") as server:
            server.execute("REASSIGN OWNED BY poor TO tracker")
            server.execute("DROP ROLE poor")
    assert organisations(place) == 2
    assert place.beside() == set()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_somebody_who_opens_it_meanwhile_keeps_it(
    place: Place, taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.backup import server

    exchange = server._exchange
    late: list[psycopg.Connection] = []

    def open_first(*args: Any) -> None:
        late.append(place.server(place.name))
        exchange(*args)

    monkeypatch.setattr(server, "_exchange", open_first)
    with pytest.raises(BackupError, match="opened"):
        restore(place.settings, taken.file)
    late[0].close()
    assert organisations(place) == 2
    assert place.beside() == set()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_writer_that_waits_for_the_old_file_is_refused_and_loses_nothing_silently(
    place: Place, taken: Taken
) -> None:
    late = sqlite3.connect(place.file, timeout=5, isolation_level=None)
    restore(place.settings, taken.file)
    # It opened the name before the exchange and reads only now.
    with pytest.raises(sqlite3.OperationalError):
        late.executescript("PRAGMA journal_mode=WAL; DELETE FROM login_session")
    late.close()
