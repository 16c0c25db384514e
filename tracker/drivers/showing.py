"""A diagram as a page shows it: boxes with their tags, measures and menus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_login import current_user
from markupsafe import Markup

from tracker.charts.icons import point_icon
from tracker.measures.drawing import latest_in_words, latest_of
from tracker.measures.models import Measure
from tracker.permissions import Permission, can
from tracker.spc.values import Variation

from .domain import (
    Branch,
    IdeaStatus,
    Level,
    arrange,
    counted,
)
from .gaps import (
    Gap,
    GapKind,
)
from .queries import Board

if TYPE_CHECKING:
    from tracker.projects.models import Project

NAMED = 3
"""How many of a loose end are named before the rest are counted."""
SCREENFUL = 24
"""Ideas."""
TAGS = {
    IdeaStatus.PROPOSED: "",
    IdeaStatus.TESTING: "qi-tag--try",
    IdeaStatus.ADOPTED: "qi-tag--go",
    IdeaStatus.ADAPTED: "qi-tag--wait",
    IdeaStatus.ABANDONED: "qi-tag--plain",
}
COLUMNS = {
    Level.PRIMARY: "Primary drivers",
    Level.SECONDARY: "Secondary drivers",
    Level.CONCEPT: "Change concepts",
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A measure on a box: its name and latest value, and the shape of its reading."""

    title: str
    says: str
    icon: Markup
    url: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box with all that is drawn under it."""

    name: str
    """`d12` or `i5`: its id on the page is `b-d12`."""
    id: int
    level: Level
    text: str
    url: str
    """Where its own page and its commands are."""
    children: Sequence[Box]
    also: Sequence[str]
    gauges: Sequence[Gauge]
    status: IdeaStatus | None
    under: int | None
    """Id of the driver it is drawn under; None under the aim, 0 without a place."""
    is_first: bool
    is_last: bool

    @property
    def is_idea(self) -> bool:
        """Whether it is an idea and no driver."""
        return self.level is Level.IDEA


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something missing, with those it is missing for and the way to mend it."""

    says: str
    names: Sequence[tuple[str, str]]
    """Words and address of the first few."""
    more: int
    remedy: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of a diagram shows."""

    boxes: Sequence[Box]
    unplaced: Sequence[Box]
    aim_gauges: Sequence[Gauge]
    counts: Mapping[IdeaStatus, int]
    columns: Sequence[str]
    loose_ends: Sequence[LooseEnd]
    home: str
    cycles: str
    """Addresses that those of the boxes begin with."""
    may_edit: bool
    may_log: bool

    @property
    def is_tall(self) -> bool:
        """There are more ideas than a screen shows."""
        return sum(self.counts.values()) > SCREENFUL

    @property
    def ideas_in_words(self) -> str:
        """`3 adopted, 7 testing`; empty without ideas."""
        return counted(self.counts)

    def find(self, name: str) -> Box | None:
        """A box by its name, wherever it is drawn."""
        waiting = [*self.boxes, *self.unplaced]
        while waiting:
            box = waiting.pop()
            if box.name == name:
                return box
            waiting += box.children
        return None


def show(project: Project, board: Board, *, outside: bool) -> Shown:
    """The diagram of a project for the person who asks; asks the database for nothing."""
    home = url_for("drivers.index", project_id=project.id)
    measured = url_for("measures.index", project_id=project.id)
    gauges = {
        key: gauge(m, f"{measured}/{m.id}", outside=outside) for key, m in board.measures.items()
    }
    arranged = arrange(board.diagram)

    def box(branch: Branch, under: int | None, *, first: bool, last: bool) -> Box:
        node, row = branch.node, board.rows[branch.node.key]
        is_idea = node.level is Level.IDEA
        return Box(
            name=f"{'i' if is_idea else 'd'}{row.id}",
            id=row.id,
            level=node.level,
            text=node.text,
            url=f"{home}/ideas/{row.id}" if is_idea else f"{home}/{row.id}",
            children=boxes(branch.children, row.id),
            also=branch.also,
            gauges=[gauges[key] for key in node.measures],
            status=board.statuses.get(node.key),
            under=under,
            is_first=first,
            is_last=last,
        )

    def boxes(branches: Sequence[Branch], under: int | None) -> list[Box]:
        end = len(branches) - 1
        return [box(b, under, first=n == 0, last=n == end) for n, b in enumerate(branches)]

    return Shown(
        boxes=boxes(arranged.placed, None),
        unplaced=boxes(arranged.unplaced, 0),
        aim_gauges=[gauges[key] for key in board.diagram.measures],
        counts=board.counts,
        columns=[
            title
            for level, title in COLUMNS.items()
            if level is not Level.CONCEPT or arranged.has_concepts
        ],
        loose_ends=[loose_end(gap, board, project, home) for gap in board.gaps],
        home=home,
        cycles=url_for("pdsa.index", project_id=project.id),
        may_edit=can(current_user, Permission.PROJECT_EDIT, project),
        may_log=can(current_user, Permission.PDSA_LOG, project),
    )


def gauge(measure: Measure, url: str, *, outside: bool) -> Gauge:
    """A measure as a box carries it."""
    state = latest_of(measure, outside=outside).state
    reading = state.get("reading") if state and not state.get("is_stand_in") else None
    icon = point_icon(Variation(reading), 12) if reading else Markup("")
    return Gauge(
        measure.title, latest_in_words(measure, outside=outside) or "no figures yet", icon, url
    )


def loose_end(gap: Gap, board: Board, project: Project, home: str) -> LooseEnd:
    """What is missing in words, each with the page that mends it."""
    cycles = {str(cycle.id): cycle for cycle in board.loose_cycles}
    names = []
    for key in gap.keys[:NAMED]:
        if gap.kind is GapKind.CYCLE_WITHOUT_IDEA:
            cycle = cycles[key]
            url = url_for("pdsa.change_plan", project_id=project.id, cycle_id=cycle.id)
            names.append((f"{cycle.number}. {cycle.title}", f"{url}#change_idea"))
        else:
            names.append((board.diagram.nodes[key].text, _mended_at(gap.kind, key, board, home)))
    remedy = {
        GapKind.IDEA_WITHOUT_DRIVER: "Place it",
        GapKind.DRIVER_WITHOUT_PLACE: "Place it",
        GapKind.DRIVER_WITHOUT_IDEA: "Add an idea",
        GapKind.CYCLE_WITHOUT_IDEA: "Name its idea",
        GapKind.IDEA_WITHOUT_MEASURE: "Link a measure",
    }[gap.kind]
    if len(gap.keys) > 1:
        remedy = remedy.replace(" it", " the first")
    return LooseEnd(gap.says, names, len(gap.keys) - len(names), remedy, names[0][1])


def _mended_at(kind: GapKind, key: str, board: Board, home: str) -> str:
    row = board.rows[key]
    if kind is GapKind.DRIVER_WITHOUT_IDEA:
        return f"{home}/{row.id}/ideas/new"
    own = f"{home}/ideas/{row.id}/edit" if row.level is Level.IDEA else f"{home}/{row.id}/edit"
    return f"{own}#{'measures' if kind is GapKind.IDEA_WITHOUT_MEASURE else 'parents'}"
