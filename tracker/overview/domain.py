"""The thinking about a coach's teams: which of them needs a call first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUIET_FOR = 42
"""Days without any change after which a coach calls; a team meets about every month."""
LATE_FOR = 28
"""Days that figures are overdue before it is more than a reminder."""


class Need(StrEnum):
    """What a coach does about a team, the most pressing first."""

    CALL = "call"
    CHECK_IN = "check-in"
    WELL = "well"

    @property
    def label(self) -> str:
        """As a heading says it."""
        return {"call": "Call first", "check-in": "Check in", "well": "Going well"}[self.value]

    @property
    def hint(self) -> str:
        """What puts a team there."""
        return {
            "call": "A reason you can act on today",
            "check-in": "Something is due, nothing is wrong",
            "well": "No call needed; say well done",
        }[self.value]

    @property
    def state(self) -> str:
        """The shape beside it."""
        return {"call": "bad", "check-in": "part", "well": "ok"}[self.value]


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamFacts:
    """What is known of a team on a day. Days are counted up to it."""

    quiet_days: int
    closed_since: int
    """Cycles decided since the day that the coach looks from."""
    open_cycles: int
    overdue_cycle: int | None = None
    """Number of a cycle that should have been studied by now."""
    has_measure: bool = True
    has_data: bool = True
    late_days: int = 0
    """How long the latest period has been due."""
    is_worse: bool = False
    """The measure of the aim has a special cause the wrong way."""
    is_better: bool = False
    aim_passed: bool = False
    """The aim's date has gone by."""
    questions: int = 0
    """Comments that somebody else wrote and nobody has resolved."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a team needs, with the reasons in sentences; the first is the gravest."""

    need: Need
    reasons: Sequence[str]


def judge(team: TeamFacts, since: date) -> Judged:
    """What a coach should do about a team.

    >>> judge(TeamFacts(quiet_days=49, closed_since=0, open_cycles=1), date(2025, 7, 30)).reasons
    ['Nothing logged for 49 days.', 'No cycle closed since 30 July.']
    """
    no_cycle = f"No cycle closed since {since.day} {since:%B}."
    call = [
        text
        for text, holds in (
            (f"Nothing logged for {team.quiet_days} days.", team.quiet_days >= QUIET_FOR),
            ("The measure of the aim is getting worse.", team.is_worse),
            (f"Figures are {_weeks(team.late_days)} late.", team.late_days >= LATE_FOR),
            ("The date of the aim has passed.", team.aim_passed),
        )
        if holds
    ]
    due = [
        text
        for text, holds in (
            (no_cycle, team.closed_since == 0),
            (f"Figures are {_weeks(team.late_days)} late.", 0 < team.late_days < LATE_FOR),
            (f"Cycle {team.overdue_cycle} waits to be studied.", team.overdue_cycle is not None),
            ("No measure yet.", not team.has_measure),
            ("No figures yet.", team.has_measure and not team.has_data),
            (_asked(team.questions), team.questions > 0),
        )
        if holds
    ]
    if call:
        return Judged(Need.CALL, [*call, *due])
    if due:
        return Judged(Need.CHECK_IN, due)
    well = "Improving." if team.is_better else "On plan."
    return Judged(Need.WELL, [well])


def ago(days: int) -> str:
    """How long ago, as a list says it."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def usual_since(today: date) -> date:
    """The day from which cycles are counted unless a coach says another: eight weeks back."""
    return today - timedelta(weeks=8)


def _weeks(days: int) -> str:
    weeks = max(1, days // 7)
    return "a week" if weeks == 1 else f"{weeks} weeks"


def _asked(count: int) -> str:
    return "A comment is open." if count == 1 else f"{count} comments are open."
