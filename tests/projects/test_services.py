"""What people do to projects, and the history each of those leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth import queries as auth
from tracker.auth.models import Membership, User
from tracker.db import db, unit_of_work
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.projects import queries, services
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project, ProjectMember, ProjectSite, Sharing, Status
from tracker.testing import factories
from tracker.testing.plugin import Clock

DAY = date(2026, 3, 10)
LONG = "What happens now, and to whom. " * 20


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(DAY)
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Safer pain care", by=lead, organisation=factories.organisation())


def events(project: Project, action: str) -> list[dict[str, Any]]:
    """What the history tells of one action in a project, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(
        db.select(AuditEvent)
        .where(AuditEvent.project_id == project.id, AuditEvent.action == action)
        .order_by(AuditEvent.id)
    )
    return [row.detail for row in rows]


def change(project: Project, lead: User, **changed: Any) -> None:
    asked: dict[str, Any] = {
        "title": project.title,
        "problem": project.problem,
        "programme": project.programme,
        "psc": None,
        "sites": [],
        **changed,
    }
    with unit_of_work():
        services.change(project, by=lead, **asked)


def test_starting_makes_the_lead_the_aim_and_the_sites(lead: User) -> None:
    owner = factories.organisation()
    with unit_of_work():
        project = services.start(
            title="Safer pain care",
            organisation=owner,
            by=lead,
            on=DAY,
            sites=["Ward 4", "Ward 5", "Ward 4"],
        )
    assert [(m.name, m.team_role, m.joined_on) for m in queries.team(project, DAY)] == [
        ("Jo Example", "Lead", DAY)
    ]
    assert auth.project_roles(project.id, DAY) == {lead.id: [Role.QI_LEAD]}
    assert [site.name for site in queries.sites(project)] == ["Ward 4", "Ward 5"]
    assert project.aim.direction is None
    assert (project.sharing, project.status) == (Sharing.TEAM, Status.ACTIVE)


def test_starting_is_told_once_with_its_organisation(project: Project, lead: User) -> None:
    row = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action == "project.started")
    ).one()
    assert (row.user_id, row.organisation_id) == (lead.id, project.organisation_id)
    assert (row.project_id, row.subject_kind, row.subject_id) == (
        project.id,
        "project",
        project.id,
    )


def test_a_change_tells_old_and_new_and_long_text_as_its_hash(project: Project, lead: User) -> None:
    change(project, lead, title="Safer care", problem=LONG)
    (told,) = events(project, "project.changed")
    assert told["title"] == ["Safer pain care", "Safer care"]
    assert told["problem"][0] == ""
    assert told["problem"][1].startswith("sha256:")
    assert set(told) == {"title", "problem"}


def test_a_change_of_a_project_in_a_programme_is_told_too(project: Project, lead: User) -> None:
    change(project, lead, programme="opioids", title="Safer care")
    (told,) = events(project, "project.changed")
    assert told["title"] == ["Safer pain care", "Safer care"]
    assert told["programme"] == [None, "opioids"]


def test_a_change_of_sites_alone_is_told_and_moves_the_version(
    project: Project, lead: User
) -> None:
    change(project, lead, sites=["Ward 4"])
    change(project, lead, sites=["Ward 5"])
    assert events(project, "project.changed") == [
        {"sites": [[], ["Ward 4"]]},
        {"sites": [["Ward 4"], ["Ward 5"]]},
    ]
    assert project.version == 3
    assert db.session.scalars(db.select(ProjectSite.name)).all() == ["Ward 5"]


def test_saving_what_is_there_already_tells_nothing(project: Project, lead: User) -> None:
    version = project.version
    change(project, lead)
    with unit_of_work():
        services.share(project, Sharing.TEAM, by=lead)
        services.set_aim(project.aim, AimParts(), by=lead)
    assert events(project, "project.changed") == []
    assert events(project, "project.shared") == []
    assert events(project, "aim.set") == []
    assert project.version == version


def test_a_changed_title_is_found_and_the_old_one_is_not(project: Project, lead: User) -> None:
    change(project, lead, title="Fewer falls")
    mine = queries.Filters(text="falls")
    assert [p.id for p in queries.project_page(lead, mine).projects] == [project.id]
    assert queries.project_page(lead, queries.Filters(text="pain")).count == 0


def test_a_search_shows_those_begun_last_of_too_many_the_latest_changed_first(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "COUNT_UP_TO", 2)
    trust = factories.organisation()
    made = [factories.project(f"Falls {n}", by=lead, organisation=trust) for n in range(4)]
    with unit_of_work():
        for at, project in zip((9, 8, 7, 6), made, strict=True):
            project.changed_at = datetime(2026, 1, at, tzinfo=UTC)
    found = queries.project_page(lead, queries.Filters(text="falls"))
    assert found.is_cut
    assert [p.title for p in found.projects] == ["Falls 1", "Falls 2", "Falls 3"]
    of_two = queries.project_page(lead, queries.Filters(text="falls", status=Status.FINISHED))
    assert (of_two.count, of_two.is_cut) == (0, False)


