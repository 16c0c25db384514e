"""What must not be read by others: small counts and names, caught before a text is published.

It catches what can be told from the words alone, and is no promise that nothing else is there. A
person mends each, or says why it is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

A_COUNT = "a count of 1 to 4 people"
A_NAME = "the name of a person"
AROUND = 40
"""Characters on either side that are shown with what was caught."""


@dataclass(frozen=True, slots=True)
class Caught:
    """Something in a text that should not be read by others, with its place."""

    heading: str
    words: str
    why: str
    around: str = ""

    @property
    def mark(self) -> str:
        """Names it in a form: the same words at the same place have the same mark."""
        read = "\n".join((self.heading, self.words.casefold(), self.why, self.around))
        return blake2b(read.encode(), digest_size=8).hexdigest()


_FEW = r"(?<![\d.,/%£-])\b(?:[1-4]|one|two|three|four)\b(?!\s*%|[.,]\d)"
_WHO = (
    r"(?:patients?|babies|baby|mothers?|wom[ae]n|m[ae]n|people|persons?|child(?:ren)?|residents?"
    r"|deaths?|died|harms?|falls?|famil(?:y|ies)|births?|staff|nurses?|midwives|midwife|doctors?"
    r"|carers?|clients?|service users?|cases?|incidents?|admissions?|errors?)\b"
)
_OF = r"(?:of|out of)\s+(?:the\s+|our\s+|all\s+)?(?:\d+\s+)?"
_KIND = (
    r"(?!(?:weeks?|months?|days?|hours?|years?|cycles?|wards?|sites?|units?|in|to|and|or)\b)"
    r"[a-z-]+\s+"
)
_COUNT = re.compile(
    rf"{_FEW}\s+(?:{_OF})?(?:{_KIND})?{_WHO}"
    rf"|{_FEW}\s+(?:of|out of|in|/)\s+(?:the\s+|our\s+)?\d+\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Baby)\.?\s+[A-Z][\w'’-]+")


def small_counts(answers: Mapping[str, str]) -> Iterator[Caught]:
    """Counts of people or events from 1 to 4 in the words under each heading.

    >>> [c.words for c in small_counts({"results": "It helped 2 of 35 babies, and two wards."})]
    ['2 of 35 babies']
    """
    yield from _matches(_COUNT, answers, A_COUNT)


def names_in(
    answers: Mapping[str, str], names: Collection[str], allowed: Collection[str] = ()
) -> Iterator[Caught]:
    """Names of people of the team, and names after a title, but for those of the authors."""
    known = {name.casefold() for name in allowed}
    team = [
        name
        for name in sorted({name.strip() for name in names}, key=str.casefold)
        if " " in name and name.casefold() not in known
    ]
    if team:
        listed = re.compile(rf"\b(?:{'|'.join(map(re.escape, team))})\b", re.IGNORECASE)
        yield from _matches(listed, answers, A_NAME)
    for caught in _matches(_TITLED, answers, A_NAME):
        if not any(caught.words.casefold().endswith(name.split()[-1]) for name in known):
            yield caught


def _matches(pattern: re.Pattern[str], answers: Mapping[str, str], why: str) -> Iterator[Caught]:
    for heading, text in answers.items():
        read = " ".join(text.split())
        for found in pattern.finditer(read):
            start, end = max(0, found.start() - AROUND), found.end() + AROUND
            around = ("…" if start else "") + read[start:end] + ("…" if end < len(read) else "")
            yield Caught(heading, found[0], why, around)
