"""The thinking about stakeholders: the grid, how far each stands from where they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.plugin_api import Level
from tracker.safe.dates import name_day


class Kind(StrEnum):
    """One human being, or several under one name."""

    PERSON = "person"
    GROUP = "group"


class Group(StrEnum):
    """The nine Cs of the NHS Institute's stakeholder analysis."""

    COMMISSIONERS = "commissioners"
    CUSTOMERS = "customers"
    COLLABORATORS = "collaborators"
    CONTRIBUTORS = "contributors"
    CHANNELS = "channels"
    COMMENTATORS = "commentators"
    CONSUMERS = "consumers"
    CHAMPIONS = "champions"
    COMPETITORS = "competitors"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.capitalize()

    @property
    def hint(self) -> str:
        """Who is meant."""
        return HINTS[self]


HINTS = {
    Group.COMMISSIONERS: "who pay for the work",
    Group.CUSTOMERS: "who receive and use it",
    Group.COLLABORATORS: "who do it with us",
    Group.CONTRIBUTORS: "from whom we need something",
    Group.CHANNELS: "who bring it to others",
    Group.COMMENTATORS: "whose opinion is heard",
    Group.CONSUMERS: "who are served by our customers",
    Group.CHAMPIONS: "who believe in it and speak for it",
    Group.COMPETITORS: "who want the same people or money",
}


class Reach(StrEnum):
    """How much influence or interest somebody has: a half of the grid."""

    HIGH = "high"
    LOW = "low"


def reach_of(level: Level | None) -> Reach | None:
    """Where a programme's suggestion starts. The middle counts as high."""
    if level is None:
        return None
    return Reach.LOW if level is Level.LOW else Reach.HIGH


class Quadrant(StrEnum):
    """A quarter of the grid, and what the team does with those in it; in the order it is drawn."""

    INVOLVE = "involve"
    ENGAGE = "engage"
    KEEP_INFORMED = "keep_informed"
    KEEP_ENGAGED = "keep_engaged"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def influence(self) -> Reach:
        return Reach.HIGH if self in (self.INVOLVE, self.ENGAGE) else Reach.LOW

    @property
    def interest(self) -> Reach:
        return Reach.HIGH if self in (self.ENGAGE, self.KEEP_ENGAGED) else Reach.LOW

    @property
    def means(self) -> str:
        """`High influence, low interest`."""
        return f"{self.influence.value.capitalize()} influence, {self.interest.value} interest"


def quadrant_of(influence: Reach | None, interest: Reach | None) -> Quadrant | None:
    """The quarter of the grid; None until both are said."""
    return next((q for q in Quadrant if (q.influence, q.interest) == (influence, interest)), None)


class Stance(StrEnum):
    """What somebody does about the change, from against it to making it happen."""

    OPPOSED = "opposed"
    NEUTRAL = "neutral"
    LET = "let"
    HELP = "help"
    MAKE = "make"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return LABELS.get(self, self.value.capitalize())

    @property
    def step(self) -> int:
        """Its place on the scale, from 0."""
        return tuple(Stance).index(self)


LABELS = {
    Stance.LET: "Let it happen",
    Stance.HELP: "Help it happen",
    Stance.MAKE: "Make it happen",
}


class Way(StrEnum):
    """How somebody was spoken to."""

    MET = "met"
    CALL = "call"
    MEETING = "meeting"
    WRITTEN = "written"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return WAYS[self]


