"""Place what a split organisation left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint(
            "organisation_id",
            "valid_to",
            name=op.f("uq_organisation_name_organisation_id_valid_to"),
        ),
    )
    op.create_table(
        "organisation_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_organisation_placement_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_placement_into_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["left_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_placement_left_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_organisation_placement_undone_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_placement")),
    )
    with op.batch_alter_table("organisation_placement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_placement_by_id"), ["by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_placement_into_id"), ["into_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_placement_left_id"), ["left_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_placement_undone_by_id"), ["undone_by_id"], unique=False
        )

    op.create_table(
        "organisation_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_question_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_organisation_question_settled_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_question")),
        sa.UniqueConstraint(
            "organisation_id", "about", name=op.f("uq_organisation_question_organisation_id_about")
        ),
    )
    with op.batch_alter_table("organisation_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_question_settled_by_id"), ["settled_by_id"], unique=False
        )

    with op.batch_alter_table("organisation_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placement_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_placement_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_organisation_link_ended_placement_id"),
            ["ended_placement_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_link_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_link_ended_placement_id_organisation_placement"),
            "organisation_placement",
            ["ended_placement_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_link_placement_id_organisation_placement"),
            "organisation_placement",
            ["placement_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("organisation_link", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_organisation_link_placement_id_organisation_placement"),
            type_="foreignkey",
        )
        batch_op.drop_constraint(
            batch_op.f("fk_organisation_link_ended_placement_id_organisation_placement"),
            type_="foreignkey",
        )
        batch_op.drop_index(batch_op.f("ix_organisation_link_placement_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_link_ended_placement_id"))
        batch_op.drop_column("ended_placement_id")
        batch_op.drop_column("placement_id")

    with op.batch_alter_table("organisation_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_question_settled_by_id"))

    op.drop_table("organisation_question")
    with op.batch_alter_table("organisation_placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_placement_undone_by_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_placement_left_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_placement_into_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_placement_by_id"))

    op.drop_table("organisation_placement")
    op.drop_table("organisation_name")
