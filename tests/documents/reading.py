"""Reading a PDF that we made, as far as tests need it."""

from __future__ import annotations

import contextlib
import re
import zlib


def streams(made: bytes) -> list[bytes]:
    """The compressed parts of the file, opened."""
    opened = []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        with contextlib.suppress(zlib.error):
            opened.append(zlib.decompress(packed))
    return opened


def inflated(made: bytes) -> bytes:
    """The file with its compressed parts opened."""
    return b"\n".join([made, *streams(made)])


def words_in(made: bytes) -> str:
    """What a reader can copy out of it, in order; the faces of our family share their glyphs."""
    inside = streams(made)
    letters: dict[bytes, str] = {}
    for one in inside:
        for table in re.findall(rb"beginbfchar(.*?)endbfchar", one, re.DOTALL):
            for glyph, letter in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", table):
                letters[glyph] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    lines = [
        "".join(
            letters.get(glyph, "")
            for run in re.findall(rb"<([0-9a-f]+)>", shown)
            for glyph in re.findall(rb"[0-9a-f]{4}", run)
        )
        for one in inside
        for shown in re.findall(rb"\[([^\]]*)\] ?TJ", one)
    ]
    return " ".join(" ".join(lines).split())
