"""Keep the definitions measures had before they took up a newer version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

REFERENCES = (
    ("project_id", "project", "CASCADE"),
    ("measure_id", "measure", "CASCADE"),
    ("definition_id", "definition", None),
    ("by_id", "user", None),
)


def upgrade() -> None:
    op.create_table(
        "former_definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_former_definition_{column}_{table}"),
                ondelete=ondelete,
            )
            for column, table, ondelete in REFERENCES
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_definition")),
    )
    for column, _, _ in REFERENCES:
        op.create_index(op.f(f"ix_former_definition_{column}"), "former_definition", [column])


def downgrade() -> None:
    op.drop_table("former_definition")
