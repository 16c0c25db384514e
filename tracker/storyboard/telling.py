"""The story of a project, read once: for its page and for paper, with what this reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.charts.words import finding
from tracker.drivers import queries as drivers
from tracker.drivers.domain import arrange
from tracker.drivers.models import ChangeIdea
from tracker.measures import drawing
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.measures.standing import standing
from tracker.pdsa import queries as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.projects import queries as projects
from tracker.projects.domain import sentence

from . import domain
from .domain import Cut, Ramp, Room, Tried, Twig, cut, short

if TYPE_CHECKING:
    from tracker.charts.domain import Drawings, Mark
    from tracker.projects.models import Project, ProjectMember

LONGEST_PROBLEM = 420
LONGEST_LEARNED = 220
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Charted:
    """A measure with its drawings and what they show."""

    title: str
    finding: str
    drawings: Drawings
    source: str


@dataclass(frozen=True, slots=True)
class Story:
    """All parts, each possibly empty."""

    project: Project
    aim: str
    aim_bar: Markup | None
    stands: str
    """Whether the target was reached when it was due, and since."""
    problem: str
    tree: Cut[Twig]
    ramps: Cut[Ramp]
    charts: Cut[Charted]
    learned: Cut[Tried]
    onward: Cut[Tried]
    team: Cut[ProjectMember]
    sites: Sequence[str]
    made_on: date


def story(project: Project, room: Room, *, outside: bool, day: date) -> Story:
    """What fits into the room. Slow (it draws charts), so outside any unit of work.

    The same number of statements however much the project holds.
    """
    board = drivers.board(project.id)
    held = list(board.measures.values())
    tried = _tried(pdsa.cycles(project), board, day)
    parts = project.aim.parts
    stands = standing(project.aim, held, outside=outside) if parts else None
    return Story(
        project=project,
        aim=sentence(parts) if parts else "",
        aim_bar=drawing.aim_bar(project.aim, stands) if parts else None,
        stands=stands.in_words(project.aim.target) if stands else "",
        problem=short(project.problem, LONGEST_PROBLEM),
        tree=domain.tree(arrange(board.diagram).placed, board.statuses, lines=room.tree),
        ramps=domain.ramps(tried, lines=room.ramps),
        charts=_charts(project, held, room.charts, outside=outside, day=day),
        learned=domain.learned(tried, most=room.learned),
        onward=domain.onward(tried, most=room.onward),
        team=cut(projects.team(project, day), room.team),
        sites=[site.name for site in projects.sites(project)],
        made_on=day,
    )


def _tried(cycles: Sequence[PdsaCycle], board: drivers.Board, day: date) -> list[Tried]:
    ideas = {row.id: row.text for row in board.rows.values() if isinstance(row, ChangeIdea)}
    return [
        Tried(
            number=c.number,
            title=short(c.title, LONGEST_TITLE),
            idea=short(
                ideas.get(c.change_idea_id or 0) or c.change_idea or "Without a change idea",
                LONGEST_TITLE,
            ),
            scale=short(c.scale, 40),
            starts_on=c.starts_on,
            decision=c.decision,
            stage=c.stage(day).label,
            learned=short(c.learned, LONGEST_LEARNED),
            next_change=short(c.next_change, LONGEST_LEARNED),
        )
        for c in cycles
    ]


def _charts(
    project: Project, held: Sequence[Measure], most: int, *, outside: bool, day: date
) -> Cut[Charted]:
    """The measure that the aim is judged by, then the others, of those that have figures."""
    main = measures.judged_by(project.aim, held)
    with_figures = [m for m in held if m.points_count]
    with_figures.sort(key=lambda m: m is not main)
    marks = drawing.marks_of(project) if with_figures else []
    chosen = cut(with_figures, most)
    return Cut(tuple(_chart(m, marks, outside=outside, day=day) for m in chosen.shown), chosen.more)


def _chart(measure: Measure, marks: Sequence[Mark], *, outside: bool, day: date) -> Charted:
    figures, phases, chart = measures.seen(measure, outside=outside)
    drawings = drawing.whole_chart(
        measure,
        chart,
        figures,
        phases=drawing.phase_names(chart, [(p.starts_on, p.name) for p in phases]),
        marks=marks,
        events=drawing.lettered(measures.events(measure)),
        on=day,
    )
    return Charted(
        measure.title, finding(chart, measure.words), drawings, short(measure.data_source, 120)
    )
