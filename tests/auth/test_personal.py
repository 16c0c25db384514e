"""What is held about a person can be handed out, and erased wherever it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Text, cast

from tracker import audit
from tracker.audit import chain
from tracker.auth import personal, services
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import LoginSession, Membership, User
from tracker.cli import main
from tracker.cli.purge import NAMES
from tracker.db import Base, db, unit_of_work
from tracker.deleted.services import KINDS
from tracker.drafts import services as drafts
from tracker.pdsa.services import TaskPlan
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project, ProjectMember
from tracker.safe.dates import today
from tracker.stakeholders import services as stakeholders
from tracker.stakeholders.domain import Details, Way
from tracker.testing import factories
from tracker.testing.client import TrackerClient

NAME, EMAIL = "Zoë Quarrington", "zebedee.quarrington@example.org"


class Held:
    """A person whose name stands wherever a name can stand."""

    def __init__(self) -> None:
        with unit_of_work():
            self.person = services.create_user(EMAIL, NAME, by=None, job=f"Ward lead, {NAME}")
        self.other = factories.person("Sam Example")
        self.project = factories.project(
            by=self.person, problem=f"Ask {NAME} or {EMAIL.upper()}: {NAME.lower()} knows."
        )
        factories.member(self.project, role=Role.QI_LEAD, user=self.other)
        self.cycle = factories.cycle(
            self.project, by=self.other, tasks=[TaskPlan(what="Print", who=NAME)]
        )
        self.measure = factories.points(
            factories.measure(self.project, by=self.person), [3, 4], by=self.person
        )
        self.own = factories.comment(self.project, "What I think", by=self.person)
        factories.comment(self.project, f"Thank you {NAME}, write to {EMAIL}", by=self.other)
        with unit_of_work():
            drafts.keep(self.person, "aim/1", {"place": ["Half a wor"]})
            drafts.keep(self.other, "aim/1", {"place": [f"Where {NAME} works"]})
            services.sign_in(self.person, address="127.0.0.1", browser="x")
            services.make_link(self.person, purpose=LinkPurpose.RESET, by=None)
            projects.touch(self.project.id)
            row = stakeholders.add(
                self.project, Details(name=NAME, notes=f"{NAME} doubts"), on=today(), by=self.other
            )
            stakeholders.log_contact(
                row,
                on=today(),
                who=NAME,
                way=Way.MET,
                outcome=f"{NAME} agrees",
                now=None,
                next_contact_on=None,
                by=self.other,
            )


@pytest.fixture
def held(app: Flask) -> Held:
    return Held()


def texts() -> dict[str, str]:
    """All text of every table."""
    return {
        table.name: "\n".join(
            str(value)
            for row in db.session.execute(db.select(*(cast(c, Text) for c in table.c)))
            for value in row
        )
        for table in Base.metadata.sorted_tables
    }


def naming() -> list[str]:
    return [
        table
        for table, text in texts().items()
        if NAME.casefold() in text.casefold()
        or json.dumps(NAME)[1:-1].casefold() in text.casefold()
        or EMAIL.casefold() in text.casefold()
    ]


def erase() -> personal.Erased:
    with unit_of_work():
        user = db.session.scalars(db.select(User).where(User.email == EMAIL)).one()
        return personal.erase(user)


def test_after_an_erase_no_table_holds_the_name_or_the_address(held: Held) -> None:
    assert {"user", "project", "project_member", "comment", "task", "draft", "stakeholder"} <= set(
        naming()
    )
    assert "audit_event" not in naming(), "the history holds hashes of names"
    erase()
    assert naming() == []
    assert chain.verify().broken_at is None


def test_an_erase_ends_everything_and_keeps_what_was_done(held: Held) -> None:
    done = erase()
    assert done.namesakes == 0
    assert done.texts >= 4
    assert db.session.scalar(db.select(db.func.count(LoginSession.id))) == 0
    user = db.session.get_one(User, held.person.id)
    assert user.disabled_at is not None
    assert user.password_hash is None
    running = [m for m in db.session.scalars(db.select(Membership)) if m.is_active(today())]
    assert {m.user_id for m in running} == {held.other.id}
    member = db.session.scalars(
        db.select(ProjectMember).where(ProjectMember.user_id == user.id)
    ).one()
    assert member.name == done.name
    assert held.own.body == "What I think"
    assert held.own.by.name == done.name
    assert db.session.get_one(Project, held.project.id).problem == (
        f"Ask {done.name} or {user.email}: {done.name} knows."
    )


def test_a_form_open_on_the_name_cannot_write_it_back(held: Held) -> None:
    before = held.project.version
    erase()
    assert db.session.get_one(Project, held.project.id).version > before


def test_texts_are_left_where_somebody_else_has_the_same_name(held: Held) -> None:
    factories.person(NAME)
    done = erase()
    assert done.namesakes == 1
    assert EMAIL not in "\n".join(texts().values())
    assert f"Thank you {NAME}" in texts()["comment"]


def test_an_export_holds_what_a_person_wrote_and_no_secret(held: Held) -> None:
    with unit_of_work():
        found = personal.export(db.session.get_one(User, held.person.id))
    told = json.dumps(found)
    assert found["account"]["email"] == EMAIL
    assert [row["body"] for row in found["about"]["comment"]] == ["What I think"]
    assert found["about"]["draft"][0]["body"] == {"place": ["Half a wor"]}
    assert len(found["about"]["login_session"]) == 1
    assert {"membership", "project_member"} <= set(found["about"])
    assert "project.started" in [event["action"] for event in found["history"]]
    assert "Thank you" not in told
    assert "hash" not in told


@pytest.fixture
def tracker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`tracker(...)` runs the command on the app of the test."""
    for module in ("user", "purge"):
        monkeypatch.setattr(f"tracker.cli.{module}.app_from_env", lambda: app)

    def run(*words: str, says: str | None = None) -> Any:
        db.session.rollback()
        return CliRunner().invoke(main, words, input=says)

    return run


def test_the_commands_of_a_person(held: Held, tracker: Any, client: TrackerClient) -> None:
    client.sign_in(held.person)
    assert client.get("/").status_code == 200
    shown = tracker("user", "export", EMAIL)
    assert json.loads(shown.output)["account"]["name"] == NAME
    assert tracker("user", "disable", EMAIL).exit_code == 0
    assert client.get("/").status_code == 302
    assert tracker("user", "enable", EMAIL).exit_code == 0
    db.session.rollback()
    assert db.session.get_one(User, held.person.id).is_active
    assert tracker("user", "erase", EMAIL, says="n\n").exit_code == 1
    assert "user" in naming()
    done = tracker("user", "erase", EMAIL, says="y\n")
    assert done.exit_code == 0, done.output
    assert "Former colleague" in done.output
    db.session.rollback()
    assert naming() == []
    missing = tracker("user", "disable", EMAIL)
    assert missing.exit_code == 1
    assert "no account" in missing.output


def test_the_command_purge_says_what_it_removed(held: Held, tracker: Any) -> None:
    said = tracker("purge")
    assert said.exit_code == 0, said.output
    assert {word for _, word in KINDS} == set(NAMES), "a name for each kind of thing"
    assert ", ".join(f"0 {name}" for name in NAMES.values()) in said.output


def test_the_history_of_an_account_holds_hashes_of_what_names_a_person(held: Held) -> None:
    with unit_of_work():
        held.person.name = "Somebody Else"
        told = audit.changes(held.person)
    assert all(value.startswith("sha256:") for value in told["name"])
