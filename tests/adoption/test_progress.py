"""The proposed progress score: the walk of the cord management team, and the edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.adoption.domain import Quarter
from tracker.adoption.progress import (
    HELD,
    HELD_LONG,
    REACHED,
    Figure,
    Pooled,
    Proposal,
    pooled,
    propose,
)
from tracker.plugin_api import Cadence, Direction

BIRTHS = {
    1: (9, 12), 2: (8, 11), 3: (9, 12), 4: (9, 11), 5: (10, 12), 6: (11, 12),
    7: (10, 11), 8: (11, 12), 9: (12, 12), 10: (11, 11), 11: (11, 12), 12: (12, 12),
}  # fmt: skip
TARGET = Decimal(95)
FIRST = Quarter(date(2022, 10, 1))


def months(year: int, births: dict[int, tuple[int, int]]) -> list[Figure]:
    return [
        Figure(date(year, month, 1), Decimal(n), Decimal(d)) for month, (n, d) in births.items()
    ]


def quarters(*values: int, first: Quarter = FIRST) -> list[Pooled]:
    found = []
    for value in values:
        found.append(Pooled(first, Decimal(value)))
        first = first.after
    return found


def proposal(
    held: list[Pooled], on: date, *, signal: bool = True, better: Direction = Direction.UP
) -> Proposal:
    return propose(
        held,
        target=TARGET,
        better=better,
        has_signal=signal,
        has_tested=True,
        has_data=bool(held),
        today=on,
    )


def test_the_walk_of_the_cord_management_team() -> None:
    held = pooled(months(2022, BIRTHS), Cadence.MONTHLY, Decimal(100))
    assert [round(each.value, 1) for each in held] == [
        Decimal("74.3"), Decimal("85.7"), Decimal("94.3"), Decimal("97.1"),
    ]  # fmt: skip
    found = proposal(held, date(2022, 12, 31))
    assert found.score == REACHED
    assert found.because == "the target is reached in Q3 2022/23, with 34/35 = 97.1"
    assert found.earliest(HELD) == found.next_on == date(2023, 6, 30)
    assert found.earliest(HELD_LONG) == date(2023, 12, 31)


def test_a_quarter_that_has_not_ended_is_not_complete() -> None:
    held = pooled(months(2022, BIRTHS), Cadence.MONTHLY, Decimal(100))
    found = proposal(held, date(2022, 12, 30))
    assert found.score == Decimal("3.5")
    assert "Q2 2022/23 is short of the target, 33/35 = 94.3" in found.because
    assert found.earliest(HELD) is None


def test_held_for_six_and_twelve_months_with_every_quarter_in() -> None:
    assert proposal(quarters(97, 96, 95), date(2023, 6, 30)).score == HELD
    assert proposal(quarters(97, 96, 95), date(2023, 6, 29)).score == REACHED
    last = proposal(quarters(97, 96, 95, 97, 99), date(2023, 12, 31))
    assert (last.score, last.next_on) == (HELD_LONG, None)


def test_time_without_figures_holds_nothing() -> None:
    assert proposal(quarters(97), date(2024, 1, 1)).score == REACHED
    gap = [*quarters(97), *quarters(97, first=Quarter(date(2023, 4, 1)))]
    assert proposal(gap, date(2023, 6, 30)).score == REACHED


def test_a_later_quarter_short_of_the_target_begins_again() -> None:
    found = proposal(quarters(97, 94, 96), date(2023, 6, 30))
    assert found.score == REACHED
    assert found.reached == Quarter(date(2023, 4, 1))
    assert proposal(quarters(97, 94), date(2023, 6, 30)).score == Decimal("3.5")


def test_down_is_better_at_or_below_the_target_and_no_direction_reaches_nothing() -> None:
    assert proposal(quarters(95), date(2023, 1, 1), better=Direction.DOWN).score == REACHED
    assert proposal(quarters(95), date(2023, 1, 1), better=Direction.NEITHER).score != REACHED


def test_below_a_signal_what_has_been_done_decides() -> None:
    assert proposal(quarters(90), date(2023, 1, 1), signal=False).score == Decimal("2.5")
    nothing = propose(
        [],
        target=None,
        better=Direction.UP,
        has_signal=False,
        has_tested=False,
        has_data=False,
        today=date(2023, 1, 1),
    )
    assert (nothing.score, nothing.because) == (None, "there are no data yet")


def test_a_quarter_is_complete_with_every_month_known() -> None:
    figures = months(2022, {1: (9, 12), 2: (8, 11)})
    assert pooled(figures, Cadence.MONTHLY) == []
    nobody = Figure(date(2022, 3, 1), Decimal(0), Decimal(0))
    assert pooled([*figures, nobody], Cadence.MONTHLY, Decimal(100))[0].denominator == 23
    unknown = Figure(date(2022, 3, 1), is_known=False)
    assert pooled([*figures, unknown], Cadence.MONTHLY) == []


def test_without_a_denominator_the_mean_of_the_months_and_no_quarter_of_events() -> None:
    figures = [Figure(date(2022, month, 1), value=Decimal(month)) for month in (4, 5, 6)]
    assert pooled(figures, Cadence.MONTHLY)[0].value == 5
    assert pooled(figures, Cadence.PER_EVENT) == []
