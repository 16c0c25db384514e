"""Keep driver diagrams."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name=op.f("fk_change_idea_definition_id_definition"),
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_change_idea_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_change_idea_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_idea")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_idea_uid")),
    )
    with op.batch_alter_table("change_idea", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_idea_definition_id"), ["definition_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_change_idea_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_change_idea_project_id"), ["project_id"], unique=False)

    op.create_table(
        "driver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("level <> 'idea'", name=op.f("ck_driver_is_no_idea")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_driver_definition_id_definition")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["user.id"], name=op.f("fk_driver_deleted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_driver_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver")),
        sa.UniqueConstraint("uid", name=op.f("uq_driver_uid")),
    )
    with op.batch_alter_table("driver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_driver_definition_id"), ["definition_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_driver_deleted_by_id"), ["deleted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_driver_project_id"), ["project_id"], unique=False)

    op.create_table(
        "driver_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_driver_version_by_id_user")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_driver_version_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_version")),
        sa.UniqueConstraint(
            "project_id", "number", name=op.f("uq_driver_version_project_id_number")
        ),
    )
    with op.batch_alter_table("driver_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_driver_version_by_id"), ["by_id"], unique=False)

    op.create_table(
        "driver_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(child_id IS NULL) <> (idea_id IS NULL)", name=op.f("ck_driver_link_of_one")
        ),
        sa.CheckConstraint(
            "parent_id IS NOT NULL OR idea_id IS NULL",
            name=op.f("ck_driver_link_ideas_under_drivers"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["driver.id"],
            name=op.f("fk_driver_link_child_id_driver"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"],
            ["change_idea.id"],
            name=op.f("fk_driver_link_idea_id_change_idea"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["driver.id"],
            name=op.f("fk_driver_link_parent_id_driver"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_driver_link_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_link")),
        sa.UniqueConstraint(
            "parent_id", "child_id", name=op.f("uq_driver_link_parent_id_child_id")
        ),
        sa.UniqueConstraint("parent_id", "idea_id", name=op.f("uq_driver_link_parent_id_idea_id")),
    )
    with op.batch_alter_table("driver_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_driver_link_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_driver_link_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_driver_link_project_id"), ["project_id"], unique=False)

    op.create_table(
        "driver_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("driver_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "driver_id IS NULL OR idea_id IS NULL", name=op.f("ck_driver_measure_on_one")
        ),
        sa.ForeignKeyConstraint(
            ["driver_id"],
            ["driver.id"],
            name=op.f("fk_driver_measure_driver_id_driver"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"],
            ["change_idea.id"],
            name=op.f("fk_driver_measure_idea_id_change_idea"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
            name=op.f("fk_driver_measure_measure_id_measure"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_driver_measure_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_measure")),
        sa.UniqueConstraint(
            "measure_id", "driver_id", name=op.f("uq_driver_measure_measure_id_driver_id")
        ),
        sa.UniqueConstraint(
            "measure_id", "idea_id", name=op.f("uq_driver_measure_measure_id_idea_id")
        ),
    )
    with op.batch_alter_table("driver_measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_driver_measure_driver_id"), ["driver_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_driver_measure_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_driver_measure_project_id"), ["project_id"], unique=False
        )

    with op.batch_alter_table("pdsa_cycle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("change_idea_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_pdsa_cycle_change_idea_id"), ["change_idea_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_pdsa_cycle_change_idea_id_change_idea"),
            "change_idea",
            ["change_idea_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _ideas_of_cycles()


def downgrade() -> None:
    with op.batch_alter_table("pdsa_cycle", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_pdsa_cycle_change_idea_id_change_idea"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_pdsa_cycle_change_idea_id"))
        batch_op.drop_column("change_idea_id")

    with op.batch_alter_table("driver_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_measure_project_id"))
        batch_op.drop_index(batch_op.f("ix_driver_measure_idea_id"))
        batch_op.drop_index(batch_op.f("ix_driver_measure_driver_id"))

    op.drop_table("driver_measure")
    with op.batch_alter_table("driver_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_link_project_id"))
        batch_op.drop_index(batch_op.f("ix_driver_link_idea_id"))
        batch_op.drop_index(batch_op.f("ix_driver_link_child_id"))

    op.drop_table("driver_link")
    with op.batch_alter_table("driver_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_version_by_id"))

    op.drop_table("driver_version")
    with op.batch_alter_table("driver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_project_id"))
        batch_op.drop_index(batch_op.f("ix_driver_deleted_by_id"))
        batch_op.drop_index(batch_op.f("ix_driver_definition_id"))

    op.drop_table("driver")
    with op.batch_alter_table("change_idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_idea_project_id"))
        batch_op.drop_index(batch_op.f("ix_change_idea_deleted_by_id"))
        batch_op.drop_index(batch_op.f("ix_change_idea_definition_id"))

    op.drop_table("change_idea")


def _ideas_of_cycles() -> None:
    """Every idea that cycles name in words becomes one of the project's, still to be placed.

    Words that differ in case or spaces alone are one idea, in the words of its first cycle. The
    cycles keep theirs.
    """
    cycle = sa.table(
        "pdsa_cycle",
        *(sa.column(name) for name in ("id", "project_id", "number", "change_idea")),
        sa.column("change_idea_id"),
    )
    idea = sa.table(
        "change_idea",
        *(sa.column(name) for name in ("id", "project_id", "text", "note")),
        sa.column("uid", sa.Uuid()),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(cycle.c.id, cycle.c.project_id, cycle.c.change_idea).order_by(
            cycle.c.project_id, cycle.c.number
        )
    ).all()
    made: dict[tuple[int, str], int] = {}
    for cycle_id, project_id, words in rows:
        text = " ".join(words.split())
        if not text:
            continue
        name = (project_id, text.casefold())
        if name not in made:
            uid = uuid.uuid4()
            connection.execute(
                idea.insert().values(project_id=project_id, text=text, note="", uid=uid)
            )
            made[name] = connection.scalars(sa.select(idea.c.id).where(idea.c.uid == uid)).one()
        connection.execute(
            cycle.update().where(cycle.c.id == cycle_id).values(change_idea_id=made[name])
        )
