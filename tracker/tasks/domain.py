"""When a task is due, in words, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from tracker.safe.dates import name_day

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Dated(Protocol):
    """What the order of a list needs to know of a task."""

    id: int
    due_on: date | None
    done_on: date | None

    @property
    def is_past(self) -> bool:
        """Done, or nobody waits for it any more."""
        ...


T = TypeVar("T", bound=Dated)


def is_overdue(task: Dated, today: date) -> bool:
    """It should have been done by now."""
    return not task.is_past and task.due_on is not None and task.due_on < today


def due_words(due_on: date | None, today: date) -> str:
    """When something is due, as a person says it.

    >>> due_words(date(2023, 1, 11), date(2023, 1, 9))
    'Wednesday, 11 January 2023'
    """
    if due_on is None:
        return "No date"
    away = (due_on - today).days
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(away)
    if near is None and 0 < away < 7:
        near = DAYS[due_on.weekday()]
    return f"{near}, {name_day(due_on)}" if near else name_day(due_on)


def by_need(tasks: Iterable[T]) -> tuple[list[T], list[T]]:
    """Those to do, what was or is due first on top; and those past, the latest done first."""
    rows = list(tasks)
    left = [t for t in rows if not t.is_past]
    done = [t for t in rows if t.is_past]
    left.sort(key=lambda t: (t.due_on or date.max, t.id))
    done.sort(key=lambda t: (t.done_on or date.min, t.id), reverse=True)
    return left, done


def counted(left: Iterable[Dated], today: date) -> str:
    """`4 tasks to do: 1 overdue, 2 due within a week`."""
    rows = list(left)
    if not rows:
        return "Nothing to do"
    late = sum(is_overdue(t, today) for t in rows)
    week = today + timedelta(days=7)
    soon = sum(t.due_on is not None and today <= t.due_on < week for t in rows)
    parts = [f"{late} overdue"] * bool(late) + [f"{soon} due within a week"] * bool(soon)
    number = f"{len(rows)} task{'' if len(rows) == 1 else 's'} to do"
    return f"{number}: {', '.join(parts)}" if parts else number
