"""People, what they may do where, and the sign-ins the server knows of."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Uid, Versioned, utcnow, word
from tracker.organisations.models import Organisation
from tracker.permissions.verbs import Role
from tracker.safe.dates import today

from .domain import ERASED, LinkPurpose

if TYPE_CHECKING:
    from tracker.projects.models import Project


class User(Versioned, Uid, UserMixin, Base):  # type: ignore[misc]
    """A person with an account. `email` is kept in lower case."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True, info={"personal": True})
    name: Mapped[str] = mapped_column(info={"personal": True})
    job: Mapped[str] = mapped_column(default="", info={"personal": True})
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", foreign_keys="Membership.user_id"
    )

    @property
    def key(self) -> int:
        """The id, without reading the row again inside a unit of work."""
        identity: tuple[int, ...] | None = inspect(self).identity
        return self.id if identity is None else identity[0]

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def is_erased(self) -> bool:
        """A pseudonym stands in the person's place: nobody is behind the account."""
        return self.email.endswith(f"@{ERASED}")

    def memberships_from(self, on: date) -> list[Membership]:
        """The access roles this person has on a day or later."""
        return [held for held in self.memberships if held.ends_on is None or on <= held.ends_on]

    def active_memberships(self, on: date | None = None) -> list[Membership]:
        """The access roles this person has on a day, by default today in London.

        One statement, once a request: a unit of work drops the rows and reads them again.
        """
        on = on or today()
        return [membership for membership in self.memberships if membership.is_active(on)]

    def came_with(self, token: str) -> None:
        """Note the token of the sign-in that this request came with."""
        self._token = token

    def get_id(self) -> str:
        """What the session cookie holds: the sign-in, never the account.

        Raises ValueError for an account that this request was not signed in with.
        """
        token: str | None = getattr(self, "_token", None)
        if token is None:
            raise ValueError("this account has no sign-in in this request")
        return token


class Membership(Base):
    """An access role on an organisation, PSC or project, from one day to another.

    With neither it holds everywhere, which only system administrators have. `ends_on` is the
    last day. Rows end; they are not edited or removed.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("organisation_id IS NULL OR project_id IS NULL", name="one_scope"),
        Index("ix_membership_user_id_role", "user_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()
    project: Mapped[Project | None] = relationship("Project")

    def is_active(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class LoginSession(Base):
    """A sign-in. Only the hash of its token is kept: a copy of the database signs nobody in."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    last_seen_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    address: Mapped[str] = mapped_column(default="")
    """Network part of the address only."""
    browser: Mapped[str] = mapped_column(default="")


class OneTimeLink(Base):
    """A single-use link. It sets a password (the first administrator's, an invitation, a reset) or
    confirms a new e-mail address."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint(
            "(new_email IS NOT NULL) = (purpose = 'new_email')", name="new_email_of_its_link"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(word(LinkPurpose))
    new_email: Mapped[str | None] = mapped_column(info={"personal": True})
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
