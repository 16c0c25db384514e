"""Keep the new e-mail address that a one-time link confirms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("one_time_link") as batch_op:
        batch_op.add_column(sa.Column("new_email", sa.String(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_one_time_link_new_email_of_its_link"),
            "(new_email IS NOT NULL) = (purpose = 'new_email')",
        )


def downgrade() -> None:
    op.execute("DELETE FROM one_time_link WHERE purpose = 'new_email'")
    with op.batch_alter_table("one_time_link") as batch_op:
        batch_op.drop_constraint(op.f("ck_one_time_link_new_email_of_its_link"), type_="check")
        batch_op.drop_column("new_email")
