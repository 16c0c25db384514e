"""Ten factors, two rounds: a small bar for each, the earlier one pale."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.svg import Pen, wrap

from .domain import FIRMNESS, Line

MOST = max(level.step for level in FIRMNESS)
ROW, HEAD, FOOT = 40.0, 26.0, 24.0
BAR = 10.0


def bars(lines: Sequence[Line], earlier: str, later: str, *, wide: bool) -> Markup:
    """A drawing of both rounds; `earlier` is empty while there is one. The table says the same."""
    size = "large" if wide else "small"
    names, room = (240.0, 440.0) if wide else (130.0, 190.0)
    step = room / MOST
    pen = Pen()
    bottom = HEAD + ROW * len(lines)
    for number in range(MOST + 1):
        x = names + number * step
        pen.line(
            f"M{svg.num(x)} {svg.num(HEAD)}V{svg.num(bottom)}", svg.PALE if number else svg.RULE
        )
    for number, line in enumerate(lines):
        middle = HEAD + ROW * number + ROW / 2
        words = wrap(line.asked.name, names - 12, 14)[:2]
        for at, each in enumerate(words):
            pen.text(0, middle + 5 + (at - (len(words) - 1) / 2) * 16, each, svg.INK)
        if line.before is not None:
            pen.rect(
                names, middle - BAR - 1, line.before.step * step, BAR, svg.PALE, "qi-pt",
                f' stroke="{svg.SOFT}" stroke-width="1"',
            )  # fmt: skip
        if line.now is not None:
            top = middle + 1 if earlier else middle - BAR / 2
            pen.rect(names, top, line.now.step * step, BAR, svg.BETTER, "qi-pt")
    _key(pen, names, earlier, later)
    _scale(pen, names, step, bottom, wide=wide)
    said = "; ".join(
        f"{line.asked.name}: "
        + (f"{line.before.label.lower()}, then " if line.before else "")
        + (line.now.label.lower() if line.now else "not answered")
        for line in lines
    )
    return pen.picture(
        f"qi-spc qi-spc--{size}", names + room + (52 if wide else 30), bottom + FOOT,
        "How firmly each factor is in place", ids=f"firm-{size}", desc=said,
    )  # fmt: skip


def _key(pen: Pen, x: float, earlier: str, later: str) -> None:
    if earlier:
        more = f' stroke="{svg.SOFT}" stroke-width="1"'
        pen.rect(0, 4, 14, BAR, svg.PALE, "qi-pt", more)
        pen.text(20, 14, earlier, svg.SOFT)
        start = max(x, 40 + svg.width(earlier))
        pen.rect(start, 4, 14, BAR, svg.BETTER, "qi-pt")
        pen.text(start + 20, 14, later, svg.SOFT)
    else:
        pen.rect(0, 4, 14, BAR, svg.BETTER, "qi-pt")
        pen.text(20, 14, later, svg.SOFT)


def _scale(pen: Pen, names: float, step: float, bottom: float, *, wide: bool) -> None:
    shown = sorted(FIRMNESS, key=lambda level: level.step)
    for level in shown if wide else (shown[0], shown[-1]):
        words = level.label if wide else level.label.split()[0]
        pen.text(names + level.step * step, bottom + 18, words, svg.SOFT, anchor="middle", size=12)
