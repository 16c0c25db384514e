"""Which column goes where, as a person chooses it: one answer a heading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from tracker.pages import Option
from tracker.safe.dates import DateStyle, likely_style
from tracker.safe.numbers import PLAIN
from tracker.safe.text import clean, find_nhs_number

from . import importing
from .importing import Amount, Distinct, Filter, MeasureFacts, Table

SAMPLES = 3
LONGEST = 200


class Goes(StrEnum):
    """What a column is used for."""

    NOWHERE = ""
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    BOTH = "both"
    LESS = "less"
    LESS_UNDER = "less_under"
    NOTE = "note"
    ONLY = "only"


OVER = (Goes.NUMERATOR, Goes.BOTH)
UNDER = (Goes.DENOMINATOR, Goes.BOTH)
RATIO = (
    Option(Goes.NOWHERE, "Do not bring in"),
    Option(Goes.PERIOD, "Period"),
    Option(Goes.NUMERATOR, "Number counted"),
    Option(Goes.DENOMINATOR, "Out of"),
    Option(Goes.BOTH, "Number counted and out of"),
    Option(Goes.LESS, "Take away from number counted"),
    Option(Goes.LESS_UNDER, "Take away from out of"),
    Option(Goes.NOTE, "Note"),
    Option(Goes.ONLY, "Keep only some rows, by this"),
)
SINGLE = (
    Option(Goes.NOWHERE, "Do not bring in"),
    Option(Goes.PERIOD, "Period"),
    Option(Goes.VALUE, "Value"),
    Option(Goes.LESS, "Take away from value"),
    Option(Goes.NOTE, "Note"),
    Option(Goes.ONLY, "Keep only some rows, by this"),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """How a table is to be read: what each heading is for, which rows count, what was put right.

    `fixes` maps a row number and a heading to what stands there instead; `skipped` rows are left
    out. Everything is text from a person until `mapping` reads it.
    """

    goes: Mapping[str, Goes] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    is_marked: bool = False
    fixes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()

    def mapping(self, table: Table) -> importing.Mapping:
        """The same for the planner. Two columns for the period keep the first."""
        period = self._first(Goes.PERIOD)
        return importing.Mapping(
            period=period,
            style=_style(table, period),
            value=self._amount((Goes.VALUE,), (Goes.LESS,)) if self._has(Goes.VALUE) else None,
            numerator=self._amount(OVER, (Goes.LESS,)) if self._has(*OVER) else None,
            denominator=self._amount(UNDER, (Goes.LESS_UNDER,)) if self._has(*UNDER) else None,
            note=self._first(Goes.NOTE),
            filters=tuple(
                Filter(header, self.only[header])
                for header, goes in self.goes.items()
                if goes is Goes.ONLY and self.only.get(header)
            ),
            allow_thousands=self.is_marked,
            allow_percent=self.is_marked,
        )

    @property
    def unchosen(self) -> list[str]:
        """Headings that rows are to be chosen by, with nothing chosen yet."""
        return [h for h, g in self.goes.items() if g is Goes.ONLY and not self.only.get(h)]

    def choosing(self, headers: Collection[str]) -> Choices:
        """The same, with rows to be chosen by these headings too."""
        return replace(self, goes={**self.goes, **dict.fromkeys(headers, Goes.ONLY)})

    def applied(self, table: Table) -> Table:
        """The table as it was put right, without the rows that are left out."""
        if not self.fixes and not self.skipped:
            return table
        kept = [
            (number, list(row))
            for number, row in zip(table.numbers, table.rows, strict=True)
            if number not in self.skipped
        ]
        for number, row in kept:
            for at, header in enumerate(table.headers):
                if (number, header) in self.fixes:
                    row[at] = self.fixes[number, header]
        return replace(table, rows=[row for _, row in kept], numbers=[number for number, _ in kept])

    def as_body(self) -> dict[str, list[str]]:
        """Texts to keep as a draft."""
        return {
            "goes": [part for pair in self.goes.items() for part in pair],
            "only": [part for pair in self.only.items() for part in pair],
            "marked": ["yes"] if self.is_marked else [],
            "fixes": [part for (n, h), text in self.fixes.items() for part in (str(n), h, text)],
            "skipped": [str(number) for number in sorted(self.skipped)],
        }

    def to_remember(self) -> dict[str, Any]:
        """What the next import is proposed: headings that were read, and how."""
        return {
            "goes": {h: goes.value for h, goes in self.goes.items() if goes is not Goes.NOWHERE},
            "only": dict(self.only),
            "marked": self.is_marked,
        }

    @property
    def reads_figures(self) -> bool:
        """Some column holds the period, and some a number."""
        return self._has(Goes.PERIOD) and self._has(Goes.VALUE, *OVER, *UNDER)

    def _has(self, *roles: Goes) -> bool:
        return any(goes in roles for goes in self.goes.values())

    def _first(self, role: Goes) -> str:
        return next((header for header, goes in self.goes.items() if goes is role), "")

    def _amount(self, plus: Sequence[Goes], minus: Sequence[Goes]) -> Amount:
        return Amount(
            tuple(h for h, goes in self.goes.items() if goes in plus),
            tuple(h for h, goes in self.goes.items() if goes in minus),
        )


def suggested(table: Table, facts: MeasureFacts) -> Choices:
    """A first guess for a person to check."""
    guess = importing.suggest(table, facts)
    goes = dict.fromkeys(table.headers, Goes.NOWHERE)
    for name, amount in guess.amounts():
        for header in amount.plus:
            goes[header] = Goes(name)
    if guess.note:
        goes[guess.note] = Goes.NOTE
    if guess.period:
        goes[guess.period] = Goes.PERIOD
    return Choices(goes=goes, is_marked=guess.allow_thousands)


def remembered(body: Mapping[str, Any] | None, table: Table) -> Choices | None:
    """The choices of the last import, where this table has every heading they read."""
    if body is None or not body["goes"].keys() <= set(table.headers):
        return None
    return Choices(
        goes={h: _goes(body["goes"].get(h, "")) for h in table.headers},
        only={h: text for h, text in body["only"].items() if h in table.headers},
        is_marked=body["marked"],
    )


def from_body(body: Mapping[str, Sequence[str]], table: Table) -> Choices:
    """The choices kept as a draft; headings the table does not have are dropped."""
    goes, only = _pairs(body.get("goes", ())), _pairs(body.get("only", ()))
    fixes = body.get("fixes", ())
    return Choices(
        goes={h: _goes(goes.get(h, "")) for h in table.headers},
        only={h: only[h] for h in table.headers if h in only},
        is_marked=bool(body.get("marked")),
        fixes={
            (int(n), h): text
            for n, h, text in zip(fixes[0::3], fixes[1::3], fixes[2::3], strict=False)
            if h in table.headers
        },
        skipped=frozenset(int(number) for number in body.get("skipped", ())),
    )


def sent(fields: Any, table: Table) -> Choices:
    """The choices of the form as it was sent: `goes-0`, `only-0`, `fix-12-0`, `skip`."""
    headers = table.headers
    numbers = set(table.numbers)
    fixes = {}
    # Of a cell sent twice the later counts: what was kept stands before what is typed.
    for name, text in fields.items(multi=True):
        if name.startswith("fix-"):
            number, _, column = name[4:].partition("-")
            if _is_number(number) and _is_number(column) and int(column) < len(headers):
                fixes[int(number), headers[int(column)]] = " ".join(clean(text).split())[:LONGEST]
    return Choices(
        goes={h: _goes(fields.get(f"goes-{at}", "")) for at, h in enumerate(headers)},
        only={
            h: fields[f"only-{at}"].strip()
            for at, h in enumerate(headers)
            if fields.get(f"only-{at}")
        },
        is_marked=fields.get("marked") == "yes",
        fixes={key: text for key, text in fixes.items() if key[0] in numbers},
        skipped=frozenset(
            int(n) for n in fields.getlist("skip") if _is_number(n) and int(n) in numbers
        ),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One heading as the page lists it. `values` is None until rows are chosen by it."""

    position: int
    header: str
    goes: Goes
    samples: str
    only: str
    values: Distinct | None
    warning: str


