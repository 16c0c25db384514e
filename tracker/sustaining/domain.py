"""What is asked, how it can be answered, and how two rounds compare.

The eight enablers are named in the national progress report of Q2 2023/24; their names and our
questions are those that programmes ask with (`plugin_api.common.key_enablers`).

The ten factors in three groups are those of the NHS Sustainability Model (NHS Institute for
Innovation and Improvement). The questions and the four levels are ours: the model's own level
wordings and weights are not in this program, so nothing here is a score of that model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.plugin_api.common import key_enablers


class Sheet(StrEnum):
    """Which of the two lists of questions a round answers."""

    ENABLERS = "enablers"
    SUSTAINABILITY = "sustainability"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            Sheet.ENABLERS: "Key enablers",
            Sheet.SUSTAINABILITY: "Sustainability",
        }[self]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: a name, and a line that helps to answer. `group` is the heading above it."""

    key: str
    name: str
    help: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer. `step` is how far it reaches on the drawing, of `most`."""

    key: str
    label: str
    step: int
    shape: str
    """The shape beside the word."""


ENABLERS: Sequence[Asked] = tuple(
    Asked(statement.key, statement.text, statement.help)
    for part in key_enablers("generic").domains
    for statement in part.statements
)
PROCESS, STAFF, ORGANISATION = "Process", "Staff", "Organisation"
FACTORS: Sequence[Asked] = (
    Asked(
        "benefits",
        "Benefits beyond helping patients",
        "Does the change also make the work easier or quicker, or save something?",
        PROCESS,
    ),
    Asked(
        "credibility",
        "Credibility of the benefits",
        "Can people here see the benefits for themselves, and do they believe them?",
        PROCESS,
    ),
    Asked(
        "adaptability",
        "Adaptability",
        "Would the new way go on if one person, or one other thing around it, changed?",
        PROCESS,
    ),
    Asked(
        "monitoring",
        "Monitoring progress",
        "Will somebody go on counting and telling people, after the project has ended?",
        PROCESS,
    ),
    Asked(
        "training",
        "Training and involvement",
        "Have those who do the work helped to shape it, and are they trained in it?",
        STAFF,
    ),
    Asked(
        "behaviours",
        "Behaviours",
        "Do people want to work in the new way, and are their ideas heard?",
        STAFF,
    ),
    Asked(
        "senior_leaders",
        "Senior leaders",
        "Do senior leaders take part, and clear the way when asked?",
        STAFF,
    ),
    Asked(
        "clinical_leaders",
        "Clinical leaders",
        "Do clinical leaders take part, and speak for the change to others?",
        STAFF,
    ),
    Asked(
        "fit",
        "Fit with goals and culture",
        "Does it serve what the organisation wants, and has it kept changes before?",
        ORGANISATION,
    ),
    Asked(
        "infrastructure",
        "Infrastructure",
        "Are the people, rooms, equipment, job plans and policies there for it?",
        ORGANISATION,
    ),
)
YES_NO: Sequence[Level] = (
    Level("yes", "Yes", 2, "ok"),
    Level("part", "Part", 1, "part"),
    Level("no", "No", 0, "no"),
)
FIRMNESS: Sequence[Level] = (
    Level("firm", "Firmly in place", 4, "ok"),
    Level("mostly", "Mostly in place", 3, "part"),
    Level("begun", "Begun", 2, "info"),
    Level("absent", "Not in place", 1, "no"),
)
ASKED: Mapping[Sheet, Sequence[Asked]] = {
    Sheet.ENABLERS: ENABLERS,
    Sheet.SUSTAINABILITY: FACTORS,
}
LEVELS: Mapping[Sheet, Sequence[Level]] = {
    Sheet.ENABLERS: YES_NO,
    Sheet.SUSTAINABILITY: FIRMNESS,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question; with an empty `level` only a note."""

    key: str
    level: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one round said, by question, and on which day."""

    on: date
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Line:
    """One question with what the earlier and the later round say; None where nothing was said."""

    asked: Asked
    before: Level | None
    now: Level | None
    note_before: str
    note: str

    @property
    def moved(self) -> str:
        """`up`, `down` or `same`; empty where it cannot be told."""
        if self.before is None or self.now is None:
            return ""
        if self.before.step == self.now.step:
            return "same"
        return "up" if self.now.step > self.before.step else "down"


def compared(sheet: Sheet, later: Said, earlier: Said | None) -> list[Line]:
    """Every question with the answers of two rounds, in the order they are asked."""
    levels = {level.key: level for level in LEVELS[sheet]}

    def of(said: Said | None, key: str) -> tuple[Level | None, str]:
        answer = said.answers.get(key) if said is not None else None
        return (levels.get(answer.level), answer.note) if answer else (None, "")

    lines = []
    for asked in ASKED[sheet]:
        now, note = of(later, asked.key)
        before, note_before = of(earlier, asked.key)
        lines.append(Line(asked, before, now, note_before, note))
    return lines


def counted(sheet: Sheet, lines: Sequence[Line]) -> str:
    """`5 yes, 2 part, 1 no`: how often each answer was given now, and how many are open."""
    found = []
    for level in LEVELS[sheet]:
        number = sum(1 for line in lines if line.now == level)
        if number:
            found.append(f"{number} {level.label.lower()}")
    still = sum(1 for line in lines if line.now is None)
    if still:
        found.append(f"{still} not answered")
    return ", ".join(found)


def moved_in_words(lines: Sequence[Line]) -> str:
    """`4 firmer than before, 1 less firm`; empty where nothing can be compared."""
    up = [line for line in lines if line.moved == "up"]
    down = [line for line in lines if line.moved == "down"]
    if not any(line.moved for line in lines):
        return ""
    if not up and not down:
        return "As before"
    parts = [f"{len(up)} further than before"] if up else []
    if down:
        parts.append(f"{len(down)} less far: {', '.join(d.asked.name for d in down)}")
    return "; ".join(parts)
