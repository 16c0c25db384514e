"""The parts of a workbook as they are read: names of sheets, shared text, formats, cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Final, NoReturn
from xml.sax.handler import ContentHandler

from tracker.safe.numbers import plain

from .table import DAMAGED, Limits, Reason, Refused, letters

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_DEEPEST: Final = 100
"""Elements inside each other; a sheet has about eight, and each costs memory while it is open."""
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED: Final = re.compile(rf"{_REFERENCE.pattern}:{_REFERENCE.pattern}")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_LONGEST_NUMBER: Final = 40
_FIRST_REAL_DAY: Final = 61
"""Serial 60 is 29 February 1900, a day Excel alone has."""


class Reader(ContentHandler):
    """Elements by their plain names, counted: some programs write `x:c` for `c`."""

    left = 0
    """How many elements may still come; set by what reads the part."""
    _depth = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX calls it so
        self.left -= 1
        self._depth += 1
        if self.left < 0 or self._depth > _DEEPEST:
            raise Refused(
                "The workbook has too many cells: copy the rows you need to a new workbook",
                Reason.TOO_BIG,
            )
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
        self.end(name.rpartition(":")[2])

    def begin(self, name: str, attrs: Any) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Links(Reader):
    """What a part points at: id to kind and target."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attrs: Any) -> None:
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            kind = attrs.get("Type", "").rpartition("/")[2]
            self.found[attrs.get("Id", "")] = (kind, attrs.get("Target", ""))


class Book(Reader):
    """The sheets in their order, and which day the book counts from."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        """Name, id of the link, whether it is hidden."""
        self.from_1904 = False

    def begin(self, name: str, attrs: Any) -> None:
        if name == "workbookPr":
            self.from_1904 = attrs.get("date1904") in ("1", "true")
        elif name == "sheet":
            link = next((attrs[key] for key in attrs.keys() if key.endswith(":id")), "")  # noqa: SIM118
            hidden = attrs.get("state", "visible") != "visible"
            self.sheets.append((attrs.get("name", ""), link, hidden))


class Strings(Reader):
    """The table of shared text; of a text with styled runs, all of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text: list[str] = []
        self._inside = self._spoken = False

    def begin(self, name: str, attrs: Any) -> None:
        if name == "si":
            self._text.clear()
        elif name == "rPh":
            # How the text is pronounced, which is not part of it.
            self._spoken = True
        elif name == "t":
            self._inside = not self._spoken

    def characters(self, content: str) -> None:
        if self._inside:
            self._text.append(content)

    def end(self, name: str) -> None:
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.found.append("".join(self._text))


class Form(Enum):
    """What the format of a cell makes of its number."""

    PLAIN = auto()
    DAY = auto()
    MOMENT = auto()
    PERCENT = auto()


