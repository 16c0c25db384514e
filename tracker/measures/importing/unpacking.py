"""The parts of a workbook's zip, each bounded before it is unpacked and searched for a DTD."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final
from xml.sax import SAXException

from .sheet import Reader
from .table import DAMAGED, Limits, Reason, Refused

_AS_XLSX: Final = "save it as “Excel Workbook (.xlsx)” and choose that file"
_TOO_LARGE: Final = (
    "The workbook is too large once unpacked:"
    " copy the rows you need to a new workbook and choose that"
)
_CHUNK: Final = 65_536
_LONGEST: Final = 4 * _CHUNK
"""Bytes between the beginnings of two elements; the longest text a cell can hold fits in."""
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHERS: Final = (
    ("xl/workbook.bin", "a binary Excel workbook"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "a Numbers spreadsheet"),
    ("Index.zip", "a Numbers spreadsheet"),
)
# RuntimeError is what zipfile raises for features it does not know.
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, ValueError, LookupError),
)
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"


class Parts:
    """The XML parts of a workbook by name. Raises `Refused`, and nothing else."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise Refused(DAMAGED, Reason.SHAPE) from None
        self._left = limits.elements
        entries = self._zip.infolist()
        if len(entries) > limits.parts or sum(e.file_size for e in entries) > limits.unpacked:
            raise Refused(_TOO_LARGE, Reason.TOO_BIG)
        self._names = {entry.filename for entry in entries}
        self._refuse_others(entries)
        for name in sorted(self._names):
            if name.endswith((".xml", ".rels")):
                self._refuse_dtd(name)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parse(self, name: str, handler: Reader) -> None:
        """Send a part through a handler as it is unpacked: no tree of it is ever held."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.expatreader import create_parser

        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(handler)
        handler.left = self._left
        try:
            with self._zip.open(name) as part:
                since = 0
                while chunk := part.read(_CHUNK):
                    before = handler.left
                    parser.feed(chunk)
                    # A tag is read as a whole, at a cost that grows faster than it does.
                    since = 0 if handler.left < before else since + len(chunk)
                    if since > _LONGEST:
                        raise Refused(_TOO_LARGE, Reason.TOO_BIG)
            parser.close()
            self._left = handler.left
        except Refused:
            raise
        except DefusedXmlException:
            raise Refused(
                "The workbook holds a document type, which no spreadsheet program writes:"
                " copy the rows to a new workbook and choose that",
                Reason.NOT_THIS_KIND,
            ) from None
        except (SAXException, *_BROKEN):
            raise Refused(DAMAGED, Reason.SHAPE) from None

    def _refuse_others(self, entries: Iterable[zipfile.ZipInfo]) -> None:
        for name, kind in _OTHERS:
            if name in self:
                raise Refused(f"This is {kind}: {_AS_XLSX}", Reason.NOT_THIS_KIND)
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise Refused(
                    "The file is locked with a password: save it without one and choose it again",
                    Reason.NOT_THIS_KIND,
                )
            if entry.compress_type not in _PACKED:
                raise Refused(DAMAGED, Reason.SHAPE)
        if len(self._names) < len(self._zip.infolist()):
            raise Refused(DAMAGED, Reason.SHAPE)
        if self._starts("mimetype").startswith(_OPEN_DOCUMENT):
            raise Refused(f"This is an OpenDocument file: {_AS_XLSX}", Reason.NOT_THIS_KIND)
        if "[Content_Types].xml" not in self:
            raise Refused(
                "This is a zip archive: unpack it and choose the file inside",
                Reason.NOT_THIS_KIND,
            )

    def _starts(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                return part.read(64)
        except _BROKEN:
            return b""

    def _refuse_dtd(self, name: str) -> None:
        """A document type stands before the root element, so that is as far as this reads."""
        try:
            self.parse(name, _UpToTheRoot())
        except _Enough:
            return
        except Refused as refusal:
            # What else is wrong with a part is told if it is read.
            if refusal.reason is Reason.NOT_THIS_KIND:
                raise


class _Enough(Exception):
    """The root element has begun."""


class _UpToTheRoot(Reader):
    def begin(self, name: str, attrs: object) -> None:
        raise _Enough
