"""A driver diagram as one PowerPoint slide: real boxes, real words, connectors that hold on."""

from __future__ import annotations

import io
from typing import Any

from . import drawing
from .domain import Level
from .layout import SIZE, SMALL, Layout, Placed

MARGIN = 0.4
"""Inches around the diagram."""
TITLE = 0.7
"""Inches for the title."""
WIDTH = 13.333
"""Inches: the slide of today's screens. A long diagram makes it taller, not its words smaller."""
LEAST_HIGH, MOST_HIGH = 7.5, 56.0
"""Inches; PowerPoint takes no slide that is larger."""
PX = 96
LEFT, RIGHT = 1, 3
"""Where a connector meets a box."""
POINTS = 0.75
"""In a px."""


def slide(layout: Layout, *, title: str, desc: str, notes: str) -> bytes:
    """The diagram as the bytes of a .pptx file. Slow: made before any unit of work."""
    from pptx import Presentation
    from pptx.util import Inches, Pt

    high = layout.height / PX
    scale = min((WIDTH - 2 * MARGIN) * PX / layout.width, (MOST_HIGH - TITLE - 2 * MARGIN) / high)
    deck = Presentation()
    deck.slide_width = Inches(WIDTH)
    deck.slide_height = Inches(max(LEAST_HIGH, TITLE + 2 * MARGIN + high * scale))
    deck.core_properties.title = title
    page = deck.slides.add_slide(deck.slide_layouts[5])
    head = page.shapes.title
    head.left, head.top = Inches(MARGIN), Inches(MARGIN / 2)
    head.width, head.height = Inches(WIDTH - 2 * MARGIN), Inches(TITLE)
    _write(head.text_frame, [title], Pt(22), "212b32", bold=True)
    maker = _Slide(page.shapes, scale)
    for heading in layout.headings:
        maker.heading(heading.x, heading.y, heading.text)
    shapes = [maker.box(box) for box in layout.boxes]
    for box, shape in zip(layout.boxes, shapes, strict=True):
        if box.parent is not None:
            maker.connect(shapes[box.parent], shape)
    page.notes_slide.notes_text_frame.text = f"{desc}\n\n{notes}"
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


class _Slide:
    """Puts shapes where the layout has them."""

    def __init__(self, shapes: Any, scale: float) -> None:
        self._shapes = shapes
        self._scale = scale

    def _inches(self, px: float) -> Any:
        from pptx.util import Inches

        return Inches(px / PX * self._scale)

    def _across(self, px: float) -> Any:
        from pptx.util import Inches

        return Inches(MARGIN) + self._inches(px)

    def _down(self, px: float) -> Any:
        from pptx.util import Inches

        return Inches(MARGIN + TITLE) + self._inches(px)

    def heading(self, x: float, y: float, text: str) -> None:
        shape = self._shapes.add_textbox(
            self._across(x), self._down(y - 16), self._inches(220), self._inches(22)
        )
        _write(shape.text_frame, [text], self._points(SIZE), "4c6272", bold=True)

    def box(self, box: Placed) -> Any:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        shape = self._shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            self._across(box.x),
            self._down(box.y),
            self._inches(box.w),
            self._inches(box.h),
        )
        shape.shadow.inherit = False
        ground = drawing.TAGS[box.status][1] if box.status else "#fff"
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(ground)
        edge = drawing.EDGES.get(box.level) if box.level else "#005eb8"
        shape.line.color.rgb = _colour(edge or "#aeb7bd")
        shape.line.width = Pt(2 if box.level in (None, Level.PRIMARY) else 1)
        words = " ".join(box.lines)
        _write(
            shape.text_frame,
            [words],
            self._points(SIZE),
            "212b32",
            bold=box.level in (None, Level.PRIMARY),
        )
        said = [*box.small, *([box.status.label] if box.status else [])]
        for line in said:
            paragraph = shape.text_frame.add_paragraph()
            _paragraph(paragraph, line, self._points(SMALL), "4c6272")
        named = box.level.label if box.level else "Aim"
        _described(shape, named, f"{named}: {'. '.join([words, *said])}")
        return shape

    def connect(self, parent: Any, child: Any) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR
        from pptx.util import Pt

        line = self._shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
        line.begin_connect(parent, RIGHT)
        line.end_connect(child, LEFT)
        line.line.color.rgb = _colour("768692")
        line.line.width = Pt(1.25)
        _described(line, "Line", "")

    def _points(self, px: float) -> Any:
        from pptx.util import Pt

        return Pt(round(px * POINTS * self._scale, 1))


def _write(frame: Any, lines: list[str], size: Any, colour: str, *, bold: bool = False) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.08)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    _paragraph(frame.paragraphs[0], lines[0], size, colour, bold=bold)


def _paragraph(paragraph: Any, text: str, size: Any, colour: str, *, bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = size, bold, "Arial"
    run.font.color.rgb = _colour(colour)


def _described(shape: Any, name: str, text: str) -> None:
    """Name a shape for a screen reader; without words it is an ornament."""
    named = shape._element.xpath(".//p:cNvPr")[0]
    named.set("name", name)
    named.set("descr", text)


def _colour(written: str) -> Any:
    """A colour as the pictures write it: `#fff`, `#005eb8`."""
    from pptx.dml.color import RGBColor

    bare = written.lstrip("#")
    pairs = [c * 2 for c in bare] if len(bare) == 3 else [bare[n : n + 2] for n in (0, 2, 4)]
    make: Any = RGBColor
    return make(*(int(pair, 16) for pair in pairs))
