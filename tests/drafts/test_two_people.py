"""Two people and one record: nobody's text is lost, and nobody overwrites unknowingly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tracker.audit.models import AuditEvent
from tracker.db import db
from tracker.drafts.models import Draft
from tracker.pdsa.domain import CycleKind
from tracker.pdsa.services import PredictionPlan
from tracker.projects.models import Aim
from tracker.testing import factories

if TYPE_CHECKING:
    from .conftest import Two

VERSION = re.compile(r'name="version" value="(\d+)"')


def version_in(page: str) -> str:
    found = VERSION.search(page)
    assert found is not None
    return found[1]


def aim_of(two: Two) -> Aim:
    db.session.rollback()
    aim: Aim = db.session.scalars(db.select(Aim).where(Aim.project_id == two.project.id)).one()
    return aim


def differing(page: str) -> list[tuple[str, str, str]]:
    """Rows of the table of a 409: field, saved now, yours."""
    row = re.compile(
        r'<tr><th scope="row">(.*?)</th><td class="qi-pre">(.*?)</td><td class="qi-pre">(.*?)</td>'
    )
    return row.findall(page)


def test_the_second_to_save_gets_both_texts_and_nothing_is_overwritten(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    assert two.jos.post(two.url, data=two.typed(version, measure="falls")).status_code == 303

    met = two.sams.post(two.url, data=two.typed(version, measure="harm", place="Ward 4"))

    assert met.status_code == 409
    assert "Somebody else saved this first" in met.text
    assert differing(met.text) == [
        ("What will change?", "falls", "harm"),
        ("Where?", "Empty", "Ward 4"),
    ]
    assert 'value="harm"' in met.text
    assert 'value="Ward 4"' in met.text
    assert aim_of(two).measure == "falls"
    assert aim_of(two).place == ""


def test_saving_again_after_a_409_overwrites_knowingly(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    met = two.sams.post(two.url, data=two.typed(version, measure="harm"))
    again = two.sams.post(two.url, data=two.typed(version_in(met.text), measure="harm"))
    assert again.status_code == 303
    assert aim_of(two).measure == "harm"


def test_saving_after_a_409_meets_a_third_save_too(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    met = two.sams.post(two.url, data=two.typed(version, measure="harm"))
    fresh = version_in(two.jos.get(two.url).text)
    assert two.jos.post(two.url, data=two.typed(fresh, measure="slips")).status_code == 303
    third = two.sams.post(two.url, data=two.typed(version_in(met.text), measure="harm"))
    assert third.status_code == 409
    assert ("What will change?", "slips", "harm") in differing(third.text)


def test_a_409_is_kept_as_a_draft_and_tells_no_audit(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    told = db.session.scalar(db.select(db.func.count(AuditEvent.id)))
    two.sams.post(two.url, data=two.typed(version, measure="harm"))
    assert db.session.scalar(db.select(db.func.count(AuditEvent.id))) == told
    body = db.session.scalars(db.select(Draft.body).where(Draft.user_id == two.sam.id)).one()
    assert body["measure"] == ["harm"]


def test_two_who_wrote_the_same_are_told_so(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    met = two.sams.post(two.url, data=two.typed(version, measure="falls"))
    assert met.status_code == 409
    assert "They wrote the same as you" in met.text


@pytest.mark.parametrize("sent", ["", "0", "-1", "one", "1.5", "9" * 15, "9" * 400, "１", None])
def test_a_version_that_is_none_never_means_the_last_write_wins(two: Two, sent: str | None) -> None:
    typed = two.typed(sent, measure="harm")
    if sent is None:
        del typed["version"]
    answer = two.sams.post(two.url, data=typed)
    assert answer.status_code in (409, 422)
    assert 'value="harm"' in answer.text
    assert aim_of(two).measure == ""


def test_a_draft_is_offered_where_it_was_typed_and_to_its_writer_only(two: Two) -> None:
    key = f"aim/{aim_of(two).id}"
    kept = two.sams.post("/drafts", data=two.typed("1", form_key=key, measure="half a wor"))
    assert kept.status_code == 200
    assert "Draft kept at" in kept.text
    offered = two.sams.get(two.url).text
    assert "This is your draft" in offered
    assert 'value="half a wor"' in offered
    assert "half a wor" not in two.jos.get(two.url).text
    assert aim_of(two).measure == ""


def test_a_draft_dies_at_the_save(two: Two) -> None:
    key = f"aim/{aim_of(two).id}"
    two.sams.post("/drafts", data=two.typed("1", form_key=key, measure="half a wor"))
    two.sams.post(two.url, data=two.typed("1", measure="whole words"))
    assert db.session.scalar(db.select(db.func.count(Draft.id))) == 0
    assert "This is your draft" not in two.sams.get(two.url).text


def test_a_draft_that_comes_in_behind_the_save_does_not_come_back(two: Two) -> None:
    at = f"/projects/{two.project.id}/comments/project/{two.project.id}"
    typed = {"body": "Well done", "idem_key": "made-once"}
    assert two.sams.post(at, data=typed).status_code == 303
    late = {**typed, "form_key": f"comment/project/{two.project.id}"}
    assert two.sams.post("/drafts", data=late).status_code == 200
    assert "Well done</textarea>" not in two.sams.get(at).text
    two.sams.post("/drafts", data={**late, "idem_key": "another-one"})
    assert "Well done</textarea>" in two.sams.get(at).text


def test_a_draft_can_be_thrown_away(two: Two) -> None:
    key = f"aim/{aim_of(two).id}"
    two.sams.post("/drafts", data=two.typed("1", form_key=key, measure="half a wor"))
    gone = two.sams.post("/drafts/discard", data={"form_key": key, "next": two.url})
    assert (gone.status_code, gone.headers["Location"]) == (303, two.url)
    drawn = two.sams.get(two.url).text
    assert "half a wor" not in drawn
    assert "This is your draft" not in drawn


def test_a_draft_of_an_older_version_shows_what_differs_and_can_be_thrown_away(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    key = f"aim/{aim_of(two).id}"
    two.sams.post("/drafts", data=two.typed(version, form_key=key, measure="harm"))
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    back = two.sams.get(two.url)
    assert back.status_code == 200
    assert differing(back.text) == [("What will change?", "falls", "harm")]
    assert 'value="harm"' in back.text
    assert "Throw the draft away" in back.text
    assert version_in(back.text) == str(aim_of(two).version)


def test_a_draft_that_reads_like_the_newer_version_is_no_conflict(two: Two) -> None:
    version = version_in(two.sams.get(two.url).text)
    key = f"aim/{aim_of(two).id}"
    two.sams.post("/drafts", data=two.typed(version, form_key=key, measure="falls"))
    two.jos.post(two.url, data=two.typed(version, measure="falls"))
    assert "Somebody else saved this first" not in two.sams.get(two.url).text


def test_a_draft_under_a_long_or_empty_key_is_refused(two: Two) -> None:
    for key in ("", "k" * 201):
        assert two.sams.post("/drafts", data={"form_key": key, "a": "b"}).status_code == 400
    assert db.session.scalar(db.select(db.func.count(Draft.id))) == 0


def test_lists_are_compared_by_what_they_offer(two: Two) -> None:
    """Programme and measure are chosen from lists that only the view knows."""
    url = f"/projects/{two.project.id}/settings"
    version = version_in(two.sams.get(url).text)
    first = {"title": "Jo's title", "programme": "generic", "version": version}
    assert two.jos.post(url, data=first).status_code == 303
    same = two.sams.post(url, data={**first, "title": "Sam's title"})
    assert differing(same.text) == [("Project title", "Jo&#39;s title", "Sam&#39;s title")]
    other = two.sams.post(url, data={**first, "title": "Jo's title", "programme": ""})
    (field, theirs, yours), *more = differing(other.text)
    assert (field, yours, more) == ("National programme", "Empty", [])
    assert theirs not in ("Empty", "generic")


def test_a_measure_in_a_draft_of_an_older_plan_is_named(two: Two) -> None:
    falls = factories.measure(two.project, by=two.jo, title="Falls")
    slips = factories.measure(two.project, by=two.jo, title="Slips")
    cycle = factories.cycle(
        two.project,
        by=two.jo,
        kind=CycleKind.TEST,
        objective="Learn",
        predictions=[
            PredictionPlan(text="It falls"),
        ],
    )
    url = f"/projects/{two.project.id}/cycles/{cycle.id}/plan"
    plan = {
        "title": cycle.title,
        "kind": "test",
        "objective": "Learn",
        "starts_on-day": "6",
        "starts_on-month": "1",
        "starts_on-year": "2025",
        "predictions-0-text": "It falls",
        "predictions-0-value": "3",
        "predictions-0-period": "April 2026",
        "version": version_in(two.sams.get(url).text),
    }
    mine = {**plan, "predictions-0-measure_id": slips.id}
    two.sams.post("/drafts", data={**mine, "form_key": f"pdsa/{cycle.id}/plan"})
    theirs = {**plan, "predictions-0-measure_id": falls.id}
    assert two.jos.post(url, data=theirs).status_code == 303
    named = ("Predictions, row 1: Measure", "Falls (people)", "Slips (people)")
    assert named in differing(two.sams.get(url).text)
    assert named in differing(two.sams.post(url, data=mine).text)


def test_a_form_may_not_name_a_draft_that_the_tracker_writes_itself(two: Two) -> None:
    answer = two.sams.post("/drafts", data=two.typed("1", form_key="own:import-text/1"))
    assert answer.status_code == 400
