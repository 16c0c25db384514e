"""A whole diagram brought in: checked first, added or put in place, gone back from."""

from __future__ import annotations

import pytest

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.drivers import queries, services
from tracker.drivers.domain import Level
from tracker.drivers.models import ChangeIdea, Driver
from tracker.drivers.outline import as_text
from tracker.permissions import Role
from tracker.projects.models import Project, Sharing
from tracker.testing import factories, samples
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import LoadPlugins, LogIn

from .conftest import Small


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


@pytest.fixture
def home(project: Project) -> str:
    return f"/projects/{project.id}/drivers"


def outline(project: Project) -> str:
    db.session.rollback()
    return as_text(queries.board(project.id).diagram)


def sent(page: str, **typed: str) -> dict[str, str]:
    return form_in(page, "seen") | typed


def test_the_text_is_checked_before_it_is_saved(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    page = jo.get(f"{home}/text").text
    typed = sent(page, text="Team readiness\n  Policy\n    - Leaflet\n", replacing="no")
    checked = jo.post(f"{home}/text", data=typed | {"do": "check"})
    assert checked.status_code == 200
    assert "1 change to be made" in checked.text
    assert "Leaflet" not in outline(project)
    saved = jo.post(f"{home}/text", data=sent(checked.text, do="save", replacing="no"))
    assert saved.status_code == 303
    assert "        - Leaflet\n" in outline(project)
    assert "Trolley" in outline(project)


def test_text_put_in_the_place_of_all_keeps_ideas_with_cycles(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    factories.cycle(project, by=lead, change_idea="Trolley")
    page = jo.get(f"{home}/text").text
    typed = sent(page, text="Data\n  - Board\n", replacing="yes", do="save")
    assert jo.post(f"{home}/text", data=typed).status_code == 303
    assert outline(project) == "Data\n    - Board\nNot placed yet:\n    - Trolley\n"


def test_what_somebody_did_since_the_check_is_shown_before_anything_is_saved(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    sam = factories.person("Sam Example")
    typed = sent(jo.get(f"{home}/text").text, text="Data\n", replacing="yes", do="save")
    with unit_of_work():
        services.add_driver(project, Level.PRIMARY, "Parents", by=sam)
    answer = jo.post(f"{home}/text", data=typed)
    assert answer.status_code == 409
    assert "Somebody changed the diagram since you checked" in answer.text
    assert "“Parents”" in answer.text, "it is among what would be removed"
    again = jo.post(f"{home}/text", data=sent(answer.text, do="save", replacing="yes"))
    assert again.status_code == 303


def test_text_that_cannot_be_read_comes_back_with_its_faults(
    jo: TrackerClient, home: str, small: Small
) -> None:
    typed = sent(jo.get(f"{home}/text").text, text="- idea\n", replacing="no", do="check")
    answer = jo.post(f"{home}/text", data=typed)
    assert answer.status_code == 422
    assert "Line 1: begin with a driver" in answer.text
    assert "- idea" in answer.text


def test_a_diagram_is_copied_from_a_project_one_may_read_and_from_no_other(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    theirs = factories.project("Their project", sharing=Sharing.NATIONAL)
    secret = factories.project("Secret project")
    for other in (theirs, secret):
        with unit_of_work():
            other = db.session.get_one(Project, other.id)
            top = services.add_driver(other, Level.PRIMARY, "Shared driver", by=lead)
            services.add_idea(other, "Shared idea", under=[top], note="Try it", by=lead)
    page = jo.get(f"{home}/start").text
    assert "Their project" in page
    assert "Secret project" not in page
    assert "Shared driver" not in jo.get(f"{home}/text?from=project/{secret.id}").text
    url = f"{home}/text?from=project/{theirs.id}"
    typed = sent(jo.get(url).text, do="save", replacing="no")
    assert jo.post(url, data=typed).status_code == 303
    assert outline(project) == "Shared driver\n    - Shared idea\n"
    idea = db.session.scalars(
        db.select(ChangeIdea).where(ChangeIdea.project_id == project.id)
    ).one()
    assert idea.note == "Try it"


def test_a_programmes_template_is_copied_with_its_definitions(
    load_plugins: LoadPlugins,
) -> None:
    app = load_plugins(samples.falls_plugin())
    with app.app_context():
        lead = factories.person("Jo Example")
        project = factories.project(by=lead, programme=samples.P)
        client = TrackerClient(app, app.response_class, use_cookies=True)
        client.sign_in(lead)
        home = f"/projects/{project.id}/drivers"
        assert "Fewer falls" in client.get(f"{home}/start").text
        url = f"{home}/text?from=template/start"
        typed = sent(client.get(url).text, do="save", replacing="no")
        assert client.post(url, data=typed).status_code == 303
        assert outline(project) == "Risk is known\n    On arrival\n        - Huddle\n"
        drivers = db.session.scalars(db.select(Driver)).all()
        idea = db.session.scalars(db.select(ChangeIdea)).one()
        assert all(d.definition_id for d in drivers)
        assert idea.definition_id not in {d.definition_id for d in drivers}


def test_one_idea_of_the_programme_is_adopted_by_a_team_member(load_plugins: LoadPlugins) -> None:
    app = load_plugins(samples.falls_plugin())
    with app.app_context():
        project = factories.project(programme=samples.P)
        client = TrackerClient(app, app.response_class, use_cookies=True)
        client.sign_in(factories.member(project, role=Role.TEAM_MEMBER))
        home = f"/projects/{project.id}/drivers"
        assert "Huddle" in client.get(f"{home}/start").text
        answer = client.post(f"{home}/ideas/adopt", data={"key": "huddle"})
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("/edit#parents")
        assert outline(project) == "Not placed yet:\n    - Huddle\n"
        assert "There are none that the project does not have" in client.get(f"{home}/start").text


def test_one_persons_sitting_is_one_version_and_the_next_persons_another(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    sam = factories.person("Sam Example")
    with unit_of_work():
        services.add_driver(project, Level.PRIMARY, "Parents", by=sam)
    assert [v.number for v in queries.versions(project)] == [2, 1]
    page = jo.get(f"{home}/versions").text
    assert "From version 1 to version 2" in page
    assert "Primary driver “Parents”" in page
    assert "Sam Example" in page


def test_a_version_comes_back_whole_and_so_does_the_one_after_it(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    first = outline(project)
    sam = factories.person("Sam Example")
    with unit_of_work():
        services.remove(db.session.get_one(Driver, small.team.id), by=sam)
        services.add_driver(project, Level.PRIMARY, "Parents", by=sam)
    second = outline(project)
    assert jo.post(f"{home}/versions/1/restore").status_code == 303
    assert outline(project) == first
    assert jo.post(f"{home}/versions/2/restore").status_code == 303
    assert outline(project) == second
    assert db.session.get_one(Driver, small.kit.id).deleted_at is None
    assert jo.post(f"{home}/versions/99/restore").status_code == 404