class Formats(Reader):
    """The form of each cell style, in the order in which cells name them."""

    def __init__(self) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        self._codes = dict(BUILTIN_FORMATS)
        self._in_cells = False
        self.forms: list[Form] = []

    def begin(self, name: str, attrs: Any) -> None:
        if name == "numFmt":
            self._codes[int(attrs.get("numFmtId", "0"))] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.forms.append(_form(self._codes.get(int(attrs.get("numFmtId", "0")), "")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def _form(code: str) -> Form:
    from openpyxl.styles.numbers import is_date_format

    if is_date_format(code):
        return Form.MOMENT if re.search("[hs]", code, re.IGNORECASE) else Form.DAY
    # A % that is quoted or escaped is only printed.
    bare = re.sub(r'"[^"]*"|\\.', "", code.partition(";")[0])
    return Form.PERCENT if "%" in bare else Form.PLAIN


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells merged into one: from one column and row to another, columns from 0, rows from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top} to {letters(self.right)}{self.bottom}"


class Cells(Reader):
    """The cells of a sheet that hold anything, as text that reads like what a person sees.

    A formula is kept as its text, and refused where its column is used. Errors, TRUE and FALSE
    are kept as they are shown, and refused as no number. Cells that are only styled are nothing.
    """

    def __init__(
        self,
        strings: Sequence[str],
        forms: Sequence[Form],
        *,
        from_1904: bool,
        limits: Limits,
    ) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self.merged: list[Merged] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.dates = 0
        self._strings, self._forms, self._limits = strings, forms, limits
        self._day = _days_from(from_1904)
        self._row, self._column = 0, -1
        self._characters = 0
        self._keeps = self._spoken = False
        self._text: list[str] = []
        self._formula: str | None = None
        self._type = self._style = ""

    def begin(self, name: str, attrs: Any) -> None:
        if name == "c":
            self._begin_cell(attrs)
        elif name in ("v", "f", "t"):
            if name != "t":
                self._text.clear()
            self._keeps = not self._spoken
        elif name == "rPh":
            self._spoken = True
        elif name == "row":
            self._begin_row(attrs)
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif name == "col" and _is_on(attrs.get("hidden")):
            first, last = int(attrs.get("min", "1")) - 1, int(attrs.get("max", "1"))
            self.hidden_columns.update(range(first, min(last, self._limits.columns)))

    def characters(self, content: str) -> None:
        if self._keeps:
            self._text.append(content)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._keeps = False
        elif name == "f":
            self._keeps = False
            self._formula = "".join(self._text)
            self._text.clear()
        elif name == "rPh":
            self._spoken = False
        elif name == "c":
            self._end_cell()

    def _begin_row(self, attrs: Any) -> None:
        number = int(attrs.get("r") or self._row + 1)
        if not self._row < number <= LAST_ROW:
            _refuse_order()
        self._row, self._column = number, -1
        if _is_on(attrs.get("hidden")):
            self.hidden_rows.add(number)

    def _begin_cell(self, attrs: Any) -> None:
        column = self._column + 1
        if "r" in attrs:
            found = _REFERENCE.fullmatch(attrs["r"])
            if found is None or int(found[2]) != self._row:
                _refuse_order()
            column = _position(found[1])
        if not self._column < column < LAST_COLUMN:
            _refuse_order()
        self._column = column
        self._type, self._style = attrs.get("t", "n"), attrs.get("s", "0")
        self._formula = None
        self._text.clear()

    def _end_cell(self) -> None:
        written = "".join(self._text)
        if self._formula is not None:
            text = f"={self._formula}"
        else:
            text = self._shown(written) if written.strip() else ""
        if not text.strip():
            return
        # A short reference may stand for a long text, as often as there are cells.
        self._characters += len(text)
        if self._characters > self._limits.size:
            raise Refused(
                "The sheet holds too much text: keep only the columns you need",
                Reason.TOO_BIG,
                row=self._row,
            )
        self.rows.setdefault(self._row, {})[self._column] = text

    def _shown(self, written: str) -> str:
        match self._type:
            case "s":
                return self._strings[_index(written)]
            case "b":
                return "TRUE" if written.strip() == "1" else "FALSE"
            case "n":
                return self._number(written.strip())
        return written

    def _number(self, written: str) -> str:
        if len(written) > _LONGEST_NUMBER or not _NUMBER.fullmatch(written):
            return written
        form = self._forms[_index(self._style)] if self._forms else Form.PLAIN
        # Excel keeps 15 digits; a file may hold the 17 of the machine's number.
        number = Decimal(f"{float(written):.15g}")
        if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
            return written
        if form is Form.PERCENT:
            return f"{plain(number * 100)}%"
        if form is Form.PLAIN:
            return plain(number)
        self.dates += 1
        return self._day(float(number), form)

    def _merge(self, reference: str) -> None:
        found = _MERGED.fullmatch(reference)
        if found is None or len(self.merged) >= self._limits.rows_read:
            _refuse_order()
        self.merged.append(
            Merged(_position(found[1]), int(found[2]), _position(found[3]), int(found[4]))
        )


def _days_from(from_1904: bool) -> Callable[[float, Form], str]:
    """How a serial number of a date cell reads."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH

    def day(serial: float, form: Form) -> str:
        if serial < 0 or (not from_1904 and serial < _FIRST_REAL_DAY):
            return "1900-02-29" if int(serial) == _FIRST_REAL_DAY - 1 else f"{serial:g}"
        try:
            moment = from_excel(serial, epoch)
        except (OverflowError, ValueError):
            return f"{serial:g}"
        if moment is None or not hasattr(moment, "year"):
            return f"{serial:g}"
        written: str = moment.strftime("%Y-%m-%d")
        has_time = form is Form.MOMENT and (moment.hour or moment.minute or moment.second)
        return f"{moment:%Y-%m-%d %H:%M}" if has_time else written

    return day


def _position(name: str) -> int:
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _index(written: str) -> int:
    at = int(written)
    if at < 0:
        raise IndexError(at)
    return at


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")


def _refuse_order() -> NoReturn:
    raise Refused(DAMAGED, Reason.SHAPE)
