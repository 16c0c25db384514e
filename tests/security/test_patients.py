"""Nothing that could name a patient gets in by any box of any form."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.db import Base, db
from tracker.permissions import Role
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn

if TYPE_CHECKING:
    from .conftest import Full

NUMBER = "943 476 5919"
MASKED = "943 ••• ••••"


class Boxes(HTMLParser):
    """The boxes of a page's forms into which people type words, and what else travels."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.boxes: list[str] = []
        self.sent: dict[str, str] = {}
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = about.get("method") == "post" and "novalidate" in about
        name = about.get("name")
        if not self.inside or not name or name in {"autosave"}:
            return
        kind = about.get("type", "text")
        if tag == "textarea" or (
            tag == "input" and kind in {"text", "email"} and "inputmode" not in about
        ):
            self.boxes.append(name)
        elif tag == "input" and (kind == "hidden" or "checked" in about):
            self.sent[name] = about.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def test_every_box_of_every_form_refuses_an_nhs_number_and_keeps_none(
    app: Flask, client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    let_in, tried = [], 0
    for path in full.pages:
        drawn = Boxes(client.get(path).text)
        for box in drawn.boxes:
            tried += 1
            answer = client.post(path, data={**drawn.sent, box: f"About {NUMBER} today"})
            # A pasted table is refused for what it is before its cells are looked at.
            named = MASKED in answer.text or box == "paste"
            if answer.status_code != 422 or not named:
                let_in.append(f"{path}: {box}: {answer.status_code}")
            ticked = {**drawn.sent, box: f"About {NUMBER} today", "not_nhs_number": box}
            if f"({MASKED})" in client.post(path, data=ticked).text:
                let_in.append(f"{path}: {box}: the tick does not help")
    assert tried > 40
    assert not let_in, "\n".join(let_in)


def test_no_table_holds_a_number_that_was_refused(
    app: Flask, client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    for path in full.pages:
        drawn = Boxes(client.get(path).text)
        client.post(path, data={**drawn.sent, **dict.fromkeys(drawn.boxes, f"About {NUMBER}")})
        autosaved = {"form_key": f"key of {path}", **dict.fromkeys(drawn.boxes, NUMBER)}
        client.post("/drafts", data=autosaved)
    digits = re.sub(r"\D", "", NUMBER)
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            assert digits not in re.sub(r"[ -]", "", str(tuple(row))), table.name


def test_the_tick_is_told_by_field_and_person_and_never_with_the_text(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    db.session.rollback()
    typed = {
        "version": str(full.project.version),
        "title": "Safer care",
        "problem": f"Order {NUMBER}",
        "not_nhs_number": "problem",
    }
    assert client.post(f"/projects/{full.project.id}/settings", data=typed).status_code == 303
    row = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "text.not_nhs_number")
    ).one()
    assert (row.user_id, row.project_id) == (full.lead.id, full.project.id)
    assert row.detail == {"field": "problem"}


def test_a_tick_for_one_field_lets_no_other_pass(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    typed = {"title": NUMBER, "problem": NUMBER, "version": "1", "not_nhs_number": "problem"}
    refused = client.post(f"/projects/{full.project.id}/settings", data=typed)
    assert refused.status_code == 422
    assert 'id="title-error"' in refused.text
    assert 'id="problem-error"' not in refused.text


def test_a_number_that_fails_the_check_or_is_longer_passes(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    coach = factories.member(full.project, role=Role.COACH)
    log_in(coach)
    url = f"/projects/{full.project.id}/comments/project/{full.project.id}"
    for words in ("943 476 5918", "99434765919", "Ring 020 7946 0000", "1111111111"):
        assert client.post(url, data={"body": words}).status_code == 303, words
