"""A coach's teams, those that need a call first: a fixed number of statements however many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.adoption import queries as adoption
from tracker.comments import queries as comments
from tracker.measures.models import Measure
from tracker.pages.wording import in_london
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.spc.values import Variation

from .domain import Judged, Need, TeamFacts, judge
from .queries import Work

if TYPE_CHECKING:
    from tracker.auth.models import User

MOST_TEAMS = 60
"""Looked at together, those left alone longest."""
AT_HOME = 8

WORSE, BETTER = Variation.CONCERN, Variation.IMPROVEMENT


@dataclass(frozen=True, slots=True)
class Team:
    """One row of the caseload."""

    work: Work
    facts: TeamFacts
    judged: Judged
    data_to: Measure | None
    """The measure whose figures are behind the most, else that of the aim."""
    comments_open: int
    score: adoption.Score | None

    @property
    def project(self) -> Project:
        """Whose team it is."""
        return self.work.project

    @property
    def need(self) -> Need:
        """What the coach does about it."""
        return self.judged.need


def coached_by(user: User) -> set[int]:
    """Ids of the projects that a person coaches by name."""
    return {
        m.project_id
        for m in user.active_memberships()
        if m.role is Role.COACH and m.project_id is not None
    }


def teams(
    works: Sequence[Work], user: User, *, since: date, today: date, outside: Collection[int]
) -> list[Team]:
    """These projects as a coach looks at them, the most pressing first: two statements."""
    ids = [work.project.id for work in works]
    said = comments.open_counts(ids, user)
    scores = adoption.scores_of(ids)
    found = [_team(work, since, today, said, scores, outside) for work in works]
    order = list(Need)
    return sorted(
        found,
        key=lambda t: (order.index(t.need), -len(t.judged.reasons), -t.facts.quiet_days),
    )


def counted(found: Sequence[Team]) -> Mapping[Need, int]:
    """How many teams need what."""
    return {need: sum(team.need is need for team in found) for need in Need}


def headline(found: Sequence[Team]) -> str:
    """The caseload in a sentence."""
    number = counted(found)
    first = number[Need.CALL]
    well = f"{number[Need.WELL] or 'None'} going well."
    if not first:
        return f"None of your {len(found)} teams needs a call. {well}"
    needs = "needs" if first == 1 else "need"
    return f"{first} of your {len(found)} teams {needs} a call. {well}"


def _team(
    work: Work,
    since: date,
    today: date,
    said: Mapping[int, tuple[int, int]],
    scores: Mapping[int, adoption.Score],
    outside: Collection[int],
) -> Team:
    project = work.project
    main = work.main_measure
    late = [(_late_days(measure, today), measure) for measure in work.measures]
    late_days, behind = max(late, key=lambda each: each[0], default=(0, None))
    reading = (main.chart_state or {}).get("reading") if main else None
    reading = None if project.id in outside else reading
    overdue = [c for c in work.cycles if not c.is_decided and not c.has_been_studied and c.ends_on]
    everything, by_others = said.get(project.id, (0, 0))
    facts = TeamFacts(
        quiet_days=(today - in_london(project.changed_at).date()).days,
        closed_since=sum(1 for c in work.cycles if c.decided_on and c.decided_on >= since),
        open_cycles=sum(1 for c in work.cycles if not c.is_decided),
        overdue_cycle=next((c.number for c in overdue if c.ends_on and c.ends_on < today), None),
        has_measure=bool(work.measures),
        has_data=any(m.latest_period for m in work.measures),
        late_days=late_days,
        is_worse=reading == WORSE,
        is_better=reading == BETTER,
        aim_passed=project.aim.by is not None and project.aim.by < today,
        questions=by_others,
    )
    return Team(
        work=work,
        facts=facts,
        judged=judge(facts, since),
        data_to=behind if late_days else main,
        comments_open=everything,
        score=scores.get(project.id),
    )


def _late_days(measure: Measure, today: date) -> int:
    """How long the period after the latest has been due; 0 when the figures are in."""
    if measure.late_period(today) is None:
        return 0
    days = 0
    while days < 371 and measure.late_period(today - timedelta(days=days + 7)) is not None:
        days += 7
    return max(days, 1)
