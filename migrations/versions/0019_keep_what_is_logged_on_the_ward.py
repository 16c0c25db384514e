"""Keep what is logged on the ward."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cycle_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("surprise", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_cycle_note_by_id_user")),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["pdsa_cycle.id"],
            name=op.f("fk_cycle_note_cycle_id_pdsa_cycle"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_cycle_note_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_cycle_note_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_note")),
    )
    with op.batch_alter_table("cycle_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_note_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_note_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cycle_note_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cycle_note_project_id"), ["project_id"], unique=False)

    with op.batch_alter_table("pdsa_cycle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.String(length=40), nullable=True))

    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.drop_column("made_on")

    with op.batch_alter_table("pdsa_cycle", schema=None) as batch_op:
        batch_op.drop_column("size")

    with op.batch_alter_table("cycle_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_note_project_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_note_deleted_by_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_note_cycle_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_note_by_id"))

    op.drop_table("cycle_note")
