"""What is asked, and how two rounds compare."""

from __future__ import annotations

from datetime import date

from tracker.sustaining.domain import (
    ENABLERS,
    FACTORS,
    Answer,
    Said,
    Sheet,
    compared,
    counted,
    moved_in_words,
)
from tracker.sustaining.drawing import bars

EARLY, LATE = date(2026, 1, 5), date(2026, 9, 7)


def said(on: date, **levels: str) -> Said:
    return Said(on, {key: Answer(key, level, f"note {level}") for key, level in levels.items()})


def test_eight_enablers_and_ten_factors_in_three_groups_are_asked() -> None:
    assert len(ENABLERS) == 8
    assert ENABLERS[0].name == "Addressing inequalities"
    assert [sum(f.group == g for f in FACTORS) for g in ("Process", "Staff", "Organisation")] == [
        4,
        4,
        2,
    ]


def test_the_latest_round_stands_beside_the_first() -> None:
    early = said(EARLY, benefits="absent", training="mostly", fit="begun", behaviours="firm")
    late = said(LATE, benefits="firm", training="begun", fit="begun", credibility="mostly")
    lines = compared(Sheet.SUSTAINABILITY, late, early)
    assert [line.asked.key for line in lines] == [f.key for f in FACTORS]
    moved = {line.asked.key: line.moved for line in lines if line.moved}
    assert moved == {"benefits": "up", "training": "down", "fit": "same"}
    assert counted(Sheet.SUSTAINABILITY, lines) == (
        "1 firmly in place, 1 mostly in place, 2 begun, 6 not answered"
    )
    assert moved_in_words(lines) == ("1 further than before; 1 less far: Training and involvement")
    drawing = bars(lines, "5 January 2026", "7 September 2026", wide=True)
    assert "Benefits beyond helping patients: not in place, then firmly in place" in drawing
    assert drawing.count("<rect") == 4 + 4 + 2, "a bar for each answer, and the key"
    assert "%" not in drawing


def test_one_round_compares_with_nothing() -> None:
    lines = compared(Sheet.ENABLERS, said(LATE, networks="yes", leadership="part"), None)
    assert counted(Sheet.ENABLERS, lines) == "1 yes, 1 part, 6 not answered"
    assert moved_in_words(lines) == ""
    same = said(EARLY, networks="yes")
    assert moved_in_words(compared(Sheet.ENABLERS, same, same)) == "As before"


def test_an_answer_that_is_not_asked_any_more_is_left_out() -> None:
    lines = compared(Sheet.ENABLERS, said(LATE, networks="often", weather="yes"), None)
    assert counted(Sheet.ENABLERS, lines) == "8 not answered"
