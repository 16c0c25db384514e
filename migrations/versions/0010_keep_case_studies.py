"""Keep case studies, their pictures, and whether an organisation lets them be public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_blob_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blob_sha256")),
    )
    op.create_table(
        "public_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_public_reading_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_public_reading_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_reading")),
    )
    with op.batch_alter_table("public_reading") as batch_op:
        batch_op.create_index(batch_op.f("ix_public_reading_by_id"), ["by_id"])
        batch_op.create_index(
            batch_op.f("ix_public_reading_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "case_study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("drafted", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("authors", sa.String(), nullable=False),
        sa.Column("setting", sa.String(length=40), nullable=True),
        sa.Column("intervention", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("did_not_work", sa.String(), nullable=False),
        sa.Column("key_learning", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("readers", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name=op.f("fk_case_study_definition_id_definition"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_case_study_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user.id"], name=op.f("fk_case_study_sent_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_study_uid")),
    )
    with op.batch_alter_table("case_study") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_study_definition_id"), ["definition_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_study_project_id"), ["project_id"])
        batch_op.create_index(batch_op.f("ix_case_study_sent_by_id"), ["sent_by_id"])

    op.create_table(
        "case_study_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("case_study_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("readers", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_case_study_consent_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["case_study_id"],
            ["case_study.id"],
            name=op.f("fk_case_study_consent_case_study_id_case_study"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_case_study_consent_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study_consent")),
    )
    with op.batch_alter_table("case_study_consent") as batch_op:
        batch_op.create_index(batch_op.f("ix_case_study_consent_by_id"), ["by_id"])
        batch_op.create_index(
            batch_op.f("ix_case_study_consent_case_study_id"), ["case_study_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_consent_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "case_study_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("case_study_id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob_id"], ["blob.id"], name=op.f("fk_case_study_picture_blob_id_blob")
        ),
        sa.ForeignKeyConstraint(
            ["case_study_id"],
            ["case_study.id"],
            name=op.f("fk_case_study_picture_case_study_id_case_study"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_case_study_picture_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study_picture")),
    )
    with op.batch_alter_table("case_study_picture") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_study_picture_blob_id"), ["blob_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_picture_case_study_id"), ["case_study_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_picture_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "case_study_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("case_study_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_case_study_review_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["case_study_id"],
            ["case_study.id"],
            name=op.f("fk_case_study_review_case_study_id_case_study"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_case_study_review_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study_review")),
    )
    with op.batch_alter_table("case_study_review") as batch_op:
        batch_op.create_index(batch_op.f("ix_case_study_review_by_id"), ["by_id"])
        batch_op.create_index(
            batch_op.f("ix_case_study_review_case_study_id"), ["case_study_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_review_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "case_study_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_study_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("psc_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("key_learning", sa.String(), nullable=False),
        sa.Column("did_not_work", sa.String(), nullable=False),
        sa.Column("setting", sa.String(length=40), nullable=True),
        sa.Column("intervention", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("readers", sa.String(length=40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("cleared", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("is_superseded", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''",
            name=op.f("ck_case_study_version_withdrawn_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["case_study_id"],
            ["case_study.id"],
            name=op.f("fk_case_study_version_case_study_id_case_study"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_case_study_version_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_case_study_version_project_id_project"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["psc_id"], ["organisation.id"], name=op.f("fk_case_study_version_psc_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user.id"],
            name=op.f("fk_case_study_version_published_by_id_user"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study_version")),
        sa.UniqueConstraint(
            "case_study_id", "number", name=op.f("uq_case_study_version_case_study_id_number")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_case_study_version_uid")),
    )
    with op.batch_alter_table("case_study_version") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_study_version_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_version_programme"), ["programme"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_version_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_study_version_psc_id"), ["psc_id"])
        batch_op.create_index(
            "ix_case_study_version_published_at_id", ["published_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_study_version_published_by_id"), ["published_by_id"], unique=False
        )


def downgrade() -> None:
    for table in (
        "case_study_version",
        "case_study_review",
        "case_study_picture",
        "case_study_consent",
        "case_study",
        "public_reading",
        "blob",
    ):
        op.drop_table(table)
