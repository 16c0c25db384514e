"""A drawing as dots, for programs that take no SVG. Pure: text in, bytes out."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

ZOOM: Final = 2
"""Dots for each px: sharp on a slide and on paper."""
_FONT: Final = "Liberation Sans"


def png(drawing: str) -> bytes:
    """An SVG file as a PNG picture, in the font that the app brings along."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            zoom=ZOOM,
            background="#fff",
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
    )


@cache
def _fonts() -> list[str]:
    folder = files("tracker") / "fonts"
    with as_file(folder) as path:
        return [str(each) for each in sorted(Path(path).glob("*.ttf"))]
