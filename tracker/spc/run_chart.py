"""The run chart: the median, and no limits."""

from __future__ import annotations

from tracker.spc.arithmetic import median
from tracker.spc.shewhart import Lines, Stretch, level


def lines(stretch: Stretch) -> Lines:
    """The median of the base, or the centre given."""
    centre = stretch.centre
    if centre is None:
        centre = median([y for y in stretch.base_y() if y is not None])
    return level(stretch.subgroups.y, centre, None)
