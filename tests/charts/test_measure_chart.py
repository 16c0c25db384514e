"""The chart of a measure: what is drawn for what the analysis says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tracker.charts.domain import Cadence, Drawings, Event, Form, Mark, Words
from tracker.charts.measure import measure_chart
from tracker.charts.signals import signals
from tracker.spc.values import Chart, Direction, Part, Point

ChartOf = Callable[..., Chart]
Look = Callable[[str], Any]
Sound = Callable[[str, Any], None]
Months = Callable[..., list[date]]

WORDS = Words("People on more than 120 mg a day", "people", better=Direction.DECREASE)
TESTS = [
    Mark(1, "Review template", date(2021, 10, 4), date(2021, 10, 20)),
    Mark(2, "Nine practices", date(2021, 12, 3), date(2022, 2, 10)),
    Mark(3, "Taper guide", date(2022, 5, 9), date(2022, 6, 24)),
    Mark(4, "Two-part plan", date(2022, 8, 5)),
]
EVENTS = [
    Event("A", "Bank holidays moved", date(2021, 6, 3)),
    Event("B", "Extra bank holidays", date(2022, 6, 2)),
    Event("C", "Boards began", date(2022, 7, 1)),
]
PHASE = date(2022, 1, 1)


@pytest.fixture
def opioids(chart_of: ChartOf, opioid_values: list[float]) -> Chart:
    return chart_of(opioid_values, target=1100, rebase=[PHASE])


@pytest.fixture
def drawn(opioids: Chart) -> Drawings:
    return measure_chart(
        opioids, WORDS, ids="c", tests=TESTS, events=EVENTS, not_yet_from=date(2022, 11, 1),
        phases=("baseline",),
    )  # fmt: skip


def test_the_two_drawings_have_their_sizes_classes_and_one_name_each(
    drawn: Drawings, look: Look, sound: Sound
) -> None:
    large, small = look(drawn.large), look(drawn.small)
    assert large.root["viewbox"] == "0 0 812 476"
    assert small.root["viewbox"] == "0 0 340 400"
    assert large.root["class"] == "qi-spc qi-spc--large"
    assert small.root["class"] == "qi-spc qi-spc--small"
    ids = [a["id"] for s in (large, small) for _, a in s.elements if "id" in a]
    assert len(ids) == 4
    assert len(set(ids)) == 4
    for seen in (large, small):
        assert seen.root["role"] == "img"
        assert seen.root["aria-labelledby"].split() == [
            a["id"] for _, a in seen.elements if "id" in a
        ]
    sound(str(drawn.large), large)
    sound(str(drawn.small), small)


def test_title_states_the_finding_and_description_the_kind(drawn: Drawings, look: Look) -> None:
    seen = look(drawn.large)
    assert seen.title == (
        "People on more than 120 mg a day: The mean fell from 1,269 to 1,195 people a month from"
        " January 2022. There are 2 signals; the latest value was 1,141 in October 2022."
    )
    assert seen.desc.startswith("XmR chart, July 2020 to October 2022, 2 phases. Limits are prov")


def test_each_phase_has_its_own_band_mean_and_limits(drawn: Drawings, look: Look) -> None:
    seen = look(drawn.large)
    assert len(seen.find("rect", **{"class": "qi-band"})) == 2
    means = seen.find("path", stroke="#212b32", stroke_width="1.5")
    assert len(means) == 2
    assert means[0]["d"].split("H")[1] == means[1]["d"][1:].split()[0]
    names = seen.words()
    assert "Phase 1: baseline, mean 1,269" in names
    assert "Phase 2: from January 2022" in names
    assert {"Phase 1", "Phase 2"} <= set(look(drawn.small).words())


def test_limits_are_finely_dashed_while_provisional(drawn: Drawings, look: Look) -> None:
    seen = look(drawn.large)
    assert len(seen.find("path", stroke="#4c6272", stroke_dasharray="6 4")) == 2
    assert len(seen.find("path", stroke="#4c6272", stroke_dasharray="2 4")) == 2


def test_signals_are_ringed_numbered_and_told_in_a_few_words(
    drawn: Drawings, opioids: Chart, look: Look
) -> None:
    assert [s.reason for s in signals(opioids)] == [
        "Above upper limit",
        "Two of three near lower limit",
    ]
    large, small = look(drawn.large), look(drawn.small)
    assert "1 Above upper limit" in large.words()
    assert "2 Two of three near lower limit" in large.words()
    assert len(large.find("circle", r="11")) == len(small.find("circle", r="11")) == 2
    assert {"1", "2"} <= set(small.words())
    assert not any("upper limit" in words for words in small.words())


def test_an_explained_signal_keeps_its_ring_without_words(opioids: Chart, look: Look) -> None:
    seen = look(measure_chart(opioids, WORDS, ids="c", explained=[date(2022, 6, 1)]).large)
    assert len(seen.find("circle", r="11")) == 2
    assert "1 Above upper limit" not in seen.words()
    assert "1" in seen.words()


def test_words_of_a_signal_keep_clear_of_rings_and_of_the_line(drawn: Drawings, look: Look) -> None:
    seen = look(drawn.large)
    rings = [(float(c["cx"]), float(c["cy"])) for c in seen.find("circle", r="11")]
    for text in seen.texts:
        if text.words[:2] in ("1 ", "2 "):
            left, top, right, bottom = text.box
            assert not any(left < x + 11 and x - 11 < right and top < y + 11 and y - 11 < bottom
                           for x, y in rings)  # fmt: skip


def test_end_labels_are_pushed_17_px_apart(chart_of: ChartOf, look: Look) -> None:
    chart = chart_of([50, 50.1, 49.9, 50, 50.1] * 5 + [90.0], target=51)
    seen = look(measure_chart(chart, WORDS, ids="c").large)
    ys = sorted(float(t.attrs["y"]) for t in seen.texts if t.attrs["font-size"] == "13")
    assert len(ys) == 4
    assert all(b - a >= 16.9 for a, b in pairwise(ys))


def test_small_drawing_has_fewer_months_and_only_the_target_named(
    drawn: Drawings, look: Look
) -> None:
    large, small = look(drawn.large), look(drawn.small)
    months = [sum(w[:3] in ("Jul", "Oct", "Jan", "Apr") for w in s.words()) for s in (large, small)]
    assert months[0] == 10
    assert 3 <= months[1] <= 5
    assert "Target 1,100" in small.words()
    assert not any(w.startswith(("Upper", "Lower", "Mean")) for w in small.words())


def test_both_ends_of_both_axes_are_printed(drawn: Drawings, look: Look) -> None:
    for seen in (look(drawn.large), look(drawn.small)):
        assert {"1,050", "1,350", "Jul 20", "Oct 22"} <= set(seen.words())


def test_months_not_yet_in_are_a_block_with_words(drawn: Drawings, look: Look) -> None:
    seen = look(drawn.large)
    (block,) = seen.find("rect", **{"class": "qi-lag"})
    last = max(float(r["x"]) for r in seen.find("rect", **{"class": "qi-pt"}))
    assert float(block["x"]) > last
    assert {"Not yet", "in"} <= set(seen.words())


def test_tests_and_events_stand_in_lanes_and_start_a_dotted_line(
    drawn: Drawings, look: Look
) -> None:
    seen = look(drawn.large)
    pills = seen.find("rect", rx="9")
    assert len(pills) == 4
    assert len(seen.find("path", stroke="#330072", stroke_dasharray="2 4")) == 4
    assert {"Tests", "Events", "A", "B", "C"} <= set(seen.words())
    assert "Test 3: Taper guide" in seen.hovers
    edges = [(float(p["x"]), float(p["x"]) + float(p["width"])) for p in pills]
    assert all(a[1] <= b[0] for a, b in pairwise(edges))


def test_lanes_are_left_out_when_there_is_nothing_for_them(opioids: Chart, look: Look) -> None:
    seen = look(measure_chart(opioids, WORDS, ids="c").large)
    assert not {"Tests", "Events"} & set(seen.words())


def test_more_marks_than_fit_are_drawn_together_never_lost(
    opioids: Chart, look: Look, sound: Sound
) -> None:
    many = [Mark(i, f"t{i}", date(2022, 3, 1 + i % 28), None) for i in range(1, 26)]
    both = measure_chart(opioids, WORDS, ids="c", tests=many)
    for drawing in (both.large, both.small):
        seen = look(drawing)
        sound(str(drawing), seen)
        told = " ".join(h for h in seen.hovers if h.startswith("Test"))
        assert all(f"Test {i}: t{i}" in told for i in range(1, 26))


def test_a_test_long_before_the_data_does_not_squeeze_the_chart(opioids: Chart, look: Look) -> None:
    old = Mark(9, "Old", date(2010, 1, 1), date(2010, 2, 1))
    seen = look(measure_chart(opioids, WORDS, ids="c", tests=[old]).large)
    assert not seen.find("rect", rx="9")


def series_line(seen: Any) -> str:
    (line,) = seen.find("path", stroke="#425563", stroke_width="1.75")
    return str(line["d"])


def test_a_missing_month_leaves_a_gap_in_the_line(
    chart_of: ChartOf, months: Months, look: Look
) -> None:
    whole = look(measure_chart(chart_of([5, 6, 7, 6, 5, 6]), WORDS, ids="c").large)
    gap = look(measure_chart(chart_of([5, 6, None, 6, 5, 6]), WORDS, ids="c").large)
    dates = [d for i, d in enumerate(months(7)) if i != 3]
    left_out = look(measure_chart(chart_of([5, 6, 7, 6, 5, 6], dates), WORDS, ids="c").large)
    assert series_line(whole).count("M") == 1
    assert series_line(gap).count("M") == 2
    assert series_line(left_out).count("M") == 2


def test_no_eligible_cases_is_an_open_circle_on_the_axis(
    chart_of: ChartOf, months: Months, look: Look
) -> None:
    chart = chart_of([5, 6, None, 6, 5, 6])
    seen = look(measure_chart(chart, WORDS, ids="c", no_eligible=[months(3)[2]]).large)
    (circle,) = seen.find("circle", fill="#fff")
    (axis,) = seen.find("path", stroke="#768692", d=f"M54 {circle['cy']}H718")
    assert axis
    assert "September 2020: no eligible cases" in seen.hovers


def test_run_chart_has_a_median_and_no_limits(chart_of: ChartOf, look: Look, sound: Sound) -> None:
    chart = chart_of([8, 9, 7, 8, 9, 8, 9, 9, 10, 11, 10, 12], kind="run")
    both = measure_chart(chart, WORDS, ids="c")
    seen = look(both.large)
    sound(str(both.large), seen)
    assert "Median 9" in seen.words()
    assert not seen.find("path", stroke_dasharray="6 4")
    assert not seen.find("path", stroke_dasharray="2 4")
    assert not seen.find("rect", **{"class": "qi-band"})


def test_points_outside_are_signals_on_other_charts_too(chart_of: ChartOf, look: Look) -> None:
    chart = chart_of([4, 7, 5, 8, 3, 6, 8, 4, 6, 3, 7, 40.0], kind="i")
    seen = look(measure_chart(chart, WORDS, ids="c").large)
    assert "1 Above upper limit" in seen.words()
    assert seen.find("path", fill="#ba4a00")


def test_without_a_direction_a_signal_is_a_purple_diamond(chart_of: ChartOf, look: Look) -> None:
    chart = chart_of([4, 7, 5, 8, 3, 6, 8, 4, 8, 6, 7, 19.0], better=Direction.NEUTRAL)
    seen = look(measure_chart(chart, Words("Moves", "moves"), ids="c").large)
    (diamond,) = seen.find("path", fill="#330072")
    assert diamond["d"].count("l") == 3


def test_limits_that_differ_by_point_are_drawn_as_steps(
    months: Months, look: Look, sound: Sound
) -> None:
    points = tuple(
        Point(x, 5.0 + i % 2, 10.0, 5.5, 3.0 - i % 3, 8.0 + i % 3, 1)
        for i, x in enumerate(months(15))
    )
    chart = Chart("u", points, (Part(1, 0, 14, 5.5, None, None, False),))
    drawing = measure_chart(chart, WORDS, ids="c").large
    seen = look(drawing)
    sound(str(drawing), seen)
    lines = seen.find("path", stroke_dasharray="6 4")
    assert len(lines) == 2
    assert all(line["d"].count("V") == 14 for line in lines)


def test_words_of_people_are_escaped_everywhere(opioids: Chart) -> None:
    evil = "<script>alert('x')</script> & \"co\" \x00\x0b"
    both = measure_chart(
        opioids, replace(WORDS, title=evil, unit=evil), ids="c", phases=(evil,),
        tests=[Mark(1, evil, date(2021, 6, 1))], events=[Event("A", evil, date(2021, 6, 1))],
    )  # fmt: skip
    text = str(both.large + both.small)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "\x00" not in text
    assert "\x0b" not in text


def test_both_drawings_print_one_after_the_other(drawn: Drawings) -> None:
    assert drawn.__html__() == drawn.large + drawn.small


def test_percentages_do_not_run_past_a_hundred(chart_of: ChartOf, look: Look) -> None:
    words = Words("Cord", "births", Form.PERCENT, 1, Cadence.MONTH, Direction.INCREASE)
    chart = chart_of([90, 95, 100, 100, 92, 100, 96, 100], better=Direction.INCREASE, kind="run")
    seen = look(measure_chart(chart, words, ids="c").large)
    assert "100%" in seen.words()
    assert not {"102%", "105%", "110%", "120%"} & set(seen.words())
