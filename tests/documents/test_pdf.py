"""A PDF with our fonts, from our pages and from nowhere else."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from tracker.documents import CannotSet, pdf
from tracker.documents.pdf import FACES, FAMILY, FONTS

from .reading import inflated, words_in

PAGE = '<html lang="en"><head><title>A title</title></head><body>{}</body></html>'
CSS = f'body {{ font-family: "{FAMILY}"; }}'


def test_the_fonts_are_there_with_their_licence() -> None:
    assert all((FONTS / name).is_file() for name in FACES)
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


def test_a_page_becomes_a_tagged_pdf_in_our_font() -> None:
    made = pdf(PAGE.format("<h1>Hello</h1><p>upright <b>bold</b> <i>slanted</i></p>"), CSS)
    assert made.startswith(b"%PDF-1.7")
    inside = inflated(made)
    assert b"/StructTreeRoot" in inside
    assert set(re.findall(rb"Liberation-Sans[A-Za-z-]*", inside)) >= {
        b"Liberation-Sans",
        b"Liberation-Sans-Bold",
        b"Liberation-Sans-Italic",
    }
    assert words_in(made) == "Hello upright bold slanted"


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "http://127.0.0.1:9/x", "/etc/passwd", "x"]
)
def test_nothing_is_fetched(where: str, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        made = pdf(PAGE.format(f'<p>Text</p><img alt="a" src="{where}">'), CSS)
    assert made.startswith(b"%PDF")
    assert b"root:" not in inflated(made)


def test_a_picture_of_the_page_itself_is_drawn() -> None:
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    assert pdf(PAGE.format(f'<img alt="A dot" src="{dot}">'), CSS).startswith(b"%PDF")


def test_without_pango_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *arguments: object, **words: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CannotSet, match="apt-get install libpango"):
        pdf(PAGE.format(""), CSS)
