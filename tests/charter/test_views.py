"""The pages of a charter: written by two, approved as it stands, and asked for again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.auth import personal
from tracker.auth.models import User
from tracker.charter import queries, services
from tracker.charter.domain import Verdict
from tracker.charter.models import Decision, EqualityGroup, Involvement
from tracker.charter.services import Assessment, Contribution
from tracker.charter.steps import RULES, to_look_at_equality
from tracker.db import db, unit_of_work
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project
from tracker.projects.queries import everybody
from tracker.projects.steps import Seen, facts_of
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import CountStatements, LogIn


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Optimal cord management", by=lead, programme="matneo")


@pytest.fixture
def sponsor(project: Project, lead: User) -> User:
    """The executive sponsor, who may read and nothing more."""
    who = factories.person("Ruth Example")
    with unit_of_work():
        projects.add_member(
            project,
            by=lead,
            on=date(2024, 1, 1),
            name=who.name,
            team_role="Executive sponsor",
            user=who,
            role=Role.VIEWER,
        )
    return who


@pytest.fixture
def home(project: Project) -> str:
    return f"/projects/{project.id}"


def write(client: TrackerClient, home: str, **said: str) -> None:
    form = form_in(client.get(f"{home}/charter/edit").text)
    assert client.post(f"{home}/charter/edit", data=form | said).status_code == 303


def decide(client: TrackerClient, home: str, verdict: str, reason: str = "") -> int:
    form = form_in(client.get(f"{home}/charter/decide").text, "seen")
    return client.post(
        f"{home}/charter/decide", data=form | {"verdict": verdict, "reason": reason}
    ).status_code


def steps_of(home: str) -> list[str]:
    """What the rules of this room ask of a project."""
    project = db.session.get_one(Project, int(home.rpartition("/")[2]))
    db.session.expire_all()
    found = facts_of([project.id], today())
    return [
        step.text
        for one in RULES
        for step in one.ask(Seen(project, [], [], found.get((one.key, project.id), ()), today()))
    ]


def test_a_charter_is_approved_as_it_stands_and_asked_for_again_when_it_changes(
    client: TrackerClient, log_in: LogIn, lead: User, sponsor: User, home: str
) -> None:
    jo = log_in(lead)
    write(jo, home, problem="Cords are cut early", scope_out="Twins", reports_to="The board")
    page = jo.get(f"{home}/charter").text
    assert "Not approved yet" in page
    assert "Team: 2 of 8" in page
    assert jo.get(f"{home}/charter/decide").status_code == 403
    assert steps_of(home) == ["Have the charter approved"]

    ruth = log_in(sponsor)
    assert decide(ruth, home, "refused") == 422
    assert decide(ruth, home, "refused", "Who pays for the trolley?") == 303
    assert "Sent back by Ruth Example, executive sponsor" in ruth.get(f"{home}/charter").text
    assert steps_of(home) == ["Change the charter"]
    assert decide(ruth, home, "approved") == 303
    assert 'qi-tag--go">Approved' in ruth.get(f"{home}/charter").text

    jo = log_in(lead)
    assert steps_of(home) == []
    write(jo, home, scope_out="Twins and triplets")
    assert steps_of(home) == ["Have the charter approved again"]
    page = jo.get(f"{home}/charter").text
    assert "Changed since it was approved" in page
    assert "What changed since: out of scope" in page
    last = db.session.scalars(db.select(Decision).order_by(Decision.id.desc())).first()
    assert last is not None
    then = jo.get(f"{home}/charter/decisions/{last.id}").text
    assert "Twins</span>" in then
    assert last.fingerprint in then
    told = jo.get(f"{home}/history").text
    assert "approved the charter" in told
    assert "sent the charter back" in told


def test_what_changed_while_it_was_read_is_not_approved(
    client: TrackerClient, log_in: LogIn, lead: User, sponsor: User, home: str, project: Project
) -> None:
    ruth = log_in(sponsor)
    form = form_in(ruth.get(f"{home}/charter/decide").text, "seen")
    with unit_of_work():
        projects.add_member(project, by=lead, on=date(2024, 1, 1), name="Sam", team_role="QI lead")
    answer = ruth.post(f"{home}/charter/decide", data=form | {"verdict": "approved"})
    assert answer.status_code == 422
    assert "changed while you read it" in answer.text
    assert "QI lead: Sam" in answer.text
    again = form_in(answer.text, "seen") | {"verdict": "approved"}
    assert ruth.post(f"{home}/charter/decide", data=again).status_code == 303


def test_an_erased_name_goes_from_what_was_approved_and_asks_nobody_again(
    client: TrackerClient, log_in: LogIn, lead: User, sponsor: User, home: str, project: Project
) -> None:
    assert decide(log_in(sponsor), home, "approved") == 303
    with unit_of_work():
        personal.erase(db.session.get_one(User, sponsor.key))
    last = db.session.scalars(db.select(Decision)).one()
    assert "Ruth Example" not in str(last.body)
    page = log_in(lead).get(f"{home}/charter").text
    assert "Ruth Example" not in page
    assert 'qi-tag--go">Approved' in page


def test_a_sponsor_who_left_and_an_administrator_of_elsewhere_do_not_decide(
    client: TrackerClient, log_in: LogIn, lead: User, sponsor: User, home: str, project: Project
) -> None:
    here = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=project.organisation)
    with unit_of_work():
        project = db.session.get_one(Project, project.id)
        member = next(m for m in everybody(project) if m.user_id == sponsor.key)
        projects.remove_member(member, by=lead, on=today())
        members = everybody(project)
        assert queries.decides_as(project, members, sponsor) == ""
        assert queries.decides_as(project, members, lead) == ""
        assert queries.decides_as(project, members, here) == "Organisation administrator"
        with pytest.raises(services.NotTheirs):
            services.decide(project, Verdict.APPROVED, reason="", seen="", by=sponsor)


def test_two_people_write_the_charter_and_what_each_changed_alone_is_kept(
    client: TrackerClient, log_in: LogIn, lead: User, home: str
) -> None:
    jo = log_in(lead)
    first = form_in(jo.get(f"{home}/charter/edit").text)
    write(jo, home, background="An audit")
    answer = jo.post(f"{home}/charter/edit", data=first | {"scope_in": "Both units"})
    assert answer.status_code == 409
    merged = form_in(answer.text)
    assert (merged["background"], merged["scope_in"]) == ("An audit", "Both units")
    assert jo.post(f"{home}/charter/edit", data=merged).status_code == 303
    page = jo.get(f"{home}/charter").text
    assert "An audit" in page
    assert "Both units" in page


def test_a_wished_split_is_listed_until_a_measure_shows_it(
    client: TrackerClient, log_in: LogIn, lead: User, home: str, project: Project
) -> None:
    """Product 4.11: a project whose EIA names deprivation but whose measures have no strata."""
    measure = factories.measure(project, by=lead, title="Clamped, most deprived fifth")
    jo = log_in(lead)
    form = form_in(
        jo.get(f"{home}/equality/new?group=People living in deprived areas").text, "name"
    )
    assert form["name"] == "People living in deprived areas"
    data = form | {"stratum": "Deprivation quintile", "impact": "They gain most"}
    assert jo.post(f"{home}/equality/new", data=data).status_code == 303
    assert "Deprivation quintile" in jo.get("/projects/not-charted").text
    assert "Not charted" in jo.get(f"{home}/charter").text

    row = db.session.scalars(db.select(EqualityGroup)).one()
    form = form_in(jo.get(f"{home}/equality/{row.id}").text)
    jo.post(f"{home}/equality/{row.id}", data=form | {"measures": str(measure.id)})
    assert "Deprivation quintile" not in jo.get("/projects/not-charted").text
    page = jo.get(f"{home}/equality").text
    assert "Clamped, most deprived fifth" in page
    assert "Wished and not charted" not in page


def test_an_assessment_is_signed_off_until_a_day_and_a_group_comes_back(
    client: TrackerClient, log_in: LogIn, lead: User, home: str, project: Project
) -> None:
    with unit_of_work():
        group = services.consider(project, Assessment("Age", impact="None"), by=lead)
    jo = log_in(lead)
    form = form_in(jo.get(f"{home}/equality/sign-off").text, "seen")
    assert steps_of(home) == ["Write the charter"]
    past, later = today() - timedelta(days=1), today() + timedelta(days=90)
    for on, status in ((past, 422), (later, 303)):
        day = {"review_on-day": on.day, "review_on-month": on.month, "review_on-year": on.year}
        answer = jo.post(f"{home}/equality/sign-off", data=form | day)
        assert answer.status_code == status
    assert "Signed off</span>" in jo.get(f"{home}/equality").text
    (due,) = [
        fact.on
        for key, facts in facts_of([project.id], later).items()
        if key[0] == to_look_at_equality.key
        for fact in facts
    ]
    assert due == later
    assert jo.post(f"{home}/equality/{group.id}/remove").status_code == 303
    assert "Changed since it was signed off" in jo.get(f"{home}/equality").text
    assert "Age" in jo.get(f"{home}/deleted").text
    assert jo.post(f"{home}/equality/{group.id}/restore").status_code == 303
    assert "Signed off</span>" in jo.get(f"{home}/equality").text


def test_co_production_counts_cycles_and_asks_kindly_while_it_is_empty(
    client: TrackerClient, log_in: LogIn, lead: User, home: str, project: Project
) -> None:
    cycle = factories.cycle(project, by=lead)
    factories.cycle(project, by=lead)
    jo = log_in(lead)
    assert "Nobody who is cared for is in the record yet" in jo.get(f"{home}/co-production").text
    form = form_in(jo.get(f"{home}/co-production/new").text, "who")
    data = form | {"who": "Patient Safety Partner", "cycles": str(cycle.id)}
    assert jo.post(f"{home}/co-production/new", data=data).status_code == 303
    assert jo.post(f"{home}/co-production/new", data=data).status_code == 303
    entry = db.session.scalars(db.select(Involvement)).one()
    form = form_in(jo.get(f"{home}/co-production/{entry.id}").text)
    jo.post(
        f"{home}/co-production/{entry.id}",
        data=form | {"cycles": str(cycle.id), "changed": "Somebody counts aloud"},
    )
    page = jo.get(f"{home}/co-production").text
    assert "Patient Safety Partner in 1 of 2 cycles" in page
    assert "Somebody counts aloud" in page


def test_a_charter_takes_the_same_statements_however_much_is_in_it(
    client: TrackerClient,
    log_in: LogIn,
    lead: User,
    home: str,
    project: Project,
    count_statements: CountStatements,
) -> None:
    def fill(times: int) -> None:
        with unit_of_work():
            for number in range(times):
                services.consider(
                    project, Assessment(f"Group {number}", stratum=f"Split {number}"), by=lead
                )
                services.involve(project, Contribution(f"Somebody {number}"), by=lead)
                services.sign_off(
                    project,
                    review_on=None,
                    note="",
                    seen=queries.equality_standing(project, queries.groups(project.id)).fingerprint,
                    by=lead,
                )

    fill(1)
    jo = log_in(lead)
    paths = [
        f"{home}/charter",
        f"{home}/equality",
        f"{home}/co-production",
        "/projects/not-charted",
    ]
    for path in paths:
        jo.get(path)
    counted = []
    for times in (0, 6):
        fill(times)
        for path in paths:
            with count_statements() as statements:
                jo.get(path)
            counted.append(len(statements))
    assert counted[:4] == counted[4:]
    assert max(counted) <= 20, counted


def test_the_aim_is_shown_under_what_it_serves(
    client: TrackerClient, log_in: LogIn, lead: User, home: str
) -> None:
    page = log_in(lead).get(f"{home}/aim").text
    levels = ("National ambition", "Programme", "PSC and ICB", "Our aim")
    places = [page.index(f">{level}<") for level in levels]
    assert places == sorted(places)
    assert "6% of births by 31 December 2025" in page


def test_the_charter_is_given_out_as_pdf(
    client: TrackerClient, log_in: LogIn, lead: User, home: str
) -> None:
    answer = log_in(lead).get(f"{home}/charter.pdf")
    assert answer.data.startswith(b"%PDF")
