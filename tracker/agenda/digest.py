"""The weekly message: what is overdue, due this week, waiting to be studied, and newly written.

It names projects, tasks and cycles that its reader may read today, and quotes no comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from tracker.auth import queries as accounts
from tracker.auth.models import User
from tracker.comments import queries as comments
from tracker.db import db, unit_of_work
from tracker.mail import writing
from tracker.pdsa import queries as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.pdsa.steps import to_decide, to_study, to_write_up
from tracker.permissions import can
from tracker.projects.models import Project
from tracker.projects.steps import Seen, Step
from tracker.safe.dates import name_day

from . import queries, services
from .domain import counted, week_of

if TYPE_CHECKING:
    from tracker.auth.models import User as Account

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with where it is done."""

    text: str
    url: str


@dataclass(slots=True)
class Message:
    """What one person is told."""

    overdue: list[Line] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    cycles: list[Line] = field(default_factory=list)
    written: list[Line] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """There is nothing to tell, so nothing is sent."""
        return not (self.overdue or self.due or self.cycles or self.written)

    @property
    def subject(self) -> str:
        """What there is, in a line."""
        counts = (
            (len(self.overdue), "overdue task", "overdue tasks"),
            (len(self.due), "thing this week", "things this week"),
            (len(self.cycles), "cycle waiting", "cycles waiting"),
            (len(self.written), "project with new comments", "projects with new comments"),
        )
        parts = [counted(number, one, many) for number, one, many in counts if number]
        return f"Your improvement work: {', '.join(parts)}"


def message(user: Account, today: date) -> Message:
    """What a person is told on a day; a few statements, however much they have."""
    last = today + WEEK - timedelta(days=1)
    found = queries.ahead(user, today, today, last)
    base, titles, told = queries.settings().base_url, found.titles, Message()

    def where(endpoint: str, project_id: int, **at: object) -> str:
        return base + queries.path(endpoint, project_id=project_id, **at)

    for task in found.tasks:
        if task.due_on is None or task.due_on > last:
            continue
        text = f"{task.what} ({task.project.title}), due {name_day(task.due_on)}"
        line = Line(text, where("tasks.index", task.project_id))
        (told.overdue if task.due_on < today else told.due).append(line)
    for day in found.days:
        text = f"{day.text} ({titles[day.project_id]}), {name_day(day.on)}"
        told.due.append(Line(text, where(day.endpoint, day.project_id, **day.at)))
    for project, step in _waiting(user, found.projects, today):
        url = where(step.endpoint, project.id, **step.at)
        told.cycles.append(Line(f"{step.text} ({project.title})", url))
    for project_id, number in _new_comments(user, list(titles), today).items():
        text = f"{counted(number, 'comment', 'comments')} on {titles[project_id]}"
        told.written.append(Line(text, where("overview.project", project_id)))
    return told


def _waiting(user: Account, mine: Sequence[Project], today: date) -> Iterator[tuple[Project, Step]]:
    """Cycles that this person may write up, study or decide on, with what is asked."""
    of_project: dict[int, list[PdsaCycle]] = {}
    for cycle in pdsa.of_projects([p.id for p in mine]):
        of_project.setdefault(cycle.project_id, []).append(cycle)
    for project in mine:
        seen = Seen(project, (), of_project.get(project.id, ()), (), today)
        for rule in (to_write_up, to_study, to_decide):
            if can(user, rule.needs, project):
                yield from ((project, step) for step in rule.ask(seen))


def _new_comments(user: Account, project_ids: Sequence[int], today: date) -> Counter[int]:
    """How many comments of others a person has not seen, of the last week, by project."""
    since = datetime.combine(today - WEEK, time(), UTC)
    read = comments.read_until(user)
    newest = comments.latest_for(user, project_ids, limit=100)
    return Counter(c.project_id for c in newest if c.at > max(since, read or since))


@dataclass(slots=True)
class Round:
    """What a round did."""

    written: int = 0
    nothing_to_say: int = 0


def write_all(today: date) -> Round:
    """Write everybody's message of the week of a day into the outbox, each with a note that it was.

    What was written stays written when the round is stopped, and the next one goes on from there.
    """
    done, week = Round(), week_of(today)
    for user_id in queries.to_tell(week):
        if _write(user_id, today, week):
            done.written += 1
        else:
            done.nothing_to_say += 1
    return done


def _write(user_id: int, today: date, week: date) -> bool:
    user = db.session.get(User, user_id)
    if user is None or user.is_erased or not accounts.is_let_in(user):
        return False
    told = message(user, today)
    if told.is_empty:
        return False
    name, to, stop = user.name, user.email, queries.stopping_link(user)
    try:
        with unit_of_work():
            if not services.claim(user_id, week):
                return False
            writing.write(
                to, told.subject, "agenda/mail/weekly.txt", name=name, told=told, stop=stop
            )
    except IntegrityError:
        # Another round began this person's first message at the same moment.
        return False
    return True
