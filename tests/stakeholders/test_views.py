"""The map's pages: one set of people in grid and table, changed in both, kept with its history."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work, utcnow
from tracker.deleted import services as deleted
from tracker.permissions import Role
from tracker.projects.models import Project, Sharing
from tracker.safe.dates import today
from tracker.stakeholders import queries, services
from tracker.stakeholders.domain import Details, Reach, Stance
from tracker.stakeholders.models import Stakeholder, StakeholderContact, StakeholderStance
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import Clock, CountStatements, LogIn

from .conftest import Small

HTMX = {"HX-Request": "true"}


def in_grid(page: str) -> dict[str, list[str]]:
    """Names in each quarter of the grid."""
    quarters = re.findall(r'<section class="qi-quad qi-quad--(\w+)"(.*?)</section>', page, re.S)
    return {
        name: [each.strip() for each in re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", part)]
        for name, part in quarters
    }


def in_table(page: str) -> dict[str, str]:
    """Rows of the table by name, in their order, as text."""
    body = page[page.index("<tbody") :]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    found = {}
    for row in rows:
        text = " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", row)).split())
        name = re.search(r'scope="row">(?:<a[^>]*>)?([^<]+)', row)
        assert name
        found[name[1]] = text
    return found


def test_the_seven_of_the_walk_are_in_grid_and_table_with_stance_and_action(
    jo: TrackerClient, home: str
) -> None:
    people = {
        "Obstetricians": ("engage", "let", "make"),
        "Midwives": ("engage", "help", "make"),
        "Theatre team": ("involve", "neutral", "help"),
        "Neonatal nurses": ("engage", "make", "make"),
        "Anaesthetists": ("keep_informed", "neutral", "let"),
        "Parents’ voice group": ("keep_engaged", "help", "make"),
        "Finance": ("involve", "neutral", "let"),
    }
    for name, (place, now, needed) in people.items():
        form = form_in(jo.get(f"{home}/new").text, "idem_key")
        answer = jo.post(
            f"{home}/new",
            data=form
            | {
                "name": name,
                "kind": "group",
                "influence": "high" if place in ("engage", "involve") else "low",
                "interest": "high" if place in ("engage", "keep_engaged") else "low",
                "now": now,
                "needed": needed,
                "action": f"Talk with {name}: trolley business case",
                "lived_experience": "yes" if "Parents" in name else "",
            },
        )
        assert answer.status_code == 303
    page = jo.get(home).text
    grid, table = in_grid(page), in_table(page)
    grid["engage"].remove("Executive sponsor")
    assert table.pop("Executive sponsor").startswith("Executive sponsor Vacant since the project")
    assert {name: place for place, names in grid.items() for name in names} == {
        name: place for name, (place, _, _) in people.items()
    }
    assert set(table) == set(people)
    for name, (_, now, needed) in people.items():
        assert Stance(now).label in table[name]
        assert Stance(needed).label.casefold() in table[name].casefold()
        assert f"Talk with {name}: trolley business case" in table[name]
    assert list(table)[:2] == ["Obstetricians", "Theatre team"]
    assert "Two with high influence are two steps short" in page
    assert "brings lived experience yet" not in page
    assert 'aria-current="page">People' in page


def test_an_empty_map_says_what_it_is_for_and_nobody_with_lived_experience_is_only_asked_for(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    # A sponsor is missed from the first day; the map itself is empty.
    assert "brings lived experience yet" in jo.get(home).text
    with unit_of_work():
        project.programme = None
    assert "Executive sponsor" in in_table(jo.get(home).text)
    assert "lived_experience=yes" in jo.get(home).text
    form = form_in(jo.get(f"{home}/new?lived_experience=yes").text, "idem_key")
    assert form["lived_experience"] == "yes"


def test_stance_action_and_contact_are_changed_in_the_table(
    jo: TrackerClient, home: str, small: Small
) -> None:
    url = f"{home}/{small.theatre.id}/standing"
    drawn = jo.get(url, headers=HTMX)
    assert drawn.headers["HX-Retarget"] == f"#s{small.theatre.id}"
    assert drawn.text.lstrip().startswith("<tr")
    day = today() - timedelta(days=1)
    sent = form_in(drawn.text) | {
        "now": "let",
        "action": "Walk theatre 2 with the trolley",
        "next_contact_on-day": str(day.day),
        "next_contact_on-month": str(day.month),
        "next_contact_on-year": str(day.year),
    }
    answer = jo.post(url, data=sent, headers=HTMX)
    assert answer.status_code == 200
    row = in_table(answer.text)["Theatre team"]
    assert "Let it happen , needed: help it happen 1 step to go" in row.replace("→ ", "")
    assert "Walk theatre 2 with the trolley" in row
    assert "Overdue" in row
    assert f"change-{small.theatre.id}" in answer.headers["HX-Trigger-After-Settle"]
    # The same without script, and a form that was drawn before it.
    late = jo.post(url, data=sent | {"now": "opposed"})
    assert late.status_code == 409
    assert "You saved this in another window first" in late.text
    again = form_in(jo.get(url).text) | {"next_contact_on-month": "13"}
    assert jo.post(url, data=again).status_code == 422
    stood = [stood.now for stood in queries.stances(small.theatre.project_id, small.theatre.id)]
    assert stood == [Stance.NEUTRAL, Stance.LET]


def test_two_people_who_edit_one_stakeholder_both_keep_what_they_wrote(
    jo: TrackerClient, home: str, small: Small, project: Project, log_in: LogIn, lead: User
) -> None:
    url = f"{home}/{small.midwives.id}/edit"
    drawn = form_in(jo.get(url).text)
    other = factories.member(project, user=factories.person("Sam Other"))
    theirs = log_in(other).get(url)
    with unit_of_work():
        services.set_standing(
            db.session.get_one(Stakeholder, small.midwives.id),
            now=Stance.MAKE,
            needed=Stance.MAKE,
            action="",
            next_contact_on=None,
            on=today(),
            by=other,
        )
    jo = log_in(lead)
    answer = jo.post(url, data=drawn | {"notes": "Ask for the roster"})
    assert theirs.status_code == 200
    assert answer.status_code == 409
    assert "Sam Other" in answer.text
    assert jo.post(url, data=form_in(answer.text)).status_code == 303
    row = db.session.get_one(Stakeholder, small.midwives.id)
    assert (row.now, row.notes) == (Stance.MAKE, "Ask for the roster")


def test_somebody_is_moved_on_the_grid_by_two_choices(
    jo: TrackerClient, home: str, small: Small
) -> None:
    sent = {"stakeholder": str(small.theatre.id), "to": "keep_informed"}
    answer = jo.post(f"{home}/move", data=form_in(jo.get(home).text, "to") | sent)
    assert answer.status_code == 303
    page = jo.get(home).text
    assert in_grid(page)["keep_informed"] == ["Theatre team"]
    assert jo.post(f"{home}/move", data={"to": "engage"}).status_code == 422


def test_a_contact_is_kept_with_what_came_of_it_and_moves_the_stance(
    jo: TrackerClient, home: str, small: Small
) -> None:
    url = f"{home}/{small.theatre.id}/contacts/new"
    form = form_in(jo.get(url).text, "idem_key")
    assert form["who"] == "Jo Example"
    assert jo.post(url, data=form | {"outcome": "Ring 943 476 5919"}).status_code == 422
    sent = form | {"way": "met", "outcome": "They will try it", "now": "help"}
    assert jo.post(url, data=sent).status_code == 303
    assert jo.post(url, data=sent).status_code == 303
    assert [c.outcome for c in db.session.scalars(db.select(StakeholderContact))] == [
        "They will try it"
    ]
    page = jo.get(f"{home}/{small.theatre.id}").text
    assert "They will try it" in page
    assert "Neutral became help it happen" in page
    with unit_of_work():
        row = db.session.get_one(Stakeholder, small.theatre.id)
        row.next_contact_on = today() + timedelta(days=9)
    # Written down late, without a stance and without a day: both stay as they are.
    early = today() - timedelta(days=30)
    late = form_in(jo.get(url).text, "idem_key") | {
        "on-day": str(early.day),
        "on-month": str(early.month),
        "on-year": str(early.year),
        "way": "call",
        "outcome": "They asked for figures",
    }
    assert jo.post(url, data=late).status_code == 303
    row = db.session.get_one(Stakeholder, small.theatre.id)
    assert (row.now, row.next_contact_on) == (Stance.HELP, today() + timedelta(days=9))
    jo.post(url, data=late | {"idem_key": "again", "now": "let"})
    stood = queries.stances(row.project_id, row.id)
    assert [each.now for each in stood] == [Stance.NEUTRAL, Stance.HELP, Stance.LET]
    assert stood[-1].on == today()
    told = jo.get(f"{home}/changes").text
    assert told.index("Neutral became help it happen") < told.index("Neutral. Needed")
    assert "They will try it" in told


def test_who_is_taken_off_comes_back_with_all_that_was_kept(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    with unit_of_work():
        services.add_link(
            project, source="Theatre team", target="Labour ward", flows="Rooms", by=lead
        )
    row_id = small.theatre.id
    answer = jo.post(f"{home}/{row_id}/remove", follow_redirects=True)
    assert "Undo" in answer.text
    assert "Theatre team" not in in_table(answer.text)
    assert "Rooms" not in jo.get(f"{home}/system").text
    assert jo.get(f"{home}/{row_id}").status_code == 404
    assert "Theatre team" in jo.get(f"/projects/{project.id}/deleted").text
    back = jo.post(f"{home}/{row_id}/restore", follow_redirects=True)
    assert "Theatre team" in in_table(back.text)
    assert "Rooms" in jo.get(f"{home}/system").text
    assert db.session.scalar(db.select(db.func.count(StakeholderStance.id))) == 3


def test_after_thirty_days_nothing_of_who_was_taken_off_is_left(
    small: Small, project: Project, lead: User, stop_clock: Clock
) -> None:
    with unit_of_work():
        services.add_link(
            project, source="Theatre team", target="Labour ward", flows="Rooms", by=lead
        )
        services.remove(small.theatre, by=lead)
    stop_clock(today() + timedelta(days=31))
    with unit_of_work():
        assert deleted.purge(utcnow())["stakeholder"] == 1
    assert {row.name for row in db.session.scalars(db.select(Stakeholder))} == {
        "Midwives",
        "Neonatal nurses",
    }
    assert {row.name for row in queries.stances(project.id)} == {"Midwives", "Neonatal nurses"}
    assert queries.links(project.id) == []


def test_flows_are_between_those_on_the_map_and_services_by_name(
    jo: TrackerClient, home: str, small: Small
) -> None:
    def add(source: str, target: str, flows: str) -> int:
        form = form_in(jo.get(f"{home}/system/new").text, "idem_key")
        sent = form | {"source": source, "target": target, "flows": flows}
        return jo.post(f"{home}/system/new", data=sent).status_code

    assert "No flow yet" in jo.get(f"{home}/system").text
    assert add("theatre  TEAM", "Labour ward", "Rooms") == 303
    assert add("Theatre team", "Labour ward", "rooms") == 303
    assert add("Labour ward", "", "Babies") == 422
    (link,) = queries.links(small.theatre.project_id)
    assert (link.source_id, link.target_name) == (small.theatre.id, "Labour ward")
    url = f"{home}/system/{link.id}"
    form = form_in(jo.get(f"{url}/edit").text)
    assert form["source"] == "Theatre team"
    assert jo.post(f"{url}/edit", data=form | {"target": "Midwives"}).status_code == 303
    page = jo.get(f"{home}/system").text
    assert "1: Theatre team to Midwives, Rooms" in page
    assert jo.post(f"{url}/remove", follow_redirects=True).text.count("Undo") == 1
    assert "No flow yet" in jo.get(f"{home}/system").text
    assert jo.post(f"{url}/restore").status_code == 303
    assert len(queries.links(small.theatre.project_id)) == 1


def test_the_map_takes_the_same_statements_for_three_and_for_forty(
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
        for number in range(37):
            details = Details(
                name=f"Group {number}", influence=Reach.HIGH, interest=Reach.LOW, now=Stance.LET
            )
            services.add(project, details, on=today(), by=lead)
    with count_statements() as many:
        page = jo.get(home).text
    assert len(few) == len(many) <= 9, few
    assert "qi-quads--dense" in page
    assert len(in_grid(page)["involve"]) == 38


@pytest.mark.parametrize("role", [Role.VIEWER, Role.NATIONAL_VIEWER])
def test_who_only_reads_the_project_does_not_read_what_is_written_about_people(
    home: str, project: Project, small: Small, log_in: LogIn, role: Role
) -> None:
    with unit_of_work():
        db.session.get_one(Project, project.id).sharing = Sharing.NATIONAL
    reader = log_in(factories.person(role=role, on=factories.organisation()))
    assert reader.get(f"/projects/{project.id}").status_code == 200
    assert reader.get(home).status_code == 403
    assert reader.get(f"{home}.csv").status_code == 403
    assert home not in reader.get(f"/projects/{project.id}/people").text


def test_the_history_tells_what_was_done_and_holds_no_name(
    jo: TrackerClient, home: str, small: Small, project: Project
) -> None:
    url = f"{home}/{small.theatre.id}/edit"
    sent = form_in(jo.get(url).text) | {"name": "Quokka Jones", "kind": "person", "owner": "Quokka"}
    assert "Quokka Jones" in jo.post(url, data=sent, follow_redirects=True).text
    events = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action.startswith("stakeholder"))
    ).all()
    assert len(events) == 4
    assert not [event for event in events if "Quokka" in str(event.detail)]
    told = jo.get(f"/projects/{project.id}/history").text
    assert "changed a stakeholder" in told
    assert "Quokka" not in told
