"""Two people save one record: what one changed is merged, what both changed is side by side.

For every form of the app, as a browser without script sends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tracker.db import db, unit_of_work
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind
from tracker.pdsa.domain import CycleKind
from tracker.pdsa.services import PredictionPlan, TaskPlan
from tracker.plugin_api import Cadence
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in

if TYPE_CHECKING:
    from .conftest import Two

Fields = dict[str, str]


def cycle(two: Two) -> str:
    made = factories.cycle(
        two.project,
        by=two.jo,
        kind=CycleKind.TEST,
        objective="Learn",
        predictions=[PredictionPlan(text="Fewer falls"), PredictionPlan(text="Quicker")],
        tasks=[TaskPlan(what="Print cards")],
    )
    return f"/projects/{two.project.id}/cycles/{made.id}"


def measure(two: Two, path: str = "", **counting: Any) -> str:
    made = factories.measure(two.project, by=two.jo, title="Falls", **counting)
    if counting.get("cadence") is None:
        factories.points(made, [3, 5], first=date(2026, 9, 1), by=two.jo)
    return f"/projects/{two.project.id}/measures/{made.id}{path}"


def event(two: Two) -> str:
    address = measure(two)
    with unit_of_work():
        made = measures.annotate(
            two.project,
            kind=AnnotationKind.POLICY,
            starts_on=date(2026, 3, 3),
            text="Guidance",
            by=two.jo,
        )
    return f"{address}/events/{made.id}"


@dataclass(frozen=True)
class Case:
    """A form, and three things to type: one by each person alone, and one that both change."""

    name: str
    make: Callable[[Two], str]
    jos: Fields
    sams: Fields
    fixed: Fields | None = None


def on(name: str, day: str) -> Fields:
    return {f"{name}-day": day, f"{name}-month": "3", f"{name}-year": "2026"}


CASES = [
    Case("aim", lambda t: t.url, {"target": "95"}, {"place": "Ward 4"}),
    Case(
        "project settings",
        lambda t: f"/projects/{t.project.id}/settings",
        {"problem": "Too many falls"},
        {"title": "Fewer falls", "sites": "Ward 4"},
    ),
    Case(
        "close",
        lambda t: f"/projects/{t.project.id}/close",
        on("closed_on", "2"),
        {"note": "The ward moved"},
        {"status": "finished"},
    ),
    Case("plan", lambda t: cycle(t) + "/plan", {"theory": "It nudges"}, {"scale": "One shift"}),
    Case(
        "plan: a list and a text",
        lambda t: cycle(t) + "/plan",
        {"predictions-1-text": "Slower", "tasks-1-what": "Ask Ward 4"},
        {"objective": "Learn more"},
    ),
    Case(
        "plan: two lists",
        lambda t: cycle(t) + "/plan",
        {"predictions-2-text": "Cheaper"},
        {"tasks-0-who": "The ward clerk"},
    ),
    Case(
        "do",
        lambda t: cycle(t) + "/do",
        {"observations": "It went well"},
        {"problems": "No pens"},
        {"done_as_planned": "yes"},
    ),
    Case(
        "study: rows of a list",
        lambda t: cycle(t) + "/study",
        {"results-0-result": "Half as many", "results-0-was_met": "yes"},
        {"results-1-result": "No change"},
        {"learned": "That it helps"},
    ),
    Case(
        "act",
        lambda t: cycle(t) + "/act",
        on("decided_on", "2"),
        {"next_change": "Ask at night"},
        {"decision": "abandon"},
    ),
    Case(
        "own measure",
        lambda t: measure(t, "/edit"),
        {"title": "Falls with harm"},
        {"owner": "Ward clerk", "target": "2"},
    ),
    Case(
        "figures",
        lambda t: measure(t, "/enter"),
        {"rows-0-value": "9"},
        {"rows-1-value": "8", "rows-1-note": "Moved wards"},
    ),
    Case("event", event, on("ends_on", "9") | {"kind": "calendar"}, {"text": "New guidance"}),
]


def send(client: TrackerClient, url: str, form: Fields, typed: Fields) -> Any:
    return client.post(url, data=form | typed)


def both_open(two: Two, case: Case) -> tuple[str, Fields]:
    """Both people have the form open as the record stands."""
    url = case.make(two)
    return url, form_in(two.sams.get(url).text) | (case.fixed or {})


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_what_only_one_changed_is_merged_and_both_are_saved(two: Two, case: Case) -> None:
    url, form = both_open(two, case)
    assert send(two.jos, url, form, case.jos).status_code == 303

    met = send(two.sams, url, form, case.sams)
    assert met.status_code == 409
    assert "Jo Example saved this at" in met.text
    assert "Only Jo Example changed these" in met.text
    assert "Yours, not saved yet" not in met.text
    merged = form_in(met.text)
    assert {name: merged.get(name) for name in case.jos | case.sams} == case.jos | case.sams

    assert send(two.sams, url, merged, {}).status_code == 303
    held = form_in(two.jos.get(url).text)
    assert {name: held.get(name) for name in case.jos | case.sams} == case.jos | case.sams


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_what_both_changed_stands_side_by_side_and_the_form_holds_yours(
    two: Two, case: Case
) -> None:
    url, form = both_open(two, case)
    name = next(n for n in case.sams if not n.endswith(("-day", "-month", "-year")))
    yours = {name: "7" if case.sams[name].isdigit() else "Mine"}
    assert send(two.jos, url, form, case.jos | case.sams).status_code == 303

    met = send(two.sams, url, form, yours)
    assert met.status_code == 409
    assert "Yours, not saved yet" in met.text
    assert re.search(r"Jo Example, saved at \d+:\d\d[ap]m", met.text)
    table = met.text[met.text.index("<caption") : met.text.index("</table>")]
    assert case.sams[name] in table
    assert yours[name] in table
    merged = form_in(met.text)
    assert merged[name] == yours[name]
    held = form_in(two.jos.get(url).text)
    assert held[name] == case.sams[name], "nothing is written before a person has seen both"
    # Knowingly: with both texts read, yours is saved.
    assert send(two.sams, url, merged, {}).status_code == 303
    assert form_in(two.jos.get(url).text)[name] == yours[name]


def test_a_list_that_both_changed_is_shown_as_a_whole(two: Two) -> None:
    url = cycle(two) + "/plan"
    form = form_in(two.sams.get(url).text)
    send(two.jos, url, form, {"tasks-0-what": "Buy pens", "tasks-1-what": "Ask Ward 4"})
    met = send(two.sams, url, form, {"tasks-2-what": "Tell the night shift"})
    table = met.text[met.text.index("<caption") : met.text.index("</table>")]
    for words in ("Buy pens", "Print cards", "Ask Ward 4", "Tell the night shift"):
        assert words in table
    assert "Tasks, row 1: What" in table
    merged = form_in(met.text)
    assert (merged["tasks-0-what"], merged["tasks-2-what"]) == (
        "Print cards",
        "Tell the night shift",
    )


def test_a_draft_of_an_older_version_takes_in_what_others_changed(two: Two) -> None:
    form = form_in(two.sams.get(two.url).text)
    two.sams.post("/drafts", data=form | {"place": "Ward 4"})
    send(two.jos, two.url, form, {"target": "95"})
    back = two.sams.get(two.url)
    assert "Only Jo Example changed these" in back.text
    merged = form_in(back.text)
    assert (merged["place"], merged["target"]) == ("Ward 4", "95")
    assert send(two.sams, two.url, merged, {}).status_code == 303


def test_a_draft_beside_a_change_elsewhere_is_no_conflict(two: Two) -> None:
    form = form_in(two.sams.get(two.url).text)
    two.sams.post("/drafts", data=form | {"place": "Ward 4"})
    send(two.jos, two.url, form, {})
    assert "saved this first" not in two.sams.get(two.url).text


def test_a_merge_meets_a_third_save_too(two: Two) -> None:
    form = form_in(two.sams.get(two.url).text)
    send(two.jos, two.url, form, {"target": "95"})
    merged = form_in(send(two.sams, two.url, form, {"place": "Ward 4"}).text)
    send(two.jos, two.url, form_in(two.jos.get(two.url).text), {"target": "98", "measure": "falls"})
    third = send(two.sams, two.url, merged, {})
    assert third.status_code == 409
    again = form_in(third.text)
    assert (again["target"], again["measure"], again["place"]) == ("98", "falls", "Ward 4")


@pytest.mark.parametrize("made_up", ["", "target:0", "x" * 50_000, "target target::", "\x00é:é"])
def test_a_made_up_fingerprint_saves_nothing_by_itself(two: Two, made_up: str) -> None:
    form = form_in(two.sams.get(two.url).text)
    send(two.jos, two.url, form, {"target": "95"})
    met = send(two.sams, two.url, form | {"drawn_from": made_up}, {"target": "50"})
    assert met.status_code == 409
    assert form_in(met.text)["target"] == "50"
    assert ">95<" in met.text
    assert form_in(two.jos.get(two.url).text)["target"] == "95"


def test_what_one_emptied_is_said(two: Two) -> None:
    first = form_in(two.sams.get(two.url).text)
    send(
        two.jos, two.url, first, {"target": "95", "by-day": "1", "by-month": "3", "by-year": "2027"}
    )
    form = form_in(two.sams.get(two.url).text)
    emptied = {"target": "", "by-day": "", "by-month": "", "by-year": ""}
    send(two.jos, two.url, form, emptied)
    met = send(two.sams, two.url, form, {"place": "Ward 4"})
    assert "Emptied" in met.text
    merged = form_in(met.text)
    assert {name: merged[name] for name in emptied} == emptied


def test_the_same_person_in_two_windows_is_called_so(two: Two) -> None:
    form = form_in(two.sams.get(two.url).text)
    send(two.sams, two.url, form, {"target": "95"})
    met = send(two.sams, two.url, form, {"place": "Ward 4"})
    assert "You saved this in another window first" in met.text
    assert "Only you changed these" in met.text


def test_an_event_that_both_entered_is_not_overwritten_unseen(two: Two) -> None:
    url = measure(two, "/enter", cadence=Cadence.PER_EVENT)
    form = form_in(two.sams.get(url).text)
    typed = {"rows-0-when": "13/10/2026", "rows-0-value": "5"}
    assert send(two.jos, url, form, typed).status_code == 303
    met = send(two.sams, url, form, typed | {"rows-0-value": "6"})
    assert met.status_code == 409
    table = met.text[met.text.index("<caption") : met.text.index("</table>")]
    assert ">5<" in table
    assert ">6<" in table


def test_the_fingerprints_of_a_large_form_stay_small(two: Two) -> None:
    form = form_in(two.sams.get(cycle(two) + "/plan").text)
    assert len(form["drawn_from"]) < 500
    form = form_in(two.sams.get(measure(two, "/enter")).text)
    assert len(form["drawn_from"]) < 700
    db.session.rollback()
