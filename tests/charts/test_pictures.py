"""Thumbnails, bars, icons and the downloadable file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

import tracker.charts
from tracker.charts import icons, svg
from tracker.charts.bars import aim_bar, aim_strip, prediction_bar
from tracker.charts.domain import Cadence, Form, Mark, Words
from tracker.charts.measure import measure_chart
from tracker.charts.thumbnail import thumbnail
from tracker.spc.values import Assurance, Chart, Direction, Variation

ChartOf = Callable[..., Chart]
Look = Callable[[str], Any]

BIRTHS = Words("Cord", "births", Form.PERCENT, 1, Cadence.MONTH, Direction.INCREASE)
VALUES = [75, 74, 75, 79, 80, 86, 85, 86, 90, 91, 86, 97]


def test_thumbnail_has_its_size_target_centre_both_ends_and_no_limits(
    chart_of: ChartOf, look: Look
) -> None:
    chart = chart_of(VALUES, target=95, better=Direction.INCREASE)
    seen = look(thumbnail(chart, BIRTHS, ids="t"))
    assert seen.root["viewbox"] == "0 0 252 70"
    assert seen.root["class"] == "qi-spc qi-thumb"
    assert seen.words() == ["70", "100"]
    assert len(seen.find("path", stroke="#7c2855", stroke_dasharray="6 3")) == 1
    assert len(seen.find("path", stroke="#768692")) == 1
    assert not seen.find("rect", **{"class": "qi-band"})
    assert seen.title.startswith("Cord: The mean is 83.7%.")


def test_last_point_of_a_thumbnail_is_larger(chart_of: ChartOf, look: Look) -> None:
    seen = look(thumbnail(chart_of([4, 7, 5, 8, None], kind="run"), BIRTHS, ids="t"))
    assert [c["r"] for c in seen.find("circle")] == ["2.6", "2.6", "2.6", "3.9"]


def test_aim_bar_shows_baseline_target_due_date_and_latest(look: Look) -> None:
    both = aim_bar(75, 95, 85.7, 97.1, BIRTHS, ids="a", latest_name="Oct to Dec")
    large, small = look(both.large), look(both.small)
    said = {"Baseline 75%", "Target 95%", "At due date 85.7%", "Oct to Dec 97.1%"}
    assert set(large.words()) == set(small.words()) == said
    assert large.title == "Baseline 75%, when the aim was due 85.7%, now 97.1%, target 95%"
    (bar,) = large.find("rect", **{"class": "qi-mark", "height": "12"})
    (due,) = large.find("circle")
    assert float(bar["x"]) < float(due["cx"]) < float(bar["x"]) + float(bar["width"])
    assert bar["fill"] == "#005eb8"


def test_aim_bar_tells_worse_from_better_and_follows_the_chart(look: Look) -> None:
    def colour(latest: float, reading: Variation | None = None) -> str:
        bar = aim_strip(75, 95, latest, BIRTHS, ids="a", reading=reading)
        return str(look(bar).find("rect", **{"class": "qi-mark"})[0]["fill"])

    assert colour(80) == "#005eb8"
    assert colour(70) == "#ba4a00"
    assert colour(75) == "#425563"
    assert colour(80, Variation.COMMON_CAUSE) == "#425563"


@pytest.mark.parametrize(
    ("observed", "tag", "colour", "title"),
    [
        (100, "rect", "#005eb8", "Predicted 95%, observed 100%: met by 5 points"),
        (83.3, "path", "#ba4a00", "Predicted 95%, observed 83.3%: missed by 11.7 points"),
    ],
)
def test_prediction_bar_marks_met_and_missed_by_shape_and_colour(
    look: Look, observed: float, tag: str, colour: str, title: str
) -> None:
    both = prediction_bar(95, observed, Direction.INCREASE, BIRTHS, ids="p")
    for seen in (look(both.large), look(both.small)):
        assert len(seen.find(tag, fill=colour)) == 1
        assert seen.title == title
        assert seen.words()[0] == "Predicted 95%"


def test_prediction_waiting_for_its_value(look: Look) -> None:
    seen = look(prediction_bar(95, None, Direction.INCREASE, BIRTHS, ids="p").large)
    assert seen.title == "Predicted 95%, not observed yet"
    assert seen.words() == ["Predicted 95%"]


def test_icons_are_hidden_square_for_variation_and_round_for_assurance(look: Look) -> None:
    for size in (24, 28, 44):
        for reading in (*Variation, None):
            seen = look(icons.variation_icon(reading, size))
            assert seen.root["aria-hidden"] == "true"
            assert seen.root["width"] == str(size)
            assert seen.elements[1][0] == "rect"
        for assurance in Assurance:
            seen = look(icons.assurance_icon(assurance, size))
            assert seen.root["aria-hidden"] == "true"
            assert seen.elements[1][0] == "circle"


def test_variation_icon_points_the_way_the_measure_moved(look: Look) -> None:
    def end(rising: bool) -> float:
        seen = look(icons.variation_icon(Variation.IMPROVEMENT, rising=rising))
        return float(seen.find("rect", **{"class": "qi-pt"})[0]["y"])

    assert end(rising=True) < 20 < end(rising=False)


def test_assurance_icon_puts_the_target_on_its_side_with_a_tick_or_a_cross(look: Look) -> None:
    def drawn(kind: Assurance, above: bool | None = None) -> list[str]:
        seen = look(icons.assurance_icon(kind, target_above=above))
        return [p["d"] for p in seen.find("path")]

    assert drawn(Assurance.FAIL, above=True) == ["M9 9h22", "M15 15l10 10M25 15l-10 10"]
    assert drawn(Assurance.PASS, above=False) == ["M9 31h22", "M13 20l5 5l9-10"]
    assert drawn(Assurance.INCONSISTENT) == ["M6 20h28"]


def test_the_file_is_well_formed_with_the_same_content(chart_of: ChartOf) -> None:
    evil = "A & B <i> 'q' \"d\" \x0c"
    words = Words(evil, "births")
    tests = [Mark(1, evil, date(2020, 9, 1))]
    drawing = measure_chart(chart_of(VALUES), words, ids="c", tests=tests).large
    text = svg.standalone(drawing)
    root = ET.fromstring(text)  # noqa: S314 our own drawing
    name = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{name}svg"
    assert "Arial" in root.attrib["font-family"]
    kinds = [child.tag.removeprefix(name) for child in root]
    assert kinds[:3] == ["title", "desc", "rect"]
    assert root[2].attrib == {"width": "100%", "height": "100%", "fill": "#fff"}
    assert (root[0].text or "").startswith("A & B <i> 'q' \"d\" : ")
    inner = str(drawing).split("</desc>")[1]
    assert text.strip().endswith(inner)


def test_only_one_module_here_makes_markup() -> None:
    room = Path(tracker.charts.__file__).parent
    makers = [f.name for f in room.glob("*.py") if "Markup(" in f.read_text(encoding="utf-8")]
    assert makers == ["svg.py"]


def test_estimated_widths_and_numbers() -> None:
    assert svg.width("abcd", 10) == pytest.approx(22.4)
    assert svg.width("abc%", 10, bold=True) == pytest.approx(27.3)
    assert svg.cut("abcdefgh", 30, 10) == "abc…"
    assert [svg.num(v) for v in (1.0, 1.26, -0.01, 10.04)] == ["1", "1.3", "0", "10"]
    assert isinstance(svg.join(Markup("<b>"), Markup("</b>")), Markup)
