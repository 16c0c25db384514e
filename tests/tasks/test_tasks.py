"""Tasks: of a project, of a plan, and one's own; ticked off by one press and lost by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle
from tracker.pdsa.services import TaskPlan
from tracker.projects import services as projects
from tracker.projects.models import Project, Status
from tracker.tasks import queries, services
from tracker.tasks.domain import by_need, counted, due_words
from tracker.tasks.models import Task
from tracker.tasks.services import Asked
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import Clock, CountStatements, LogIn

DAY = date(2026, 3, 10)


@dataclass
class Ward:
    """A project with two on the team, a cycle whose plan holds a task, and a task of no cycle."""

    project: Project
    jo: User
    sam: User
    cycle: PdsaCycle
    loose: Task

    @property
    def tasks(self) -> str:
        return f"/projects/{self.project.id}/tasks"

    @property
    def planned(self) -> Task:
        return self.cycle.tasks[0]


@pytest.fixture
def ward(app: Flask, stop_clock: Clock) -> Ward:
    stop_clock(DAY)
    jo = factories.person("Jo Example")
    project = factories.project("Fewer falls", by=jo)
    sam = factories.member(project, user=factories.person("Sam Example"))
    plan = [TaskPlan(what="Print the card", who="sam example", due_on=DAY - timedelta(days=1))]
    cycle = factories.cycle(project, by=jo, tasks=plan, objective="Does it fit?")
    with unit_of_work():
        asked = Asked(what="Book the room", who="A volunteer", where="Ward 4", due_on=DAY)
        loose = services.add(project, asked, by=jo)
    return Ward(project, jo, sam, cycle, loose)


@pytest.fixture
def jo(ward: Ward, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(ward.jo)


def test_days_are_said_as_people_say_them() -> None:
    far = DAY + timedelta(days=7)
    assert [due_words(DAY + timedelta(days=n), DAY) for n in (-1, 0, 1, 2)] == [
        "Yesterday, 9 March 2026",
        "Today, 10 March 2026",
        "Tomorrow, 11 March 2026",
        "Thursday, 12 March 2026",
    ]
    assert (due_words(far, DAY), due_words(None, DAY)) == ("17 March 2026", "No date")


def test_what_was_due_first_is_on_top_and_undated_tasks_last() -> None:
    def task(number: int, due: int | None, done: int | None = None) -> Task:
        return Task(
            id=number,
            due_on=None if due is None else DAY + timedelta(days=due),
            done_on=None if done is None else DAY + timedelta(days=done),
        )

    left, done = by_need([task(1, None), task(2, 3), task(3, -2), task(4, 7), task(5, 1, -9)])
    assert [t.id for t in left] == [3, 2, 4, 1]
    assert [t.id for t in done] == [5]
    assert counted(left, DAY) == "4 tasks to do: 1 overdue, 1 due within a week"
    assert counted([], DAY) == "Nothing to do"


def test_tasks_of_plans_and_of_no_cycle_are_one_list_and_ones_own_another(
    ward: Ward, jo: TrackerClient, new_client: Callable[[], TrackerClient]
) -> None:
    page = jo.get(ward.tasks).text
    assert page.index("Print the card") < page.index("Book the room")
    assert "2 tasks to do: 1 overdue, 1 due within a week" in page
    assert "Nothing to do" in jo.get("/tasks").text
    sams = new_client()
    sams.sign_in(ward.sam)
    mine = sams.get("/tasks").text
    assert "Print the card" in mine
    assert "Overdue" in mine
    assert "Book the room" not in mine


def test_a_task_is_added_in_one_line_to_a_cycle_and_to_somebodys_list(
    ward: Ward, jo: TrackerClient
) -> None:
    form = form_in(jo.get(ward.tasks).text, "what")
    refused = jo.post(f"{ward.tasks}/new", data=form | {"due": "soon"})
    assert refused.status_code == 422
    assert "Say what is to be done" in refused.text
    assert "Write the day as" in refused.text
    sent = form | {
        "what": "Ask the ward", "who": "SAM EXAMPLE", "due": "12/03/2026",
        "cycle_id": str(ward.cycle.id),
    }  # fmt: skip
    for _ in range(2):  # a button pressed twice
        assert jo.post(f"{ward.tasks}/new", data=sent).status_code == 303
    db.session.expire_all()
    printed, asked = ward.cycle.tasks
    assert (printed.what, asked.what) == ("Print the card", "Ask the ward")
    assert (asked.user_id, asked.due_on) == (ward.sam.id, date(2026, 3, 12))


def test_one_press_ticks_off_with_script_and_without_and_can_be_taken_back(
    ward: Ward, jo: TrackerClient
) -> None:
    url = f"{ward.tasks}/{ward.loose.id}"
    page = jo.post(f"{url}/tick", follow_redirects=True).text
    assert "Done: Book the room" in page
    assert f"{url}/untick" in page
    db.session.expire_all()
    assert (ward.loose.done_on, ward.loose.done_by_id) == (DAY, ward.jo.id)
    part = jo.post(f"{url}/untick", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.text.lstrip().startswith("<section")
    assert part.text.count("Book the room") >= 1
    db.session.expire_all()
    assert (ward.loose.done_on, ward.loose.done_by_id) == (None, None)
    back = jo.post(f"{url}/tick", data={"back": "mine"})
    assert back.location == "/tasks"
    assert f"{url}/untick?back=mine" in jo.get("/tasks").text
    history = jo.get(f"/projects/{ward.project.id}/history").text
    assert "ticked off a task" in history
    assert "said that a task is still to do" in history


def test_two_who_change_a_task_lose_nothing(ward: Ward, jo: TrackerClient) -> None:
    url = f"{ward.tasks}/{ward.loose.id}/change"
    form = form_in(jo.get(url).text)
    first = jo.post(url, data=form | {"where": "Ward 5"})
    assert first.status_code == 303
    merged = jo.post(url, data=form | {"who": "Sam Example"})
    assert merged.status_code == 409
    assert "Ward 5" in merged.text
    again = form_in(merged.text)
    assert jo.post(url, data=again).status_code == 303
    db.session.expire_all()
    assert (ward.loose.where, ward.loose.user_id) == ("Ward 5", ward.sam.id)


def test_a_plan_saved_over_an_old_list_keeps_what_was_added_and_ticked_meanwhile(
    ward: Ward, jo: TrackerClient
) -> None:
    plan = f"/projects/{ward.project.id}/cycles/{ward.cycle.id}/plan"
    form = form_in(jo.get(plan).text)
    with unit_of_work():
        services.add(ward.project, Asked(what="Ask the ward"), by=ward.sam, cycle=ward.cycle)
        services.tick(ward.planned, on=DAY, by=ward.sam)
    sent = form | {"tasks-0-where": "At handover", "tasks-1-what": "Thank them"}
    assert jo.post(plan, data=sent).status_code == 303
    db.session.expire_all()
    found = {t.what: (t.where, t.done_on) for t in ward.cycle.tasks}
    assert found == {
        "Print the card": ("At handover", DAY),
        "Ask the ward": ("", None),
        "Thank them": ("", None),
    }
    # Emptied in the plan, a task is deleted and can come back.
    form = form_in(jo.get(plan).text)
    row = next(n for n in range(3) if form[f"tasks-{n}-what"] == "Thank them")
    blank = {f"tasks-{row}-{name}": "" for name in ("what", "who", "where", "due")}
    assert jo.post(plan, data=form | blank).status_code == 303
    assert "Thank them" not in jo.get(ward.tasks).text
    assert "Thank them" in jo.get(f"/projects/{ward.project.id}/deleted").text


def test_a_task_changed_on_its_own_page_is_not_written_over_by_a_plan_drawn_before(
    ward: Ward, jo: TrackerClient
) -> None:
    plan = f"/projects/{ward.project.id}/cycles/{ward.cycle.id}/plan"
    form = form_in(jo.get(plan).text)
    with unit_of_work():
        task = ward.planned
        services.change(task, Asked(what="Print two"), by=ward.sam, cycle=ward.cycle)
    merged = jo.post(plan, data=form | {"scale": "One shift"})
    assert merged.status_code == 409
    assert "Print two" in merged.text


def test_what_is_deleted_with_its_cycle_or_project_is_on_no_list(
    ward: Ward, jo: TrackerClient
) -> None:
    url = f"{ward.tasks}/{ward.loose.id}"
    assert "/restore" in jo.post(f"{url}/delete", follow_redirects=True).text
    assert "Book the room" not in jo.get(ward.tasks).text
    jo.post(f"{url}/restore")
    assert "Book the room" in jo.get(ward.tasks).text
    assert [t.what for t in queries.mine(ward.sam, DAY)] == ["Print the card"]
    with unit_of_work():
        pdsa.delete(ward.cycle, by=ward.jo)
    assert "Print the card" not in jo.get(ward.tasks).text
    assert queries.mine(ward.sam, DAY) == []
    with unit_of_work():
        pdsa.restore(ward.cycle, by=ward.jo)
        pdsa.decide(ward.cycle, Decision.ADOPT, next_change="", on=DAY, by=ward.jo)
    assert "never ticked off" in jo.get(ward.tasks).text  # nobody waits for it any more
    assert queries.mine(ward.sam, DAY) == []
    with unit_of_work():
        pdsa.decide(ward.cycle, None, next_change="", on=DAY, by=ward.jo)
    assert [t.what for t in queries.mine(ward.sam, DAY)] == ["Print the card"]
    with unit_of_work():
        projects.close(ward.project, Status.STOPPED, on=DAY, note="", by=ward.jo)
    assert queries.mine(ward.sam, DAY) == []


def test_my_tasks_take_the_same_few_statements_however_many(
    ward: Ward, jo: TrackerClient, count_statements: CountStatements
) -> None:
    def count(url: str) -> int:
        jo.get(url)
        with count_statements() as sent:
            assert jo.get(url).status_code == 200
        return len(sent)

    with unit_of_work():
        services.add(ward.project, Asked(what="One", who="Jo Example"), by=ward.jo)
    few = count("/tasks"), count(ward.tasks)
    for _ in range(3):
        other = factories.project(by=ward.jo)
        with unit_of_work():
            for number in range(4):
                asked = Asked(what=f"Task {number}", who="Jo Example", due_on=DAY)
                services.add(other, asked, by=ward.jo)
                services.add(ward.project, asked, by=ward.jo)
    assert (count("/tasks"), count(ward.tasks)) == few
    assert few[0] <= 8
    assert few[1] <= 12
