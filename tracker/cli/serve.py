"""`tracker run` and `tracker demo`: serving, for real or for a look around."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .apps import app_from_env

if TYPE_CHECKING:
    from flask import Flask

LOOPBACK = "127.0.0.1"
INSTANCE = Path("instance")


def demo_settings(folder: Path) -> dict[str, str]:
    """Environment of the demonstration: its own database and key in `folder`, loopback only."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "demo.key"
    if not key.exists():
        key.write_text(secrets.token_hex(32), encoding="utf-8")
        key.chmod(0o600)
    return {
        "TRACKER_DATABASE_URL": f"sqlite:///{(folder / 'demo.db').resolve()}",
        "TRACKER_SECRET_KEY_FILE": str(key),
        "TRACKER_DEV": "1",
        "TRACKER_DEMO": "1",
    }


def make_demo(folder: Path, *, fresh: bool = False) -> None:
    """Make the demonstration database; one that is there is brought up to date."""
    from tracker.demo import fill

    path = folder / "demo.db"
    if fresh:
        for each in folder.glob("demo.db*"):
            each.unlink()
    if path.exists():
        _bring_up_to_date()
        return
    click.echo("Making the demonstration database. This takes some seconds, once.")
    try:
        fill.make(app_from_env())
    except BaseException:
        for each in folder.glob("demo.db*"):
            each.unlink()
        raise


def _bring_up_to_date() -> None:
    from tracker.db import migrations

    try:
        done = migrations.upgrade(app_from_env())
    except migrations.DatabaseNewer as error:
        raise click.ClickException(
            f"{error}\nMake the demonstration anew: tracker demo --fresh"
        ) from error
    if done:
        click.echo("The demonstration database is brought up to date.")


def _must_be_up_to_date(app: Flask) -> None:
    """A database that lacks changes would answer with errors; people learn it before they serve."""
    from tracker.db import migrations

    try:
        steps = migrations.pending(app)
    except migrations.DatabaseNewer as error:
        raise click.ClickException(str(error)) from error
    if steps:
        raise click.ClickException(
            f"the database lacks {len(steps)} change{'' if len(steps) == 1 else 's'} of this "
            "version: run `tracker migrate` first"
        )


@click.command()
@click.option(
    "--fresh", is_flag=True, help="Throw the demonstration database away and make it anew."
)
def demo(fresh: bool) -> None:
    """Make the demonstration database in ./instance and list its sign-ins."""
    os.environ.update(demo_settings(INSTANCE))
    make_demo(INSTANCE, fresh=fresh)
    _tell_sign_ins()


@click.command()
@click.option(
    "--demo", "is_demo", is_flag=True, help="Serve the demonstration on the loopback address."
)
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def run(is_demo: bool, host: str, port: int, workers: int) -> None:
    """Serve with gunicorn. Put a proxy that ends TLS in front of a real installation."""
    if is_demo:
        if host != LOOPBACK:
            raise click.ClickException("the demonstration is served on the loopback address only")
        os.environ.update(demo_settings(INSTANCE))
        make_demo(INSTANCE)
    if _is_taken(host, port):
        raise click.ClickException(f"port {port} is in use; try --port {port + 1}")
    app = app_from_env()
    _must_be_up_to_date(app)
    click.echo(f"QI Tracker is at http://{host}:{port} (stop it with Ctrl+C)")
    if is_demo:
        _tell_sign_ins()
    _serve(app, f"{host}:{port}", workers)


def _tell_sign_ins() -> None:
    from tracker.demo.people import PASSWORD, PEOPLE

    click.echo("\nDemonstration sign-ins, one for each access role:")
    width = max(len(p.email) for p in PEOPLE)
    for person in PEOPLE:
        click.echo(f"  {person.role.label:<28} {person.email:<{width}}  {PASSWORD}")
    click.echo("")


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _serve(app: Flask, bind: str, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in {
                "bind": bind,
                "workers": workers,
                "threads": 4,
                "worker_class": "gthread",
                "timeout": 60,
                "graceful_timeout": 30,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "control_socket_disable": True,
            }.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Server().run()
