"""Let tasks stand alone."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

task = sa.table(
    "task",
    sa.column("id", sa.Integer()),
    sa.column("project_id", sa.Integer()),
    sa.column("cycle_id", sa.Integer()),
    sa.column("position", sa.Integer()),
    sa.column("who", sa.String()),
    sa.column("user_id", sa.Integer()),
    sa.column("uid", sa.Uuid()),
    sa.column("deleted_at", sa.DateTime(timezone=True)),
)
member = sa.table(
    "project_member",
    sa.column("project_id", sa.Integer()),
    sa.column("user_id", sa.Integer()),
    sa.column("name", sa.String()),
    sa.column("left_on", sa.Date()),
)


def upgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("done_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("uid", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deleted_by_id", sa.Integer(), nullable=True))
        batch_op.alter_column("cycle_id", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(batch_op.f("uq_task_cycle_id_position"), type_="unique")
    _fill()
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.alter_column("uid", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_task_uid"), ["uid"])
        batch_op.create_check_constraint(
            batch_op.f("ck_task_done_by_somebody"), "done_by_id IS NULL OR done_on IS NOT NULL"
        )
        for column in ("user_id", "done_by_id", "deleted_by_id"):
            batch_op.create_foreign_key(
                batch_op.f(f"fk_task_{column}_user"), "user", [column], ["id"]
            )
            batch_op.create_index(batch_op.f(f"ix_task_{column}"), [column], unique=False)


def _fill() -> None:
    """A name of its own for each, and the account of the one on the team who is called so."""
    connection = op.get_bind()
    for (number,) in connection.execute(sa.select(task.c.id)).all():
        connection.execute(sa.update(task).where(task.c.id == number).values(uid=uuid.uuid4()))
    named = (
        sa.select(sa.func.min(member.c.user_id))
        .where(
            member.c.project_id == task.c.project_id,
            member.c.user_id.is_not(None),
            member.c.left_on.is_(None),
            sa.func.lower(member.c.name) == sa.func.lower(task.c.who),
        )
        .having(sa.func.count(member.c.user_id.distinct()) == 1)
        .scalar_subquery()
    )
    connection.execute(sa.update(task).where(task.c.who != "").values(user_id=named))


def downgrade() -> None:
    # Before, a task was of a cycle, and what was deleted was gone.
    op.execute(
        sa.delete(task).where(sa.or_(task.c.cycle_id.is_(None), task.c.deleted_at.is_not(None)))
    )
    op.execute(sa.update(task).values(position=task.c.id))
    with op.batch_alter_table("task", schema=None) as batch_op:
        for column in ("user_id", "done_by_id", "deleted_by_id"):
            batch_op.drop_index(batch_op.f(f"ix_task_{column}"))
            batch_op.drop_constraint(batch_op.f(f"fk_task_{column}_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_task_done_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_task_uid"), type_="unique")
        for column in (
            "user_id", "done_by_id", "version", "uid", "deleted_at", "deleted_by_id",
        ):  # fmt: skip
            batch_op.drop_column(column)
        batch_op.alter_column("cycle_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_task_cycle_id_position"), ["cycle_id", "position"]
        )
