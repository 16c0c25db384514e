"""Documents are kept, replaced, handed out to be saved and nothing else, and brought back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from tracker.attachments import domain, services
from tracker.attachments.domain import PaperKind
from tracker.attachments.models import Attachment
from tracker.blobs.models import Blob
from tracker.blobs.papers import checked
from tracker.db import db, unit_of_work, utcnow
from tracker.deleted import services as deleting
from tracker.permissions import Role
from tracker.projects.models import Sharing
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import CountStatements, LogIn

PDF = b"%PDF-1.7\n1 0 obj"


def sent(name: str, data: bytes, **more: str) -> dict[str, object]:
    return {"file": (BytesIO(data), name), "nobody": "yes", **more}


def test_a_document_from_its_first_version_to_the_bin_and_back(
    app: Flask, client: TrackerClient, log_in: LogIn
) -> None:
    lead = factories.person("Jo Example")
    psc = factories.psc()
    project = factories.project(by=lead, psc=psc, sharing=Sharing.ORGANISATION)
    home = f"/projects/{project.id}/documents"
    log_in(lead)
    assert "Nothing is kept here yet" in client.get(home).text

    named = {"title": "Logic <b>model", "kind": "logic_model"}
    refused = client.post(f"{home}/new", data=sent("page.html", b"<html>", **named))
    assert refused.status_code == 422
    assert "this file is not one" in refused.text
    assert "Logic &lt;b&gt;model" in refused.text, "what was typed stays"
    unticked = client.post(f"{home}/new", data={"file": (BytesIO(PDF), "a.pdf"), **named})
    assert "nobody can be recognised in it" in unticked.text
    answer = client.post(f"{home}/new", data=sent("My model.docx.pdf", PDF, **named))
    assert answer.status_code == 303

    kept = db.session.scalars(db.select(Attachment)).one()
    form = form_in(client.get(f"{home}/{kept.id}/replace").text)
    answer = client.post(
        f"{home}/{kept.id}/replace",
        data=form
        | sent(
            "b.txt",
            b"Newer",
        ),
    )
    assert answer.status_code == 303
    page = client.get(home).text
    assert "1 older version" in page
    assert "version 2" in page
    stale = client.post(f"{home}/{kept.id}/replace", data=form | sent("c.txt", b"Mine"))
    assert stale.status_code == 409

    for number, data, kind, ending in (
        (1, PDF, "application/pdf", "pdf"),
        (2, b"Newer", "text/plain; charset=utf-8", "txt"),
    ):
        got = client.get(f"{home}/{kept.id}/files/{number}")
        assert got.data == data
        assert got.headers["Content-Type"] == kind
        assert got.headers["Content-Disposition"] == f"attachment; filename=logic-b-model.{ending}"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cache-Control"] == "no-store"
    assert client.get(f"{home}/{kept.id}/files/3").status_code == 404
    assert client.get(f"{home}/{kept.id}/files/{2**70}").status_code == 404

    client.post(f"{home}/{kept.id}/delete")
    assert client.get(f"{home}/{kept.id}/files/1").status_code == 404
    assert "Logic &lt;b&gt;model" in client.get(f"/projects/{project.id}/deleted").text
    client.post(f"{home}/{kept.id}/restore")
    assert client.get(f"{home}/{kept.id}/files/1").status_code == 200
    said = client.get(f"/projects/{project.id}/history").text
    assert "put a newer version of a document in front" in said

    log_in(factories.person(role=Role.PSC_MANAGER, on=psc))
    page = client.get(home).text
    assert "for the team and its organisation" in page
    assert "/files/" not in page
    assert client.get(f"{home}/{kept.id}/files/1").status_code == 403, "nobody saw its figures"


def test_a_link_says_where_it_leads(app: Flask, client: TrackerClient, log_in: LogIn) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/documents"
    log_in(lead)
    typed = {"title": "Our workspace", "kind": "other"}
    for url, why in (
        ("http://example.org/", "must begin with https://"),
        ("javascript:alert(1)", "must begin with https://"),
        ("", "Enter the address"),
    ):
        refused = client.post(f"{home}/links/new", data=typed | {"url": url})
        assert refused.status_code == 422
        assert why in refused.text
    client.post(f"{home}/links/new", data=typed | {"url": "https://example.org/a?b=1&c=2"})
    page = client.get(home).text
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer"' in page
    assert "link to example.org" in page
    kept = db.session.scalars(db.select(Attachment)).one()
    assert client.get(f"{home}/{kept.id}/replace").status_code == 404
    form = form_in(client.get(f"{home}/{kept.id}/edit").text)
    client.post(f"{home}/{kept.id}/edit", data=form | {"url": "https://example.com/"})
    assert "link to example.com" in client.get(home).text


def test_the_room_of_a_project_ends_and_the_list_does_not_read_bytes(
    app: Flask,
    client: TrackerClient,
    log_in: LogIn,
    count_statements: CountStatements,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/documents"
    log_in(lead)

    def add(title: str, data: bytes) -> Attachment:
        paper = checked(data, "a.txt")
        return services.add_file(project, paper, title=title, kind=PaperKind.PAPER, by=lead)

    with unit_of_work():
        first = add("One", b"one")
    client.get(home)
    with count_statements() as few:
        client.get(home)
    with unit_of_work():
        for number in range(8):
            add(f"More {number}", b"more %d" % number)
        services.replace(first, checked(b"two", "b.txt"), by=lead)
    with count_statements() as many:
        client.get(home)
    assert len(few) == len(many) <= 9, few
    assert not any("blob.data" in statement for statement in many)

    monkeypatch.setattr(services, "MOST_IN_A_PROJECT", 60)
    typed = {"title": "Too much", "kind": "paper"}
    refused = client.post(f"{home}/new", data=sent("c.txt", b"x" * 40, **typed))
    assert refused.status_code == 422
    assert "Link to this one where it is kept instead" in refused.text
    assert db.session.scalar(db.select(db.func.count(Attachment.id))) == 9, "nothing half kept"


def test_bytes_go_with_the_last_document_that_holds_them(app: Flask) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    paper = checked(b"Same words", "a.txt")
    with unit_of_work():
        one, other = (
            services.add_file(project, paper, title=title, kind=PaperKind.PAPER, by=lead)
            for title in ("One", "Other")
        )
        services.delete(one, by=lead)
    later = utcnow() + timedelta(days=31)
    with unit_of_work():
        assert deleting.purge(later)["attachment"] == 1
    assert db.session.scalar(db.select(db.func.count(Blob.id))) == 1
    with unit_of_work():
        services.delete(other, by=lead)
        deleting.purge(later + timedelta(days=1))
    assert db.session.scalar(db.select(db.func.count(Blob.id))) == 0


def test_sizes_are_said_in_words() -> None:
    assert domain.size_in_words(3) == "1 KB"
    assert domain.size_in_words(8 * 1024 * 1024) == "8 MB"
