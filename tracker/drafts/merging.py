"""What two people did to one record, told apart field by field.

A form carries a short fingerprint of what each of its fields was drawn with. When somebody else
saved first, what the form holds now, what the record holds now and the fingerprint say who changed
what: a field that only they changed takes their text, one that only this person changed keeps it,
and one that both changed is for a person to decide. A fingerprint that is missing or made up
decides nothing by itself: the merge is shown before it can be saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from wtforms import Field, FieldList, FormField
from wtforms.form import BaseForm

from tracker.pages import Day, Hidden, Upload, Version, day
from tracker.pages.choices import Offered
from tracker.pages.forms import leaves
from tracker.safe.numbers import plain
from tracker.safe.text import clean

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people wrote differently."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of two people's changes, in page order."""

    both: tuple[Difference, ...] = ()
    """Changed by both: the form still holds this person's."""
    taken: tuple[Difference, ...] = ()
    """Changed by the others alone: the form holds theirs now."""
    kept: bool = False
    """Something was changed by this person alone."""


class DrawnFrom(Hidden):
    """The fingerprints of the fields, `name:print` with spaces between."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean(str(valuelist[0]))[:LONGEST] if valuelist else ""

    @property
    def prints(self) -> Mapping[str, str]:
        """Name to fingerprint; a field that is not among them was drawn with nobody knows what."""
        pairs = (part.rpartition(":") for part in self.data.split())
        return {name: mark for name, _, mark in pairs if name}


@dataclass(frozen=True, slots=True)
class _Part:
    """What is merged as one: a field, a row of a list that says whose row it is, or a list."""

    holder: Any
    reading: str

    @property
    def mark(self) -> str:
        return blake2b(self.reading.encode(), digest_size=8).hexdigest()


def fingerprints(form: BaseForm) -> str:
    """What a `DrawnFrom` holds for this form as it stands."""
    return " ".join(f"{name}:{part.mark}" for name, part in _every_part(form).items())


def merge(mine: Any, theirs: BaseForm, drawn: Mapping[str, str]) -> Merge:
    """Bring what only the others changed into `mine`, and say what was done."""
    own, other = _every_part(mine), _every_part(theirs)
    row_by_row = {
        f.name for f in mine if _is_list(f) and _row_names(f) == _row_names(theirs[f.name])
    }
    before = _read_all(mine)
    both: list[str] = []
    taken: list[str] = []
    kept = False
    for name in own:
        is_row, listed = "/" in name, name.partition("/")[0]
        if name not in other or (listed in row_by_row and not is_row and _row_names(mine[listed])):
            continue
        if is_row and listed not in row_by_row:
            continue
        mark, now, base = own[name].mark, other[name].mark, drawn.get(name)
        if mark == now:
            continue
        if mark == base:
            taken += [*_names(own[name].holder), *_names(other[name].holder)]
            _take(own[name].holder, other[name].holder)
        elif now == base:
            kept = True
        else:
            both += [*_names(own[name].holder), *_names(other[name].holder)]
    if taken:
        mine.again()
    labels = _labels(theirs) | _labels(mine)
    after, held = _read_all(mine), _read_all(theirs, like=mine)
    return Merge(
        both=tuple(_differences(both, labels, held, before)),
        taken=tuple(_differences(taken, labels, after, before)),
        kept=kept,
    )


def _differences(
    names: list[str], labels: Mapping[str, str], theirs: Mapping[str, str], yours: Mapping[str, str]
) -> Iterator[Difference]:
    for name in dict.fromkeys(names):
        a, b = theirs.get(name, ""), yours.get(name, "")
        if a != b:
            yield Difference(labels[name], a, b)


def _every_part(form: BaseForm) -> dict[str, _Part]:
    """Lists are there as a whole, and row by row too when their rows say which they are."""
    found: dict[str, _Part] = {}
    for each in form:
        if isinstance(each, FieldList):
            rows = [_reading(entry) for entry in each.entries]
            found[each.name] = _Part(each, json.dumps([row for row in rows if any(row)]))
            for name, entry, row in zip(_row_names(each), each.entries, rows, strict=False):
                found[f"{each.name}/{name}"] = _Part(entry, json.dumps(row))
        elif _is_typed(each):
            found[each.name] = _Part(each, json.dumps(_reading(each)))
    return found


def _is_list(each: Field) -> bool:
    return isinstance(each, FieldList)


def _row_names(rows: Any) -> list[str]:
    """What the rows of a list are called by a field that travels unseen; empty unless all are."""
    names = [
        next((f.data for f in _leaves_of(entry) if isinstance(f, Hidden)), "")
        for entry in rows.entries
    ]
    is_whole = all(names) and len(set(names)) == len(names)
    return names if is_whole and not any(" " in name for name in names) else []


def _leaves_of(each: Field) -> list[Any]:
    if isinstance(each, FieldList):
        return [leaf for entry in each.entries for leaf in _leaves_of(entry)]
    return list(leaves(each.form)) if isinstance(each, FormField) else [each]


def _names(holder: Field) -> list[str]:
    return [leaf.name for leaf in _leaves_of(holder) if _is_typed(leaf)]


def _reading(each: Field) -> list[str]:
    """What a field holds, so that the same value typed otherwise reads the same."""
    return [_value(leaf) for leaf in _leaves_of(each) if _is_typed(leaf)]


def _value(leaf: Any) -> str:
    if isinstance(leaf, Offered):
        return "\n".join(sorted(filter(None, leaf.chosen)))
    if isinstance(leaf.data, bool):
        return "yes" if leaf.data else ""
    if isinstance(leaf.data, date):
        return leaf.data.isoformat()
    if isinstance(leaf.data, Decimal | int):
        return plain(Decimal(leaf.data))
    return read(leaf)


def _take(holder: Any, theirs: Any) -> None:
    """Let a field, a row or a whole list hold what theirs holds."""
    if isinstance(holder, FieldList):
        holder.process(None, [entry.data for entry in theirs.entries])
        return
    for leaf, other in zip(_leaves_of(holder), _leaves_of(theirs), strict=True):
        # What was sent would be drawn again in its place.
        leaf.raw_data, leaf.errors = None, []
        leaf.process(None, other.data)


def _is_typed(each: Field) -> bool:
    return not isinstance(each, Hidden | Version | Upload) and each.type != "CSRFTokenField"


def _read_all(form: BaseForm, *, like: BaseForm | None = None) -> dict[str, str]:
    """Every field in words; `like` is the same form with its lists filled."""
    filled = {leaf.name: leaf for leaf in leaves(like)} if like is not None else {}
    return {
        leaf.name: read(leaf, like=filled.get(leaf.name))
        for leaf in leaves(form)
        if _is_typed(leaf)
    }


def read(leaf: Any, *, like: Any = None) -> str:
    """What a field holds, in words; `like` is the same field of a form whose lists are filled."""
    if isinstance(leaf, Offered):
        labels = {o.value: o.label for o in (like or leaf).offered}
        return ", ".join(labels.get(value, value) for value in sorted(leaf.chosen) if value)
    if isinstance(leaf, Day):
        if leaf.data is not None:
            return day(leaf.data)
        return " ".join(part.shown for part in leaf.parts if part.shown)
    if isinstance(leaf.data, bool):
        return "Yes" if leaf.data else "No"
    return str(leaf.shown)


def _labels(form: BaseForm) -> dict[str, str]:
    """Field name to label; a row of a list says which row it is."""
    found: dict[str, str] = {}
    for each in form:
        if not isinstance(each, FieldList):
            found |= {leaf.name: leaf.label.text for leaf in _leaves_of(each)}
            continue
        for number, entry in enumerate(each.entries, start=1):
            says = bool(getattr(getattr(entry, "form", None), "name", ""))
            first = "" if says else f"{each.label.text}, row {number}: "
            found |= {leaf.name: f"{first}{leaf.label.text}" for leaf in _leaves_of(entry)}
    return found
