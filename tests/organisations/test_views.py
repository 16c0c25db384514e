"""The search page, an organisation's page, what is under it, and the picker."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tracker.db import unit_of_work
from tracker.organisations import queries, services
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.forms import OrganisationPicker
from tracker.organisations.models import Organisation, OrganisationService, ServiceKind
from tracker.pages import Form, Text, error_summary
from tracker.permissions import scope_of
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn
from tracker.testing.statements import Statements

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def july(stop_clock: Clock) -> None:
    stop_clock(date(2025, 7, 15))


@pytest.fixture
def add(app: Flask) -> Callable[..., Organisation]:
    def make(
        code: str, name: str, kind: OrganisationKind = OrganisationKind.TRUST, **more: Any
    ) -> Organisation:
        with unit_of_work():
            return services.add(name, code=code, kind=kind, by=None, **more)

    return make


@pytest.fixture
def reader(app: Flask, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    """Somebody signed in, without any role."""
    return log_in(factories.person())


@pytest.mark.parametrize(
    "path", ["/organisations/search?q=a", "/organisations/1", "/organisations/1/under"]
)
def test_nobody_reads_organisations_without_signing_in(client: TrackerClient, path: str) -> None:
    assert client.get(path).status_code == 302


def test_the_search_page_works_without_script(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    trust = add("RTE", "Gloucestershire Hospitals")

    page = reader.get("/organisations/search?q=glou").text

    assert "<title>Find an organisation - QI Tracker</title>" in page
    assert "1 organisation found" in page
    assert f'<a href="/organisations/{trust.id}">Gloucestershire Hospitals</a>' in page


def test_htmx_gets_the_results_only(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    add("RTE", "Gloucestershire Hospitals")

    answer = reader.get("/organisations/search?q=glou", headers=HTMX)

    assert answer.text.lstrip().startswith('<div id="results">')
    assert "HX-Request" in answer.vary


def test_a_search_that_finds_nothing_says_what_to_do(reader: TrackerClient) -> None:
    page = reader.get("/organisations/search?q=xyzzy").text

    assert "No organisations found" in page
    assert "type fewer letters" in page


@pytest.mark.parametrize("q", ['"', "*", "NEAR(", "a & | !", "🙂", "x" * 1000, "<script>", "\x00"])
def test_a_hostile_search_is_answered_and_escaped(reader: TrackerClient, q: str) -> None:
    answer = reader.get("/organisations/search", query_string={"q": q})

    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace('<script src="', "")


def test_a_name_is_shown_as_text(reader: TrackerClient, add: Callable[..., Organisation]) -> None:
    trust = add("X1", "<b>Bold</b> {{ 7 * 7 }} Trust")

    for path in ("/organisations/search?q=bold", f"/organisations/{trust.id}"):
        page = reader.get(path).text
        assert "&lt;b&gt;Bold&lt;/b&gt; {{ 7 * 7 }} Trust" in page


def test_a_page_tells_what_an_organisation_is_and_where_it_belongs(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    psc = add("P1", "Example PSC", OrganisationKind.PSC)
    other = add("P2", "Other PSC", OrganisationKind.PSC)
    icb = add("I1", "Example ICB", OrganisationKind.ICB, supported_by=[psc, other])
    trust = add("T1", "Example Trust", part_of=icb, postcode="ZZ1 1AA", sector="Acute")
    add("S1", "Example Site", OrganisationKind.SITE, part_of=trust)
    with unit_of_work() as session:
        session.add(OrganisationService(organisation_id=trust.id, service=ServiceKind.MATERNITY))

    page = re.sub(r"\s+", " ", reader.get(f"/organisations/{trust.id}").text)

    assert "NHS trust, code T1" in page
    assert "<dd>ZZ1 1AA</dd>" in page
    assert "<dd>Acute</dd>" in page
    assert "<dd>Maternity</dd>" in page
    assert "Example ICB</a>" in page
    assert "Patient safety collaborative, leads</span>" in page
    assert page.count(", leads</span>") == 1
    assert ">Sites: 1</a>" in page
    assert "Part of <a" in page


def test_a_closed_one_is_shown_as_it_last_was(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    icb = add("I1", "Example ICB", OrganisationKind.ICB)
    old = add("T1", "Old Trust", part_of=icb)
    new = add("T2", "New Trust")
    with unit_of_work():
        services.merge([old], into=new, on=date(2025, 4, 1), by=None)

    page = re.sub(r"\s+", " ", reader.get(f"/organisations/{old.id}").text)

    assert "Ended on 31 March 2025" in page
    assert "Example ICB</a> <span" in page
    assert f'Taken over by <a href="/organisations/{new.id}">New Trust</a> on 1 April 2025' in page


def test_there_is_no_page_for_one_that_does_not_exist(reader: TrackerClient) -> None:
    assert reader.get("/organisations/999999").status_code == 404
    assert reader.get("/organisations/99999999999999999999").status_code == 404


def test_what_is_under_comes_in_pages_and_kinds(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    icb = add("I1", "Example ICB", OrganisationKind.ICB)
    for number in range(51):
        add(f"T{number:02}", f"Example Trust {number:02}", part_of=icb)
    add("G1", "Example Surgery", OrganisationKind.PRACTICE, part_of=icb)

    first = reader.get(f"/organisations/{icb.id}/under?kind=trust").text
    second = reader.get(f"/organisations/{icb.id}/under?kind=trust&page=2").text
    beyond = reader.get(f"/organisations/{icb.id}/under?kind=trust&page=99999").text
    odd = reader.get(f"/organisations/{icb.id}/under?kind=nonsense&page=-1")

    assert "51 organisations" in first
    assert "Page 1 of 2" in first
    assert "Example Trust 50" in second
    assert "Example Trust 49" not in second
    assert "Example Surgery" not in first
    assert beyond == second
    assert (odd.status_code, "52 organisations" in odd.text) == (200, True)


def test_a_page_sends_as_many_statements_for_many_as_for_few(
    reader: TrackerClient,
    add: Callable[..., Organisation],
    count_statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    def sent(path: str) -> int:
        with count_statements() as statements:
            assert reader.get(path).status_code == 200
        return len(statements)

    icb = add("I1", "Example ICB", OrganisationKind.ICB)
    add("T0", "Example Trust 0", part_of=icb)
    paths = (f"/organisations/{icb.id}", "/organisations/search?q=example")
    sent(paths[0])  # the first request of a process compares plugins with their copies
    few = [sent(path) for path in paths]
    for number in range(1, 30):
        add(f"T{number}", f"Example Trust {number}", part_of=icb)

    assert [sent(path) for path in paths] == few
    assert few[0] <= 11
    assert few[1] <= 5


def test_roles_on_an_organisation_come_from_those_above_it(
    add: Callable[..., Organisation],
) -> None:
    psc = add("P1", "Example PSC", OrganisationKind.PSC)
    icb = add("I1", "Example ICB", OrganisationKind.ICB, supported_by=[psc])
    trust = add("T1", "Example Trust", part_of=icb)
    other = add("T2", "Other Trust", part_of=icb)

    assert set(scope_of(trust).organisation_ids) == {trust.id, icb.id, psc.id}
    assert other.id not in scope_of(trust).organisation_ids


class PlaceForm(Form):
    title = Text("Title")
    place = OrganisationPicker("Organisation", required="Choose an organisation")


def place_form(app: Flask, **sent: str) -> PlaceForm:
    return PlaceForm(formdata=MultiDict(sent), meta={"csrf": False})


@pytest.fixture
def request_context(app: Flask) -> Any:
    with app.test_request_context("/", method="POST"):
        yield


@pytest.mark.usefixtures("request_context")
def test_a_picker_takes_the_one_chosen(app: Flask, add: Callable[..., Organisation]) -> None:
    trust = add("T1", "Example Trust")

    form = place_form(app, place=str(trust.id))

    assert form.validate()
    assert form.place.filled == trust.id


@pytest.mark.usefixtures("request_context")
def test_searching_without_script_refuses_the_form_with_what_was_found(
    app: Flask, add: Callable[..., Organisation]
) -> None:
    trust = add("T1", "Example Trust")

    form = place_form(app, **{"place-q": "exam", "place-find": "yes", "title": "Kept"})

    assert not form.validate()
    assert form.place.errors == [OrganisationPicker.CHOOSE]
    drawn = str(form.place())
    assert f'type="radio" value="{trust.id}"' in drawn
    assert 'value="exam"' in drawn
    assert 'href="#place-q"' in error_summary(form)
    assert form.title.data == "Kept"


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("sent", ["", "0", "x", "-1", "٣", "99999999999999999999999", "123456"])
def test_a_picker_refuses_what_was_never_offered(app: Flask, sent: str) -> None:
    form = place_form(app, place=sent)

    assert not form.validate()
    assert form.place.errors
    assert "nhsuk-error-message" in form.place()


@pytest.mark.usefixtures("request_context")
def test_a_picker_refuses_a_closed_one(app: Flask, add: Callable[..., Organisation]) -> None:
    closed = add("T1", "Example Trust", valid_to=date(2024, 1, 1))

    assert not place_form(app, place=str(closed.id)).validate()


@pytest.mark.usefixtures("request_context")
def test_a_picker_that_may_stay_empty_is_none(app: Flask) -> None:
    class OptionalForm(Form):
        place = OrganisationPicker("Organisation")

    form = OptionalForm(formdata=MultiDict({"place-q": ""}), meta={"csrf": False})

    assert form.validate()
    assert form.place.data is None


def test_typing_in_a_picker_brings_radios_and_keeps_the_one_chosen(
    reader: TrackerClient, add: Callable[..., Organisation]
) -> None:
    chosen = add("T1", "Quiet Trust")
    add("T2", "Example Trust")
    add("I1", "Example ICB", OrganisationKind.ICB)

    page = reader.get(
        "/organisations/search",
        query_string={
            "field": "place",
            "place-q": "example",
            "kind": "trust",
            "place": str(chosen.id),
        },
        headers=HTMX,
    ).text

    assert "<html" not in page
    assert re.findall(r'name="place" type="radio" value="(\d+)"( checked)?', page) == [
        (str(chosen.id), " checked"),
        (str(queries.search("example trust")[0].id), ""),
    ]
    assert 'role="status">2 to choose from' in page


def test_a_field_name_that_is_none_is_not_used(reader: TrackerClient) -> None:
    page = reader.get(
        "/organisations/search", query_string={"field": '"><b>', "q": "x"}, headers=HTMX
    ).text

    assert page.lstrip().startswith('<div id="results">')