# PostgreSQL plans by what it has counted: the bench measures it there.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_search_reads_matches_one_by_one_and_sorts_none(
    lead: User, count_statements: Any
) -> None:
    """With a sort, or all entries of the kind, it would cost more with every project there is."""
    with count_statements() as statements:
        queries.project_page(lead, queries.Filters(text="falls"))
    (asked,) = [each for each in statements if "search_words" in each]
    explain = "EXPLAIN QUERY PLAN " + asked.replace("?", "NULL")
    plan = [step[-1] for step in db.session.connection().exec_driver_sql(explain)]
    assert any("search_entry USING INTEGER PRIMARY KEY" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_sharing_is_told(project: Project, lead: User) -> None:
    with unit_of_work():
        services.share(project, Sharing.NATIONAL, by=lead)
    assert events(project, "project.shared") == [{"sharing": ["team", "national"]}]


def test_an_aim_is_set_and_told_part_by_part(project: Project, lead: User) -> None:
    parts = AimParts(
        direction=AimDirection.INCREASE,
        measure="cord clamping",
        population="babies",
        place="our unit",
        unit="%",
        baseline=Decimal(75),
        target=Decimal("95.50"),
        by=date(2026, 12, 31),
    )
    with unit_of_work():
        services.set_aim(project.aim, parts, by=lead)
    (told,) = events(project, "aim.set")
    assert told["direction"] == [None, "increase"]
    assert told["target"] == [None, "95.5"]
    assert told["by"] == [None, "2026-12-31"]
    assert "unit" not in told


def test_closing_and_opening_again_tell_both_states(project: Project, lead: User) -> None:
    with unit_of_work():
        services.close(project, Status.FINISHED, on=DAY, note="Now routine", by=lead)
    with unit_of_work():
        services.reopen(project, "The target was missed after all", by=lead)
    assert events(project, "project.closed") == [
        {
            "status": ["active", "finished"],
            "closed_on": [None, "2026-03-10"],
            "closing_note": ["", "Now routine"],
        }
    ]
    assert events(project, "project.reopened") == [
        {
            "status": ["finished", "active"],
            "closed_on": ["2026-03-10", None],
            "closing_note": ["Now routine", ""],
            "reason": "The target was missed after all",
        }
    ]


def test_opening_a_project_that_is_open_changes_and_tells_nothing(
    project: Project, lead: User
) -> None:
    version = project.version
    with unit_of_work():
        services.reopen(project, "No reason", by=lead)
    assert events(project, "project.reopened") == []
    assert project.version == version


def test_a_member_gets_a_part_and_access_from_today(project: Project, lead: User) -> None:
    sam = factories.person("Sam Example")
    with unit_of_work():
        services.add_member(
            project,
            by=lead,
            on=DAY,
            name="Sam Example",
            team_role="Data specialist",
            user=sam,
            role=Role.TEAM_MEMBER,
        )
    assert auth.project_roles(project.id, DAY)[sam.id] == [Role.TEAM_MEMBER]
    assert {"team_role": "Data specialist"} in events(project, "team.joined")


def test_a_partner_without_an_account_is_on_the_team_and_gets_no_access(
    project: Project, lead: User
) -> None:
    with unit_of_work():
        services.add_member(
            project, by=lead, on=DAY, name="Pat Example", team_role="Patient Safety Partner"
        )
    assert [m.name for m in queries.team(project, DAY)] == ["Jo Example", "Pat Example"]
    assert db.session.scalar(db.select(db.func.count(Membership.id))) == 1


def test_who_is_taken_off_the_team_is_off_it_at_once(project: Project, lead: User) -> None:
    sam = factories.member(project)
    member = db.session.scalars(
        db.select(ProjectMember).where(ProjectMember.user_id == sam.id)
    ).one()
    with unit_of_work():
        services.remove_member(member, by=lead, on=DAY)
    assert sam.id not in auth.project_roles(project.id, DAY)
    assert [m.name for m in queries.team(project, DAY)] == ["Jo Example"]
    assert len(events(project, "team.left")) == 1


def test_somebody_added_by_mistake_today_can_be_taken_off_today(
    project: Project, lead: User
) -> None:
    with unit_of_work():
        member = services.add_member(project, by=lead, on=DAY, name="Pat", team_role="Lead")
    with unit_of_work():
        services.remove_member(member, by=lead, on=DAY)
    assert [m.name for m in queries.team(project, DAY)] == ["Jo Example"]


def test_taking_somebody_off_twice_keeps_the_first_day(
    project: Project, lead: User, stop_clock: Clock
) -> None:
    with unit_of_work():
        member = services.add_member(
            project, by=lead, on=factories.STARTED, name="Pat", team_role="Lead"
        )
    with unit_of_work():
        services.remove_member(member, by=lead, on=DAY)
    first = member.left_on
    with unit_of_work():
        services.remove_member(member, by=lead, on=date(2026, 4, 1))
    assert member.left_on == first
    assert len(events(project, "team.left")) == 1


def test_writing_outside_a_unit_of_work_fails(project: Project, lead: User) -> None:
    with pytest.raises(RuntimeError, match="unit_of_work"):
        services.share(project, Sharing.NATIONAL, by=lead)
    db.session.rollback()
    assert events(project, "project.shared") == []


def test_what_is_refused_half_way_leaves_no_row_and_no_history(
    project: Project, lead: User
) -> None:
    def count() -> int:
        return db.session.scalar(db.select(db.func.count(AuditEvent.id))) or 0

    before = count()

    def fail() -> None:
        with unit_of_work():
            services.share(project, Sharing.NATIONAL, by=lead)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count() == before
    assert project.sharing is Sharing.TEAM


def test_lists_are_ordered_by_the_last_change_of_anything_in_a_project(
    lead: User, stop_clock: Clock
) -> None:
    owner: Organisation = factories.organisation()
    old, new = (factories.project(by=lead, organisation=owner) for _ in range(2))
    stop_clock(date(2026, 3, 11))
    factories.cycle(old, by=lead)
    assert [p.id for p in queries.my_projects(lead)] == [old.id, new.id]
