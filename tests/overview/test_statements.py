"""Lists and the pages of a project cost the same few statements, however much there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.measures.models import Measure
from tracker.organisations.models import Organisation
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.projects.models import Project, Sharing
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import CountStatements, LogIn

FEW, MANY = 10, 200
LIST, MY_WORK, PAGE, PROJECT = 8, 12, 12, 16


@dataclass
class Country:
    """A trust with a QI lead, and the first of its projects with something of everything in it."""

    trust: Organisation
    lead: User
    full: Project
    measure: Measure
    cycle: PdsaCycle

    def fill(self, number: int) -> None:
        """More projects at the trust, half of them with the lead on the team."""
        other = factories.person()
        for at in range(number):
            factories.project(
                by=self.lead if at % 2 else other,
                organisation=self.trust,
                sharing=Sharing.ORGANISATION,
            )


@pytest.fixture
def country(app: Flask) -> Country:
    psc = factories.psc()
    trust = factories.organisation("Northdale Trust", psc=psc)
    lead = factories.person(role=Role.QI_LEAD, on=trust)
    full = factories.project(
        "Fewer falls",
        by=lead,
        organisation=trust,
        psc=psc,
        sites=["Ward 4"],
        sharing=Sharing.ORGANISATION,
    )
    return Country(trust, lead, full, *_add_work(full, lead))


def _add_work(project: Project, lead: User) -> tuple[Measure, PdsaCycle]:
    """A measure with a year of figures, a cycle, a team mate and a comment."""
    measure = factories.measure(project, by=lead)
    factories.points(measure, range(10, 22), by=lead)
    cycle = factories.cycle(project, by=lead)
    factories.comment(cycle, by=factories.member(project))
    return measure, cycle


@pytest.fixture
def count(
    country: Country, log_in: LogIn, count_statements: CountStatements
) -> Callable[[str], int]:
    """How many statements the lead's request for a page takes, once its templates are compiled."""
    client: TrackerClient = log_in(country.lead)

    def statements(path: str) -> int:
        assert client.get(path).status_code == 200
        with count_statements() as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    return statements


LISTS = {
    "/projects": LIST,
    "/projects?q=example": LIST,
    "/projects?mine=yes&status=active": LIST,
    "/projects?page=2": LIST,
    "/": MY_WORK,
}


def test_a_list_takes_as_few_statements_for_many_projects_as_for_few(
    country: Country, count: Callable[[str], int]
) -> None:
    country.fill(FEW)
    few = {path: count(path) for path in LISTS}
    country.fill(MANY - FEW)
    many = {path: count(path) for path in LISTS}
    few["/projects?page=2"] = many["/projects?page=2"]  # With few there is no second page to read.
    assert many == few
    assert {path: number for path, number in many.items() if not 0 < number <= LISTS[path]} == {}


def test_a_project_page_takes_as_few_statements_among_many_projects_and_with_more_in_it(
    country: Country, count: Callable[[str], int]
) -> None:
    path = f"/projects/{country.full.id}"
    alone = count(path)
    assert 0 < alone <= PROJECT
    country.fill(FEW)
    for _ in range(4):
        _add_work(country.full, country.lead)
    assert count(path) == alone


def test_pages_of_a_measure_and_a_cycle_keep_to_the_same_limit(
    country: Country, count: Callable[[str], int]
) -> None:
    home = f"/projects/{country.full.id}"
    paths = [f"{home}/measures", f"{home}/cycles"]
    paths += [f"{home}/measures/{country.measure.id}", f"{home}/cycles/{country.cycle.id}"]
    assert max(map(count, paths)) <= PAGE


def test_organisations_are_found_in_few_statements_however_many_fit(
    country: Country, count: Callable[[str], int]
) -> None:
    one = count("/organisations/search?q=northdale")
    for _ in range(FEW):
        factories.organisation("Northdale Surgery", part_of=country.trust)
    assert count("/organisations/search?q=northdale") == one <= LIST
