"""Keep stakeholder maps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stakeholder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("team_role", sa.String(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=True),
        sa.Column("influence", sa.String(length=40), nullable=True),
        sa.Column("interest", sa.String(length=40), nullable=True),
        sa.Column("now", sa.String(length=40), nullable=True),
        sa.Column("needed", sa.String(length=40), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("lived_experience", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name=op.f("fk_stakeholder_definition_id_definition"),
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_stakeholder_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_stakeholder_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder")),
        sa.UniqueConstraint("uid", name=op.f("uq_stakeholder_uid")),
    )
    with op.batch_alter_table("stakeholder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stakeholder_definition_id"), ["definition_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stakeholder_project_id"), ["project_id"], unique=False)

    op.create_table(
        "stakeholder_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_stakeholder_contact_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_stakeholder_contact_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_contact_stakeholder_id_stakeholder"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_contact")),
    )
    with op.batch_alter_table("stakeholder_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_contact_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_contact_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_contact_stakeholder_id"), ["stakeholder_id"], unique=False
        )

    op.create_table(
        "stakeholder_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("target_name", sa.String(), nullable=False),
        sa.Column("flows", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(source_id IS NULL) = (source_name <> '')", name=op.f("ck_stakeholder_link_from_one")
        ),
        sa.CheckConstraint(
            "(target_id IS NULL) = (target_name <> '')", name=op.f("ck_stakeholder_link_to_one")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_stakeholder_link_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_stakeholder_link_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_link_source_id_stakeholder"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_link_target_id_stakeholder"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_link")),
        sa.UniqueConstraint("uid", name=op.f("uq_stakeholder_link_uid")),
    )
    with op.batch_alter_table("stakeholder_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stakeholder_link_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_link_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_link_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_link_target_id"), ["target_id"], unique=False
        )

    op.create_table(
        "stakeholder_stance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("now", sa.String(length=40), nullable=True),
        sa.Column("needed", sa.String(length=40), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_stakeholder_stance_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_stakeholder_stance_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name=op.f("fk_stakeholder_stance_stakeholder_id_stakeholder"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_stance")),
    )
    with op.batch_alter_table("stakeholder_stance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_stance_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_stance_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stakeholder_stance_stakeholder_id"), ["stakeholder_id"], unique=False
        )


def downgrade() -> None:
    for table in ("stakeholder_stance", "stakeholder_link", "stakeholder_contact", "stakeholder"):
        op.drop_table(table)