WAYS = {
    Way.MET: "Talked in person",
    Way.CALL: "Phone or video call",
    Way.MEETING: "At a meeting",
    Way.WRITTEN: "E-mail or letter",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """All that a team writes about a stakeholder."""

    name: str
    kind: Kind = Kind.GROUP
    organisation: str = ""
    role: str = ""
    team_role: str = ""
    """A part on the team that this stakeholder plays; the map says when nobody does."""
    group: Group | None = None
    influence: Reach | None = None
    interest: Reach | None = None
    now: Stance | None = None
    needed: Stance | None = None
    action: str = ""
    owner: str = ""
    next_contact_on: date | None = None
    rhythm: str = ""
    lived_experience: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A part on a team that nobody plays. `last_held_by` is empty when nobody ever did."""

    role: str
    since: date
    last_held_by: str = ""

    @property
    def words(self) -> str:
        """`since 3 May 2024`."""
        return f"since {name_day(self.since)}" if self.last_held_by else "since the project began"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the map, as the grid and the table both show it.

    Without an id it is a role that fell vacant and is not on the map.
    """

    name: str
    id: int | None = None
    kind: Kind = Kind.GROUP
    organisation: str = ""
    role: str = ""
    group: Group | None = None
    influence: Reach | None = None
    interest: Reach | None = None
    now: Stance | None = None
    needed: Stance | None = None
    action: str = ""
    owner: str = ""
    next_contact_on: date | None = None
    rhythm: str = ""
    lived_experience: bool = False
    vacancy: Vacancy | None = None

    @property
    def quadrant(self) -> Quadrant | None:
        return quadrant_of(self.influence, self.interest)

    @property
    def is_known(self) -> bool:
        """Both where they stand and where they are needed have been said, and somebody is there."""
        return self.now is not None and self.needed is not None and self.vacancy is None

    @property
    def gap(self) -> int:
        """Steps from where they stand to where the project needs them; more support is no gap."""
        if self.now is None or self.needed is None or self.vacancy is not None:
            return 0
        return max(0, self.needed.step - self.now.step)

    @property
    def way_to_go(self) -> str:
        """`2 steps to go`; empty until both are known."""
        if not self.is_known or self.now is None or self.needed is None:
            return ""
        if self.gap:
            return f"{self.gap} step{'' if self.gap == 1 else 's'} to go"
        return "Where we need them" if self.now is self.needed else "More than we need"

    def is_overdue(self, today: date) -> bool:
        """The day of the next contact has passed."""
        return self.next_contact_on is not None and self.next_contact_on < today


def vacant_entry(vacancy: Vacancy) -> Entry:
    """A vacant role that is not on the map: whoever takes it will have to be engaged."""
    return Entry(name=vacancy.role, influence=Reach.HIGH, interest=Reach.HIGH, vacancy=vacancy)


def widest_gap_first(entries: Iterable[Entry]) -> list[Entry]:
    """Vacant roles, then the widest gap, those of high influence first; last who is not judged."""
    return sorted(
        entries,
        key=lambda e: (
            e.vacancy is None,
            not e.is_known,
            -e.gap,
            e.influence is not Reach.HIGH,
            e.interest is not Reach.HIGH,
            e.name.casefold(),
        ),
    )


def by_quadrant(entries: Iterable[Entry]) -> dict[Quadrant | None, list[Entry]]:
    """The same entries as the grid holds them; under None who has no place on it yet."""
    placed: dict[Quadrant | None, list[Entry]] = {q: [] for q in (*Quadrant, None)}
    for entry in entries:
        placed[entry.quadrant].append(entry)
    return placed


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NAMED = 3
"""So many are named in a sentence."""


def counted(number: int) -> str:
    """Small numbers in words, as sentences have them."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def reading(entries: Sequence[Entry]) -> str:
    """The map in a sentence: who with high influence is furthest from where they are needed."""
    known = [e for e in entries if e.is_known]
    if not known:
        return ""
    strong = [e for e in known if e.influence is Reach.HIGH]
    widest = max((e.gap for e in strong), default=0)
    if widest:
        who = [e.name for e in strong if e.gap == widest]
        one = len(who) == 1
        return (
            f"{counted(len(who)).capitalize()} with high influence {'is' if one else 'are'} "
            f"{counted(widest)} step{'' if widest == 1 else 's'} short of where the project needs "
            f"them: {listed(who)}."
        )
    short = [e.name for e in known if e.gap]
    if short:
        return (
            "Those with high influence stand where the project needs them. "
            f"{counted(len(short)).capitalize()} with less influence "
            f"{'does' if len(short) == 1 else 'do'} not yet: {listed(short)}."
        )
    return "Everybody who was judged stands where the project needs them."


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them; of many the first three and how many more."""
    if len(names) > NAMED:
        rest = len(names) - NAMED
        return f"{', '.join(names[:NAMED])} and {counted(rest)} more"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


@dataclass(frozen=True, slots=True)
class Stood:
    """Where somebody stood and was needed, from a day on; `whose` is whoever it is about."""

    on: date
    now: Stance | None
    needed: Stance | None
    whose: int = 0
    name: str = ""
    by: str = ""


def changes(stood: Sequence[Stood]) -> list[tuple[Stood, str]]:
    """Each change with what it was in words, the latest first. `stood` is the earliest first."""
    before: dict[int, Stood] = {}
    told = []
    for each in stood:
        told.append((each, _became(before.get(each.whose), each)))
        before[each.whose] = each
    return told[::-1]


def _became(before: Stood | None, after: Stood) -> str:
    parts = []
    for word, old, new in (
        ("", before.now if before else None, after.now),
        ("Needed: ", before.needed if before else None, after.needed),
    ):
        if old == new:
            continue
        was = old.label.lower() if old else ""
        said = new.label.lower() if new else "not judged"
        words = f"{word}{was} became {said}" if was else f"{word}{said}"
        parts.append(words[:1].upper() + words[1:])
    return ". ".join(parts)


def folded(text: str) -> str:
    """Words as two are compared."""
    return " ".join(text.split()).casefold()