def listed(table: Table, choices: Choices) -> list[Column]:
    """Every heading with what it holds and where it goes."""
    found = []
    for at, header in enumerate(table.headers):
        goes = choices.goes.get(header, Goes.NOWHERE)
        values = importing.distinct(table.cells(header)) if goes is Goes.ONLY else None
        found.append(
            Column(
                at,
                header,
                goes,
                ", ".join(_samples(table, header)),
                choices.only.get(header, ""),
                values,
                importing.unused_because(header),
            )
        )
    return found


def naming_a_person(choices: Choices) -> tuple[int, str] | None:
    """A cell put right with what looks like an NHS number: its row and heading."""
    for key, text in choices.fixes.items():
        # As in a file: digits with one dot among them are an amount.
        is_amount = "." in text and PLAIN.fullmatch(text.strip()) is not None
        if not is_amount and find_nhs_number(text):
            return key
    return None


def _samples(table: Table, header: str) -> Iterable[str]:
    filled = (cell.strip()[:40] for cell in table.cells(header) if cell.strip())
    return islice(dict.fromkeys(islice(filled, 200)), SAMPLES)


def _style(table: Table, period: str) -> DateStyle | None:
    return likely_style(islice(table.cells(period), 2000)) if period else None


def _goes(text: str) -> Goes:
    return Goes(text) if text in set(Goes) else Goes.NOWHERE


def _pairs(flat: Sequence[str]) -> dict[str, str]:
    return dict(zip(flat[0::2], flat[1::2], strict=False))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
