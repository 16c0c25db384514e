"""The declarative base and the columns that rows have in common."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Uuid,
    and_,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from tracker.safe.numbers import plain

from .moments import utcnow

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A number from a person, kept digit for digit. SQLite has no such type, so text there."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(40))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def word(kind: type[StrEnum]) -> Enum:
    """Column type that stores the value of a StrEnum as text, with no database enum."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base of every core table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc, Decimal: Exact}


class Versioned:
    """A row that people edit: the optimistic lock that stops one silently undoing another."""

    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}


class Uid:
    """A row that can travel in a bundle keeps one name everywhere."""

    uid: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)


RESTORABLE_FOR = timedelta(days=30)
"""What is deleted can be restored for so long; `tracker purge` then removes it for good."""


class SoftDeleted:
    """A row that a person can delete and restore."""

    deleted_at: Mapped[datetime | None]

    @declared_attr
    def deleted_by_id(cls) -> Mapped[int | None]:  # noqa: N805
        return mapped_column(ForeignKey("user.id"), index=True)

    @property
    def restorable_until(self) -> datetime | None:
        """The last moment it can be restored; None for what is not deleted."""
        return self.deleted_at + RESTORABLE_FOR if self.deleted_at is not None else None


def is_restorable(model: type[SoftDeleted]) -> ColumnElement[bool]:
    """Condition: the row is deleted, and not for so long that it may be gone any moment."""
    return and_(model.deleted_at.is_not(None), model.deleted_at >= utcnow() - RESTORABLE_FOR)


# Models subclass Base, which mypy understands; the extension gives engine and session.
db = SQLAlchemy(metadata=Base.metadata)
