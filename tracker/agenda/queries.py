"""What a person has before them, and who wants to be told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.auth.domain import fingerprint
from tracker.auth.models import User
from tracker.auth.queries import is_let_in
from tracker.config import Settings
from tracker.db import db
from tracker.projects import dates
from tracker.projects import queries as projects
from tracker.projects.models import Project, Status
from tracker.tasks import queries as tasks
from tracker.tasks.models import Task

from .domain import Event
from .models import CalendarFeed, WeeklyMessage

if TYPE_CHECKING:
    from tracker.auth.models import User as Account

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
"""How far a calendar looks back and ahead."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a person has in their active projects from one day to another."""

    projects: Sequence[Project]
    tasks: Sequence[Task]
    """Their own that are still to do, whenever they are due."""
    days: Sequence[dates.Coming]

    @property
    def titles(self) -> dict[int, str]:
        """What each project is called."""
        return {project.id: project.title for project in self.projects}


def ahead(user: Account, today: date, first: date, last: date) -> Ahead:
    """All that may be told to a person now: what they may not read is not among it."""
    mine = [p for p in projects.my_projects(user) if p.status is Status.ACTIVE]
    left = [task for task in tasks.mine(user, today) if not task.is_past]
    return Ahead(mine, left, dates.coming([p.id for p in mine], first, last))


def events(user: Account, today: date) -> list[Event]:
    """A person's calendar: what their projects have before them, and their own tasks."""
    found = ahead(user, today, today - BEFORE, today + AFTER)
    base, titles = settings().base_url, found.titles
    host = base.partition("://")[2].partition("/")[0].partition(":")[0]
    days = [
        Event(
            uid=f"{day.key}-{day.id}@{host}",
            on=day.on,
            summary=day.text,
            description=titles[day.project_id],
            url=base + path(day.endpoint, project_id=day.project_id, **day.at),
        )
        for day in found.days
    ]
    own = [
        Event(
            uid=f"task-{task.uid}@{host}",
            on=task.due_on,
            summary=f"Task: {task.what}",
            description=" ".join(filter(None, (task.project.title, task.where))),
            url=base + path("tasks.index", project_id=task.project_id),
        )
        for task in found.tasks
        if task.due_on is not None
    ]
    return sorted([*days, *own], key=lambda event: (event.on, event.uid))


def reader_of(secret: str) -> User | None:
    """Whose calendar has this address; None too for an account that may not sign in."""
    feed = db.session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.token_hash == fingerprint(secret))
        .options(joinedload(CalendarFeed.user))
    )
    return feed.user if feed is not None and is_let_in(feed.user) else None


def feed_of(user: Account) -> CalendarFeed | None:
    """A person's feed, when they have one."""
    return db.session.get(CalendarFeed, user.key)


def wants_messages(user: Account) -> bool:
    """Nobody has stopped the weekly message to this person."""
    row = db.session.get(WeeklyMessage, user.key)
    return row is None or row.stopped_at is None


def to_tell(week: date) -> Sequence[int]:
    """Ids of the accounts that may be told of a week, and have not been."""
    rows = db.session.scalars(
        select(User.id)
        .outerjoin(WeeklyMessage, WeeklyMessage.user_id == User.id)
        .where(
            User.disabled_at.is_(None),
            WeeklyMessage.stopped_at.is_(None),
            or_(WeeklyMessage.last_week.is_(None), WeeklyMessage.last_week < week),
        )
        .order_by(User.id)
    )
    return rows.all()


def stopping_link(user: Account) -> str:
    """The address at which the weekly message is stopped without signing in."""
    return settings().base_url + path("agenda.stop", token=_signer().dumps(str(user.uid)))


def may_stop(token: str) -> User | None:
    """Whose message a link stops. It works for as long as a key that it was signed with is kept."""

    try:
        uid = uuid.UUID(str(_signer().loads(token)))
    except (BadSignature, ValueError):
        return None
    return db.session.scalar(select(User).where(User.uid == uid, User.disabled_at.is_(None)))


def path(endpoint: str, **parts: object) -> str:
    """The address of a page without its host, in a request or outside of one."""
    return current_app.url_map.bind("").build(endpoint, parts)


def settings() -> Settings:
    """The settings of the app."""
    found: Settings = current_app.extensions["tracker_settings"]
    return found


def _signer() -> URLSafeSerializer:
    found = settings()
    return URLSafeSerializer(
        [*found.secret_key_fallbacks, found.secret_key], salt="tracker.agenda.stop"
    )
