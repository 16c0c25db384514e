"""Let comments be resolved and read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_reader",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_comment_reader_user_id_user")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_comment_reader")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("resolved_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_comment_resolved_by_id"), ["resolved_by_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_comment_resolved_by_id_user"), "user", ["resolved_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_comment_resolved_by_somebody"),
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)",
        )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.alter_column("role", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_comment_resolved_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_comment_resolved_by_id_user"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_comment_resolved_by_id"))
        batch_op.drop_column("resolved_by_id")
        batch_op.drop_column("resolved_at")
        batch_op.drop_column("role")

    op.drop_table("comment_reader")
