"""The small chart of a tile: the shape of the series, its centre and its target; no limits."""

from __future__ import annotations

import math

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.domain import Form, Words
from tracker.charts.icons import hidden_mark, shape
from tracker.charts.scale import Timeline, ends_of_hidden, tick_words, ticks
from tracker.charts.signals import judged
from tracker.charts.svg import Pen, num, width
from tracker.charts.words import summary
from tracker.safe.small_numbers import Hidden
from tracker.spc.values import Chart

WIDTH, HEIGHT = 252, 70
_TOP, _BOTTOM = 8, 62


def thumbnail(chart: Chart, words: Words, *, ids: str) -> Markup:
    """252 x 70, fitted to the data and the target, both ends of the scale printed."""
    pen = Pen()
    points = chart.points
    data = [p.y for p in points if p.y is not None]
    centres = [p.centre for p in points if p.centre is not None]
    every = data + centres + ([] if chart.target is None else [chart.target])
    if not data:
        pen.text(
            WIDTH / 2,
            40,
            "Too small to show" if chart.hidden else "No data yet",
            svg.SOFT,
            anchor="middle",
        )
        return pen.picture("qi-spc qi-thumb", WIDTH, HEIGHT, summary(chart, words), ids=ids)
    every += ends_of_hidden(chart, words)
    whole = words.form is Form.PERCENT and max(every) <= 100
    scale = ticks(min(every), max(every), 4, 100 if whole else math.inf)
    low, high = scale[0], max(scale[-1], max(every))
    labels = [label.removesuffix("%") for label in tick_words(scale, words)]
    left = max(30, width(labels[0], 12) + 8, width(labels[-1], 12) + 8)
    per = (_BOTTOM - _TOP) / (high - low)

    def py(value: float) -> float:
        return _BOTTOM - (value - low) * per

    pen.text(left - 6, 66, labels[0], svg.SOFT, anchor="end", size=12)
    pen.text(left - 6, 12, labels[-1], svg.SOFT, anchor="end", size=12)
    if chart.target is not None:
        path = f"M{num(left)} {num(py(chart.target))}H{WIDTH}"
        pen.line(path, svg.TARGET, 1.5, "6 3")

    time = Timeline([p.x for p in points], words.cadence, None)
    places = time.places
    span = max(places[-1] - places[0], 6 * time.step)
    px = (WIDTH - 8 - left - 6) / span
    xs = [left + 6 + (p - places[0]) * px for p in places]
    for n, part in enumerate(chart.parts):
        if part.centre is not None:
            start = left if n == 0 else (xs[part.first - 1] + xs[part.first]) / 2
            is_last = n == len(chart.parts) - 1
            end = WIDTH if is_last else (xs[part.last] + xs[part.last + 1]) / 2
            pen.line(f"M{num(start)} {num(py(part.centre))}H{num(end)}", svg.RULE)
    path, before = "", None
    for i, point in enumerate(points):
        if point.y is None:
            continue
        joined = before == i - 1 and places[i] - places[i - 1] <= 1.5 * time.step
        path += f"{'L' if joined else 'M'}{num(xs[i])} {num(py(point.y))}"
        before = i
    pen.line(path, svg.COMMON, 1.5)
    hidden = dict(chart.hidden)
    for x, point in zip(xs, points, strict=True):
        if point.x in hidden:
            is_high = hidden[point.x] is Hidden.ALL_BUT_FEW
            hidden_mark(pen, x, _TOP if is_high else _BOTTOM, 0.62)
    small = 0.62 * min(1, max(0.45, px * time.step / 6.5))
    for i, point in enumerate(points):
        if point.y is not None:
            size = 0.92 if i == before else small
            shape(pen, xs[i], py(point.y), judged(point, words.better)[1], size)
    return pen.picture("qi-spc qi-thumb", WIDTH, HEIGHT, summary(chart, words), ids=ids)
