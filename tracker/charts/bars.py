"""The aim as a bar from the baseline to today, and a prediction beside what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.domain import Drawings, Form, Words
from tracker.charts.icons import COLOURS, shape
from tracker.charts.scale import ticks
from tracker.charts.svg import Pen, cut, num, width
from tracker.charts.words import is_met, prediction_result
from tracker.spc.values import Direction, Variation


@dataclass(frozen=True, slots=True)
class _Label:
    x: float
    words: str
    colour: str
    bold: bool = False


def aim_bar(
    baseline: float | None,
    target: float | None,
    at_due: float | None,
    latest: float | None,
    words: Words,
    *,
    ids: str,
    reading: Variation | None = None,
    latest_name: str = "Latest",
) -> Drawings:
    """How far the aim has come: 720 x 80 and 327 x 116.

    `at_due` is the value when the aim was due, None before that day; it stays visible for ever.
    `reading` is the chart's reading of the latest point; left out, the bar is judged by its
    direction. `latest_name` says when the latest value was: "Oct to Dec".
    """
    title = aim_words(baseline, target, at_due, latest, words)
    drawn = []
    for is_large, wide, high in ((True, 720, 80), (False, 327, 116)):
        pen = Pen()
        x = _Scale([baseline, target, at_due, latest], words, 8, wide - 8)
        top = 38 if is_large else 58
        middle = top + 6
        pen.rect(8, top, wide - 16, 12, svg.GRID, "qi-band")
        above, below = [], []
        colour = COLOURS[_moved(baseline, target, latest, reading)]
        if baseline is not None and latest is not None:
            start, end = sorted((x(baseline), x(latest)))
            pen.rect(start, top, end - start, 12, colour, "qi-mark")
        if baseline is not None:
            pen.line(f"M{num(x(baseline))} {top - 8}v28", svg.INK, 2)
            above.append(_Label(x(baseline), f"Baseline {words.value(baseline)}", svg.INK))
        if target is not None:
            reach = 10 if is_large else 28
            pen.line(f"M{num(x(target))} {top - reach}V{top + 22}", svg.TARGET, 3)
            said = f"Target {words.value(target)}"
            above.append(_Label(x(target), said, svg.TARGET, bold=True))
        if at_due is not None:
            below.append(_Label(x(at_due), f"At due date {words.value(at_due)}", svg.INK))
        if latest is not None:
            if not is_large and at_due is not None:
                pen.line(f"M{num(x(latest))} {top + 14}v24", colour)
            _white_edged(pen, x(latest), middle, _moved(baseline, target, latest, reading))
            name = f"{latest_name} {words.value(latest)}"
            below.append(_Label(x(latest), name, colour, bold=True))
        if at_due is not None:
            # Painted last: a missed due date stays visible whatever came after.
            more = f' stroke="{svg.INK}" stroke-width="2"'
            pen.circle(x(at_due), middle, 6, svg.PAPER, "qi-bg qi-ink", more)
        if is_large:
            _row(pen, above, top - 16, wide, 15)
            _row(pen, below, top + 36, wide, 15)
        else:
            for label in above:
                _row(pen, [label], top - (38 if label.colour == svg.TARGET else 16), wide, 15)
            if latest is not None:
                below = [_beside(below[0], x(latest), wide), *below[1:]] if below[1:] else below
            _row(pen, below[:1], top + 34, wide, 15)
            _row(pen, below[1:], top + 53, wide, 15)
        hook = f"qi-spc qi-spc--{'large' if is_large else 'small'}"
        name = f"{ids}-{'l' if is_large else 's'}"
        drawn.append(pen.picture(hook, wide, high, title, ids=name, size=15))
    return Drawings(*drawn)


def aim_strip(
    baseline: float | None,
    target: float | None,
    latest: float | None,
    words: Words,
    *,
    ids: str,
    reading: Variation | None = None,
) -> Markup:
    """The same in a row of a list, 150 x 20, without words of its own: print them beside it."""
    pen = Pen()
    x = _Scale([baseline, target, latest], words, 6, 144)
    pen.rect(0, 7, 150, 6, "#e0e4e6", "qi-band")
    how = _moved(baseline, target, latest, reading)
    if baseline is not None and latest is not None:
        start, end = sorted((x(baseline), x(latest)))
        pen.rect(start, 7, end - start, 6, COLOURS[how], "qi-mark")
    if target is not None:
        pen.line(f"M{num(x(target))} 1v18", svg.TARGET, 3)
    if latest is not None:
        shape(pen, x(latest), 10, how)
    return pen.picture("qi-spc", 150, 20, aim_words(baseline, target, None, latest, words), ids=ids)


def aim_words(
    baseline: float | None,
    target: float | None,
    at_due: float | None,
    latest: float | None,
    words: Words,
) -> str:
    """The bar in one sentence: the title of its drawing."""
    said = [
        f"{name} {words.value(value)}"
        for name, value in (
            ("baseline", baseline),
            ("when the aim was due", at_due),
            ("now", latest),
            ("target", target),
        )
        if value is not None
    ]
    text = ", ".join(said) or "no figures yet"
    return text[0].upper() + text[1:]


def prediction_bar(
    predicted: float, observed: float | None, better: Direction, words: Words, *, ids: str
) -> Drawings:
    """Predicted as an open diamond, observed as a shape, a bar between: 500 x 60 and 300 x 60."""
    title = f"Predicted {words.value(predicted)}"
    if observed is None:
        title += ", not observed yet"
        how = Variation.COMMON_CAUSE
    else:
        result = prediction_result(predicted, observed, better, words)
        title += f", observed {words.value(observed)}: {result}"
        met = is_met(predicted, observed, better)
        how = Variation.IMPROVEMENT if met else Variation.CONCERN
        if better is Direction.NEUTRAL:
            how = Variation.NEUTRAL_HIGH
    drawn = []
    for name, wide in (("large", 500), ("small", 300)):
        pen = Pen()
        x = _Scale([predicted, observed], words, 10, wide - 10, pads=1.5)
        pen.line(f"M10 30H{wide - 10}", svg.PALE, 2)
        for mark in x.marks:
            pen.line(f"M{num(x(mark))} 27v6", svg.RULE)
        at = x(predicted)
        colour = COLOURS[how]
        if observed is not None:
            pen.line(f"M{num(min(at, x(observed)))} 30H{num(max(at, x(observed)))}", colour, 5)
        more = f' stroke="{svg.INK}" stroke-width="2"'
        pen.fill(f"M{num(at)} 21l9 9-9 9-9-9z", svg.PAPER, "qi-bg qi-ink", more)
        _row(pen, [_Label(at, f"Predicted {words.value(predicted)}", svg.INK)], 14, wide, 14)
        if observed is not None:
            shape(pen, x(observed), 30, how, 1.4)
            label = _Label(x(observed), f"Observed {words.value(observed)}", colour, bold=True)
            _row(pen, [label], 57, wide, 14)
        hook = f"qi-spc qi-spc--{name}"
        drawn.append(pen.picture(hook, wide, 60, title, ids=f"{ids}-{name[0]}"))
    return Drawings(*drawn)


class _Scale:
    """From a value to px, fitted to round ends around the values."""

    __slots__ = ("left", "marks", "per")

    def __init__(
        self,
        values: Sequence[float | None],
        words: Words,
        left: float,
        right: float,
        pads: float = 0.25,
    ) -> None:
        self.marks, self.left = _ticks(values, words, pads), left
        highest = max([self.marks[-1], *(v for v in values if v is not None)])
        self.per = (right - left) / (highest - self.marks[0])

    def __call__(self, value: float) -> float:
        return self.left + (value - self.marks[0]) * self.per


def _ticks(values: Sequence[float | None], words: Words, pads: float) -> list[float]:
    """Round values around the given ones, with room of `pads` times their spread at each end."""
    known = [v for v in values if v is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    whole = words.form is Form.PERCENT and low >= 0 and high <= 100
    pad = (high - low) * pads or abs(high) * 0.1 or 1.0
    start = max(low - pad, 0) if low >= 0 else low - pad
    end = min(high + pad, 100) if whole else high + pad
    return ticks(start, end, 5, 100 if whole else math.inf)


def _moved(
    baseline: float | None,
    target: float | None,
    latest: float | None,
    reading: Variation | None,
) -> Variation:
    """How the bar reads when no chart says so: towards the target is better, away is worse."""
    if reading is not None:
        return reading
    if baseline is None or target is None or latest is None or latest == baseline:
        return Variation.COMMON_CAUSE
    toward = (latest - baseline) * (target - baseline)
    return Variation.IMPROVEMENT if toward > 0 else Variation.CONCERN


def _white_edged(pen: Pen, x: float, y: float, how: Variation) -> None:
    shape(pen, x, y, how, 1.6)
    pen.pieces[-1] = pen.pieces[-1][:-2] + ' stroke="#fff" stroke-width="2"/>'


def _beside(label: _Label, line: float, wide: float) -> _Label:
    """The label moved clear of an upright line at px `line`, to the side it is on already."""
    half = width(label.words, 15, bold=label.bold) / 2 + 6
    x = min(max(label.x, half), wide - half)
    if abs(x - line) >= half:
        return label
    left = line - half if label.x <= line and line - half >= half else line + half
    return replace(label, x=left if left + half <= wide else line - half)


def _row(pen: Pen, labels: Sequence[_Label], y: float, wide: float, size: float) -> None:
    """Labels on one line, each as near its place as the others and the edges allow."""
    room = wide / max(len(labels), 1) - 10
    order = sorted(labels, key=lambda label: label.x)
    said = [cut(label.words, room, size, bold=label.bold) for label in order]
    lefts = []
    at = 0.0
    for label, text in zip(order, said, strict=True):
        w = width(text, size, bold=label.bold)
        lefts.append(max(label.x - w / 2, at))
        at = lefts[-1] + w + 10
    at = wide
    for i in reversed(range(len(order))):
        w = width(said[i], size, bold=order[i].bold)
        lefts[i] = max(min(lefts[i], at - w), 0)
        at = lefts[i] - 10
    for left, label, text in zip(lefts, order, said, strict=True):
        middle = left + width(text, size, bold=label.bold) / 2
        pen.text(middle, y, text, label.colour, anchor="middle", bold=label.bold)
