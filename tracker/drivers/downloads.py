"""The diagram to take away: a picture, a page for paper, a slide, and text."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.charts.png import png
from tracker.charts.svg import framed, standalone
from tracker.documents import CannotSet, pdf
from tracker.downloads import attachment, noted
from tracker.measures.drawing import latest_in_words
from tracker.pages import done, notice
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.domain import sentence
from tracker.projects.models import Project
from tracker.safe.dates import name_day, today

from . import queries
from .blueprint import BASE, bp, home
from .domain import Arranged, arrange, counted
from .drawing import picture
from .layout import Layout, Words, lay_out, split
from .outline import as_text
from .queries import Board
from .slides import slide

SVG, PNG, PDF = "image/svg+xml; charset=utf-8", "image/png", "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "text/plain; charset=utf-8"
SHEET = 0.6
"""How high a part may be for its width on A4 on its side, and still be read."""
PRINT = """
@page { size: A4 landscape; margin: 12mm 12mm 14mm;
  @bottom-right {
    content: "Page " counter(page) " of " counter(pages);
    font-family: "Liberation Sans"; font-size: 9pt;
  }
}
body { margin: 0; font-family: "Liberation Sans"; font-size: 10pt; color: #212b32; }
h1 { margin: 0 0 2mm; font-size: 15pt; }
h2 { margin: 4mm 0 2mm; font-size: 12pt; }
p { margin: 0 0 2mm; }
.sheet { break-after: page; }
.sheet svg { max-width: 273mm; max-height: 158mm; }
.meta { color: #4c6272; font-size: 9pt; }
pre {
  columns: 2; column-gap: 8mm; white-space: pre-wrap;
  font-family: "Liberation Sans"; font-size: 10pt; line-height: 1.5;
}
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """The diagram as one person may take it away."""

    project: Project
    board: Board
    arranged: Arranged
    words: Words
    aim: str
    aim_measures: list[str]
    made: str

    @property
    def title(self) -> str:
        """What it is."""
        return f"Driver diagram: {self.project.title}"

    @property
    def desc(self) -> str:
        """The whole of it, read out."""
        ideas = counted(self.board.counts)
        told = as_text(self.board.diagram, self.aim)
        return f"Change ideas: {ideas}.\n{told}" if ideas else told

    def layout(self, arranged: Arranged | None = None) -> Layout:
        """Everything in its place; of a part when one is given."""
        return lay_out(
            self.aim, arranged or self.arranged, self.words, aim_measures=self.aim_measures
        )


def taken(project: Project) -> Taken:
    """Read the diagram, with small numbers kept from who looks from outside."""
    outside = is_outside(project, current_user)
    board = queries.board(project.id)
    said = {
        key: ": ".join(filter(None, [m.title, latest_in_words(m, outside=outside)]))
        for key, m in board.measures.items()
    }
    parts = project.aim.parts
    return Taken(
        project,
        board,
        arrange(board.diagram),
        Words(
            {key: [said[m] for m in n.measures] for key, n in board.diagram.nodes.items()},
            board.statuses,
        ),
        sentence(parts) if parts else "",
        [said[m] for m in board.diagram.measures],
        f"{project.title}, {project.organisation.name}. QI Tracker, {name_day(today())}",
    )


@bp.get(f"{BASE}.svg")
@requires(Permission.DATA_EXPORT, Project)
def svg(project: Project) -> ResponseReturnValue:
    """The diagram as a drawing of its own."""
    return _file(project, _drawn(taken(project)), SVG, "svg")


@bp.get(f"{BASE}.png")
@requires(Permission.DATA_EXPORT, Project)
def picture_png(project: Project) -> ResponseReturnValue:
    """The same for programs that take no drawings."""
    return _file(project, png(_drawn(taken(project))), PNG, "png")


@bp.get(f"{BASE}.pdf")
@requires(Permission.DATA_EXPORT, Project)
def paper(project: Project) -> ResponseReturnValue:
    """The diagram on sheets of A4, primary drivers kept whole, then the same as an outline."""
    it = taken(project)

    def fits(part: Arranged) -> bool:
        layout = it.layout(part)
        return layout.height <= layout.width * SHEET

    parts = [it.arranged] if fits(it.arranged) else split(it.arranged, fits)
    sheets = [
        picture(
            it.layout(part),
            it.title if len(parts) == 1 else f"{it.title}, part {number} of {len(parts)}",
            "The outline at the end says the same.",
            ids=f"sheet-{number}",
            font="Liberation Sans",
        )
        for number, part in enumerate(parts, start=1)
    ]
    html = render_template(
        "drivers/paper.html",
        it=it,
        sheets=sheets,
        outline=as_text(it.board.diagram),
        counts=counted(it.board.counts),
    )
    try:
        body = pdf(html, PRINT)
    except CannotSet as error:
        notice(str(error), kind="information")
        return done(home(project.id))
    return _file(project, body, PDF, "pdf")


@bp.get(f"{BASE}.pptx")
@requires(Permission.DATA_EXPORT, Project)
def powerpoint(project: Project) -> ResponseReturnValue:
    """The diagram as one slide whose boxes and words can be changed."""
    it = taken(project)
    made = slide(it.layout(), title=it.title, desc=it.desc, notes=it.made)
    return _file(project, made, PPTX, "pptx")


@bp.get(f"{BASE}.txt")
@requires(Permission.DATA_EXPORT, Project)
def text_file(project: Project) -> ResponseReturnValue:
    """The diagram as indented text, which can be pasted in again."""
    it = taken(project)
    return _file(project, as_text(it.board.diagram, it.aim), TEXT, "txt")


def _drawn(it: Taken) -> str:
    drawing = picture(it.layout(), it.title, it.desc)
    return standalone(framed(drawing, it.title, [it.made]))


def _file(project: Project, body: str | bytes, kind: str, ending: str) -> Response:
    answer = attachment(body, kind, f"{project.title} drivers", ending)
    return noted(answer, {"what": "driver diagram", "as": ending}, project.id)
