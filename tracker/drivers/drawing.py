"""A driver diagram as a picture: presentation attributes only, for screen, paper and slides."""

from __future__ import annotations

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.svg import Pen, num

from .domain import IdeaStatus, Level
from .layout import BETWEEN, LINE, PAD, SIZE, SMALL, TAG, Layout, Placed

SECOND = "#4a8ac9"
EDGES = {Level.PRIMARY: svg.BETTER, Level.SECONDARY: SECOND, Level.CONCEPT: SECOND}
TAGS = {
    IdeaStatus.PROPOSED: ("#354550", "#fff"),
    IdeaStatus.TESTING: ("#003d78", "#e1edf8"),
    IdeaStatus.ADOPTED: ("#004c23", "#e3f1ea"),
    IdeaStatus.ADAPTED: ("#5c4200", "#fff5d6"),
    IdeaStatus.ABANDONED: ("#354550", "#eceff1"),
}
"""Ink and ground of each status: those of the page."""


def picture(
    layout: Layout, title: str, desc: str, *, ids: str = "drivers", font: str = ""
) -> Markup:
    """The diagram as an SVG element. `title` says what it is, `desc` reads it out.

    `font` is for paper, where a drawing does not take the font of the page.
    """
    pen = Pen()
    for heading in layout.headings:
        pen.text(heading.x, heading.y, heading.text, svg.SOFT, bold=True)
    for box in layout.boxes:
        if box.parent is not None:
            _line(pen, layout.boxes[box.parent], box)
    for box in layout.boxes:
        _box(pen, box)
    if font:
        pen.pieces = [f'<g font-family="{svg.escape(font)}">', *pen.pieces, "</g>"]
    return pen.picture(
        "qi-drivers", layout.width + 2, layout.height + 2, title, ids=ids, desc=desc, size=SIZE
    )


def _line(pen: Pen, parent: Placed, child: Placed) -> None:
    start = parent.x + parent.w
    bend = start + BETWEEN / 2
    d = f"M{num(start)} {num(parent.middle)}H{num(bend)}V{num(child.middle)}H{num(child.x)}"
    pen.line(d, svg.RULE, 1.5)


def _box(pen: Pen, box: Placed) -> None:
    edge = svg.BETTER if box.level is None else svg.PALE
    thick = 2 if box.level is None else 1
    pen.rect(
        box.x + 1, box.y + 1, box.w - 2, box.h - 2, svg.PAPER, "qi-bg qi-ink",
        f' stroke="{edge}" stroke-width="{thick}"',
    )  # fmt: skip
    if box.level in EDGES:
        pen.rect(box.x, box.y + 0.5, 6, box.h - 1, EDGES[box.level], "qi-pt")
    bold = box.level in (None, Level.PRIMARY)
    inset = PAD + (3 if box.level in EDGES else 0)
    high = len(box.lines) * LINE + len(box.small) * (LINE - 2)
    y = box.middle - high / 2 - 5
    for line in box.lines:
        y += LINE
        pen.text(box.x + inset, y, line, svg.INK, bold=bold)
    for line in box.small:
        y += LINE - 2
        pen.text(box.x + inset, y, line, svg.SOFT, size=SMALL)
    if box.status:
        ink, ground = TAGS[box.status]
        x = box.x + box.w - TAG - 2
        more = f' rx="2" stroke="{ink}" stroke-width="1"'
        pen.rect(x, box.middle - 11, TAG - 4, 22, ground, "qi-bg qi-ink", more)
        pen.text(
            x + (TAG - 4) / 2, box.middle + 4, box.status.label, ink,
            anchor="middle", bold=True, size=SMALL,
        )  # fmt: skip
