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
    assert cas.post(url, data={"next": page}).headers["Location"] == page
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
    assert cas.post(url, data={"next": back}).headers["Location"] == f"/projects/{project.id}"


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
