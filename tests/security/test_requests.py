"""Requests that are refused unread, and what every answer says to the browser."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.comments.models import Comment
from tracker.db import db
from tracker.drafts.models import Draft
from tracker.projects.models import Project
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import KeepApp, LogIn

if TYPE_CHECKING:
    from .conftest import Full

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
POST_FORM = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.DOTALL)
FORMS = {"WTF_CSRF_ENABLED": True}


@pytest.fixture
def guarded(keep_app: KeepApp, full: Full) -> TrackerClient:
    """A browser on an app whose forms need their tokens, as they do in real life."""
    app = keep_app(flask=FORMS)
    client = TrackerClient(app, app.response_class, use_cookies=True)
    with app.app_context():
        client.sign_in(db.session.get_one(User, full.lead.id))
    return client


def writing(app: Flask) -> list[str]:
    """An address for every route that takes a POST."""

    def address(rule: Rule) -> str:
        url = re.sub(r"<id:\w+>", "1", rule.rule)
        return re.sub(r"<\w+>", "project", url)

    return [address(rule) for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


def written() -> tuple[int, int]:
    db.session.rollback()
    count = db.func.count
    return (
        db.session.scalar(db.select(count(AuditEvent.id))) or 0,
        db.session.scalar(db.select(count(Draft.id))) or 0,
    )


def test_no_form_of_any_route_is_taken_without_its_token(
    app: Flask, guarded: TrackerClient
) -> None:
    before = written()
    urls = writing(app)
    assert len(urls) > 30
    assert {url: guarded.post(url).status_code for url in urls} == dict.fromkeys(urls, 400)
    forged = {"csrf_token": "x" * 91, "title": "Forged"}
    assert {url: guarded.post(url, data=forged).status_code for url in urls} == dict.fromkeys(
        urls, 400
    )
    assert written() == before


def test_every_form_on_every_page_carries_a_token(guarded: TrackerClient, full: Full) -> None:
    forms = 0
    for path in full.pages:
        page = guarded.get(path)
        assert page.status_code == 200, path
        for form in POST_FORM.findall(page.text):
            forms += 1
            assert TOKEN.search(form), f"{path}: {form[:200]}"
    assert forms > 20


def test_a_form_with_its_token_is_taken_and_a_draft_is_kept(
    guarded: TrackerClient, full: Full
) -> None:
    url = f"/projects/{full.project.id}/comments/project/{full.project.id}"
    token = TOKEN.search(guarded.get(url).text)
    assert token is not None
    typed = {"csrf_token": token[1], "body": "Well begun", "form_key": "a"}
    assert guarded.post("/drafts", data=typed).status_code == 200
    assert guarded.post(url, data=typed).status_code == 303
    assert "Well begun" in db.session.scalars(db.select(Comment.body)).all()


def test_the_token_of_one_person_is_worth_nothing_to_another(
    guarded: TrackerClient, full: Full
) -> None:
    url = f"/projects/{full.project.id}/comments/project/{full.project.id}"
    token = TOKEN.search(guarded.get(url).text)
    assert token is not None
    other = TrackerClient(guarded.application, guarded.application.response_class)
    other.sign_in(db.session.get_one(User, full.lead.id))
    assert other.post(url, data={"csrf_token": token[1], "body": "x"}).status_code == 400


def test_nothing_is_taken_from_another_site(
    app: Flask, client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    before = written()
    for url in writing(app):
        refused = client.post(url, headers={"Sec-Fetch-Site": "cross-site"})
        assert refused.status_code == 403, url
    assert written() == before


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "BREW", "CONNECT"])
def test_a_method_no_page_has_is_refused(
    client: TrackerClient, log_in: LogIn, full: Full, method: str
) -> None:
    log_in(full.lead)
    for path in ("/", "/projects", f"/projects/{full.project.id}", "/sign-in", "/healthz"):
        assert client.open(path, method=method).status_code == 405, path


def test_nothing_is_changed_by_a_head_or_options_request(
    app: Flask, client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    before = written()
    for path in [*full.pages, *writing(app)]:
        for method in ("HEAD", "OPTIONS"):
            assert client.open(path, method=method).status_code < 500, path
    assert written() == before


Ask = Callable[[TrackerClient, "Full"], TestResponse]

KINDS: dict[str, tuple[int, Ask]] = {
    "page": (200, lambda c, f: c.get(f"/projects/{f.project.id}")),
    "sent on": (303, lambda c, f: c.post("/drafts/discard", data={"form_key": "a"})),
    "refused form": (422, lambda c, f: c.post(f"/projects/{f.project.id}/close", data={})),
    "stale form": (
        409,
        lambda c, f: c.post(
            f"/projects/{f.project.id}/sharing", data={"version": "99", "sharing": "team"}
        ),
    ),
    "forbidden": (403, lambda c, f: c.get("/admin/plugins")),
    "missing": (404, lambda c, f: c.get("/nowhere")),
    "wrong method": (405, lambda c, f: c.delete("/")),
    "bad request": (400, lambda c, f: c.post("/drafts")),
    "too large": (413, lambda c, f: c.post("/drafts", data={"a": "x" * 2_100_000})),
    "chart": (
        200,
        lambda c, f: c.get(f"/projects/{f.project.id}/measures/{f.measure.id}/chart.svg"),
    ),
    "download": (
        200,
        lambda c, f: c.get(f"/projects/{f.project.id}/measures/{f.measure.id}/data.csv"),
    ),
    "fragment": (200, lambda c, f: c.get("/projects", headers={"HX-Request": "true"})),
    "health": (200, lambda c, f: c.get("/healthz")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_the_headers(
    client: TrackerClient, log_in: LogIn, full: Full, kind: str
) -> None:
    log_in(full.lead)
    status, ask = KINDS[kind]
    answer = ask(client, full)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-ID"]


def test_no_page_needs_what_the_policy_forbids(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    inline = re.compile(
        r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|\shx-on|javascript:"
    )
    for path in full.pages:
        found = inline.findall(client.get(path).text)
        assert not found, f"{path}: {found}"


def test_a_giant_form_is_refused_and_keeps_nothing(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    before = written()
    title = full.project.title
    giant = b"x" * 2_100_000
    plain = b"title=Giant&version=1&form_key=a&problem=" + giant
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    parts = b"".join(part % pair for pair in ((b"form_key", b"a"), (b"problem", giant))) + b"--b--"
    bodies = {
        "application/x-www-form-urlencoded": plain,
        "multipart/form-data; boundary=b": parts,
    }
    urls = (f"/projects/{full.project.id}/settings", "/drafts")
    for url, (kind, body) in itertools.product(urls, bodies.items()):
        refused = client.post(url, data=body, content_type=kind)
        assert refused.status_code == 413
        assert "That is too large" in refused.text
    assert written() == before
    assert db.session.get_one(Project, full.project.id).title == title


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil", "\t//e"])
def test_throwing_a_draft_away_leads_nobody_to_another_site(
    client: TrackerClient, log_in: LogIn, full: Full, next_: str
) -> None:
    log_in(full.lead)
    sent = client.post("/drafts/discard", data={"form_key": "a", "next": next_})
    assert sent.headers["Location"] == "/"


def test_no_log_line_holds_what_was_typed_or_searched(
    client: TrackerClient, log_in: LogIn, full: Full, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(full.lead)
    secret = "zanzibar"
    client.get(f"/projects?q={secret}")
    client.get(f"/organisations/search?q={secret}")
    client.get(f"/nowhere?{secret}={secret}")
    client.post(f"/projects/{full.project.id}/settings", data={"problem": secret})
    client.post("/drafts", data={"form_key": secret, "problem": secret})
    client.post("/sign-in", data={"email": f"{secret}@example.org", "password": secret})
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert len([json.loads(line) for line in lines if '"request"' in line]) >= 6
    assert secret not in "\n".join(lines)
    assert full.lead.email not in "\n".join(lines)
