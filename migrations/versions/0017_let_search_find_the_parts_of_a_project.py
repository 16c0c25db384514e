"""Let search find the parts of a project. Run `tracker search rebuild` to enter those there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INDEX = "ix_search_entry_project_id"


def upgrade() -> None:
    op.add_column("search_entry", sa.Column("project_id", sa.Integer(), nullable=True))
    op.create_index(INDEX, "search_entry", ["project_id"])
    op.execute("UPDATE search_entry SET project_id = object_id WHERE kind = 'project'")
    if op.get_bind().dialect.name == "sqlite":
        # From here on the words are in the index alone, with the kind beside them.
        _index("kind, words")
        op.execute("UPDATE search_entry SET words = ''")
    else:
        op.execute(
            "CREATE INDEX IF NOT EXISTS search_words_of_projects ON search_entry "
            "USING gin (search_words) WHERE kind = 'project'"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "UPDATE search_entry SET words = coalesce("
            "(SELECT words FROM search_words WHERE rowid = search_entry.id), '')"
        )
    else:
        op.execute("DROP INDEX IF EXISTS search_words_of_projects")
    op.execute("DELETE FROM search_entry WHERE project_id IS NOT NULL AND kind <> 'project'")
    if op.get_bind().dialect.name == "sqlite":
        _index("words")
    op.drop_index(INDEX, "search_entry")
    op.drop_column("search_entry", "project_id")


def _index(columns: str) -> None:
    op.execute("DROP TABLE search_words")
    op.execute(f"CREATE VIRTUAL TABLE search_words USING fts5({columns}, prefix='1 2 3')")
    op.execute(f"INSERT INTO search_words(rowid, {columns}) SELECT id, {columns} FROM search_entry")  # noqa: S608
