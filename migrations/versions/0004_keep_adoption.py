"""Keep ratings, training, phases of pathways and the units they are of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adoption_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_adoption_unit_ends_after")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_adoption_unit_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_adoption_unit_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_unit")),
        sa.UniqueConstraint(
            "programme",
            "organisation_id",
            "starts_on",
            name=op.f("uq_adoption_unit_programme_organisation_id_starts_on"),
        ),
    )
    with op.batch_alter_table("adoption_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_unit_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_adoption_unit_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "phase_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_phase_mark_ends_after"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_phase_mark_by_id_user")),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name=op.f("fk_phase_mark_definition_id_definition"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_phase_mark_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_phase_mark_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_mark")),
    )
    with op.batch_alter_table("phase_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_mark_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_phase_mark_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_phase_mark_place", ["definition_id", "organisation_id", "phase"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_phase_mark_project_id"), ["project_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("unmet", sa.JSON(), nullable=False),
        sa.Column(
            "proposed", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "project_id IS NOT NULL OR organisation_id IS NOT NULL", name=op.f("ck_rating_of_what")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_rating_by_id_user")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_rating_definition_id_definition")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_rating_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_rating_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("uid", name=op.f("uq_rating_uid")),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rating_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_rating_pair", ["definition_id", "organisation_id", "element", "on"], unique=False
        )
        batch_op.create_index(
            "ix_rating_project", ["project_id", "definition_id", "on"], unique=False
        )

    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("people >= 1", name=op.f("ck_training_record_somebody")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_training_record_by_id_user")),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_training_record_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_record_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_training_record_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_record_uid")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_record_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_training_record_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_record_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_training_record_place", ["programme", "organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_record_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "rating_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("training_record_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["pdsa_cycle.id"],
            name=op.f("fk_rating_evidence_cycle_id_pdsa_cycle"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
            name=op.f("fk_rating_evidence_measure_id_measure"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"],
            ["rating.id"],
            name=op.f("fk_rating_evidence_rating_id_rating"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["training_record_id"],
            ["training_record.id"],
            name=op.f("fk_rating_evidence_training_record_id_training_record"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_evidence")),
    )
    with op.batch_alter_table("rating_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_evidence_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rating_evidence_measure_id"), ["measure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rating_evidence_rating_id"), ["rating_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rating_evidence_training_record_id"),
            ["training_record_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("rating_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_evidence_training_record_id"))
        batch_op.drop_index(batch_op.f("ix_rating_evidence_rating_id"))
        batch_op.drop_index(batch_op.f("ix_rating_evidence_measure_id"))
        batch_op.drop_index(batch_op.f("ix_rating_evidence_cycle_id"))

    op.drop_table("rating_evidence")
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_record_project_id"))
        batch_op.drop_index("ix_training_record_place")
        batch_op.drop_index(batch_op.f("ix_training_record_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_training_record_deleted_by_id"))
        batch_op.drop_index(batch_op.f("ix_training_record_by_id"))

    op.drop_table("training_record")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_project")
        batch_op.drop_index("ix_rating_pair")
        batch_op.drop_index(batch_op.f("ix_rating_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_rating_by_id"))

    op.drop_table("rating")
    with op.batch_alter_table("phase_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_mark_project_id"))
        batch_op.drop_index("ix_phase_mark_place")
        batch_op.drop_index(batch_op.f("ix_phase_mark_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_phase_mark_by_id"))

    op.drop_table("phase_mark")
    with op.batch_alter_table("adoption_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_unit_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_unit_by_id"))

    op.drop_table("adoption_unit")
