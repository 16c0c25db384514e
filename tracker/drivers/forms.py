"""Forms of a driver diagram."""

from __future__ import annotations

from typing import Any

from tracker.drafts.forms import Edited
from tracker.measures.models import Measure
from tracker.pages import Choice, Form, Hidden, LongText, Option, Text, Ticks
from tracker.plugin_api import MeasureKind
from tracker.safe.text import clean

from .domain import Level
from .queries import Board
from .services import Row

LONGEST = 200
LONGEST_NOTE = 2000


class AddForm(Form):
    """One more box, in words: the rest can be said later."""

    text = Text("What is it?", required="Say what it is", max_length=LONGEST)


class Outline(LongText):
    """Indented text: what stands before the first word means something."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean(str(valuelist[0])) if valuelist else ""
        self.data = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


class OutlineForm(Form):
    """A whole diagram as text, and what becomes of the one that is there."""

    text = Outline(
        "Drivers and ideas",
        required="Write or paste the drivers, one on each line",
        hint="One on each line. Indent what belongs under a driver; begin an idea with a dash.",
        rows=20,
        max_length=60_000,
    )
    replacing = Choice[str](
        "What becomes of what is there?",
        options=(
            Option("no", "Add to it", "What says the same stays as it is. Nothing is removed."),
            Option("yes", "Put this in its place", "Ideas that have cycles stay, to be placed."),
        ),
        required="Say whether to add to what is there or to put this in its place",
    )
    seen = Hidden()
    """Number of the version that the preview was made from."""


class PlaceFields:
    """What hangs where."""

    parents = Ticks[int]("Under which drivers?", coerce=int)
    measures = Ticks[int]("Measures", coerce=int)

    def offer(self, board: Board, row: Row | None, level: Level) -> None:
        """List what it may hang under and the measures there are."""
        own = row.uid.hex if row is not None else ""
        self.parents.options = [
            Option(str(board.rows[node.key].id), node.text, _hint(board, node.key))
            for node in board.diagram.nodes.values()
            if node.level in level.parents and node.key != own
        ]
        self.measures.options = measure_options(list(board.measures.values()))


def _hint(board: Board, key: str) -> str:
    node = board.diagram.nodes[key]
    above = " and ".join(parent.text for parent in board.diagram.above(key))
    return f"{node.level.label}, under {above}" if above else node.level.label


def measure_options(measures: list[Measure]) -> list[Option]:
    """The measures of a project, to tick."""
    return [Option(str(m.id), m.title, KINDS[m.kind]) for m in measures]


KINDS = {
    MeasureKind.OUTCOME: "Outcome: it belongs on the aim",
    MeasureKind.PROCESS: "Process: it belongs on a driver or an idea",
    MeasureKind.BALANCING: "Balancing: it belongs on the aim",
}


class DriverForm(PlaceFields, Edited):
    """A driver: its words, where it hangs and what measures it."""

    text = Text("Driver", required="Say what the driver is", max_length=LONGEST)
    note = LongText(
        "Why does it matter?",
        hint="A sentence for those who were not there. It may stay empty.",
        rows=3,
        max_length=LONGEST_NOTE,
    )
    parents = Ticks[int]("Which drivers does it serve?", coerce=int)
    measures = Ticks[int]("What measures it?", coerce=int)


class IdeaForm(PlaceFields, Edited):
    """A change idea: its words, the drivers it serves and what measures it."""

    text = Text("Change idea", required="Say what the idea is", max_length=LONGEST)
    note = LongText(
        "What would you do?",
        hint="A sentence for those who were not there. It may stay empty.",
        rows=3,
        max_length=LONGEST_NOTE,
    )
    parents = Ticks[int](
        "Which drivers does it serve?",
        hint="One is usual. Tick a second where it serves two.",
        coerce=int,
    )
    measures = Ticks[int]("What measures it?", coerce=int)


class AimMeasuresForm(Edited):
    """Which measures show that the aim is met."""

    measures = Ticks[int]("Which measures belong to the aim?", coerce=int)


def values_of(row: Row, board: Board) -> dict[str, Any]:
    """The fields of a form as the box stands."""
    key = row.uid.hex
    node = board.diagram.nodes.get(key)
    return {
        "text": row.text,
        "note": row.note,
        "parents": [board.rows[parent.key].id for parent in board.diagram.above(key)],
        "measures": [board.measures[m].id for m in node.measures] if node else [],
        "version": row.version,
    }
