"""Shares over quarters as a line with an ambition, and how many are at each level as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.domain import Drawings
from tracker.charts.svg import Pen, num

SHADES = ("#fff", "#f3f7fb", "#e3edf7", "#cfe0f0", "#b4cfe8", "#2d6fae", "#0d4a86", "#06264d")
"""The shades of the matrix; from the sixth on they are dark."""
_DARK = 5
_TOP, _BOTTOM = 16, 216
_CLOSE = 70
"""Below so many px a quarter, only every other one is named."""


def share_line(
    points: Sequence[tuple[str, int | None]], ambition: int | None, title: str, *, ids: str
) -> Drawings:
    """Per cent a quarter, 1100 x 250 and 340 x 250, from the ten below the least up to 100."""
    known = [value for _, value in points if value is not None]
    low = min([90, *(value // 10 * 10 for value in (*known, *_some(ambition)))])
    low = max(0, low - (10 if low and min(known, default=low) == low else 0))
    drawn = []
    for name, wide, left, right in (("large", 1100, 52, 980), ("small", 340, 46, 304)):
        pen = Pen()

        def y(value: float) -> float:
            return _BOTTOM - (value - low) * (_BOTTOM - _TOP) / (100 - low)

        step = 10 if low >= 50 else 20 if low >= 20 else 25
        for tick in (*range(100, low, -step), low):
            pen.line(f"M{left} {num(y(tick))}H{right}", svg.GRID, hook="qi-grid")
            pen.text(left - 8, y(tick) + 5, f"{tick}%", svg.SOFT, anchor="end")
        if ambition is not None:
            pen.line(f"M{left} {num(y(ambition))}H{right}", svg.TARGET, 2, "10 4")
            if name == "large":
                pen.text(right + 8, y(ambition) + 5, f"Ambition {ambition}%", svg.TARGET)
        each = (right - left) / max(len(points), 1)
        xs = [left + each * (n + 0.5) for n in range(len(points))]
        path, is_joined = "", False
        for x, (_, value) in zip(xs, points, strict=True):
            if value is not None:
                path += f"{'L' if is_joined else 'M'}{num(x)} {num(y(value))}"
            is_joined = value is not None
        pen.line(path, svg.BETTER, 3)
        every = 1 if each >= _CLOSE else 2 if each >= _CLOSE / 2 else 4
        for n, (x, (words, value)) in enumerate(zip(xs, points, strict=True)):
            is_named = (len(points) - 1 - n) % every == 0
            if value is not None:
                pen.circle(x, y(value), 5, svg.BETTER)
                if is_named:
                    below = y(value) + 24 if y(value) < _BOTTOM - 26 else y(value) - 12
                    pen.text(x, below, f"{value}%", svg.INK, anchor="middle", bold=True, halo=True)
            if is_named:
                pen.text(x, 240, words, svg.SOFT, anchor="middle")
        hook = f"qi-spc qi-spc--{name}"
        drawn.append(pen.picture(hook, wide, 250, title, ids=f"{ids}-{name[0]}"))
    return Drawings(*drawn)


def share_spark(values: Sequence[int | None], low: int) -> Markup:
    """The same in 110 x 30 without words; `low` is one scale for all in a list."""
    pen = Pen()
    each = 100 / max(len(values) - 1, 1)
    span = max(100 - low, 1)
    path, last, is_joined = "", None, False
    for n, value in enumerate(values):
        if value is not None:
            last = (3 + each * n, 26 - (value - low) * 22 / span)
            path += f"{'L' if is_joined else 'M'}{num(last[0])} {num(last[1])}"
        is_joined = value is not None
    pen.line(path, svg.COMMON, 1.5)
    if last is not None:
        pen.circle(last[0], last[1], 3.4, svg.COMMON)
    return pen.ornament("qi-icon", 110, 30, "0 0 110 30")


def level_bar(counts: Sequence[tuple[int | None, int]]) -> Markup:
    """How many are at each shade, 240 x 20, stacked; no shade is what nobody has rated."""
    pen = Pen()
    total = sum(count for _, count in counts)
    x = 0.0
    for shade, count in counts:
        wide = 240 * count / total if total else 0
        if wide:
            is_dark = shade is not None and shade >= _DARK
            fill = svg.PAPER if shade is None else SHADES[shade]
            dash = ' stroke-dasharray="3 2"' if shade is None else ""
            edge = svg.PAPER if is_dark else svg.RULE
            pen.rect(x, 0.5, wide, 19, fill, "qi-level", f' stroke="{edge}"{dash}')
        x += wide
    return pen.ornament("qi-spc qi-shares", 240, 20, "0 0 240 20")


def _some(value: int | None) -> list[int]:
    return [] if value is None else [value]
