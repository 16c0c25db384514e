"""The pages of a diagram: drawn once, changed by plain forms, refused with a reason."""

from __future__ import annotations

import re
import time
from statistics import median

import pytest

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.drivers import bringing, queries, services
from tracker.drivers.models import ChangeIdea
from tracker.drivers.outline import read
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import CountStatements, LogIn

from .conftest import Small

HTMX = {"HX-Request": "true"}


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


@pytest.fixture
def home(project: Project) -> str:
    return f"/projects/{project.id}/drivers"


def texts(page: str) -> list[str]:
    """The boxes of a page in the order in which they are read."""
    boxes = re.findall(r'qi-node__t">(.*?)</div>', page, re.S)
    return [re.sub(r"<[^>]+>.*", "", re.sub(r"^.*?: </span>(<a[^>]*>)?", "", b)) for b in boxes]


def test_a_diagram_is_read_from_the_aim_outwards(
    jo: TrackerClient, home: str, small: Small
) -> None:
    page = jo.get(home).text
    assert [t.split("<")[0].strip() for t in texts(page)][1:] == [
        "Team readiness",
        "Policy",
        "Prompt card",
        "Equipment",
        "Room",
        "Trolley",
    ]
    assert "Also serves Room" in page


def test_the_page_takes_the_same_statements_however_large_the_diagram_is(
    jo: TrackerClient,
    home: str,
    small: Small,
    project: Project,
    lead: User,
    count_statements: CountStatements,
) -> None:
    jo.get(home)
    with count_statements() as few:
        jo.get(home)
    with unit_of_work():
        for number in range(20):
            services.add_idea(project, f"Idea {number}", under=[small.room], by=lead)
    with count_statements() as many:
        jo.get(home)
    assert len(few) == len(many) <= 12, few


def test_an_empty_diagram_says_how_to_start(jo: TrackerClient, home: str) -> None:
    page = jo.get(home).text
    assert "No drivers yet" in page
    assert f'href="{home}/new"' in page


def test_a_driver_is_added_by_a_plain_form(jo: TrackerClient, home: str, project: Project) -> None:
    answer = jo.post(f"{home}/new", data={"text": "Parents know"})
    assert answer.status_code == 303
    assert "Parents know" in jo.get(home).text


