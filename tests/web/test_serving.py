"""`tracker run` serves no database that lacks a change of this version."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker import create_app
from tracker.cli import main, serve
from tracker.config import Settings
from tracker.db import db, migrations


@pytest.fixture
def older(tmp_path: Path) -> Settings:
    """An empty database as the version before this one left it."""
    path = tmp_path / "instance" / "demo.db"
    path.parent.mkdir()
    settings = Settings(
        database_url=f"sqlite:///{path}", secret_key="only-for-tests-" * 3, dev=True, plugins=()
    )
    app = create_app(settings)
    migrations.upgrade(app, "0001")
    with app.app_context():
        db.engine.dispose()
    return settings


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be served, in place of serving it."""
    found: list[str] = []
    monkeypatch.setattr(serve, "_serve", lambda app, bind, workers: found.append(bind))
    monkeypatch.setattr(serve, "_is_taken", lambda host, port: False)
    return found


def test_a_database_that_lacks_changes_is_not_served(
    older: Settings, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", older.database_url)
    monkeypatch.setenv("TRACKER_SECRET_KEY", older.secret_key)
    monkeypatch.setenv("TRACKER_DEV", "1")
    told = CliRunner().invoke(main, ["run"])
    assert told.exit_code == 1
    assert "run `tracker migrate` first" in told.output
    assert served == []


def test_a_demonstration_of_an_older_version_is_brought_up_to_date(
    older: Settings, served: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in serve.demo_settings(serve.INSTANCE):
        monkeypatch.setenv(name, "set back after the test")
    told = CliRunner().invoke(main, ["run", "--demo"])
    assert told.exit_code == 0, told.output
    assert "brought up to date" in told.output
    assert served == ["127.0.0.1:5000"]
    assert migrations.pending(create_app(older)) == []
