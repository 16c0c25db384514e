"""Migrations on both engines: whole or not at all, and nobody's rows lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, create_engine, text
from sqlalchemy.exc import DatabaseError

from tracker import create_app
from tracker.db import migrations
from tracker.db.migrations import BrokenReferences, DatabaseNewer, History
from tracker.testing.databases import Databases, test_settings

FIRST = """
    op.create_table("ward", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "bed",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ward_id", sa.Integer(), sa.ForeignKey("ward.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO ward (id) VALUES (1), (2)")
    op.execute("INSERT INTO bed (id, ward_id) VALUES (1, 1), (2, 1), (3, 2)")
"""
RENAMED = """
    with op.batch_alter_table("ward", recreate="auto") as ward:
        ward.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
        ward.alter_column("name", new_column_name="title")
"""
BACK = """
    with op.batch_alter_table("ward") as ward:
        ward.drop_column("title")
"""
BREAKS_OFF = """
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
ORPHANS = """
    op.execute("DELETE FROM ward WHERE id = 2")
"""


class Story:
    """A history of its own, written one revision after another."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self._revisions: list[str] = []
        metadata = MetaData()
        Table("ward", metadata, Column("id", Integer, primary_key=True), Column("title", Text))
        Table(
            "bed",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("ward_id", Integer, ForeignKey("ward.id")),
        )
        self.history = History(
            name="story", metadata=metadata, versions=folder, version_table="alembic_version_story"
        )

    def add(self, up: str, down: str = "    pass") -> None:
        before = self._revisions[-1] if self._revisions else None
        revision = f"{len(self._revisions) + 1:04d}"
        self._revisions.append(revision)
        (self.history.versions / f"{revision}.py").write_text(
            f'"""Step {revision}."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
            f"revision = {revision!r}\ndown_revision = {before!r}\n\n"
            f"def upgrade():\n{up}\n\ndef downgrade():\n{down}\n",
            encoding="utf-8",
        )

    def forget_last(self) -> None:
        (self.history.versions / f"{self._revisions.pop()}.py").unlink()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        engine = create_engine(self.app.extensions["tracker_settings"].database_url)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(sql))]
        finally:
            engine.dispose()


@pytest.fixture
def story(database: Databases, tmp_path: Path) -> Story:
    made = Story(create_app(test_settings(database.spare(migrated=False))), tmp_path)
    made.add(FIRST)
    migrations.upgrade(made.app, history=made.history)
    return made


def test_steps_are_told_oldest_first_and_each_is_taken_once(story: Story) -> None:
    story.add(RENAMED, BACK)
    story.add("    pass")
    assert [p.revision for p in migrations.pending(story.app, history=story.history)] == [
        "0002",
        "0003",
    ]
    done = migrations.upgrade(story.app, history=story.history)
    assert [(step.revision, step.title) for step in done] == [
        ("0002", "Step 0002"),
        ("0003", "Step 0003"),
    ]
    assert migrations.pending(story.app, history=story.history) == []
    assert migrations.upgrade(story.app, history=story.history) == []


def test_a_step_may_be_taken_alone(story: Story) -> None:
    story.add(RENAMED, BACK)
    story.add("    pass")
    done = migrations.upgrade(story.app, "0002", history=story.history)
    assert [step.revision for step in done] == ["0002"]
    assert migrations.current(story.app, history=story.history) == "0002"


def test_changing_a_parent_table_keeps_its_children(story: Story) -> None:
    story.add(RENAMED, BACK)
    migrations.upgrade(story.app, history=story.history)
    assert story.rows("SELECT id, ward_id FROM bed ORDER BY id") == [(1, 1), (2, 1), (3, 2)]
    assert story.rows("SELECT title FROM ward") == [("",), ("",)]


def test_down_and_up_again_keeps_the_rows(story: Story) -> None:
    story.add(RENAMED, BACK)
    migrations.upgrade(story.app, history=story.history)
    migrations.downgrade(story.app, "0001", history=story.history)
    assert migrations.current(story.app, history=story.history) == "0001"
    migrations.upgrade(story.app, history=story.history)
    assert story.rows("SELECT count(*) FROM bed") == [(3,)]


def test_a_step_that_fails_leaves_nothing_of_itself_nor_of_those_before_it(story: Story) -> None:
    story.add(RENAMED, BACK)
    story.add(BREAKS_OFF)
    with pytest.raises(DatabaseError):
        migrations.upgrade(story.app, history=story.history)
    assert migrations.current(story.app, history=story.history) == "0001"
    for statement in ("SELECT * FROM half", "SELECT title FROM ward"):
        with pytest.raises(DatabaseError):
            story.rows(statement)


def test_a_step_that_leaves_broken_references_is_undone(story: Story) -> None:
    story.add(ORPHANS)
    is_sqlite = story.app.extensions["tracker_settings"].database_url.startswith("sqlite")
    if is_sqlite:
        with pytest.raises(BrokenReferences, match="bed -> ward"):
            migrations.upgrade(story.app, history=story.history)
        assert story.rows("SELECT count(*) FROM ward") == [(2,)]
    else:
        # PostgreSQL kept its foreign keys on: the cascade was the step's own wish.
        migrations.upgrade(story.app, history=story.history)
        assert story.rows("SELECT count(*) FROM bed") == [(2,)]


def test_a_database_from_a_newer_release_is_refused(story: Story) -> None:
    story.add(RENAMED, BACK)
    migrations.upgrade(story.app, history=story.history)
    story.forget_last()
    for act in (migrations.upgrade, migrations.pending):
        with pytest.raises(DatabaseNewer, match="0002"):
            act(story.app, history=story.history)
    with pytest.raises(DatabaseNewer):
        migrations.downgrade(story.app, "base", history=story.history)


def test_a_history_sees_its_own_tables_only(tmp_path: Path) -> None:
    def history(prefix: str = "", foreign: tuple[str, ...] = ()) -> History:
        return History(
            name="x",
            metadata=MetaData(),
            versions=tmp_path,
            version_table="v",
            prefix=prefix,
            foreign=foreign,
        )

    core, plugin = history(foreign=("psirf_",)), history(prefix="psirf_")
    assert core.owns("project", "table")
    assert not core.owns("psirf_response", "table")
    assert plugin.owns("psirf_response", "table")
    assert not plugin.owns("project", "table")
    assert core.owns("ix_anything", "index")
    assert not core.owns("search_words_data", "table"), "the search index makes its own"
