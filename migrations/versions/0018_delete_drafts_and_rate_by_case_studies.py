"""Let drafts of case studies be deleted, and ratings rest on published ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_study", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deleted_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_case_study_deleted_by_id"), ["deleted_by_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_case_study_deleted_by_id_user"), "user", ["deleted_by_id"], ["id"]
        )
    with op.batch_alter_table("rating_evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("published_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_rating_evidence_published_id"), ["published_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_rating_evidence_published_id_case_study_version"),
            "case_study_version",
            ["published_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("rating_evidence", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_rating_evidence_published_id_case_study_version"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_rating_evidence_published_id"))
        batch_op.drop_column("published_id")
    with op.batch_alter_table("case_study", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_study_deleted_by_id_user"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_case_study_deleted_by_id"))
        batch_op.drop_column("deleted_by_id")
        batch_op.drop_column("deleted_at")
