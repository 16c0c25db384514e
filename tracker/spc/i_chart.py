"""The I chart: individual values, 3 sigma limits from their screened moving ranges.

Limits are 0.014% narrower than those of the XmR chart, whose factor is rounded to 2.66.
"""

from __future__ import annotations

from tracker.spc.arithmetic import mean, mean_range, moving_ranges
from tracker.spc.shewhart import Lines, Stretch, level

D2 = 1.128
"""Mean range of two values from a normal distribution, in its standard deviations."""


def lines(stretch: Stretch) -> Lines:
    """Mean of the base, or the centre given; sigma is the mean moving range over 1.128."""
    base = stretch.base_y()
    centre = stretch.centre
    if centre is None:
        centre = mean([y for y in base if y is not None])
    width = mean_range(moving_ranges(base), screen=stretch.screen)
    return level(stretch.subgroups.y, centre, None if width is None else width / D2)
