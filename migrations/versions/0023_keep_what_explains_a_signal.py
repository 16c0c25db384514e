"""Keep what explains a signal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signal_explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_signal_explanation_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_signal_explanation_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
            name=op.f("fk_signal_explanation_measure_id_measure"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_signal_explanation_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_explanation")),
    )
    with op.batch_alter_table("signal_explanation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_explanation_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signal_explanation_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signal_explanation_measure_id"), ["measure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signal_explanation_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "signal_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("explanation_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("annotation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(cycle_id IS NULL) <> (annotation_id IS NULL)", name=op.f("ck_signal_cause_one_cause")
        ),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_signal_cause_annotation_id_annotation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["pdsa_cycle.id"],
            name=op.f("fk_signal_cause_cycle_id_pdsa_cycle"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["explanation_id"],
            ["signal_explanation.id"],
            name=op.f("fk_signal_cause_explanation_id_signal_explanation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_signal_cause_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_cause")),
    )
    with op.batch_alter_table("signal_cause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signal_cause_annotation_id"), ["annotation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signal_cause_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signal_cause_explanation_id"), ["explanation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signal_cause_project_id"), ["project_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("signal_cause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_cause_project_id"))
        batch_op.drop_index(batch_op.f("ix_signal_cause_explanation_id"))
        batch_op.drop_index(batch_op.f("ix_signal_cause_cycle_id"))
        batch_op.drop_index(batch_op.f("ix_signal_cause_annotation_id"))

    op.drop_table("signal_cause")
    with op.batch_alter_table("signal_explanation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_explanation_project_id"))
        batch_op.drop_index(batch_op.f("ix_signal_explanation_measure_id"))
        batch_op.drop_index(batch_op.f("ix_signal_explanation_deleted_by_id"))
        batch_op.drop_index(batch_op.f("ix_signal_explanation_by_id"))

    op.drop_table("signal_explanation")
