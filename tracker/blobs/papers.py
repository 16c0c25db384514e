"""Documents from people, told by what is in them: never by what the file is called.

What can run is refused: programs, scripts, pages and drawings of the web, and office documents with
macros or with objects of other programs in them. Pictures are drawn anew, as everywhere.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from tracker.safe.text import clean, find_nhs_number

from .pictures import MOST_BYTES, NotAPicture, redrawn

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
TYPES: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": f"{_OPEN}.text",
    "ods": f"{_OPEN}.spreadsheet",
    "odp": f"{_OPEN}.presentation",
    "odg": f"{_OPEN}.graphics",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
"""Ending to the type that a document is handed out as; anything else is refused."""

ACCEPT: Final = ",".join(f".{ending}" for ending in (*TYPES, "jpeg"))
TAKEN: Final = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text or CSV"
LONGEST_NAME: Final = 120
LONGEST_SIDE: Final = 4000
"""Pixels: a system map drawn on A3 still reads."""

_MOST_PARTS: Final = 10_000
_MOST_UNPACKED: Final = 500 * 1024 * 1024
_OFFICE_PARTS: Final = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_RUNS: Final = re.compile(
    r"(^|/)(vbaproject|vbadata)|/activex/|/embeddings/ole|^(basic|scripts)/|\.(exe|dll|js|vbs)$",
    re.IGNORECASE,
)
"""Parts of an office document that hold a program, or may."""
_OF_THE_WEB: Final = re.compile(r"\s*(<!doctype|<\?xml|<html|<svg|<script|#!)", re.IGNORECASE)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class NotAPaper(ValueError):
    """What was sent cannot be kept. The message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that may be kept. `name` is what the person's file was called."""

    data: bytes
    ending: str
    name: str


def checked(sent: bytes, filename: str) -> Paper:
    """The document in the file. May be slow (a picture is drawn anew). Raises NotAPaper."""
    if not sent:
        raise NotAPaper("The file is empty")
    if len(sent) > MOST_BYTES:
        raise NotAPaper("The file must be 8 MB or smaller")
    name = name_of(filename)
    if sent.startswith(b"%PDF-"):
        return Paper(sent, "pdf", name)
    if sent.startswith(b"PK\x03\x04"):
        return Paper(sent, _office(sent), name)
    if sent.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        try:
            picture = redrawn(sent, longest_side=LONGEST_SIDE)
        except NotAPicture as error:
            raise NotAPaper(str(error)) from error
        return Paper(picture.data, "png" if picture.content_type == "image/png" else "jpg", name)
    if sent.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAPaper(
            "This is an older or a locked office file, which cannot be looked into. "
            "Save it as .docx, .xlsx or .pptx without a password"
        )
    return Paper(sent, _text(sent, name), name)


def name_of(filename: str) -> str:
    """The last part of a file's name, without what no name needs."""
    bare = clean(filename).replace("\\", "/").rpartition("/")[2]
    return " ".join(bare.split())[-LONGEST_NAME:] or "document"


def _office(sent: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(sent)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(p.file_size for p in parts) > _MOST_UNPACKED:
                raise NotAPaper("The file holds more than a document would")
            names = {part.filename for part in parts}
            ending = _kind(packed, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, NotAPaper):
            raise
        raise NotAPaper(_not_one()) from error
    if any(_RUNS.search(name) for name in names):
        raise NotAPaper(
            "The document has a macro or another program in it. Save it without, or as PDF"
        )
    return ending


def _kind(packed: zipfile.ZipFile, names: set[str]) -> str:
    found = [ending for part, ending in _OFFICE_PARTS.items() if part in names]
    if "[Content_Types].xml" in names and len(found) == 1:
        return found[0]
    if "mimetype" in names:
        with packed.open("mimetype") as told:
            kind = told.read(100).decode("ascii", "replace").strip()
        by_type = {each: ending for ending, each in TYPES.items() if each.startswith(_OPEN)}
        if kind in by_type:
            return by_type[kind]
    raise NotAPaper(_not_one())


def _text(sent: bytes, name: str) -> str:
    ending = {".txt": "txt", ".md": "txt", ".csv": "csv"}.get(PurePosixPath(name.lower()).suffix)
    if ending is None:
        raise NotAPaper(_not_one())
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = sent.decode("cp1252")
        except UnicodeDecodeError as error:
            raise NotAPaper(_not_one()) from error
    if _UNPRINTABLE.search(text) or _OF_THE_WEB.match(text):
        raise NotAPaper(_not_one())
    found = find_nhs_number(text)
    if found is not None:
        raise NotAPaper(
            f"A number in the file looks like an NHS number ({found.masked}). Take it out"
        )
    return ending


def _not_one() -> str:
    return f"Choose a file that is {TAKEN}; this file is not one"
