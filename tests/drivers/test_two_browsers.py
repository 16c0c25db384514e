"""Two browsers on one diagram for a minute: what was accepted is there, what was not was said."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db
from tracker.drivers import queries
from tracker.drivers.models import ChangeIdea, Driver, DriverLink
from tracker.drivers.versions import as_json
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in

from .conftest import Small

MINUTE = 60
TICKED = r'name="{}" type="checkbox" value="(\d+)" checked'


@dataclass
class Browser:
    """One person at work: what was acknowledged to them, and what was refused with a reason."""

    client: TrackerClient
    home: str
    name: str
    dice: random.Random
    added: list[str] = field(default_factory=list)
    written: dict[str, str | None] = field(default_factory=dict)
    """Words that were accepted, and those seen before them; None when a conflict was shown."""
    drafts: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Words that were refused and are there again as a draft, and those seen before them."""
    moved: int = 0
    removed: int = 0
    restored: int = 0
    conflicts: int = 0
    said_why: int = 0
    faults: list[str] = field(default_factory=list)
    steps: int = 0

    def work(self, until: float) -> None:
        """Do one thing after another, whatever the other one does."""
        try:
            while time.monotonic() < until:
                self.steps += 1
                chance = self.dice.random()
                if chance < 0.25:
                    self.add()
                elif chance < 0.65:
                    self.write()
                elif chance < 0.85:
                    self.move()
                else:
                    self.remove()
        except Exception as error:  # a thread tells nobody by itself
            self.faults.append(repr(error))

    def page(self) -> str:
        answer = self.client.get(self.home)
        assert answer.status_code == 200, answer.status
        return answer.text

    def pick(self, pattern: str, among: int | None = None) -> str:
        found = sorted(set(re.findall(pattern, self.page())))[:among]
        return self.dice.choice(found) if found else ""

    def add(self) -> None:
        under = self.pick(r'href="([^"]+/ideas/new)"')
        text = f"{self.name} idea {len(self.added)}"
        answer = self.client.post(under, data={"text": text})
        if answer.status_code == 303:
            self.added.append(text)
        else:
            self.refused(answer)

    def write(self) -> None:
        """Change the words of an idea, and sometimes where it hangs; a conflict is read and met."""
        # Few ideas, so that the two meet.
        url = self.pick(r'href="([^"]+/ideas/\d+/edit)"', among=2)
        if not url:
            return
        answer = self.client.get(url)
        if answer.status_code == 404:
            self.said_why += 1
            return
        form = filled(answer.text)
        seen = self.seen_in(answer.text, url)
        # The page is read for a moment, in which the other one may save.
        time.sleep(self.dice.random() / 20)
        text = f"{self.name} wrote {len(self.written)} {self.dice.random()}"
        if self.dice.random() < 0.3:
            offered = re.findall(r'name="parents"[^>]*value="(\d+)"', answer.text)
            form["parents"] = [self.dice.choice(offered)]
        for _ in range(4):
            answer = self.client.post(url, data={**form, "text": text})
            if answer.status_code == 303:
                self.written[text] = seen
                return
            if answer.status_code != 409:
                self.drafts[url, text] = seen
                self.refused(answer)
                return
            assert 'id="conflict"' in answer.text, "what the other did is shown"
            assert f'value="{text}"' in answer.text, "and what was typed is still there"
            self.conflicts += 1
            seen = None
            form = filled(answer.text)
        self.drafts[url, text] = None

    def seen_in(self, page: str, url: str) -> str | None:
        """The words of an idea that its page shows: as saved, or beside an own draft."""
        if 'id="conflict"' in page:
            self.conflicts += 1
            return None
        text = filled(page)["text"]
        return self.drafts.get((url, text), text)

    def move(self) -> None:
        forms = re.findall(
            r'action="([^"]+/do)"[^>]*>.*?name="under" value="(\d*)".*?</form>', self.page(), re.S
        )
        url, under = self.dice.choice(forms)
        answer = self.client.post(
            url, data={"do": self.dice.choice(["up", "down"]), "under": under}
        )
        self.told(answer, "moved")

    def remove(self) -> None:
        """Take an idea off, and half the time put it back."""
        url = self.pick(r'action="([^"]+/ideas/\d+/do)"')
        gone = self.told(self.client.post(url, data={"do": "remove", "under": ""}), "removed")
        if gone and self.dice.random() < 0.5:
            self.told(self.client.post(url.removesuffix("do") + "restore"), "restored")

    def told(self, answer: Any, verb: str) -> bool:
        """A command was carried out, or its reason is on the next page."""
        if answer.status_code == 404:
            self.said_why += 1
            return False
        assert answer.status_code == 303, answer.text[:500]
        shown = self.client.get(self.home).text
        if 'nhsuk-notification-banner--success"' in shown:
            setattr(self, verb, getattr(self, verb) + 1)
            return True
        assert "nhsuk-notification-banner" in shown, "it says why"
        self.said_why += 1
        return False

    def refused(self, answer: Any) -> None:
        assert answer.status_code in (404, 422), answer.status
        if answer.status_code == 422:
            assert "nhsuk-error-summary" in answer.text
        self.said_why += 1


