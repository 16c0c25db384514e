"""Which column is what, which rows count, and a first guess at both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any, Final

from tracker.safe.dates import DateStyle, likely_style
from tracker.safe.numbers import NotANumber, parse_number
from tracker.safe.text import looks_like_initials

from .table import Source, Table

_SAMPLE: Final = 500


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What an import must know of a measure.

    `is_share`: the numerator is part of the denominator, as in a percentage. `whole_*`: the
    definition counts people or events. `signed`: values below zero make sense.
    """

    cadence: str
    has_denominator: bool
    is_share: bool = False
    whole_numerator: bool = False
    whole_denominator: bool = False
    signed: bool = False
    numerator: str = ""
    denominator: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number made of columns: those of `plus` added up, less those of `minus`."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.plus + self.minus

    def __str__(self) -> str:
        return " + ".join(self.plus) + "".join(f" - {each}" for each in self.minus)


@dataclass(frozen=True, slots=True)
class Filter:
    """Only rows whose cell in `column` is `value`, spaces at the ends apart."""

    column: str
    value: str

    def __str__(self) -> str:
        return f"{self.column} = {self.value}"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of a table are read. Columns go by their headings.

    A measure with a denominator takes `numerator` and `denominator`, any other takes `value`.
    `style` None means no column reads like a date. Every filter must hold.
    """

    period: str = ""
    style: DateStyle | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    value: Amount | None = None
    note: str = ""
    filters: tuple[Filter, ...] = ()
    allow_thousands: bool = False
    allow_percent: bool = False

    def amounts(self) -> Iterator[tuple[str, Amount]]:
        """The numbers mapped, by name."""
        for name, amount in (
            ("numerator", self.numerator),
            ("denominator", self.denominator),
            ("value", self.value),
        ):
            if amount is not None:
                yield name, amount

    def columns(self) -> set[str]:
        """Every heading the mapping reads a period, number or note from."""
        used = {column for _, amount in self.amounts() for column in amount.columns}
        return used | ({self.period, self.note} - {""})

    def as_json(self) -> dict[str, Any]:
        """Plain values, to remember a mapping or to carry it from preview to save."""
        return {
            "period": self.period,
            "style": self.style.value if self.style else None,
            **dict.fromkeys(("numerator", "denominator", "value")),
            **{
                name: {"plus": list(amount.plus), "minus": list(amount.minus)}
                for name, amount in self.amounts()
            },
            "note": self.note,
            "filters": [[each.column, each.value] for each in self.filters],
            "allow_thousands": self.allow_thousands,
            "allow_percent": self.allow_percent,
        }

    @classmethod
    def from_json(cls, body: MappingType[str, Any]) -> Mapping:
        """The mapping `as_json` wrote. Raises `ValueError` for anything else."""
        try:
            amounts = {
                name: Amount(_texts(body[name]["plus"]), _texts(body[name]["minus"]))
                for name in ("numerator", "denominator", "value")
                if body[name] is not None
            }
            return cls(
                period=_text(body["period"]),
                style=DateStyle(body["style"]) if body["style"] is not None else None,
                note=_text(body["note"]),
                filters=tuple(Filter(_text(each[0]), _text(each[1])) for each in body["filters"]),
                allow_thousands=body["allow_thousands"] is True,
                allow_percent=body["allow_percent"] is True,
                **amounts,
            )
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("not a mapping") from error


def parse_amount(text: str, headers: Sequence[str]) -> Amount | None:
    """`"a + b - c"` as columns; a heading that itself holds ` - ` or ` + ` is taken whole.

    None for empty text. Raises `ValueError`, with a sentence, for a part that is no heading.
    """
    rest, sign = text.strip(), "+"
    signed: dict[str, list[str]] = {"+": [], "-": []}
    if not rest:
        return None
    longest_first = sorted(filter(None, headers), key=len, reverse=True)
    while True:
        # The end of a heading is the end of the text, or a sign with a space on both sides.
        for header in longest_first:
            after = rest[len(header) :]
            if rest.startswith(header) and (not after or re.match(r"\s+[+-]\s", after)):
                break
        else:
            raise ValueError(f"“{rest}” does not begin with a heading of the file")
        signed[sign].append(header)
        if not after:
            return Amount(tuple(signed["+"]), tuple(signed["-"]))
        sign = after.lstrip()[0]
        rest = after.lstrip()[1:].strip()


def suggest(table: Table, facts: MeasureFacts) -> Mapping:
    """A first guess from the headings and the first rows, for a person to check."""
    sample = table.rows[:_SAMPLE]
    columns = {
        header: [row[at] for row in sample] for at, header in enumerate(table.headers) if header
    }
    # A % in a workbook is the cell's format, as in a paste from one.
    pasted = table.source in (Source.PASTE, Source.XLSX)
    period, style = _period(columns)
    numeric = [
        header
        for header, cells in columns.items()
        if header != period and _is_numeric(cells, pasted=pasted)
    ]
    taken: list[str] = []

    def pick(words: str, meaning: str) -> Amount | None:
        free = [header for header in numeric if header not in taken]
        best = max(free, key=lambda header: _likeness(header, words, meaning), default=None)
        if best is None:
            return None
        taken.append(best)
        return Amount((best,))

    numerator = denominator = value = None
    if facts.has_denominator:
        denominator = pick(_DENOMINATOR, facts.denominator)
        numerator = pick(_NUMERATOR, f"{facts.numerator} {facts.title}")
        if numerator and denominator and _unsaid(taken, facts):
            numerator, denominator = _by_size(columns, numerator, denominator, pasted=pasted)
    else:
        value = pick(_NUMERATOR, f"{facts.numerator} {facts.title}")
    note = next((each for each in columns if _tokens(each) & _NOTE and each != period), "")
    return Mapping(
        period=period,
        style=style,
        numerator=numerator,
        denominator=denominator,
        value=value,
        note=note if note not in taken else "",
        allow_thousands=pasted,
        allow_percent=pasted,
    )


def unused_because(header: str) -> str:
    """Why a column would better stay out, in words; empty where there is no reason."""
    return "Looks like a person’s initials" if looks_like_initials(header) else ""


_PERIOD: Final = frozenset(
    {"month", "months", "mth", "period", "date", "day", "week", "quarter", "qtr", "year"}
)
_NOTE: Final = frozenset({"note", "notes", "comment", "comments", "annotation"})
_NUMERATOR: Final = "numerator num count value events cases achieved"
_DENOMINATOR: Final = "denominator denom den total eligible population all of"


def _period(columns: MappingType[str, list[str]]) -> tuple[str, DateStyle | None]:
    found: list[tuple[bool, str, DateStyle]] = []
    for header, cells in columns.items():
        style = likely_style(cells[:50])
        if style:
            found.append((bool(_tokens(header) & _PERIOD), header, style))
    if found:
        _, header, style = max(found, key=lambda each: each[0])
        return header, style
    named = next((header for header in columns if _tokens(header) & _PERIOD), "")
    return named, None


def _is_numeric(cells: Iterable[str], *, pasted: bool) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip() not in ("", "-", "*")]
    read = 0
    for cell in filled:
        try:
            parse_number(cell, allow_thousands=pasted, allow_percent=pasted)
        except NotANumber:
            continue
        read += 1
    return bool(filled) and read >= 0.8 * len(filled)


def _likeness(header: str, words: str, meaning: str) -> int:
    """Telling words count most, then words shared with the measure's definition."""
    tokens = _tokens(header)
    told = 10 * len(tokens & set(words.split()))
    shared = sum(any(_alike(token, word) for word in _tokens(meaning)) for token in tokens)
    return told + shared


def _unsaid(taken: Sequence[str], facts: MeasureFacts) -> bool:
    """True where no heading said which is which, so that only the sizes can."""
    denominator, numerator = taken
    return (
        facts.is_share
        and not _likeness(denominator, _DENOMINATOR, facts.denominator)
        and not _likeness(numerator, _NUMERATOR, f"{facts.numerator} {facts.title}")
    )


def _by_size(
    columns: MappingType[str, list[str]], one: Amount, other: Amount, *, pasted: bool
) -> tuple[Amount, Amount]:
    """Of a share, the part is the smaller."""

    def total(amount: Amount) -> float:
        read = 0.0
        for cell in columns[amount.plus[0]]:
            try:
                read += float(parse_number(cell, allow_thousands=pasted, allow_percent=pasted))
            except NotANumber:
                continue
        return read

    return (one, other) if total(one) <= total(other) else (other, one)


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", text.casefold()))


def _alike(one: str, other: str) -> bool:
    """Abbreviations in headings are beginnings: `elig` for eligible."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(_text, values))
