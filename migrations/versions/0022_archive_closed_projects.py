"""Archive closed projects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("archived_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "archived_on")