def filled(page: str) -> dict[str, Any]:
    """A form of the page as it would be sent."""
    form: dict[str, Any] = dict(form_in(page))
    for name in ("parents", "measures"):
        form[name] = re.findall(TICKED.format(name), page)
    return form


@pytest.mark.heavy(seconds=MINUTE)
def test_two_browsers_edit_one_diagram_for_a_minute_and_lose_nothing(
    app: Flask,
    project: Project,
    lead: User,
    small: Small,
    new_client: Callable[[], TrackerClient],
) -> None:
    home = f"/projects/{project.id}/drivers"
    people = {"Jo": lead, "Sam": factories.member(project, role=Role.QI_LEAD)}
    browsers = []
    for number, (name, person) in enumerate(people.items()):
        client = new_client()
        client.sign_in(person)
        dice = random.Random(number)  # noqa: S311 the same minute each time
        browsers.append(Browser(client, home, name, dice))
    until = time.monotonic() + MINUTE
    threads = [threading.Thread(target=b.work, args=(until,)) for b in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not [fault for b in browsers for fault in b.faults]
    db.session.rollback()
    told = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.project_id == project.id).order_by(AuditEvent.id)
    ).all()
    rows = {i.id: i for i in db.session.scalars(db.select(ChangeIdea))}

    # Every idea that was added is there under its words of the moment, removed or not.
    begun = [e.detail["text"] for e in told if e.action == "idea.added"]
    assert sorted(begun) == sorted(
        ["Prompt card", "Trolley", *(text for b in browsers for text in b.added)]
    )
    # Every text that was acknowledged was saved once, over the text that its writer had seen.
    seen = {text: before for b in browsers for text, before in b.written.items()}
    written = []
    last = {e.subject_id: e.detail["text"] for e in told if e.action == "idea.added"}
    for event in told:
        if event.action == "idea.changed" and "text" in event.detail:
            old, new = event.detail["text"]
            assert last[event.subject_id] == old
            assert seen[new] in (None, old), "it was written over words its writer had not seen"
            last[event.subject_id] = new
            written.append(new)
    assert sorted(written) == sorted(text for b in browsers for text in b.written)
    assert {key: row.text for key, row in rows.items()} == last
    # Every command that was acknowledged was carried out once.
    count = {
        verb: sum(1 for e in told if e.action.endswith(f".{verb}"))
        for verb in ("moved", "removed", "restored")
    }
    assert count == {verb: sum(getattr(b, verb) for b in browsers) for verb in count}
    # What came of it is whole, and kept as the last version.
    board = queries.board(project.id)
    version = queries.latest_version(project.id)
    assert version is not None
    assert version.body == as_json(board.diagram)
    for link in db.session.scalars(db.select(DriverLink)):
        parent = db.session.get(Driver, link.parent_id) if link.parent_id else None
        assert (parent is None) == (link.parent_id is None)
    assert all(b.steps > 20 for b in browsers)
    assert sum(b.conflicts for b in browsers) > 0, "the two never met"
