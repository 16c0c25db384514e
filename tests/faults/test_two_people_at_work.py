"""Two people write, delete and restore in any order: no acknowledged edit is lost or leaks.

A model in memory holds what was acknowledged; the pages have to agree with it after every step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tracker.auth import services as auth
from tracker.db import db, unit_of_work
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in

FIELDS = ("observations", "problems")
WHO = st.sampled_from(("jo", "sam"))
FIELD = st.sampled_from(FIELDS)
NewClient = Callable[[], TrackerClient]


def machine(app: Flask, new_client: NewClient) -> type[RuleBasedStateMachine]:
    """The machine, with the app and clients of the test at hand."""

    class TwoPeople(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.people = {name: factories.person(f"{name} Example") for name in ("jo", "sam")}
            self.project = factories.project("Secret otter", by=self.people["jo"])
            factories.member(self.project, role=Role.QI_LEAD, user=self.people["sam"])
            self.cycle = factories.cycle(self.project, by=self.people["jo"], title="Otter cycle")
            self.stranger = new_client()
            self.stranger.sign_in(factories.person(role=Role.QI_LEAD, on=factories.organisation()))
            self.clients = {}
            for name, person in self.people.items():
                self.clients[name] = new_client()
                self.clients[name].sign_in(person)
            self.home = f"/projects/{self.project.id}"
            self.one = f"{self.home}/cycles/{self.cycle.id}"
            self.open: dict[str, dict[str, str]] = {}
            self.drawn: dict[str, dict[str, str]] = {}
            self.saved = dict.fromkeys(FIELDS, "")
            self.numbers = 0
            self.sam_is_in = True
            self.cycle_is_there = self.project_is_there = True
            for name in self.people:
                self.opens_the_form(name)

        # --- what may happen ----------------------------------------------------------------------

        def sees(self, who: str) -> bool:
            return self.project_is_there and (who == "jo" or self.sam_is_in)

        @rule(who=WHO)
        def opens_the_form(self, who: str) -> None:
            answer = self.clients[who].get(f"{self.one}/do")
            assert (answer.status_code == 200) == (self.sees(who) and self.cycle_is_there)
            if answer.status_code == 200:
                self.open[who] = form_in(answer.text) | {"done_as_planned": "yes"}
                self.drawn[who] = dict(self.saved)

        @rule(who=WHO, field=FIELD)
        def types_and_saves(self, who: str, field: str) -> None:
            if who not in self.open:
                return
            self.numbers += 1
            typed = self.open[who] | {field: f"{who} wrote {self.numbers}"}
            answer = self.clients[who].post(f"{self.one}/do", data=typed)
            if not (self.sees(who) and self.cycle_is_there):
                assert answer.status_code == 404
                return
            if answer.status_code == 303:
                for name in FIELDS:
                    # Nothing that was saved since the form was drawn is overwritten.
                    assert self.drawn[who][name] == self.saved[name]
                self.saved = {name: typed[name] for name in FIELDS}
                return  # the form stays open, as one that is reached with Back
            assert answer.status_code == 409
            merged = form_in(answer.text)
            assert merged[field] == typed[field], "what was typed is still in the form"
            for name in FIELDS:
                theirs = self.saved[name]
                # What has not changed since the form was drawn was read in it then.
                was_read = theirs in ("", self.drawn[who][name])
                assert merged[name] == theirs or was_read or theirs in answer.text
            self.open[who], self.drawn[who] = merged, dict(self.saved)

        @rule(who=WHO)
        def deletes_the_cycle(self, who: str) -> None:
            answer = self.clients[who].post(f"{self.one}/delete")
            may = self.sees(who) and self.cycle_is_there
            assert answer.status_code == (303 if may else 404)
            self.cycle_is_there = self.cycle_is_there and not may

        @rule(who=WHO)
        def restores_the_cycle(self, who: str) -> None:
            answer = self.clients[who].post(f"{self.one}/restore")
            may = self.sees(who) and not self.cycle_is_there
            assert answer.status_code == (303 if may else 404)
            self.cycle_is_there = self.cycle_is_there or may

        @rule(who=WHO)
        def deletes_the_project(self, who: str) -> None:
            answer = self.clients[who].post(f"{self.home}/delete")
            may = self.sees(who)
            assert answer.status_code == (303 if may else 404)
            self.project_is_there = self.project_is_there and not may

        @rule(who=WHO)
        def restores_the_project(self, who: str) -> None:
            answer = self.clients[who].post(f"{self.home}/restore")
            may = not self.project_is_there and (who == "jo" or self.sam_is_in)
            assert answer.status_code == (303 if may else 404)
            self.project_is_there = self.project_is_there or may

        @rule()
        def sam_leaves_or_joins(self) -> None:
            sam = self.people["sam"]
            with unit_of_work():
                if self.sam_is_in:
                    auth.end_project_memberships(sam.id, self.project.id, on=today(), by=None)
                else:
                    project_id = db.session.get_one(Project, self.project.id).id
                    auth.give_membership(
                        sam, Role.QI_LEAD, on=today(), by=None, project_id=project_id
                    )
            self.sam_is_in = not self.sam_is_in

        # --- what has to hold ---------------------------------------------------------------------

        @invariant()
        def what_was_acknowledged_is_read_by_the_team(self) -> None:
            for who, client in self.clients.items():
                answer: Any = client.get(self.one)
                assert (answer.status_code == 200) == (self.sees(who) and self.cycle_is_there)
                if answer.status_code == 200:
                    for text in filter(None, self.saved.values()):
                        assert text in answer.text

        @invariant()
        def nobody_else_is_shown_anything(self) -> None:
            for path in (self.home, self.one, f"{self.home}/deleted", f"{self.one}/do"):
                assert self.stranger.get(path).status_code == 404
            for path in ("/projects?q=otter", "/projects/deleted", "/"):
                assert "otter" not in self.stranger.get(path).text.replace('value="otter"', "")

    return TwoPeople


@pytest.mark.heavy
def test_no_order_of_events_loses_an_acknowledged_edit_or_shows_a_foreign_thing(
    app: Flask, new_client: NewClient
) -> None:
    run_state_machine_as_test(
        machine(app, new_client),
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            database=None,
            phases=(Phase.generate,),  # shrinking would take minutes: the steps are printed
            suppress_health_check=list(HealthCheck),
        ),
    )