def test_htmx_gets_the_branch_that_changed_and_what_stands_around_it(
    jo: TrackerClient, home: str, small: Small, lead: User, project: Project
) -> None:
    with unit_of_work():
        services.change(
            db.session.get_one(ChangeIdea, small.card.id),
            text="Prompt card",
            note="",
            parents=[small.policy.id],
            measures=[],
            by=lead,
        )
    answer = jo.post(
        f"{home}/{small.room.id}/ideas/new", data={"text": "Ultrasound moved"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == f"#b-d{small.room.id}"
    assert "Ultrasound moved" in answer.text
    assert "Team readiness" not in answer.text.split('id="levels"')[0]
    assert 'id="loose" hx-swap-oob="true"' in answer.text


def test_words_that_are_there_already_are_refused_where_they_were_typed(
    jo: TrackerClient, home: str, small: Small
) -> None:
    url = f"{home}/{small.policy.id}/ideas/new"
    answer = jo.post(url, data={"text": "  trolley "})
    assert answer.status_code == 422
    assert "There is already a change idea called “Trolley”" in answer.text
    answer = jo.post(url, data={"text": "trolley"}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == f"#add-d{small.policy.id}"


def test_what_looks_like_an_nhs_number_is_refused(jo: TrackerClient, home: str) -> None:
    answer = jo.post(f"{home}/new", data={"text": "Ask 943 476 5919"})
    assert answer.status_code == 422
    assert "This looks like an NHS number" in answer.text


def test_a_box_moves_up_and_no_further(jo: TrackerClient, home: str, small: Small) -> None:
    url = f"{home}/{small.kit.id}/do"
    jo.post(url, data={"do": "up", "under": ""})
    assert texts(jo.get(home).text)[1].startswith("Equipment")
    answer = jo.post(url, data={"do": "up", "under": ""}, follow_redirects=True)
    assert "“Equipment” is the first there already" in answer.text


def test_a_box_that_somebody_moved_meanwhile_says_so(
    jo: TrackerClient, home: str, small: Small, lead: User
) -> None:
    with unit_of_work():
        services.change(
            db.session.get_one(ChangeIdea, small.trolley.id),
            text="Trolley",
            note="",
            parents=[small.policy.id],
            measures=[],
            by=lead,
        )
    answer = jo.post(
        f"{home}/ideas/{small.trolley.id}/do",
        data={"do": "down", "under": str(small.room.id)},
        headers=HTMX,
    )
    assert answer.status_code == 409
    assert "was moved to another place meanwhile" in answer.text
    assert answer.headers["HX-Retarget"] == "#tree"


def test_a_box_that_was_removed_says_so_and_can_come_back(
    jo: TrackerClient, home: str, small: Small
) -> None:
    url = f"{home}/{small.room.id}"
    removed = jo.post(
        f"{url}/do", data={"do": "remove", "under": str(small.kit.id)}, follow_redirects=True
    )
    assert "“Room” removed" in removed.text
    assert f"{url}/restore" in removed.text
    assert "1 idea has no driver" in removed.text, "the trolley hangs nowhere"
    again = jo.post(
        f"{url}/do", data={"do": "up", "under": str(small.kit.id)}, follow_redirects=True
    )
    assert "“Room” was removed meanwhile" in again.text
    back = jo.post(f"{url}/restore", follow_redirects=True)
    assert "“Room” is back" in back.text
    assert "has no driver" not in back.text


def test_an_idea_gets_words_a_second_driver_and_a_measure(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    measure = factories.measure(project, by=lead, title="Trolley used")
    url = f"{home}/ideas/{small.trolley.id}/edit"
    typed = form_in(jo.get(url).text)
    answer = jo.post(
        url,
        data={
            **typed,
            "text": "LifeStart trolley",
            "parents": [str(small.policy.id), str(small.room.id)],
            "measures": [str(measure.id)],
        },
    )
    assert answer.status_code == 303
    board = queries.board(project.id)
    key = small.trolley.uid.hex
    assert [n.text for n in board.diagram.above(key)] == ["Policy", "Room"]
    assert board.diagram.nodes[key].measures == (measure.uid.hex,)
    assert "Trolley used" in jo.get(home).text


def test_two_people_who_change_one_box_see_both_texts(
    jo: TrackerClient, home: str, small: Small, lead: User
) -> None:
    url = f"{home}/ideas/{small.trolley.id}/edit"
    typed = form_in(jo.get(url).text) | {"parents": [str(small.room.id)]}
    jo.post(url, data=typed | {"text": "Bedside trolley"})
    answer = jo.post(url, data=typed | {"text": "Warm trolley"})
    assert answer.status_code == 409
    assert "Bedside trolley" in answer.text
    assert 'value="Warm trolley"' in answer.text


def test_two_people_who_change_different_things_of_one_box_are_merged(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    url = f"{home}/ideas/{small.trolley.id}/edit"
    typed = form_in(jo.get(url).text)
    places = {"parents": [str(small.room.id)]}
    jo.post(url, data=typed | {"parents": [str(small.policy.id)]})
    answer = jo.post(url, data=typed | places | {"text": "Warm trolley"})
    assert answer.status_code == 409
    merged = form_in(answer.text) | {"parents": [str(small.policy.id)]}
    assert jo.post(url, data=merged).status_code == 303
    board = queries.board(project.id)
    assert board.diagram.nodes[small.trolley.uid.hex].text == "Warm trolley"
    assert [n.text for n in board.diagram.above(small.trolley.uid.hex)] == ["Policy"]


def test_a_team_member_adds_ideas_and_leaves_the_drivers(
    client: TrackerClient, log_in: LogIn, home: str, small: Small, project: Project
) -> None:
    member = factories.member(project, role=Role.TEAM_MEMBER)
    sam = log_in(member)
    page = sam.get(home).text
    assert f"{home}/{small.room.id}/ideas/new" in page
    assert f"{home}/{small.room.id}/edit" not in page
    answer = sam.post(f"{home}/{small.room.id}/ideas/new", data={"text": "Clock"})
    assert answer.status_code == 303
    assert sam.post(f"{home}/{small.room.id}/do", data={"do": "remove"}).status_code == 403


def test_a_cycle_planned_from_an_idea_says_where_the_idea_stands(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    form = jo.get(f"/projects/{project.id}/cycles/new?idea={small.trolley.id}").text
    assert form_in(form, "idem_key")["change_idea"] == "Trolley"
    factories.cycle(project, by=lead, change_idea="trolley")
    page = jo.get(f"{home}/ideas/{small.trolley.id}").text
    assert "Testing" in page
    assert "Ask at every visit" in page


@pytest.mark.heavy
def test_a_diagram_of_7_primary_20_secondary_and_60_ideas_takes_under_50_ms(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    lines = []
    for secondary in range(20):
        if secondary % 3 == 0:
            lines.append(f"Primary driver {secondary // 3}")
        lines.append(f"  Secondary driver {secondary}")
        lines += [f"    - Change idea {secondary}.{number}" for number in range(3)]
    with unit_of_work():
        bringing.bring_in(project, read("\n".join(lines)), replacing=False, why="", by=lead)
    assert len(queries.board(project.id).diagram.nodes) == 87
    took = []
    for _ in range(15):
        before = time.process_time()
        assert "Change idea 19.2" in jo.get(home).text
        took.append(time.process_time() - before)
    assert median(took) < 0.05, took
