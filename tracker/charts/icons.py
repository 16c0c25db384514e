"""Point shapes, and the two icons that stand beside a verdict. Shape and colour say the same."""

from __future__ import annotations

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.svg import Pen, num
from tracker.spc.values import Assurance, Variation

COLOURS = {
    Variation.COMMON_CAUSE: svg.COMMON,
    Variation.IMPROVEMENT: svg.BETTER,
    Variation.CONCERN: svg.WORSE,
    Variation.NEUTRAL_HIGH: svg.TEST,
    Variation.NEUTRAL_LOW: svg.TEST,
}


def shape(pen: Pen, x: float, y: float, reading: Variation, scale: float = 1) -> None:
    """One point: expected circle, improvement square, concern triangle, no direction diamond."""
    match reading:
        case Variation.COMMON_CAUSE:
            pen.circle(x, y, 4.2 * scale, svg.COMMON)
        case Variation.IMPROVEMENT:
            side = 10 * scale
            pen.rect(x - side / 2, y - side / 2, side, side, svg.BETTER, "qi-pt")
        case Variation.CONCERN:
            half, tall = num(6.85 * scale), num(11.7 * scale)
            wide = num(13.7 * scale)
            pen.fill(f"M{num(x)} {num(y - 6.5 * scale)}l{half} {tall}h-{wide}z", svg.WORSE)
        case _:
            h = num(6.5 * scale)
            top = f"M{num(x)} {num(y - 6.5 * scale)}"
            pen.fill(f"{top}l{h} {h}l-{h} {h}l-{h}-{h}z", svg.TEST)


def hidden_mark(pen: Pen, x: float, y: float, scale: float = 1) -> None:
    """A figure that is hidden: an open square at a fixed place, never at the figure's height."""
    side = 8 * scale
    more = f' stroke="{svg.SOFT}" stroke-width="1.5"'
    pen.rect(x - side / 2, y - side / 2, side, side, svg.PAPER, "qi-bg qi-ink", more)


def hidden_icon(size: int = 14) -> Markup:
    """The same for the key."""
    pen = Pen()
    hidden_mark(pen, size / 2, size / 2)
    return pen.ornament("qi-icon", size, size, f"0 0 {size} {size}")


def point_icon(reading: Variation, size: int = 14) -> Markup:
    """A point's shape for the key and the table, hidden: its words stand beside it."""
    pen = Pen()
    down = 0.5 if reading is Variation.CONCERN else 0
    shape(pen, size / 2, size / 2 - down, reading)
    return pen.ornament("qi-icon", size, size, f"0 0 {size} {size}")


def target_icon() -> Markup:
    """The dash of the target line, for the key."""
    pen = Pen()
    pen.line("M0 8h24", svg.TARGET, 2, "9 4")
    return pen.ornament("qi-icon", 24, 16, "0 0 24 16")


def variation_icon(
    reading: Variation | None, size: int = 28, *, rising: bool | None = None
) -> Markup:
    """How the latest points read, in a square frame; None is "too few points", a dashed frame.

    It points the way the measure moved (`rising`), so an improvement may go down. Left out, an
    improvement is drawn rising and a concern falling.
    """
    pen = Pen()
    colour = COLOURS[reading or Variation.COMMON_CAUSE]
    dash = "" if reading else ' stroke-dasharray="4 3"'
    pen.rect(
        1.5, 1.5, 37, 37, svg.PAPER, "qi-bg qi-ink",
        f' rx="6" stroke="{colour}" stroke-width="3"{dash}',
    )  # fmt: skip
    pen.line("M6 20h28", svg.PALE, 1.5)
    if reading is None or reading is Variation.COMMON_CAUSE:
        pen.line("M7 22L15 14L23 23L31 16", colour, 2.5)
        pen.circle(31, 16, 4, colour)
    else:
        up = rising
        if up is None:
            up = reading in (Variation.IMPROVEMENT, Variation.NEUTRAL_HIGH)
        path = "M7 28L15 25L23 18L30 11" if up else "M7 11L15 14L23 21L30 28"
        pen.line(path, colour, 2.5)
        shape(pen, 30, 11 if up else 28, reading)
    return pen.ornament("qi-icon", size, size, "0 0 40 40")


def assurance_icon(
    assurance: Assurance, size: int = 28, *, target_above: bool | None = None
) -> Markup:
    """Whether the process will reach its target, in a round frame.

    Grey bar: the expected range. Dashed line: the target, above or below the range, or through it.
    A cross says out of reach, a tick says always met, neither says it may or may not.
    """
    pen = Pen()
    pen.circle(20, 20, 18.5, svg.PAPER, "qi-bg qi-ink", f' stroke="{svg.INK}" stroke-width="2.5"')
    pen.rect(6, 13, 28, 14, "#d8dde0", "qi-band")
    if assurance is Assurance.INCONSISTENT:
        pen.line("M6 20h28", svg.TARGET, 3, "5 2.5")
    else:
        above = target_above if target_above is not None else assurance is Assurance.FAIL
        pen.line(f"M9 {9 if above else 31}h22", svg.TARGET, 3, "5 2.5")
        mark = "M15 15l10 10M25 15l-10 10" if assurance is Assurance.FAIL else "M13 20l5 5l9-10"
        pen.line(mark, svg.INK, 2.5)
    return pen.ornament("qi-icon", size, size, "0 0 40 40")
