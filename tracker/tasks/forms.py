"""One task as a form: short enough to be a line above the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from tracker.drafts.forms import Created, Edited
from tracker.pages import Dropdown, Option, Text
from tracker.pdsa.models import PdsaCycle
from tracker.safe.dates import NotADate, likely_style, name_day, parse_day

from .models import Task
from .services import Asked


class DueDay(Text):
    """A day in words or figures, in one box; `day` is the date it names."""

    day: date | None = None

    def check(self) -> None:
        super().check()
        style = likely_style([self.data])
        if style is None or style.is_month:
            raise ValidationError("Write the day as 13/04/2026 or 13 April 2026")
        try:
            self.day = parse_day(self.data, style)
        except NotADate as error:
            raise ValidationError(str(error)) from error


class TaskFields:
    """What is said of a task, new or not."""

    what = Text(
        "What is to be done?", called="What", required="Say what is to be done", max_length=300
    )
    who = Text(
        "Who?", called="Who", max_length=120, attributes={"list": "people", "autocomplete": "off"}
    )
    due = DueDay("By when?", called="By when", max_length=30, width=10)
    where = Text("Where?", called="Where", max_length=120)
    cycle_id = Dropdown[int]("Part of which cycle?", called="Cycle", blank="None", coerce=int)

    def offer(self, cycles: Sequence[PdsaCycle]) -> None:
        """List the cycles of the project."""
        self.cycle_id.options = [
            Option(str(c.id), f"{c.number}. {c.title}") for c in reversed(cycles)
        ]

    @property
    def asked(self) -> Asked:
        """The fields as one value."""
        return Asked(
            what=self.what.data, who=self.who.data, where=self.where.data, due_on=self.due.day
        )


class NewTaskForm(TaskFields, Created):
    """One more task."""


class TaskForm(TaskFields, Edited):
    """A task changed, or given to somebody else."""


def values_of(task: Task) -> dict[str, Any]:
    """The fields of `TaskForm` as the task stands."""
    return {
        "what": task.what,
        "who": task.who,
        "where": task.where,
        "due": name_day(task.due_on) if task.due_on else "",
        "cycle_id": task.cycle_id,
        "version": task.version,
    }
