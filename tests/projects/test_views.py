"""Pages about projects: what is saved, what is refused, and what comes back as typed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.drafts.models import Draft
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.projects import services
from tracker.projects.models import Aim, Project, ProjectMember, Sharing, Status
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

DAY = date(2026, 3, 10)


@pytest.fixture
def trust(app: Flask, stop_clock: Clock) -> Organisation:
    stop_clock(DAY)
    return factories.organisation("Example Trust")


@pytest.fixture
def lead(trust: Organisation) -> User:
    return factories.person("Jo Example", role=Role.QI_LEAD, on=trust)


@pytest.fixture
def project(lead: User, trust: Organisation) -> Project:
    return factories.project("Safer pain care", by=lead, organisation=trust)


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def starting(**typed: str) -> dict[str, str]:
    return {"title": "Fewer falls", "sharing": "team", "idem_key": str(uuid.uuid4()), **typed}


def versioned(record: Project | Aim, **typed: str) -> dict[str, str]:
    db.session.rollback()
    return {"version": str(record.version), **typed}


def told() -> int:
    return db.session.scalar(db.select(db.func.count(AuditEvent.id))) or 0


def start_url(trust: Organisation) -> str:
    return f"/organisations/{trust.id}/projects/new"


def test_a_project_is_started_and_its_page_says_what_to_do_next(
    jo: TrackerClient, trust: Organisation
) -> None:
    sent = jo.post(start_url(trust), data=starting(sites="Ward 4\r\n\r\n Ward 5 "))
    assert sent.status_code == 303
    shown = jo.get(sent.headers["Location"]).text
    assert "Project started" in shown
    assert "Fewer falls" in shown
    assert "At Ward 4, Ward 5" in shown
    assert "Write the aim" in shown


def test_one_place_to_choose_from_is_not_asked_for(jo: TrackerClient, trust: Organisation) -> None:
    sent = jo.get("/projects/new")
    assert (sent.status_code, sent.headers["Location"]) == (303, start_url(trust))


def test_a_double_press_starts_one_project(jo: TrackerClient, trust: Organisation) -> None:
    typed = starting()
    first, second = (jo.post(start_url(trust), data=typed) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.scalar(db.select(db.func.count(Project.id))) == 1


def test_two_forms_start_two_projects_even_without_keys(
    jo: TrackerClient, trust: Organisation
) -> None:
    for title in ("One", "Two"):
        jo.post(start_url(trust), data={"title": title, "sharing": "team"})
    assert set(db.session.scalars(db.select(Project.title))) == {"One", "Two"}


def test_a_key_is_its_persons_own(
    jo: TrackerClient, trust: Organisation, new_client: Callable[[], TrackerClient]
) -> None:
    typed = starting()
    first = jo.post(start_url(trust), data=typed)
    other = new_client()
    other.sign_in(factories.person(role=Role.QI_LEAD, on=trust))
    second = other.post(start_url(trust), data=typed)
    assert first.headers["Location"] != second.headers["Location"]


def test_a_refused_start_keeps_what_was_typed_and_offers_it_again(
    jo: TrackerClient, trust: Organisation
) -> None:
    before = told()
    typed = starting(title="", problem="Falls at night", sites="Ward 4")
    refused = jo.post(start_url(trust), data=typed)
    assert refused.status_code == 422
    assert "<title>Error: " in refused.text
    assert 'href="#title">Enter a title' in refused.text
    assert "Falls at night" in refused.text
    assert 'value="team" checked' in refused.text
    assert told() == before

    again = jo.get(start_url(trust)).text
    assert "This is your draft" in again
    assert "Falls at night" in again
    assert jo.post(start_url(trust), data=starting()).status_code == 303
    assert "Falls at night" not in jo.get(start_url(trust)).text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "x" * 121, "Project title: use 120 characters or fewer"),
        ("sharing", "", "Choose who can read it"),
        ("sharing", "everyone", "Choose one of the options"),
        ("programme", "no-such", "Choose one of the options"),
        ("psc_id", "999999", "Choose one of the options"),
        ("psc_id", "1" * 30, "Choose one of the options"),
        ("problem", "943 476 5919", "This looks like an NHS number (943 ••• ••••)"),
        ("problem", "x" * 2001, "Use 2,000 characters or fewer"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field(
    jo: TrackerClient, trust: Organisation, field: str, typed: str, message: str
) -> None:
    refused = jo.post(start_url(trust), data=starting(**{field: typed}))
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert message in refused.text
    assert db.session.scalar(db.select(db.func.count(Project.id))) == 0


def test_nobody_starts_a_project_where_they_have_no_role(
    jo: TrackerClient, trust: Organisation
) -> None:
    elsewhere = factories.organisation()
    assert jo.post(start_url(elsewhere), data=starting()).status_code == 403
    assert db.session.scalar(db.select(db.func.count(Project.id))) == 0


def test_settings_change_the_project(jo: TrackerClient, project: Project) -> None:
    url = f"/projects/{project.id}/settings"
    assert 'value="Safer pain care"' in jo.get(url).text
    sent = jo.post(url, data=versioned(project, title="Safer care", problem="Too many"))
    assert sent.status_code == 303
    assert "Safer care" in jo.get(sent.headers["Location"]).text
    assert jo.post(url, data=versioned(project, title="")).status_code == 422


def test_settings_keep_a_psc_that_has_closed_since(
    jo: TrackerClient, lead: User, trust: Organisation
) -> None:
    closed = factories.organisation(kind=OrganisationKind.PSC, valid_to=date(2026, 1, 31))
    project = factories.project(by=lead, organisation=trust, psc=closed)
    url = f"/projects/{project.id}/settings"
    assert f'<option value="{closed.id}" selected>' in jo.get(url).text
    typed = versioned(project, title="Safer care", psc_id=str(closed.id))
    assert jo.post(url, data=typed).status_code == 303
    db.session.rollback()
    assert project.psc_id == closed.id


def test_an_aim_is_saved_with_gaps_and_its_faults_are_named(
    jo: TrackerClient, project: Project
) -> None:
    url = f"/projects/{project.id}/aim/edit"
    typed = versioned(
        project.aim, direction="increase", measure="cord clamping", unit="%", target="95%"
    )
    sent = jo.post(url, data=typed)
    assert sent.status_code == 303
    shown = jo.get(f"/projects/{project.id}/aim").text
    assert "Increase cord clamping to 95%." in shown
    assert "Not yet complete:" in shown
    for fault in ("no population", "no place", "no baseline", "no date"):
        assert fault in shown
    assert "no target" not in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("baseline", "nan"),
        ("baseline", "1_000"),
        ("baseline", "٧٥"),
        ("target", "1e400"),
        ("target", "75 to 95"),
        ("by-day", "31"),
    ],
)
def test_an_aim_with_a_number_or_date_that_is_none_comes_back_as_typed(
    jo: TrackerClient, project: Project, field: str, typed: str
) -> None:
    sent = versioned(
        project.aim, unit="%", measure="falls", **{"by-month": "2", "by-year": "2026", field: typed}
    )
    if not field.startswith("by"):
        sent |= {"by-day": "28"}
    refused = jo.post(f"/projects/{project.id}/aim/edit", data=sent)
    assert refused.status_code == 422
    assert f'value="{typed}"' in refused.text
    assert 'value="falls"' in refused.text
    db.session.rollback()
    assert (project.aim.measure, project.aim.version) == ("", 1)


def test_sharing_is_changed_and_says_so(jo: TrackerClient, project: Project) -> None:
    url = f"/projects/{project.id}/sharing"
    assert jo.post(url, data=versioned(project, sharing="network")).status_code == 303
    db.session.rollback()
    assert project.sharing is Sharing.NETWORK
    assert jo.post(url, data=versioned(project)).status_code == 422


def test_closing_can_be_undone_by_the_banner(jo: TrackerClient, project: Project) -> None:
    url = f"/projects/{project.id}/close"
    typed = {"closed_on-day": "9", "closed_on-month": "3", "closed_on-year": "2026"}
    sent = jo.post(url, data=versioned(project, status="finished", note="Routine now", **typed))
    assert sent.status_code == 303
    shown = jo.get(sent.headers["Location"]).text
    assert "Finished on 9 March 2026." in shown
    assert "Routine now" in shown
    undo = re.search(r'action="([^"]+/reopen[^"]*)"', shown)
    assert undo is not None
    assert jo.post(undo[1]).status_code == 303
    db.session.rollback()
    assert (project.status, project.closed_on) == (Status.ACTIVE, None)
    assert "Project open again" in jo.get(f"/projects/{project.id}").text


def test_a_project_does_not_end_in_the_future_or_stay_active(
    jo: TrackerClient, project: Project
) -> None:
    url = f"/projects/{project.id}/close"
    tomorrow = {"closed_on-day": "11", "closed_on-month": "3", "closed_on-year": "2026"}
    refused = jo.post(url, data=versioned(project, status="finished", **tomorrow))
    assert refused.status_code == 422
    assert "must be 10 March 2026 or earlier" in refused.text
    today = {**tomorrow, "closed_on-day": "10"}
    assert jo.post(url, data=versioned(project, status="active", **today)).status_code == 422


def test_a_colleague_with_an_account_joins_and_reads_at_once(
    jo: TrackerClient, project: Project, new_client: Callable[[], TrackerClient]
) -> None:
    sam = factories.person("Sam Example")
    sams = new_client()
    sams.sign_in(sam)
    assert sams.get(f"/projects/{project.id}").status_code == 404
    typed = {"name": "Sam Example", "team_role": "Coach", "email": sam.email, "access": "coach"}
    sent = jo.post(f"/projects/{project.id}/people/new", data=typed)
    assert sent.status_code == 303
    assert "Sam Example is on the team" in jo.get(sent.headers["Location"]).text
    assert sams.get(f"/projects/{project.id}").status_code == 200

    member = db.session.scalars(
        db.select(ProjectMember).where(ProjectMember.user_id == sam.id)
    ).one()
    off = jo.post(f"/projects/{project.id}/people/{member.id}/remove")
    assert off.status_code == 303
    assert "Sam Example" not in jo.get(f"/projects/{project.id}/people").text
    assert sams.get(f"/projects/{project.id}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Enter their name"),
        ({"team_role": ""}, "Choose their part on the team"),
        ({"email": "nobody@example.org", "access": "coach"}, "There is no account"),
        ({"email": "own"}, "Choose what they may do here"),
        ({"email": "own", "access": "system_administrator"}, "Choose one of the options"),
        ({"email": "own", "access": "organisation_administrator"}, "Choose one of the options"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_with_the_reason(
    jo: TrackerClient, project: Project, typed: dict[str, str], message: str
) -> None:
    if typed.get("email") == "own":
        typed = {**typed, "email": factories.person().email}
    sent = {"name": "Sam Example", "team_role": "Coach", **typed}
    refused = jo.post(f"/projects/{project.id}/people/new", data=sent)
    assert refused.status_code == 422
    assert message in refused.text
    assert db.session.scalar(db.select(db.func.count(ProjectMember.id))) == 1


def test_nobody_joins_a_team_twice(jo: TrackerClient, project: Project, lead: User) -> None:
    typed = {"name": "Jo", "team_role": "Coach", "email": lead.email, "access": "coach"}
    refused = jo.post(f"/projects/{project.id}/people/new", data=typed)
    assert refused.status_code == 422
    assert "is on the team already" in refused.text


def test_the_list_is_filtered_by_its_address(jo: TrackerClient, project: Project) -> None:
    assert "Safer pain care" in jo.get("/projects?q=pain&status=active&mine=yes").text
    for query in ("q=falls", "status=finished", "programme=opioids"):
        shown = jo.get(f"/projects?{query}").text
        assert "Safer pain care" not in shown
        assert "No project matches." in shown


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=99999999999999999999999",
        f"page={'9' * 5000}",
        "page=-1",
        "page=%D9%A1",
        "status=none",
        "programme=%00",
        "q=%00",
        "q=%25%27%22%3B--",
        "q=%F0%9F%92%A9",
        "programme=%ED%A0%80",
    ],
)
def test_a_strange_address_of_the_list_is_still_a_list(jo: TrackerClient, query: str) -> None:
    assert jo.get(f"/projects?{query}").status_code == 200


def test_pages_of_the_list_keep_the_filter(
    jo: TrackerClient, lead: User, trust: Organisation
) -> None:
    for number in range(26):
        factories.project(f"Falls {number}", by=lead, organisation=trust)
    shown = jo.get("/projects?q=falls").text
    assert "26 projects" in shown
    assert "Page 1 of 2" in shown
    onward = re.search(r'href="([^"]+)" rel="next"', shown)
    assert onward is not None
    assert "Page 2 of 2" in jo.get(onward[1].replace("&amp;", "&")).text


def test_htmx_gets_the_results_alone(jo: TrackerClient, project: Project) -> None:
    part = jo.get("/projects?q=pain", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="results">')
    assert "<html" not in part.text


@pytest.mark.parametrize("path", ["", "/aim", "/people", "/aim/edit", "/settings", "/close"])
def test_reading_changes_nothing(jo: TrackerClient, project: Project, path: str) -> None:
    before, version = told(), project.version
    assert jo.get(f"/projects/{project.id}{path}").status_code == 200
    assert told() == before
    assert project.version == version
    assert db.session.scalar(db.select(db.func.count(Draft.id))) == 0


def test_a_closed_project_stays_as_it_is_until_it_is_opened_again_with_a_reason(
    jo: TrackerClient, project: Project, lead: User
) -> None:
    home = f"/projects/{project.id}"
    cycle = factories.cycle(project)
    with unit_of_work():
        services.close(project, Status.FINISHED, on=date(2026, 3, 9), note="", by=lead)
    for path in ("/settings", "/aim/edit", "/people/new", "/cycles/new", "/measures/choose"):
        refused = jo.get(f"{home}{path}")
        assert refused.status_code == 403
        assert "This project has ended" in refused.text
    refused = jo.post(
        f"{home}/cycles/{cycle.id}/do",
        data={"observations": "Too late"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert refused.status_code == 403
    assert "Too late" in refused.text, "what was typed comes back"
    page = jo.get(f"{home}/cycles/{cycle.id}").text
    assert "nothing else in it changes" in page
    assert "/cycles/new" not in page
    assert jo.post(f"{home}/comments/project/{project.id}", data={"body": "Well done"}).location
    assert jo.get(f"{home}/case-studies").status_code == 200

    assert jo.post(f"{home}/archive").status_code == 303
    assert "in the archive since 10 March 2026" in jo.get(home).text
    assert project.title not in jo.get("/projects").text
    assert project.title in jo.get("/projects?status=archived").text
    assert "Finished 9 March 2026, archived" in jo.get(f"/search?q={project.title}").text

    db.session.rollback()
    assert jo.post(f"{home}/reopen", data=versioned(project)).status_code == 422
    assert jo.post(f"{home}/reopen", data=versioned(project, reason="More to do")).location
    assert "nothing else in it changes" not in jo.get(home).text
    assert project.title in jo.get("/projects").text
    assert "More to do" in jo.get(f"{home}/history").text
