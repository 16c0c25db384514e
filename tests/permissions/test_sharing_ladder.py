"""Who reads a project at each rung of the sharing ladder, and on which days.

Source: architecture, "sharing of a project": team -> organisation -> network -> national.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation, OrganisationLink
from tracker.organisations.rebuilding import rebuild_closure
from tracker.permissions import Permission, Role, can, visible
from tracker.programmes import services as programmes
from tracker.projects.models import Project, Sharing
from tracker.projects.queries import Filters, project_page
from tracker.testing import factories
from tracker.testing.plugin import Clock

TODAY = date(2026, 3, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
PROGRAMME = "opioids"


@dataclass(frozen=True)
class Country:
    """Two ICBs, each with a PSC and trusts; the programme is on at the trust and at `like`."""

    icb: Organisation
    psc: Organisation
    trust: Organisation
    sister: Organisation
    like: Organisation
    unlike: Organisation

    def project(self, sharing: Sharing, by: User | None = None) -> Project:
        return factories.project(
            by=by, organisation=self.trust, psc=self.psc, programme=PROGRAMME, sharing=sharing
        )


@pytest.fixture
def country(app: Flask, stop_clock: Clock) -> Country:
    stop_clock(TODAY)
    psc, other_psc = factories.psc(), factories.psc()
    icb = factories.organisation(kind=OrganisationKind.ICB)
    other_icb = factories.organisation(kind=OrganisationKind.ICB)
    made = Country(
        icb=icb,
        psc=psc,
        trust=factories.organisation("Example Trust", part_of=icb, psc=psc),
        sister=factories.organisation(part_of=icb, psc=psc),
        like=factories.organisation(part_of=other_icb, psc=other_psc),
        unlike=factories.organisation(part_of=other_icb, psc=other_psc),
    )
    with unit_of_work():
        for place in (made.trust, made.like):
            programmes.switch_on(place, PROGRAMME, by=None, on=factories.LONG_AGO)
    return made


def reads(user: User, project: Project) -> bool:
    """By id, and in the list: the two must never differ."""
    db.session.rollback()
    by_id = db.session.scalar(visible(Project, user).where(Project.id == project.id)) is not None
    listed = project.id in {p.id for p in project_page(user, Filters()).projects}
    assert by_id == listed
    return by_id


People = dict[str, Callable[[Country, Project], User]]

PEOPLE: People = {
    "member": lambda c, p: factories.member(p),
    "coach": lambda c, p: factories.member(p, role=Role.COACH),
    "colleague": lambda c, p: factories.person(role=Role.VIEWER, on=c.trust),
    "icb": lambda c, p: factories.person(role=Role.NATIONAL_VIEWER, on=c.icb),
    "psc": lambda c, p: factories.person(role=Role.PSC_MANAGER, on=c.psc),
    "same programme": lambda c, p: factories.person(role=Role.TEAM_MEMBER, on=c.like),
    "sister": lambda c, p: factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=c.sister),
    "stranger": lambda c, p: factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=c.unlike),
    "administrator": lambda c, p: factories.person(role=Role.SYSTEM_ADMINISTRATOR),
    "no role": lambda c, p: factories.person(),
}
TEAM = {"member", "coach"}
OWN = TEAM | {"colleague", "icb", "psc"}
LADDER = {
    Sharing.TEAM: TEAM,
    Sharing.ORGANISATION: OWN,
    Sharing.NETWORK: OWN | {"same programme"},
    Sharing.NATIONAL: set(PEOPLE),
}


@pytest.mark.parametrize("sharing", list(Sharing))
def test_each_rung_adds_exactly_these_people(country: Country, sharing: Sharing) -> None:
    project = country.project(sharing)
    people = {name: make(country, project) for name, make in PEOPLE.items()}
    assert {name for name, user in people.items() if reads(user, project)} == LADDER[sharing]


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        (YESTERDAY, None, True),
        (TODAY, TODAY, True),
        (YESTERDAY, YESTERDAY, False),
        (TOMORROW, None, False),
        (TODAY, TOMORROW, True),
    ],
)
@pytest.mark.parametrize("place", ["project", "trust", "icb", "psc"])
def test_a_role_counts_from_its_first_day_to_its_last(
    country: Country, place: str, since: date, until: date | None, inside: bool
) -> None:
    project = country.project(Sharing.ORGANISATION)
    user = factories.person()
    on_project = place == "project"
    with unit_of_work():
        auth.give_membership(
            user,
            Role.QI_LEAD,
            on=since,
            until=until,
            by=None,
            project_id=project.id if on_project else None,
            organisation_id=None if on_project else getattr(country, place).id,
        )
    assert reads(user, project) is inside


def test_those_above_read_only_while_the_organisation_is_under_them(
    country: Country, stop_clock: Clock
) -> None:
    project = country.project(Sharing.ORGANISATION)
    user = factories.person(role=Role.PSC_MANAGER, on=country.icb)
    with unit_of_work():
        db.session.execute(
            update(OrganisationLink)
            .where(OrganisationLink.child_id == country.trust.id)
            .where(OrganisationLink.parent_id == country.icb.id)
            .values(valid_to=TODAY)
        )
        rebuild_closure(of=[country.trust.id])
    assert reads(user, project)
    stop_clock(TOMORROW)
    assert not reads(user, project)


def test_the_psc_of_a_project_is_the_one_it_was_given_and_not_its_trusts(country: Country) -> None:
    other = factories.psc()
    project = factories.project(
        organisation=country.unlike, psc=other, sharing=Sharing.ORGANISATION
    )
    assert reads(factories.person(role=Role.PSC_MANAGER, on=other), project)
    assert not reads(factories.person(role=Role.PSC_MANAGER, on=country.psc), project)


def test_the_network_ends_for_an_organisation_on_the_day_its_programme_goes_off(
    country: Country, stop_clock: Clock
) -> None:
    project = country.project(Sharing.NETWORK)
    user = factories.person(role=Role.QI_LEAD, on=country.like)
    with unit_of_work():
        programmes.switch_off(country.like, PROGRAMME, by=None, on=TOMORROW)
    assert reads(user, project)
    stop_clock(TOMORROW)
    assert not reads(user, project)


def test_a_project_without_a_programme_has_no_network_beyond_its_organisation(
    country: Country,
) -> None:
    project = factories.project(organisation=country.trust, sharing=Sharing.NETWORK)
    assert not reads(factories.person(role=Role.QI_LEAD, on=country.like), project)
    assert reads(factories.person(role=Role.VIEWER, on=country.trust), project)


def test_a_role_on_one_project_opens_no_other_of_the_same_trust(country: Country) -> None:
    mine, other = country.project(Sharing.TEAM), country.project(Sharing.TEAM)
    user = factories.member(mine, role=Role.QI_LEAD)
    assert reads(user, mine)
    assert not reads(user, other)


def test_reading_at_the_top_of_the_ladder_gives_no_right_to_change(country: Country) -> None:
    project = country.project(Sharing.NATIONAL)
    lead_elsewhere = factories.person(role=Role.QI_LEAD, on=country.unlike)
    above = factories.person(role=Role.QI_LEAD, on=country.icb)
    db.session.rollback()
    for user in (lead_elsewhere, above):
        allowed = {verb for verb in Permission if can(user, verb, project)}
        assert allowed == {
            Permission.SIGNED_IN,
            Permission.ORGANISATION_READ,
            Permission.PROGRAMME_READ,
            Permission.PROJECT_READ,
            Permission.DATA_EXPORT,
            Permission.CASE_STUDY_READ,
        }


def test_what_a_role_allows_ends_with_the_role(country: Country, stop_clock: Clock) -> None:
    project = country.project(Sharing.NATIONAL)
    user = factories.person()
    with unit_of_work():
        auth.give_membership(
            user, Role.QI_LEAD, on=YESTERDAY, until=TODAY, by=None, project_id=project.id
        )
    assert can(user, Permission.PROJECT_EDIT, project)
    stop_clock(TOMORROW)
    assert reads(user, project)
    assert not can(user, Permission.PROJECT_EDIT, project)


def test_a_deleted_project_is_seen_by_nobody(country: Country) -> None:
    project = country.project(Sharing.NATIONAL)
    member = factories.member(project, role=Role.QI_LEAD)
    with unit_of_work():
        db.session.get_one(Project, project.id).deleted_at = db.session.get_one(
            Project, project.id
        ).created_at
    assert not reads(member, project)
