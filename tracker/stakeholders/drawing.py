"""The scale of one stakeholder and the map of the system, drawn with presentation attributes."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.svg import Pen, num

from .domain import Entry, Stance
from .system import LINE, PAD, SIZE, WIDE, Arrow, Flow, lay_out

FIRST, APART, MIDDLE = 13.0, 31.0, 13.0
"""Of the scale: where it begins, how far its steps are apart, and its height."""


def scale(entry: Entry) -> Markup:
    """Where somebody stands on the way from opposed to making it happen, and where they are needed.

    What it says in words stands beside it; its title adds how far along each is.
    """
    pen = Pen()
    xs = [FIRST + APART * step for step in range(len(Stance))]
    pen.line(f"M{num(xs[0])} {num(MIDDLE)}H{num(xs[-1])}", svg.PALE, 2)
    for x in xs:
        pen.line(f"M{num(x)} {num(MIDDLE - 4)}v8", svg.RULE, 1.5)
    now = xs[entry.now.step] if entry.now is not None else None
    needed = xs[entry.needed.step] if entry.needed is not None else None
    if now is not None and needed is not None and now != needed:
        short = needed - 8 if needed > now else needed + 8
        pen.line(f"M{num(now)} {num(MIDDLE)}H{num(short)}", svg.INK, 3)
    if needed is not None:
        d = f"M{num(needed)} {num(MIDDLE - 8)}l8 8-8 8-8-8z"
        pen.fill(d, svg.PAPER, "qi-bg qi-ink", f' stroke="{svg.INK}" stroke-width="2"')
    if now is not None:
        pen.circle(now, MIDDLE, 3.5 if now == needed else 6, svg.INK)
    return pen.picture("qi-spc", 150, 26, _along(entry), ids=f"scale-{entry.id}")


def _along(entry: Entry) -> str:
    last = len(Stance)
    said = [
        f"{word} {stance.step + 1} of {last}"
        for word, stance in (("now", entry.now), ("needed", entry.needed))
        if stance is not None
    ]
    return f"On the scale {', '.join(said)}" if said else "Not on the scale yet"


def now_icon() -> Markup:
    """The mark of where somebody stands, for the key."""
    pen = Pen()
    pen.circle(7, 7, 6, svg.INK)
    return pen.ornament("qi-icon", 14, 14, "0 0 14 14")


def needed_icon() -> Markup:
    """The mark of where somebody is needed, for the key."""
    pen = Pen()
    more = f' stroke="{svg.INK}" stroke-width="2"'
    pen.fill("M9 1l8 8-8 8-8-8z", svg.PAPER, "qi-bg qi-ink", more)
    return pen.ornament("qi-icon", 18, 18, "0 0 18 18")


def system(flows: Sequence[Flow]) -> Markup:
    """The system map: boxes on a circle, and numbered arrows between them."""
    layout = lay_out(flows)
    pen = Pen()
    for arrow in layout.arrows:
        _arrow(pen, arrow)
    for arrow in layout.arrows:
        x, y = arrow.at
        pen.circle(x, y, 11, svg.PAPER, "qi-bg qi-ink", f' stroke="{svg.RULE}"')
        pen.text(x, y + 4.5, str(arrow.number), svg.INK, anchor="middle", bold=True, size=12)
    for box in layout.boxes:
        edge = f' rx="3" stroke="{svg.BETTER}" stroke-width="2"'
        pen.rect(box.x, box.y, WIDE, box.h, svg.PAPER, "qi-bg qi-ink", edge)
        for at, line in enumerate(box.lines):
            y = box.y + PAD + LINE * at + 13
            pen.text(box.x + WIDE / 2, y, line, svg.INK, anchor="middle")
    told = ". ".join(
        f"{number}: {flow.source} to {flow.target}, {flow.flows}"
        for number, flow in enumerate(flows, start=1)
    )
    return pen.picture(
        "qi-system", layout.width, layout.height, "System map",
        ids="system", desc=f"{told}. The table says the same.", size=SIZE,
    )  # fmt: skip


def _arrow(pen: Pen, arrow: Arrow) -> None:
    length = hypot(arrow.x2 - arrow.x1, arrow.y2 - arrow.y1) or 1.0
    dx, dy = (arrow.x2 - arrow.x1) / length, (arrow.y2 - arrow.y1) / length
    bx, by = arrow.x2 - dx * 10, arrow.y2 - dy * 10
    pen.line(f"M{num(arrow.x1)} {num(arrow.y1)}L{num(bx)} {num(by)}", svg.RULE, 1.5)
    left, right = (bx - dy * 5, by + dx * 5), (bx + dy * 5, by - dx * 5)
    pen.fill(
        f"M{num(arrow.x2)} {num(arrow.y2)}L{num(left[0])} {num(left[1])}"
        f"L{num(right[0])} {num(right[1])}z",
        svg.RULE,
    )
