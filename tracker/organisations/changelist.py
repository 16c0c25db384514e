"""A list of what changed between two years, and what it does to the lists before it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from tracker.safe.dates import name_day

from .changing import CannotChange, Changes, merge, split
from .domain import FOREVER, Link, LinkKind, OrganisationKind, QuestionAbout, Span, day_before
from .lists import SHIPPED, BadList, Row, read_rows

SHIPPED_CHANGES = {"2026-04": (date(2026, 4, 1), "changes_2025_to_2026.csv")}
"""Month of the list to the day on which all of it takes effect, and its file."""

ICB_CHANGED, RENAMED, NEW = "icb changed", "renamed", "new in 2026 list"


@dataclass(frozen=True, slots=True)
class Step:
    """One row: an ICB's successor, or what happened to a trust."""

    row: int
    code: str
    name: str
    old_icb: str
    new_icb: str
    new_name: str
    change: str


@dataclass(frozen=True, slots=True)
class ChangeList:
    """The rows of a list of changes, all of them effective on one day."""

    month: str
    on: date
    file: str
    icbs: tuple[Step, ...]
    trusts: tuple[Step, ...]

    def of(self, change: str) -> list[Step]:
        """The trusts that changed in one way."""
        return [step for step in self.trusts if step.change == change]


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation before the changes."""

    name: str
    kind: OrganisationKind
    span: Span


@dataclass(frozen=True, slots=True)
class Opening:
    """An organisation that begins: an ICB with its region and PSCs, the lead first, or a trust."""

    code: str
    name: str
    kind: OrganisationKind
    part_of: str
    supported_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What the list leaves open about an organisation."""

    code: str
    about: QuestionAbout
    text: str


@dataclass(slots=True)
class Plan:
    """What a list of changes will do. Empty when all of it was done before."""

    on: date
    openings: list[Opening] = field(default_factory=list)
    changes: Changes[str] = field(default_factory=Changes)
    successors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """ICB that ends to who takes over, the one that counts what it left first."""
    renames: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    """Trusts that are part of another ICB."""
    questions: list[Question] = field(default_factory=list)

    @property
    def is_nothing_new(self) -> bool:
        """Everything was done already."""
        return not self.openings

    @property
    def splits(self) -> list[str]:
        """The ICBs with several successors."""
        return [code for code, into in self.successors.items() if len(into) > 1]

    def lines(self, names: Mapping[str, str]) -> list[str]:
        """The plan in words; `names` by code, of what was there before."""
        named = {**names, **{each.code: each.name for each in self.openings}}
        icbs = [each for each in self.openings if each.kind is OrganisationKind.ICB]
        said = [f"{len(icbs)} integrated care boards begin on {name_day(self.on)}:"]
        for each in icbs:
            also = _and([named[psc] for psc in each.supported_by[1:]])
            said.append(
                f"  {each.name} ({each.code}), part of {named[each.part_of]}, "
                f"led by {named[each.supported_by[0]]}" + (f", supported by {also}" if also else "")
            )
        said.append(f"{len(self.successors)} end on {name_day(day_before(self.on))}:")
        for code, into in self.successors.items():
            word = "is split between" if len(into) > 1 else "becomes part of"
            said.append(f"  {named[code]} ({code}) {word} {_and([named[each] for each in into])}")
        said.append(f"{len(self.moved)} trusts are part of another integrated care board.")
        for each in self.openings:
            if each.kind is OrganisationKind.TRUST:
                said.append(f"{each.name} ({each.code}) begins under {named[each.part_of]}.")
        said += [f"{names[code]} ({code}) is now {name}." for code, name in self.renames.items()]
        said.append(
            f"{len(self.changes.unplaced)} parts of split boards are for a person to place:"
        )
        said += [f"  {named[code]} ({code})" for code in self.changes.unplaced]
        said.append(f"{len(self.questions)} questions are for a person to settle:")
        said += [f"  {named[each.code]} ({each.code}): {each.text}" for each in self.questions]
        return said


def read_changes(month: str, folder: Path = SHIPPED) -> ChangeList:
    """Read a list of changes. Raises `BadList`."""
    on, name = SHIPPED_CHANGES[month]
    found: dict[str, list[Step]] = {"icb": [], "trust": []}
    for number, row in read_rows(folder / name):
        try:
            step = _step(number, row)
            if row["kind"] not in found:
                raise BadList(f"{row['kind']!r} is not a kind that a list of changes has")
            found[row["kind"]].append(step)
        except BadList as fault:
            raise BadList(f"{name}, row {number}: {fault}") from fault
        except KeyError as fault:
            raise BadList(f"{name} has no column {fault}") from fault
    return ChangeList(month, on, name, tuple(found["icb"]), tuple(found["trust"]))


def _step(number: int, row: Row) -> Step:
    if not row["code"] or not row["icb_2026_code"]:
        raise BadList("a change needs a code and the board of 2026")
    if row["kind"] == "trust" and row["change"] not in (ICB_CHANGED, RENAMED, NEW):
        raise BadList(f"{row['change']!r} is not a change that is known")
    return Step(
        row=number,
        code=row["code"],
        name=row["name_2025"],
        old_icb=row["icb_2025"],
        new_icb=row["icb_2026_code"],
        new_name=row["name_2026"],
        change=row["change"],
    )


