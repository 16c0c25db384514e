"""Keep charters, what was decided on them, equality and co-production."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = ("background", "scope_in", "scope_out", "reports_to")


def upgrade() -> None:
    op.create_table(
        "charter_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_as", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict = 'approved' OR reason <> ''",
            name=op.f("ck_charter_decision_refused_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_charter_decision_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_charter_decision_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_decision")),
    )
    with op.batch_alter_table("charter_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charter_decision_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            "ix_charter_decision_project_id_about", ["project_id", "about"], unique=False
        )

    op.create_table(
        "equality_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("impact", sa.String(), nullable=False),
        sa.Column("mitigation", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_equality_group_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_equality_group_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_group")),
        sa.UniqueConstraint("uid", name=op.f("uq_equality_group_uid")),
    )
    with op.batch_alter_table("equality_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_equality_group_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_equality_group_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "involvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("cycles", sa.JSON(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_involvement_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_involvement_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
        sa.UniqueConstraint("uid", name=op.f("uq_involvement_uid")),
    )
    with op.batch_alter_table("involvement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_involvement_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_involvement_project_id"), ["project_id"], unique=False)

    with op.batch_alter_table("project", schema=None) as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("project", schema=None) as batch_op:
        for name in TEXTS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("project", schema=None) as batch_op:
        for name in reversed(TEXTS):
            batch_op.drop_column(name)

    with op.batch_alter_table("involvement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_involvement_project_id"))
        batch_op.drop_index(batch_op.f("ix_involvement_deleted_by_id"))

    op.drop_table("involvement")
    with op.batch_alter_table("equality_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_equality_group_project_id"))
        batch_op.drop_index(batch_op.f("ix_equality_group_deleted_by_id"))

    op.drop_table("equality_group")
    with op.batch_alter_table("charter_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_charter_decision_project_id_about")
        batch_op.drop_index(batch_op.f("ix_charter_decision_by_id"))

    op.drop_table("charter_decision")
