"""The four special cause rules of the XmR chart, for the rows of one rebase group.

After NHS England's Making Data Count as the reference package computes it. Every function takes
whole columns and looks at each row a fixed number of times. A window that holds a missing value
never fires.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

WINDOW = 7
"""Points in a trend and in a shift."""

ABOVE_UCL = "Above UCL"
BELOW_LCL = "Below LCL"
INCREASING = "7 Point Trend (Increasing)"
DECREASING = "7 Point Trend (Decreasing)"
TWO_ABOVE = "2 in 3 Above CL"
TWO_BELOW = "2 in 3 Below CL"
SHIFT_ABOVE = "7 Points Above CL"
SHIFT_BELOW = "7 Points Below CL"

HIGH = (ABOVE_UCL, INCREASING, TWO_ABOVE, SHIFT_ABOVE)
LOW = (BELOW_LCL, DECREASING, TWO_BELOW, SHIFT_BELOW)
"""A trend reads by its slope, whichever side of the mean it is on."""


def labels(
    y: Sequence[float | None],
    side: Sequence[int | None],
    outside: Sequence[bool | None],
    close: Sequence[bool | None],
) -> list[str | None]:
    """The first rule that applies to each row: outside, trend, two in three, shift; else None."""
    found: list[str | None] = [None] * len(y)
    for row in _shift(side):
        found[row] = SHIFT_ABOVE if side[row] == 1 else SHIFT_BELOW
    for row in _two_in_three(side, close):
        found[row] = TWO_ABOVE if side[row] == 1 else TWO_BELOW
    for row, rising in _trend(y).items():
        found[row] = INCREASING if rising else DECREASING
    for row, beyond in enumerate(outside):
        if beyond:
            found[row] = ABOVE_UCL if side[row] == 1 else BELOW_LCL
    return found


def _shift(side: Sequence[int | None]) -> list[int]:
    """Rows in 7 or more neighbours strictly on one side of the mean."""
    return _runs_of(side, WINDOW)


def _two_in_three(side: Sequence[int | None], close: Sequence[bool | None]) -> set[int]:
    """The close rows of 3 neighbours on one side of the mean of which at least 2 are close."""
    found: set[int] = set()
    for last in range(2, len(side)):
        first = last - 2
        if side[last] and side[last] == side[last - 1] == side[first]:
            near = [row for row in range(first, last + 1) if close[row]]
            if len(near) >= 2:
                found.update(near)
    return found


def _trend(y: Sequence[float | None]) -> dict[int, bool]:
    """Rows in 7 or more neighbours that only rise, or only fall: whether each is rising.

    A row is read by the step to the next row if that row is in a trend too, else by the step to
    itself: the peak between two trends falls, the valley rises. A tie between two trends is
    therefore read as falling; the reference does the same.
    """
    step: list[int | None] = [None]
    for before, value in pairwise(y):
        if before is None or value is None:
            step.append(None)
        else:
            step.append((value > before) - (value < before))
    members: set[int] = set()
    for row in _runs_of(step, WINDOW - 1):
        members.add(row - 1)
        members.add(row)
    return {row: step[row + 1 if row + 1 in members else row] == 1 for row in members}


def _runs_of(signs: Sequence[int | None], length: int) -> list[int]:
    """Rows in `length` or more neighbours with the same sign, zero and None being no sign."""
    found: list[int] = []
    start = 0
    for row in range(1, len(signs) + 1):
        if row == len(signs) or signs[row] != signs[start]:
            if row - start >= length and signs[start]:
                found.extend(range(start, row))
            start = row
    return found
