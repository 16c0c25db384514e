"""The pen: writes SVG elements. The only place in this room that makes Markup.

Numbers are rounded to 0.1. Words from people pass through `escape`. Everything else that reaches an
attribute is a constant of this room, so the result is safe to print in a page.
Presentation attributes only: the content security policy bans `style=`, and PDF renderers ignore
page styles inside a drawing. Classes are hooks for forced colours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import markupsafe

BETTER = "#005eb8"
WORSE = "#ba4a00"
COMMON = "#425563"
TEST = "#330072"
TARGET = "#7c2855"
INK = "#212b32"
SOFT = "#4c6272"
RULE = "#768692"
PALE = "#aeb7bd"
GRID = "#e8edee"
BAND = "#eef2f6"
LAG = "#f0f4f5"
PAPER = "#fff"

_HALO = ' stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'

_EM = 0.56
"""Mean width of a character in Arial, in em: enough to keep labels apart without a font file."""

# XML 1.0 has no way to write these, so a downloaded drawing would not open.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_EM_BOLD = 0.6
_EM_PERCENT = 0.33
"""How much wider than others the percent sign is: short labels are full of it."""


def width(words: str, size: float = 14, *, bold: bool = False) -> float:
    """Estimated width of words in px, at a font size in px."""
    em = len(words) * (_EM_BOLD if bold else _EM) + words.count("%") * _EM_PERCENT
    return em * size


def cut(words: str, room: float, size: float = 14, *, bold: bool = False) -> str:
    """The words, shortened with an ellipsis to fit `room` px."""
    if width(words, size, bold=bold) <= room:
        return words
    keep = int(room / (size * _EM_BOLD)) - 2
    return words[:keep].rstrip() + "…" if keep > 0 else ""


def num(value: float) -> str:
    """A coordinate rounded to 0.1, without a needless `.0`."""
    text = f"{value:.1f}"
    if text[-1] != "0":
        return text
    return "0" if text == "-0.0" else text[:-2]


def escape(words: str) -> str:
    """Words made safe for the text of an element or an attribute, in HTML and in XML."""
    if words.isascii() and words.replace(" ", "").isalnum():
        return words
    return str(markupsafe.escape(_UNWRITABLE.sub("", words)))


_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_LABEL = re.compile(r' aria-labelledby="[^"]*"')
_NAMED = re.compile(r"<title[^>]*>[^<]*</title>(<desc[^>]*>[^<]*</desc>)?")
_MARGIN = 24
"""Room around a drawing that stands by itself, in px."""


class Pen:
    """Collects the elements of one drawing, in the order in which they are painted."""

    __slots__ = ("pieces",)

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, hook: str, more: str = ""
    ) -> None:
        self.pieces.append(
            f'<rect class="{hook}" x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
            f' fill="{fill}"{more}/>'
        )

    def circle(
        self, x: float, y: float, r: float, fill: str, hook: str = "qi-pt", more: str = ""
    ) -> None:
        self.pieces.append(
            f'<circle class="{hook}" cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{more}/>'
        )

    def line(
        self, d: str, colour: str, thick: float = 1, dash: str = "", hook: str = "qi-ink"
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.pieces.append(
            f'<path class="{hook}" d="{d}" fill="none" stroke="{colour}"'
            f' stroke-width="{thick}"{dashed}/>'
        )

    def fill(self, d: str, colour: str, hook: str = "qi-pt", more: str = "") -> None:
        self.pieces.append(f'<path class="{hook}" d="{d}" fill="{colour}"{more}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str,
        *,
        anchor: str = "",
        bold: bool = False,
        size: float = 0,
        halo: bool = False,
        hook: str = "",
    ) -> None:
        """Words, their base line at y; `anchor` is middle or end; `halo` lifts them off lines."""
        more = f' text-anchor="{anchor}"' if anchor else ""
        if size:
            more += f' font-size="{size:g}"'
        if bold:
            more += ' font-weight="600"'
        if halo:
            hook = "qi-halo"
            more += _HALO
        named = f' class="{hook}"' if hook else ""
        self.pieces.append(
            f'<text{named} x="{num(x)}" y="{num(y)}" fill="{colour}"{more}>{escape(words)}</text>'
        )

    def hover(self, words: str) -> None:
        """Give the last element a tooltip: an extra for mouse users, never the only place."""
        last = self.pieces[-1]
        if last.endswith("/>"):
            name = last[1 : last.index(" ")]
            self.pieces[-1] = f"{last[:-2]}><title>{escape(words)}</title></{name}>"

    def picture(
        self,
        hook: str,
        w: float,
        h: float,
        title: str,
        *,
        ids: str,
        desc: str = "",
        size: int = 14,
    ) -> markupsafe.Markup:
        """The whole drawing. `ids` starts its ids and must differ for each drawing on a page."""
        name = escape(ids)
        told = f"{name}-t {name}-d" if desc else f"{name}-t"
        described = f'<desc id="{name}-d">{escape(desc)}</desc>' if desc else ""
        return _markup(
            f'<svg class="{hook}" viewBox="0 0 {num(w)} {num(h)}" width="{num(w)}"'
            f' height="{num(h)}" font-size="{size}" role="img" aria-labelledby="{told}">'
            f'<title id="{name}-t">{escape(title)}</title>{described}{"".join(self.pieces)}</svg>'
        )

    def ornament(self, hook: str, w: float, h: float, box: str) -> markupsafe.Markup:
        """A picture that stands beside the words it repeats, hidden from assistive technology."""
        return _markup(
            f'<svg class="{hook}" width="{num(w)}" height="{num(h)}" viewBox="{box}"'
            f' aria-hidden="true" focusable="false">{"".join(self.pieces)}</svg>'
        )


def on_paper(drawing: str) -> str:
    """A drawing as a printer of pages takes it: in the font of the page, words without a halo.

    WeasyPrint knows no `paint-order`, so it would paint the halo over the words.
    """
    bare = drawing.replace(_HALO, "")
    return bare.replace("<svg ", '<svg font-family="Liberation Sans" ', 1)


def for_paper(drawing: markupsafe.Markup) -> markupsafe.Markup:
    """The same of a drawing that was just made."""
    return _markup(on_paper(str(drawing)))


def join(*drawings: markupsafe.Markup) -> markupsafe.Markup:
    """Drawings one after the other."""
    return markupsafe.Markup("").join(drawings)


def framed(drawing: markupsafe.Markup, title: str, notes: Sequence[str]) -> markupsafe.Markup:
    """A drawing as it goes out into the world: its title above it, what must be said below it.

    Notes are broken into lines of its width. The name and description of the drawing stay its own.
    """
    head, rest = str(drawing).split(">", 1)
    wide, high = (float(found) for found in _BOX.findall(head)[0])
    pen = Pen()
    y = float(_MARGIN)
    for line in wrap(title, wide, 20, bold=True):
        y += 26
        pen.text(_MARGIN, y, line, INK, size=20, bold=True)
    top = y + 14
    y = top + high + 8
    for note in notes:
        for line in wrap(note, wide):
            y += 20
            pen.text(_MARGIN, y, line, SOFT, size=14)
    # The inner drawing keeps its box; the outer one names nothing of its own.
    inner = head.replace("<svg ", f'<svg x="{_MARGIN}" y="{num(top)}" ', 1)
    inner = inner.replace(' role="img"', "")
    named = _NAMED.search(rest)
    told = _LABEL.search(head)
    titles = named[0] if named else ""
    labelled = told[0] if told else ""
    inner = inner.replace(labelled, "")
    outside = num(wide + 2 * _MARGIN), num(y + _MARGIN)
    return _markup(
        f'<svg viewBox="0 0 {outside[0]} {outside[1]}" width="{outside[0]}" height="{outside[1]}"'
        f' font-size="14" role="img"{labelled}>{titles}{"".join(pen.pieces)}'
        f"{inner}>{rest[len(titles) :]}</svg>"
    )


def wrap(words: str, room: float, size: float = 14, *, bold: bool = False) -> list[str]:
    """The words in lines of `room` px."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(cut(word, room, size, bold=bold))
    return lines


def standalone(drawing: markupsafe.Markup) -> str:
    """A drawing as the text of an .svg file: name space, white ground, font; the same content.

    >>> standalone(Pen().picture("qi-spc", 10, 10, "Ten", ids="a")).startswith("<?xml")
    True
    """
    head, rest = str(drawing).split(">", 1)
    head = head.replace(
        "<svg ",
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="Arial, Helvetica, sans-serif" ',
        1,
    )
    # After title and desc, which must come first to name the picture; painted before all else.
    named = max(rest.find("</title>") + len("</title>"), rest.find("</desc>") + len("</desc>"))
    ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{rest[:named]}{ground}{rest[named:]}\n'


def _markup(text: str) -> markupsafe.Markup:
    return markupsafe.Markup(text)  # noqa: S704 every word in it went through escape()
