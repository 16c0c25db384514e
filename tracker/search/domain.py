"""Showing why something was found: the words that matched, in the sentence they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEFORE, LONGEST = 60, 200
"""Letters of a text that are shown: before the first word that matched, and in all."""

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_match: bool = False


def pieces(text: str, matches: Iterable[tuple[int, int]]) -> list[Piece]:
    """A text cut at these stretches of it."""
    cut, done = [], 0
    for start, end in matches:
        if start > done:
            cut.append(Piece(text[done:start]))
        cut.append(Piece(text[start:end], is_match=True))
        done = end
    if done < len(text):
        cut.append(Piece(text[done:]))
    return cut


def excerpt(text: str, matches: Sequence[tuple[int, int]]) -> list[Piece]:
    """The part of a text around the first match, cut between words."""
    first = matches[0][0] if matches else 0
    start = 0 if first <= BEFORE or len(text) <= LONGEST else _between_words(text, first - BEFORE)
    end = len(text) if len(text) - start <= LONGEST else _between_words(text, start + LONGEST)
    inside = [(a - start, b - start) for a, b in matches if a >= start and b <= end]
    shown = pieces(text[start:end], inside)
    return [
        *([Piece("… ")] if start else []),
        *shown,
        *([Piece(" …")] if end < len(text) else []),
    ]


def _between_words(text: str, at: int) -> int:
    """The start of the next word, or here where none begins soon."""
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 30 else at


def words_in(text: str) -> list[tuple[int, int]]:
    """Where each word of a text stands."""
    return [match.span() for match in _WORD.finditer(text)]
