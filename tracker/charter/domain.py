"""The thinking about charters: what was approved beside what stands, equality, co-production."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Protocol


class About(StrEnum):
    """What a decision was taken on."""

    CHARTER = "charter"
    EQUALITY = "equality"


class Verdict(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    REFUSED = "refused"


# --- what was decided on, and what it says now ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is decided on: its name, which stays, what people call it, its words."""

    key: str
    label: str
    text: str


Copy = tuple[Part, ...]
"""All the parts as they stand on a day, in the order in which they are read."""


def as_json(copy: Copy) -> list[list[str]]:
    """The copy as it is kept beside a decision."""
    return [[part.key, part.label, part.text] for part in copy]


def from_json(body: Iterable[Sequence[str]]) -> Copy:
    """The copy that was kept beside a decision."""
    return tuple(Part(key, label, text) for key, label, text in body)


def fingerprint(copy: Copy) -> str:
    """Twelve letters and digits that any change of a word changes.

    >>> fingerprint((Part("problem", "Problem", "Cords are cut early."),))
    'f3118e97b131'
    """
    said = json.dumps(as_json(copy), ensure_ascii=False)
    return blake2b(said.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that says something else than it did."""

    label: str
    then: str
    now: str


def differences(then: Copy, now: Copy) -> list[Difference]:
    """What changed between two copies: in the order of the later one, then what is gone."""
    before = {part.key: part.text for part in then}
    after = {part.key for part in now}
    found = [
        Difference(part.label, *_lines_apart(before.get(part.key, ""), part.text))
        for part in now
        if part.text != before.get(part.key, "")
    ]
    gone = [Difference(p.label, p.text, "") for p in then if p.key not in after and p.text]
    return found + gone


def _lines_apart(then: str, now: str) -> tuple[str, str]:
    """The lines that only one of two texts has; both whole where they have the same lines."""
    old, new = then.splitlines(), now.splitlines()
    apart = [line for line in old if line not in new], [line for line in new if line not in old]
    return ("\n".join(apart[0]), "\n".join(apart[1])) if any(apart) else (then, now)


class State(StrEnum):
    """Where something that is decided on stands. The value is how the page names it."""

    OPEN = "Not approved yet"
    APPROVED = "Approved"
    CHANGED = "Changed since it was approved"
    REFUSED = "Sent back"
    CHANGED_AFTER_REFUSAL = "Changed since it was sent back"


def state(verdict: Verdict | None, changed: Collection[Difference]) -> State:
    """Where it stands, by the last verdict and what has changed since."""
    if verdict is None:
        return State.OPEN
    if verdict is Verdict.REFUSED:
        return State.CHANGED_AFTER_REFUSAL if changed else State.REFUSED
    return State.CHANGED if changed else State.APPROVED


# --- equality ------------------------------------------------------------------------------------

PROTECTED = (
    "Age",
    "Disability",
    "Gender reassignment",
    "Marriage and civil partnership",
    "Pregnancy and maternity",
    "Race and ethnicity",
    "Religion or belief",
    "Sex",
    "Sexual orientation",
)
"""The protected characteristics. Equality Act 2010, section 4."""

INCLUSION = (
    "People living in deprived areas",
    "People who do not speak English well",
    "People experiencing homelessness",
    "People dependent on drugs or alcohol",
    "Vulnerable migrants",
    "Gypsy, Roma and Traveller communities",
    "Sex workers",
    "People in contact with the justice system",
    "Victims of modern slavery",
    "Carers",
)
"""Deprivation, language and carers, and the inclusion health groups as NHS England names them.

"A national framework for NHS action on inclusion health", NHS England 2023."""


class Assessed(Protocol):
    """What the domain needs to know of a group of the assessment."""

    @property
    def name(self) -> str: ...
    @property
    def stratum(self) -> str: ...
    @property
    def measures(self) -> list[int]: ...


def not_considered(groups: Iterable[str], offered: Sequence[str]) -> list[str]:
    """The offered groups that the assessment does not name yet."""
    named = {group.strip().casefold() for group in groups}
    return [group for group in offered if group.casefold() not in named]


def not_charted(groups: Iterable[Assessed], measures: Collection[int]) -> list[str]:
    """The splits that the assessment asks for and no measure there is shows, each once."""
    wished: dict[str, bool] = {}
    for one in groups:
        if one.stratum:
            is_charted = any(measure in measures for measure in one.measures)
            wished[one.stratum] = wished.get(one.stratum, False) or is_charted
    return [stratum for stratum, is_charted in wished.items() if not is_charted]


def is_review_due(review_on: date | None, today: date) -> bool:
    """The day by which the assessment was to be looked at again has come."""
    return review_on is not None and review_on <= today


# --- co-production -------------------------------------------------------------------------------


class Involved(Protocol):
    """What the domain needs to know of an entry of the co-production record."""

    @property
    def who(self) -> str: ...
    @property
    def cycles(self) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of the cycles somebody had a part."""

    who: str
    cycles: int
    of: int

    @property
    def words(self) -> str:
        """`Patient Safety Partner in 1 of 4 cycles`."""
        return f"{self.who} in {self.cycles} of {self.of} cycle{'' if self.of == 1 else 's'}"


def shares(entries: Iterable[Involved], cycles: Collection[int]) -> list[Share]:
    """By who took part, in how many of these cycles: in the order in which they are first named."""
    names: dict[str, str] = {}
    parts: dict[str, set[int]] = {}
    for entry in entries:
        key = entry.who.strip().casefold()
        names.setdefault(key, entry.who)
        parts.setdefault(key, set()).update(set(entry.cycles) & set(cycles))
    return [Share(names[key], len(part), len(cycles)) for key, part in parts.items()]


def listed(values: Mapping[str, str]) -> str:
    """Facts with their names, one a line: what is empty is left out."""
    return "\n".join(f"{name}: {value}" for name, value in values.items() if value)
