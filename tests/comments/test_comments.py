"""What a coach and a team write to each other."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.comments import queries
from tracker.comments import services as comments
from tracker.comments.models import Comment
from tracker.db import db, unit_of_work
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient

NewClient = Callable[[], TrackerClient]


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Safer pain care", by=lead)


@pytest.fixture
def cycle(project: Project, lead: User) -> PdsaCycle:
    return factories.cycle(project, by=lead, title="Ask at discharge")


@pytest.fixture
def coach(project: Project) -> User:
    return factories.member(project, role=Role.COACH, user=factories.person("Cas Coach"))


@pytest.fixture
def cas(coach: User, new_client: NewClient) -> TrackerClient:
    client = new_client()
    client.sign_in(coach)
    return client


@pytest.fixture
def jo(lead: User, new_client: NewClient) -> TrackerClient:
    client = new_client()
    client.sign_in(lead)
    return client


def write_url(subject: Project | PdsaCycle, project: Project, back: str = "") -> str:
    url = f"/projects/{project.id}/comments/{subject.__tablename__}/{subject.id}"
    return f"{url}?next={back}" if back else url


def written() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Comment.body).order_by(Comment.id)))


def test_a_coach_reads_a_cycle_comments_and_the_lead_sees_it_at_home(
    cas: TrackerClient, jo: TrackerClient, project: Project, cycle: PdsaCycle
) -> None:
    page = f"/projects/{project.id}/cycles/{cycle.id}"
    read = cas.get(page).text
    link = re.search(r'href="([^"]+/comments/pdsa_cycle/[^"]+)"', read)
    assert link is not None
    assert cas.get(link[1]).status_code == 200
    sent = cas.post(link[1], data={"body": "Why this ward?\n\nAnd why now?", "idem_key": "k"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{page}#comments")

    home = jo.get("/").text
    assert "Why this ward?" in home
    assert "Cas Coach" in home
    assert "Safer pain care" in home
    assert f'href="{page}#comments"' in home
    assert "Why this ward?" in jo.get(page).text
    assert "Why this ward?" not in cas.get("/").text


def test_a_comment_is_told_without_its_words(
    cas: TrackerClient, project: Project, cycle: PdsaCycle, coach: User
) -> None:
    cas.post(write_url(cycle, project), data={"body": "Why this ward?"})
    row = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action == "comment.added")
    ).one()
    assert (row.project_id, row.user_id, row.subject_kind) == (project.id, coach.id, "comment")
    assert "ward" not in str(row.detail)


def test_a_double_press_writes_one_comment(
    cas: TrackerClient, project: Project, cycle: PdsaCycle
) -> None:
    typed = {"body": "Why this ward?", "idem_key": str(uuid.uuid4())}
    for _ in range(2):
        assert cas.post(write_url(cycle, project), data=typed).status_code == 303
    assert written() == ["Why this ward?"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (" \n ", "Write a comment"),
        ("x" * 4001, "use 4,000 characters or fewer"),
        ("About 943 476 5919", "this looks like an NHS number"),
    ],
)
def test_a_refused_comment_keeps_its_words(
    cas: TrackerClient, project: Project, cycle: PdsaCycle, body: str, message: str
) -> None:
    refused = cas.post(write_url(cycle, project), data={"body": body})
    assert refused.status_code == 422
    assert message in refused.text
    assert body.strip() in refused.text
    assert written() == []


def test_a_comment_can_be_taken_back_by_its_writer_alone(
    cas: TrackerClient, jo: TrackerClient, project: Project, cycle: PdsaCycle, coach: User
) -> None:
    comment = factories.comment(cycle, "Not well put", by=coach)
    url = f"/projects/{project.id}/comments/{comment.id}/take-back"
    page = f"/projects/{project.id}/cycles/{cycle.id}"
    assert url not in jo.get(page).text
    assert jo.post(url).status_code == 403
    assert "Not well put" in jo.get(page).text
    assert cas.post(url, data={"next": page}).headers["Location"] == f"{page}#comments"
    for shown in (page, "/", f"/projects/{project.id}"):
        assert "Not well put" not in jo.get(shown).text
    assert cas.post(url).status_code == 404
    actions = db.session.scalars(
        db.select(AuditEvent.action).where(AuditEvent.user_id == coach.id).order_by(AuditEvent.seq)
    )
    assert list(actions)[-1] == "comment.deleted"


def test_nobody_comments_beside_a_deleted_cycle(
    cas: TrackerClient, project: Project, cycle: PdsaCycle, lead: User
) -> None:
    with unit_of_work():
        pdsa.delete(cycle, by=lead)
    assert cas.get(write_url(cycle, project)).status_code == 404
    assert cas.post(write_url(cycle, project), data={"body": "Hello"}).status_code == 404
    assert written() == []


def test_comments_beside_a_deleted_cycle_lead_nobody_to_a_missing_page(
    jo: TrackerClient, project: Project, cycle: PdsaCycle, lead: User, coach: User
) -> None:
    factories.comment(cycle, "Why this ward?", by=coach)
    page = f"/projects/{project.id}/cycles/{cycle.id}"
    assert page in jo.get("/").text
    with unit_of_work():
        pdsa.delete(cycle, by=lead)
    for shown in ("/", f"/projects/{project.id}"):
        assert page not in jo.get(shown).text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", " /"]
)
def test_after_a_comment_nobody_is_sent_to_another_site(
    cas: TrackerClient, project: Project, cycle: PdsaCycle, back: str, coach: User
) -> None:
    sent = cas.post(write_url(cycle, project, back), data={"body": "Hello"})
    assert sent.headers["Location"] == f"/projects/{project.id}#comments"
    assert "evil" not in cas.get(write_url(cycle, project, back)).text.split("<form")[0]
    comment = factories.comment(cycle, by=coach)
    url = f"/projects/{project.id}/comments/{comment.id}/take-back"
    sent = cas.post(url, data={"next": back})
    assert sent.headers["Location"] == f"/projects/{project.id}#comments"


def test_comments_beside_one_row_are_not_shown_beside_another(
    project: Project, lead: User, coach: User
) -> None:
    first, second = (factories.cycle(project, by=lead) for _ in range(2))
    factories.comment(first, "To the first", by=coach)
    factories.comment(project.aim, "To the aim", by=coach)
    assert [c.body for c in queries.beside(first)] == ["To the first"]
    assert list(queries.beside(second)) == []
    assert [c.body for c in queries.beside(project.aim)] == ["To the aim"]


def test_latest_comments_are_of_ones_own_projects_and_by_others(
    project: Project, lead: User, coach: User
) -> None:
    other = factories.project()
    factories.comment(other, "Elsewhere", by=coach)
    factories.comment(project, "My own", by=lead)
    for number in range(7):
        factories.comment(project, f"Number {number}", by=coach)
    latest = queries.latest_for(lead, [project.id])
    assert [c.body for c in latest] == [f"Number {n}" for n in (6, 5, 4, 3, 2)]
    assert list(queries.latest_for(lead, [])) == []


def test_a_comment_on_a_field_is_marked_where_the_field_is_read(
    cas: TrackerClient, jo: TrackerClient, project: Project, cycle: PdsaCycle
) -> None:
    page = f"/projects/{project.id}/cycles/{cycle.id}"
    form = cas.get(write_url(cycle, project)).text
    assert "Plan: scale" in form
    cas.post(write_url(cycle, project), data={"body": "How many?", "field": "scale"})
    cas.post(write_url(cycle, project), data={"body": "Well done", "field": ""})
    read = jo.get(page).text
    said = db.session.scalars(db.select(Comment).order_by(Comment.id)).first()
    assert said is not None
    assert (said.field, said.role) == ("scale", "Team member")
    assert f'<dt>Scale</dt><dd>Not said <a class="qi-said" href="#comment-{said.id}">' in read
    assert read.count("qi-said") == 1
    assert 'On <span class="qi-strong">Plan: scale</span>' in read
    assert "2 open" in read


def test_every_field_offered_stays_and_no_other_is_taken(
    cas: TrackerClient, project: Project, cycle: PdsaCycle
) -> None:
    for subject in (project, project.aim, cycle, factories.measure(project)):
        names = queries.field_names(subject)
        assert len(set(names.values())) == len(names) > 5
        url = write_url(subject, project)  # type: ignore[arg-type]
        assert cas.get(f"{url}?field={next(iter(names))}").text.count(" selected") == 1
        assert cas.post(url, data={"body": "?", "field": "passwords"}).status_code == 422


def test_comments_outlive_what_they_are_about(
    cas: TrackerClient, jo: TrackerClient, project: Project, lead: User
) -> None:
    first = pdsa.PredictionPlan(text="More people ask")
    cycle = factories.cycle(project, by=lead, predictions=[first])
    url, page = write_url(cycle, project), f"/projects/{project.id}/cycles/{cycle.id}"
    field = f"prediction:{cycle.predictions[0].id}"
    cas.post(url, data={"body": "Why more?", "field": field})

    def replan(*predictions: pdsa.PredictionPlan) -> str:
        plan = pdsa.CyclePlan(
            title="Ask", starts_on=factories.STARTED, predictions=list(predictions)
        )
        with unit_of_work():
            pdsa.change_plan(db.session.get_one(PdsaCycle, cycle.id), plan, by=lead)
        return str(jo.get(page).text)

    assert "Prediction 1: Most people ask" in replan(pdsa.PredictionPlan(text="Most people ask"))
    gone = replan()
    assert "Why more?" in gone
    assert "something that has been removed since" in gone


def test_a_comment_is_resolved_and_opened_again(
    cas: TrackerClient, jo: TrackerClient, project: Project, cycle: PdsaCycle, lead: User
) -> None:
    page = f"/projects/{project.id}/cycles/{cycle.id}"
    cas.post(write_url(cycle, project), data={"body": "How many?", "field": "scale"})
    [said] = db.session.scalars(db.select(Comment)).all()
    here = f"/projects/{project.id}/comments/{said.id}"
    sent = jo.post(f"{here}/resolve", data={"next": page})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{page}#comments")
    read = cas.get(page).text
    assert "1 resolved" in read
    assert "Resolved by Jo Example" in read
    assert "qi-said" not in read
    assert "How many?" not in jo.get("/").text
    jo.post(f"{here}/resolve")
    jo.post(f"{here}/reopen")
    assert "1 resolved" not in cas.get(page).text
    told = list(
        db.session.scalars(
            db.select(AuditEvent.action)
            .where(AuditEvent.action.like("comment.%"))
            .order_by(AuditEvent.id)
        )
    )
    assert told == ["comment.added", "comment.resolved", "comment.reopened"]


def test_what_others_wrote_is_new_until_it_is_read(
    cas: TrackerClient, jo: TrackerClient, project: Project, cycle: PdsaCycle, coach: User
) -> None:
    first = factories.comment(cycle, "How many?", by=coach)
    assert jo.get("/").text.count(">New</span>") == 1
    factories.comment(cycle, "And where?", by=coach)
    assert jo.post("/comments/read", data={"latest": first.id}).status_code == 303
    home = jo.get("/").text
    assert home.count(">New</span>") == 1, "what came after the page was read stays new"
    assert "Mark as read" in home
    jo.post("/comments/read")
    assert ">New</span>" not in jo.get("/").text
    jo.post("/comments/read", data={"latest": first.id})
    assert ">New</span>" not in jo.get("/").text, "reading never moves back"
    assert ">New</span>" not in cas.get("/").text
    hidden = factories.comment(factories.project(), by=coach)
    assert jo.post("/comments/read", data={"latest": hidden.id}).status_code == 404


def test_comments_on_the_project_have_a_page(
    cas: TrackerClient, jo: TrackerClient, project: Project
) -> None:
    for body in ("One", "Two", "Three", "Four", "Five"):
        cas.post(write_url(project, project), data={"body": body, "field": "problem"})
    overview = jo.get(f"/projects/{project.id}").text
    assert "5 open" in overview
    read = jo.get(f"/projects/{project.id}/comments").text
    assert all(f">{body}</p>" in read for body in ("One", "Two", "Three", "Four", "Five"))
    assert read.count('On <span class="qi-strong">Problem</span>') == 5


def test_comments_cost_the_same_however_many(
    project: Project, lead: User, jo: TrackerClient, count_statements: Callable[[], object]
) -> None:
    measure = factories.points(factories.measure(project), [6, 7, 8])
    page = f"/projects/{project.id}/measures/{measure.id}"

    def comment(number: int) -> None:
        for _ in range(number):
            with unit_of_work():
                comments.add(measure, "?", by=lead, field="target")

    def cost() -> int:
        with count_statements() as statements:  # type: ignore[attr-defined]
            jo.get(page)
        return len(statements)

    comment(1)
    cost()
    few = cost()
    comment(6)
    assert cost() == few
