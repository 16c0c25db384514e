"""Remember where a plan was copied from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("pitfalls", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_project_copy_by_id_user")),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["project.id"],
            name=op.f("fk_project_copy_origin_id_project"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_copy_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_copy")),
        sa.UniqueConstraint("project_id", name=op.f("uq_project_copy_project_id")),
    )
    op.create_index("ix_project_copy_by_id", "project_copy", ["by_id"])
    op.create_index("ix_project_copy_origin_id", "project_copy", ["origin_id"])


def downgrade() -> None:
    op.drop_table("project_copy")
