"""A published copy on paper: an A4 report and an A3 poster, from its frozen body alone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import render_template

from tracker.blobs import services as blobs
from tracker.documents import pdf

PRINT = Path(__file__).parent / "print"
SIZES = tuple(
    f"html {{ font-size: {size}pt; }} .chart svg {{ width: {width}%; }}"
    for size, width in ((15, 100), (13, 100), (11.5, 90), (10, 75), (9, 60))
)
"""Of a poster: letters smaller than the last would not be read on a wall."""


def report(body: Mapping[str, Any]) -> bytes:
    """On A4. Slow, so outside any unit of work. Raises CannotSet."""
    return _made("report", body, ())


def poster(body: Mapping[str, Any]) -> bytes:
    """On one A3 page, landscape, in letters as large as the text allows. Raises CannotSet."""
    return _made("poster", body, SIZES)


def _made(kind: str, body: Mapping[str, Any], sizes: Sequence[str]) -> bytes:
    html = render_template(f"case_studies/{kind}_paper.html", body=body, picture_url=_inline())
    css = (PRINT / "paper.css").read_text("utf-8") + (PRINT / f"{kind}.css").read_text("utf-8")
    return pdf(html, css, on_one_page=sizes)


def hashes(body: Mapping[str, Any]) -> set[str]:
    """The pictures that a body shows, by the hash of their bytes."""
    return {picture["sha256"] for picture in pictures(body)}


def pictures(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every picture of a body: those under headings, then those after the text."""
    for part in body["parts"]:
        yield from part["pictures"]
    yield from body["pictures"]


def _inline() -> Callable[[Mapping[str, Any]], str]:
    """A picture as a `data:` address: a document fetches nothing."""

    def url(picture: Mapping[str, Any]) -> str:
        blob = blobs.by_hash(picture["sha256"])
        if blob is None:
            return ""
        return f"data:{blob.content_type};base64,{b64encode(blob.data).decode()}"

    return url
