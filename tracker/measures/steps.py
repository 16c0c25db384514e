"""What a team is asked for about its figures."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, rule

ENOUGH_FOR_A_BASELINE = 12
"""Points: fewer make limits that still move (Making Data Count)."""


@rule(Pressing.BEGIN, Permission.MEASURE_EDIT)
def to_add_a_measure(seen: Seen) -> Iterator[Step]:
    """There is nothing to see a change by."""
    if not seen.measures:
        reason = "Nothing shows yet whether a change helps."
        yield Step("Add a measure", reason, "measures.choose")


@rule(Pressing.BEGIN, Permission.POINTS_ADD)
def to_add_data(seen: Seen) -> Iterator[Step]:
    """A measure holds no figure."""
    for m in seen.measures:
        if m.points_count == 0:
            reason = "The chart appears with the first."
            yield Step(f"Add data to {m.title}", reason, "measures.enter", {"measure_id": m.id})


@rule(Pressing.BEGIN, Permission.POINTS_ADD)
def to_thicken_a_baseline(seen: Seen) -> Iterator[Step]:
    """A measure holds too few figures for limits that stand still."""
    for m in seen.measures:
        if 0 < m.points_count < ENOUGH_FOR_A_BASELINE:
            yield Step(
                f"Add earlier data to {m.title}",
                f"{m.points_count} points make a thin baseline; "
                f"{ENOUGH_FOR_A_BASELINE} make a fair one.",
                "measures.enter",
                {"measure_id": m.id},
            )


@rule(Pressing.LATE, Permission.POINTS_ADD)
def to_bring_up_to_date(seen: Seen) -> Iterator[Step]:
    """The figures of a period should be in by now."""
    for m in seen.measures:
        late = m.late_period(seen.today) if m.points_count else None
        if late is not None:
            yield Step(
                f"Add {late:%B %Y} to {m.title}",
                "The figures should be in by now.",
                "measures.enter",
                {"measure_id": m.id},
            )


RULES = (to_add_a_measure, to_add_data, to_thicken_a_baseline, to_bring_up_to_date)
