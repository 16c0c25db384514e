"""`tracker backup` and `tracker restore`: a copy of the whole database, and putting one back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .apps import app_from_env

if TYPE_CHECKING:
    from flask import Flask

    from tracker.backup import Manifest, Taken
    from tracker.config import Settings


@click.command()
@click.argument("dest", required=False)
def backup(dest: str | None) -> None:
    """Copy the whole database to DEST while people go on writing.

    DEST is a file that is not there yet, or a folder; without it the folder of
    TRACKER_BACKUP_FOLDER. Exit 1, with nothing left behind, when the copy is not whole; exit 1
    and a copy when somebody has changed the history.
    """
    from tracker.backup import BackupError, backup_folder, take, take_into

    app = app_from_env()
    settings: Settings = app.extensions["tracker_settings"]
    try:
        if dest is not None and not dest.endswith(os.sep):
            taken = take(settings, Path(dest))
        else:
            taken = take_into(settings, Path(dest) if dest else backup_folder(settings))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    _note_taken(app, taken)
    tell(taken)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the database's place; the old database is kept under another name.

    Stop the server first: while anyone has the database open this is refused. The manifest beside
    FILE must be there, and what it says is checked before anything is exchanged.
    """
    from tracker.backup import BackupError, check
    from tracker.backup import restore as put_back

    app = app_from_env()
    settings: Settings = app.extensions["tracker_settings"]
    try:
        manifest = check(settings, file)
        click.echo(f"{file}: taken {manifest.taken_at:%d %B %Y, %H:%M:%S} UTC, {_size(manifest)}")
        if not yes:
            click.confirm("Put it in the place of the database?", abort=True)
        done = put_back(settings, file)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Restored; rows and history are as the manifest says.")
    if done.aside is not None:
        click.echo(f"The old database is now {done.aside}")
    _tell_history(manifest)
    _begin_again(app, file, manifest)


def tell(taken: Taken) -> None:
    """Say what was written, and the hash to keep. Exit 1 when the history was changed."""
    manifest = taken.manifest
    click.echo(f"{taken.file}: {_size(manifest)}")
    click.echo(f"sha256 {manifest.sha256}")
    _tell_history(manifest)
    if manifest.contents.broken_at is not None:
        raise click.ClickException(
            f"The history is broken at event {manifest.contents.broken_at}: somebody changed it. "
            "The copy holds it as it is; see: tracker audit verify"
        )


def _size(manifest: Manifest) -> str:
    rows = manifest.contents.rows
    return (
        f"{manifest.bytes / 1_000_000:.1f} MB, {sum(rows.values()):,} rows in {len(rows)} tables, "
        f"release {manifest.product_version}"
    )


def _tell_history(manifest: Manifest) -> None:
    told = manifest.contents
    click.echo(f"The history ends at event {told.audit_seq} with hash {told.audit_hash}")
    click.echo("Keep that line outside this server: it tells the real history from a rebuilt one.")


def _note_taken(app: Flask, taken: Taken) -> None:
    _note(
        app,
        "backup.taken",
        {
            "file": taken.file.name,
            "sha256": taken.manifest.sha256,
            "event": taken.manifest.contents.audit_seq,
        },
    )


def _begin_again(app: Flask, file: Path, manifest: Manifest) -> None:
    """End every sign-in: some of those in the backup had been ended since it was taken."""
    from sqlalchemy import delete

    from tracker.auth.models import LoginSession
    from tracker.db import db, migrations, unit_of_work

    if migrations.pending(app):
        click.echo("It is of an older release. Now run: tracker migrate")
        return
    with app.app_context(), unit_of_work():
        db.session.execute(delete(LoginSession))
    _note(
        app,
        "backup.restored",
        {"file": file.name, "sha256": manifest.sha256, "taken_at": manifest.taken_at.isoformat()},
    )
    click.echo("Every sign-in was ended; everybody signs in again.")


def _note(app: Flask, action: str, detail: dict[str, object]) -> None:
    """Write it into the history, unless its tables are of another release."""
    from sqlalchemy.exc import SQLAlchemyError

    from tracker import audit
    from tracker.db import migrations, unit_of_work

    try:
        if migrations.pending(app):
            return
        with app.app_context(), unit_of_work():
            audit.record(action, by=None, detail=detail)
    except (SQLAlchemyError, migrations.DatabaseNewer) as error:
        click.echo(f"It could not be noted in the history: {type(error).__name__}", err=True)
