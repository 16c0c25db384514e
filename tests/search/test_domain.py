"""The words that matched, in the sentence they stand in."""

from __future__ import annotations

import pytest

from tracker.search.domain import LONGEST, Piece, excerpt, pieces, words_in

TEXT = "The trolley was kept at the bedside. " * 10


def joined(found: list[Piece]) -> str:
    return "".join(piece.text for piece in found)


def test_a_text_is_cut_at_what_was_found_and_loses_nothing() -> None:
    found = pieces("a trolley here", [(2, 9)])

    assert found == [Piece("a "), Piece("trolley", is_match=True), Piece(" here")]
    assert pieces("", []) == []


def test_words_keep_their_apostrophes() -> None:
    text = "King’s  ward-4, né"

    assert [text[a:b] for a, b in words_in(text)] == ["King’s", "ward", "4", "né"]


@pytest.mark.parametrize("at", [0, 4, 150, 300, len(TEXT) - 9])
def test_an_excerpt_is_short_and_holds_the_first_match_whole(at: int) -> None:
    found = excerpt(TEXT, [(at, at + 7)])

    assert [piece.text for piece in found if piece.is_match] == [TEXT[at : at + 7]]
    assert len(joined(found)) <= LONGEST + 40


def test_a_short_text_is_shown_whole() -> None:
    assert joined(excerpt("Ask at every visit", [(4, 6)])) == "Ask at every visit"
    assert joined(excerpt("x" * 1000, [])).startswith("x" * LONGEST)