def plan(listed: ChangeList, known: Mapping[str, Known], links: Iterable[Link[str]]) -> Plan:
    """What the list does to what is known. Nothing where all of it was done before.

    Raises `BadList` with the row where what is known is not what the list changes.
    """
    return _Planner(listed, known, links).plan()


class _Planner:
    """Works a list out row by row: the links it sees are those that the rows before left."""

    def __init__(
        self, listed: ChangeList, known: Mapping[str, Known], links: Iterable[Link[str]]
    ) -> None:
        steps = (*listed.icbs, *listed.trusts)
        named = {code for step in steps for code in (step.code, step.old_icb, step.new_icb)}
        self.listed, self.known = listed, known
        # Of the country's links, the few hundred that the list is about.
        self.links = [link for link in links if link.child in named or link.parent in named]
        self.on, self.last = listed.on, day_before(listed.on)
        self.spans = {code: each.span for code, each in known.items()}
        self.made = Plan(listed.on)
        self.beginning = {
            step.new_icb: step.new_name
            for step in listed.icbs
            if step.new_icb not in known or known[step.new_icb].span.start == self.on
        }
        """New boards by code. A row whose successor goes on tells of its trusts only."""
        self.ending = [step for step in listed.icbs if step.new_icb in self.beginning]
        self.weight = Counter((step.old_icb, step.new_icb) for step in listed.of(ICB_CHANGED))
        self.moving = {step.code: step for step in listed.of(ICB_CHANGED)}

    def plan(self) -> Plan:
        if self._is_done():
            return self.made
        for step in self.listed.icbs:
            self._check_board(step)
        into: dict[str, list[str]] = {}
        for step in self.ending:
            into.setdefault(step.code, []).append(step.new_icb)
        self.made.successors = {
            code: tuple(self._heaviest_first(code, each)) for code, each in into.items()
        }
        for code, name in self.beginning.items():
            self._open(code, name)
        for step in self.listed.of(ICB_CHANGED):
            self._check_move(step)
        self._merge_and_split()
        for step in self.listed.of(ICB_CHANGED):
            self._move(step)
        for step in self.listed.of(NEW):
            self._add(step)
        for step in self.listed.of(RENAMED):
            self._rename(step)
        return self.made

    def _is_done(self) -> bool:
        there = [code for code in self.beginning if code in self.known]
        if not there:
            return False
        for step in self.ending:
            gone = self.known.get(step.code)
            if step.new_icb not in there or gone is None or gone.span.end != self.last:
                self._refuse(step, "part of this list has been done before, but not this row")
        return True

    def _check_board(self, step: Step) -> None:
        if self._is_open(step, OrganisationKind.ICB) is None:
            self._refuse(step, f"{step.code} was not open on {name_day(self.last)}")
        said, counted = step.change.split(" ")[0], self.weight[step.code, step.new_icb]
        if said != str(counted):
            self._refuse(step, f"it says {step.change}, and {counted} are listed below")
        if step.new_icb not in self.beginning and step.new_icb not in self.known:
            self._refuse(step, f"{step.new_icb} is in no list")

    def _open(self, code: str, name: str) -> None:
        first = next(step for step in self.ending if step.new_icb == code)
        before = [step.code for step in self.ending if step.new_icb == code]
        regions = dict.fromkeys(
            link.parent for old in before for link in self._upward(old, LinkKind.PART_OF)
        )
        if len(regions) != 1:
            self._refuse(first, f"{name} would lie in {len(regions)} regions")
        leads: Counter[str] = Counter()
        others: list[str] = []
        for old in before:
            for link in self._upward(old, LinkKind.SUPPORTED_BY):
                if link.is_lead:
                    leads[link.parent] += self.weight[old, code]
                others.append(link.parent)
        if not leads:
            self._refuse(first, f"no patient safety collaborative leads {first.code}")
        # The first of equals stays first: Counter keeps the order of the rows.
        lead = leads.most_common(1)[0][0]
        pscs = tuple(dict.fromkeys([lead, *leads, *others]))
        region = next(iter(regions))
        self.made.openings.append(Opening(code, name, OrganisationKind.ICB, region, pscs))
        if len(leads) > 1:
            led = _and([f"{self._name(psc)} led those of {_trusts(n)}" for psc, n in leads.items()])
            self.made.questions.append(
                Question(
                    code,
                    QuestionAbout.LEAD_PSC,
                    f"Of the boards that it takes over from, {led}. "
                    f"Until somebody decides, it counts under {self._name(lead)}.",
                )
            )
        span = Span(self.on, FOREVER)
        self.spans[code] = span
        self._begin(Link(code, region, LinkKind.PART_OF, True, span))
        for psc in pscs:
            self._begin(Link(code, psc, LinkKind.SUPPORTED_BY, psc == lead, span))

    def _check_move(self, step: Step) -> None:
        trust = self._is_open(step, OrganisationKind.TRUST)
        if trust is None:
            closed = self.known[step.code].span.end
            self.made.questions.append(
                Question(
                    step.code,
                    QuestionAbout.SOURCES,
                    f"The list of 2025 closed it on {name_day(closed)}; the list of changes moves "
                    f"it to {self._name(step.new_icb)} on {name_day(self.on)}. It stays closed.",
                )
            )
            return
        if step.old_icb not in {x.parent for x in self._upward(step.code, LinkKind.PART_OF)}:
            self._refuse(step, f"{step.code} was not part of {step.old_icb}")
        successors = self.made.successors.get(step.old_icb)
        if successors is not None and step.new_icb not in successors:
            self._refuse(step, f"{step.new_icb} does not take over from {step.old_icb}")
        if step.new_icb not in self.spans:
            self._refuse(step, f"{step.new_icb} is in no list")
        self.made.moved.append(step.code)

    def _merge_and_split(self) -> None:
        rows = {step.code: step for step in self.ending}
        for new in self.beginning:
            leaving = [old for old, into in self.made.successors.items() if into == (new,)]
            if leaving:
                self._apply(rows[leaving[0]], partial(merge, leaving, new))
        for old in self.made.splits:
            into = self.made.successors[old]
            under = {x.child for x in self.links if x.parent == old and self.last in x.span}
            going = {
                code: step.new_icb
                for code, step in self.moving.items()
                if code in under and step.old_icb == old and code in self.made.moved
            }
            self._apply(rows[old], partial(split, old, going, into))
            weights = _and([f"{self.weight[old, new]} to {self._name(new)}" for new in into])
            self.made.questions.append(
                Question(
                    old,
                    QuestionAbout.LEAD_SUCCESSOR,
                    f"Its trusts went {weights}; the list does not say who counts what it left, "
                    f"such as its own projects. Until somebody decides: {self._name(into[0])}.",
                )
            )

    def _move(self, step: Step) -> None:
        """A trust whose old board goes on; the others went with theirs."""
        if step.code not in self.made.moved or step.old_icb in self.made.successors:
            return
        for link in self._upward(step.code, LinkKind.PART_OF):
            if link.parent == step.old_icb:
                self.made.changes.ends[link] = self.last
                until = Span(self.on, link.span.end)
                self._begin(Link(step.code, step.new_icb, link.kind, link.is_lead, until))

    def _add(self, step: Step) -> None:
        if step.code in self.known:
            self._refuse(step, f"{step.code} is in the lists before this one")
        if step.new_icb not in self.spans or self.on not in self.spans[step.new_icb]:
            self._refuse(step, f"{step.new_icb} is not open on {name_day(self.on)}")
        self.made.openings.append(
            Opening(step.code, step.name, OrganisationKind.TRUST, step.new_icb)
        )
        self._begin(Link(step.code, step.new_icb, LinkKind.PART_OF, True, Span(self.on, FOREVER)))

    def _rename(self, step: Step) -> None:
        trust = self._is_open(step, OrganisationKind.TRUST)
        if trust is None or trust.name not in (step.name, step.new_name):
            self._refuse(step, f"{step.code} was not open under the name {step.name}")
        if trust is not None and trust.name != step.new_name:
            self.made.renames[step.code] = step.new_name

    def _apply(self, step: Step, work: Callable[..., Changes[str]]) -> None:
        try:
            done = work(on=self.on, spans=self.spans, links=self.links)
        except CannotChange as fault:
            self._refuse(step, str(fault))
        else:
            whole = self.made.changes
            whole.closes.update(done.closes)
            whole.ends.update(done.ends)
            whole.begins.extend(done.begins)
            whole.unplaced.extend(done.unplaced)
            self.links = [
                Link(x.child, x.parent, x.kind, x.is_lead, Span(x.span.start, done.ends[x]))
                if x in done.ends
                else x
                for x in self.links
            ] + done.begins

    def _begin(self, link: Link[str]) -> None:
        self.made.changes.begins.append(link)
        self.links.append(link)

    def _heaviest_first(self, old: str, into: Iterable[str]) -> list[str]:
        """Who took most trusts first; of equals, whom the list names first."""
        return sorted(into, key=lambda new: -self.weight[old, new])

    def _upward(self, code: str, kind: LinkKind) -> list[Link[str]]:
        found = [
            x for x in self.links if x.child == code and x.kind is kind and self.last in x.span
        ]
        return sorted(found, key=lambda link: not link.is_lead)

    def _is_open(self, step: Step, kind: OrganisationKind) -> Known | None:
        """The organisation of a row where it is open on both days; refused where there is none."""
        found = self.known.get(step.code)
        if found is None or found.kind is not kind:
            self._refuse(step, f"{step.code} is not in the lists as {kind.singular}")
            return None
        return found if self.last in found.span and self.on in found.span else None

    def _name(self, code: str) -> str:
        return self.beginning.get(code) or self.known[code].name

    def _refuse(self, step: Step, why: str) -> None:
        raise BadList(f"{self.listed.file}, row {step.row}: {why}")


def _trusts(number: int) -> str:
    return "1 trust" if number == 1 else f"{number} trusts"


def _and(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
