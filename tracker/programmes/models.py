"""The database's own copies of definitions, and the history of switching programmes on and off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, utcnow, word
from tracker.organisations.models import Organisation
from tracker.plugin_api import KINDS, Definition, from_json

from .domain import SwitchState


class StoredDefinition(Base):
    """A copy of a definition, made when a project first uses it. Projects point here.

    The plugin may change or go: this stays. Only wording in `body` is ever refreshed, and only by
    `tracker migrate`. `version` is the definition's own.
    """

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("kind", "programme", "key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    programme: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    version: Mapped[int]
    fingerprint: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    plugin: Mapped[str]
    plugin_version: Mapped[str]
    first_used_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def ident(self) -> str:
        """The definition's name among all: `measure:opioids/high_dose_count@1`."""
        return f"{self.kind}:{self.programme}/{self.key}@{self.version}"

    def read(self) -> Definition:
        """The typed definition, without its plugin. Raises DefinitionError on a damaged body."""
        return from_json(KINDS[self.kind], self.body)


class ProgrammeSwitch(Base):
    """An organisation switched a programme on or off from a day. Rows are added, never edited.

    It holds for the organisation and all under it that say nothing themselves.
    """

    __tablename__ = "programme_switch"
    __table_args__ = (
        Index("ix_programme_switch_organisation_id_programme", "organisation_id", "programme"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    programme: Mapped[str] = mapped_column(index=True)
    state: Mapped[SwitchState] = mapped_column(word(SwitchState))
    from_date: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)

    organisation: Mapped[Organisation] = relationship()
    by: Mapped[User | None] = relationship()


class DefinitionOverride(Base):
    """An organisation set a value or a name of a definition for itself, from a day.

    It holds for the organisation and all under it that set none themselves. Rows are added, never
    edited; one without a value ends what was set. Said of the definition whatever its version.
    """

    __tablename__ = "definition_override"
    __table_args__ = (
        Index("ix_definition_override_organisation_id_programme", "organisation_id", "programme"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    programme: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    key: Mapped[str]
    field: Mapped[str]
    """What is set: `parameter.window`, `title`, `stage.set_up`."""
    value: Mapped[str | None]
    from_date: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)

    organisation: Mapped[Organisation] = relationship()
    by: Mapped[User | None] = relationship()
