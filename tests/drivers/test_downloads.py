"""The diagram taken away: everything that is on it, in every form, and noted in the history."""

from __future__ import annotations

import io
import re
import struct

import pytest
from defusedxml.ElementTree import fromstring

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.drivers import services
from tracker.drivers.domain import Level, arrange
from tracker.drivers.layout import Words, lay_out, split
from tracker.drivers.outline import read
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn

from .conftest import Small

TEXTS = ("Team readiness", "Equipment", "Policy", "Room", "Prompt card", "Trolley")


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


@pytest.fixture
def home(project: Project) -> str:
    return f"/projects/{project.id}/drivers"


def test_the_drawing_has_every_box_a_title_and_the_outline_as_its_description(
    jo: TrackerClient, home: str, small: Small
) -> None:
    answer = jo.get(f"{home}.svg")
    drawing = fromstring(answer.data)
    said = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert set(TEXTS) <= set(said)
    assert "Also serves Room" in said
    assert "Driver diagram: Optimal cord management" in answer.text
    assert "        - Prompt card" in answer.text
    assert " style=" not in answer.text


def test_the_picture_is_as_wide_as_a_slide_needs(
    jo: TrackerClient, home: str, small: Small
) -> None:
    data = jo.get(f"{home}.png").data
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20])[0] > 2000


def test_the_page_for_paper_is_a_pdf(jo: TrackerClient, home: str, small: Small) -> None:
    answer = jo.get(f"{home}.pdf")
    assert answer.data.startswith(b"%PDF-1.7")
    assert "filename=optimal-cord-management-drivers.pdf" in answer.headers["Content-Disposition"]


def test_the_slide_is_one_with_boxes_words_and_connectors_that_hold_on(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    from pptx import Presentation
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    factories.cycle(project, by=lead, change_idea="Trolley")
    deck = Presentation(io.BytesIO(jo.get(f"{home}.pptx").data))
    (slide,) = deck.slides
    boxes = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
    assert {b.text_frame.paragraphs[0].text for b in boxes} >= set(TEXTS)
    described = [b._element.xpath(".//p:cNvPr")[0].get("descr") for b in boxes]
    assert "Change idea: Trolley. Testing" in described
    lines = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE]
    assert len(lines) == len(TEXTS), "one to each box but the aim"
    ends = {s.shape_id for s in boxes}
    for line in lines:
        held = line._element.xpath(".//a:stCxn/@id | .//a:endCxn/@id")
        assert {int(each) for each in held} <= ends
        assert len(held) == 2
    assert slide.shapes.title.text == "Driver diagram: Optimal cord management"
    assert "Prompt card" in slide.notes_slide.notes_text_frame.text


def test_the_text_can_be_pasted_in_again(jo: TrackerClient, home: str, small: Small) -> None:
    answer = jo.get(f"{home}.txt")
    assert answer.text.startswith("Team readiness\n    Policy\n        - Prompt card\n")
    assert {n.text for n in read(answer.text).nodes.values()} == set(TEXTS)


def test_each_download_is_noted(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    for ending in ("svg", "txt"):
        assert jo.get(f"{home}.{ending}").status_code == 200
    db.session.rollback()
    noted = db.session.scalars(
        db.select(AuditEvent).where(
            AuditEvent.action == "data.exported", AuditEvent.project_id == project.id
        )
    ).all()
    assert [event.detail["as"] for event in noted] == ["svg", "txt"]


def test_an_empty_diagram_can_be_taken_away_too(jo: TrackerClient, home: str) -> None:
    for ending in ("svg", "png", "pdf", "pptx", "txt"):
        assert jo.get(f"{home}.{ending}").status_code == 200, ending


def test_markup_in_words_is_words(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    with unit_of_work():
        services.add_driver(project, Level.PRIMARY, "<b>&\"bold'", by=lead)
    for ending in ("svg", "pdf", "pptx"):
        answer = jo.get(f"{home}.{ending}")
        assert answer.status_code == 200
        assert b"<b>" not in answer.data
    assert "&lt;b&gt;" in jo.get(home).text


def test_no_two_boxes_of_a_large_diagram_touch_and_each_parent_is_beside_its_children() -> None:
    text = "\n".join(
        f"Primary {p}\n"
        + "\n".join(
            f"  Secondary {p}.{s}, which says a little more than fits on one line\n"
            + "\n".join(f"    - Idea {p}.{s}.{i} " + "word " * (i * 5) for i in range(3))
            for s in range(3)
        )
        for p in range(7)
    )
    layout = lay_out("Aim", arrange(read(text)), Words({}, {}))
    for n, a in enumerate(layout.boxes):
        for b in layout.boxes[n + 1 :]:
            apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
            assert apart, (a, b)
    for n, box in enumerate(layout.boxes):
        under = [b for b in layout.boxes if b.parent == n]
        if under:
            assert under[0].y - 1 <= box.middle <= under[-1].y + under[-1].h + 1
    assert max(b.y + b.h for b in layout.boxes) <= layout.height


def test_sheets_hold_whole_primary_drivers_and_all_of_them() -> None:
    arranged = arrange(read("A\n - a\n - b\nB\n - c\nC\n - d\nNot placed yet:\n - e\n"))

    def fits(part: object) -> bool:
        return len(re.findall("Level.IDEA", str(part))) <= 2

    parts = split(arranged, fits)
    assert [[b.node.text for b in part.placed] for part in parts] == [["A"], ["B", "C"], []]
    assert [b.node.text for b in parts[-1].unplaced] == ["e"]
