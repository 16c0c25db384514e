"""The pages of adoption: the matrix, a pair, its rating, training and scope."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from tracker.adoption import queries, records, services
from tracker.adoption.domain import NOT_APPLICABLE, EvidenceKind, Quarter, Side
from tracker.adoption.models import AdoptionUnit, Rating, TrainingRecord
from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.organisations.domain import OrganisationKind, ServiceKind
from tracker.organisations.models import Organisation, OrganisationService
from tracker.permissions import Role
from tracker.projects.models import Sharing
from tracker.safe.dates import today
from tracker.testing import factories

from .conftest import USE

if TYPE_CHECKING:
    from tracker.testing.plugin import CountStatements

    from .conftest import Region

HOME = "/programmes/preterm/adoption"
DAY = date(2023, 9, 1)


@pytest.fixture
def lead(region: Region) -> User:
    return factories.person("Lena Lead", role=Role.QI_LEAD, on=region.alder)


@pytest.fixture
def coach(region: Region) -> User:
    return factories.person("Cora Coach", role=Role.COACH, on=region.alder)


@pytest.fixture
def manager(region: Region) -> User:
    return factories.person("Mona Manager", role=Role.PSC_MANAGER, on=region.north)


@pytest.fixture
def anyone(region: Region) -> User:
    return factories.person("Vera Viewer")


def rate_url(unit: Organisation, element: str = "cord") -> str:
    return f"{HOME}/{unit.id}/rate/stage_of_adoption/{element}"


def pair_url(unit: Organisation, element: str = "cord") -> str:
    return f"{HOME}/{unit.id}/levels/stage_of_adoption/{element}"


def sent(level: str, on: date = DAY, **more: Any) -> dict[str, Any]:
    days = {"on-day": on.day, "on-month": on.month, "on-year": on.year}
    return {"level": level, **days, **more}


def ratings() -> list[Rating]:
    return list(db.session.scalars(select(Rating).order_by(Rating.id)))


# --- the matrix ----------------------------------------------------------------------------------


def test_the_matrix_says_what_it_found_and_links_each_cell(
    region: Region, log_in: Any, anyone: User
) -> None:
    now = Quarter.of(today())
    region.rate(region.alder, "cord", "testing", now.before.start)
    region.rate(region.alder, "cord", "used", now.start)
    region.rate(region.alder, "milk", NOT_APPLICABLE, now.before.start)
    response = log_in(anyone).get(HOME)
    assert response.status_code == 200
    text = " ".join(response.text.split())
    assert "<strong>The A&amp;S score is 20%</strong>, up from 0% last quarter." in text
    assert "level 2, Used, up from 1: Alder unit, Cord management" in text
    assert "does not apply: Alder unit, Early milk" in text
    assert "not rated: Cedar unit, Cord management" in text
    assert f'href="{pair_url(region.alder)}"' in text
    assert "1 moved up this quarter and 0 moved down" in text
    assert log_in(anyone).get(pair_url(region.alder)).status_code == 200


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("unit=LNU", "Beech unit", "Alder unit"),
        ("show=unrated", "Beech unit", "Alder unit"),
        ("show=short", "Beech unit", "Alder unit"),
        ("show=near&at=2023-07", "", "Alder unit</a>"),
    ],
)
def test_the_filters_are_in_the_address(
    region: Region, log_in: Any, anyone: User, asked: str, shown: str, hidden: str
) -> None:
    for element in ("cord", "milk"):
        region.rate(region.alder, element, "used", DAY)
    text = log_in(anyone).get(f"{HOME}?{asked}").text
    assert shown in text
    assert hidden not in text


def test_a_collaborative_is_a_filter(region: Region, log_in: Any, anyone: User) -> None:
    text = log_in(anyone).get(f"{HOME}?psc={region.south.id}").text
    assert "Cedar unit" in text
    assert "Alder unit" not in text
    assert "South PSC</span>" in text


def test_what_cannot_be_asked_for_is_left_out(region: Region, log_in: Any, anyone: User) -> None:
    response = log_in(anyone).get(f"{HOME}?psc=x&unit=Nowhere&show=x&at=1066")
    assert response.status_code == 200
    assert "No unit is in scope with these filters" in response.text
    assert log_in(anyone).get(f"{HOME}?rubric=none").status_code == 404


def test_a_programme_without_such_rubrics_says_so(
    app: Any, log_in: Any, region: Region, anyone: User
) -> None:
    assert log_in(anyone).get("/programmes/nowhere/adoption").status_code == 404


def test_the_matrix_page_asks_the_same_at_any_size(
    region: Region, log_in: Any, anyone: User, count_statements: CountStatements
) -> None:
    client = log_in(anyone)

    def ask() -> int:
        with count_statements() as asked:
            assert client.get(HOME).status_code == 200
        return len(asked)

    few = ask()
    more = [factories.organisation(psc=region.south) for _ in range(5)]
    with unit_of_work():
        services.include("preterm", more, on=DAY, by=region.rater, setting="LNU")
    for unit in more:
        region.rate(unit, "cord", "used", DAY)
    assert ask() == few


def test_the_download_has_one_line_a_pair_and_is_noted(
    region: Region, log_in: Any, anyone: User
) -> None:
    region.rate(region.alder, "cord", "used", DAY)
    response = log_in(anyone).get(f"{HOME}/matrix.csv")
    rows = list(csv.DictReader(io.StringIO(response.text.lstrip("\ufeff"))))
    assert len(rows) == 6
    alder = next(r for r in rows if r["unit"] == "Alder unit" and r["element"] == "Cord management")
    assert (alder["level"], alder["name"], alder["rated_on"]) == ("2", "Used", "2023-09-01")
    assert alder["definition"] == "preterm/stage_of_adoption@1"


# --- a pair --------------------------------------------------------------------------------------


def test_a_pair_shows_team_and_coach_side_by_side(
    region: Region, log_in: Any, lead: User, anyone: User
) -> None:
    region.rate(region.alder, "cord", "used", DAY)
    region.rate(region.alder, "cord", "testing", date(2023, 10, 1), side=Side.COACH)
    text = " ".join(log_in(lead).get(pair_url(region.alder)).text.split())
    assert "They differ" in text
    assert "Level 1, Testing" in text
    assert "Fell" in text
    assert region.rater.name in text
    outside = log_in(anyone).get(pair_url(region.alder)).text
    assert region.rater.name not in outside
    assert "Rate it" not in outside


def test_evidence_of_a_project_one_may_not_open_is_not_named(
    region: Region, log_in: Any, coach: User
) -> None:
    project = factories.project(organisation=region.alder, programme="preterm")
    cycle = factories.cycle(project, title="A secret test")
    with unit_of_work():
        services.rate(
            region.alder,
            USE,
            services.Judgement(
                level="used",
                on=DAY,
                side=Side.TEAM,
                evidence=[services.Evidence(EvidenceKind.CYCLE, cycle.title, cycle_id=cycle.id)],
            ),
            by=region.rater,
            element="cord",
        )
    text = log_in(coach).get(pair_url(region.alder)).text
    assert "A secret test" not in text
    assert "of a project that you cannot open" in text


# --- rating --------------------------------------------------------------------------------------


def test_a_lead_rates_with_evidence(region: Region, log_in: Any, lead: User) -> None:
    project = factories.project(
        organisation=region.alder, programme="preterm", sharing=Sharing.ORGANISATION
    )
    cycle = factories.cycle(project, title="Clamp later")
    with unit_of_work():
        record = services.record_training(
            region.alder,
            programme="preterm",
            given_by="Educator",
            what="Simulation",
            on=DAY,
            people=12,
            role="midwives",
            by=lead,
        )
    client = log_in(lead)
    form = client.get(rate_url(region.alder)).text
    assert "Clamp later" in form
    assert "Needs: A training record" in form
    assert "You rate as the team" in form
    response = client.post(
        rate_url(region.alder),
        data=sent(
            "testing", cycles=[cycle.id], training=[record.id], document="Audit, shared drive"
        ),
    )
    assert (response.status_code, response.headers["Location"]) == (303, pair_url(region.alder))
    [rating] = ratings()
    assert (rating.level, rating.side, rating.unmet) == ("testing", Side.TEAM, [])
    assert [one.kind for one in rating.evidence] == [
        EvidenceKind.CYCLE,
        EvidenceKind.TRAINING,
        EvidenceKind.DOCUMENT,
    ]
    shown = client.get(pair_url(region.alder)).text
    assert "12 × midwives" in shown
    assert f"/projects/{project.id}/cycles/{cycle.id}" in shown


def test_who_has_a_role_on_both_sides_says_as_whom(region: Region, log_in: Any, lead: User) -> None:
    client = log_in(lead)
    forged = client.post(rate_url(region.alder), data=sent("aware", side="coach"))
    assert forged.status_code == 422
    with unit_of_work():
        auth.give_membership(lead, Role.COACH, organisation_id=region.alder.id, on=DAY, by=None)
    assert "You rate as the" not in client.get(rate_url(region.alder)).text
    refused = client.post(rate_url(region.alder), data=sent("aware"))
    assert "Say as whom you rate" in refused.text
    for side in Side:
        client.post(rate_url(region.alder), data=sent("aware", side=side.value))
    assert [one.side for one in ratings()] == list(Side)


def test_a_guard_asks_for_a_reason_and_blocks_nothing(
    region: Region, log_in: Any, lead: User, coach: User
) -> None:
    client = log_in(lead)
    refused = client.post(rate_url(region.alder), data=sent("testing", note="Soon"))
    assert refused.status_code == 422
    assert "Not shown: A training record" in refused.text
    assert "Soon" in refused.text
    assert not ratings()
    saved = client.post(
        rate_url(region.alder), data=sent("testing", reason="The register is being typed")
    )
    assert saved.status_code == 303
    [rating] = ratings()
    assert rating.unmet == ["A training record"]
    text = log_in(coach).get(pair_url(region.alder)).text
    assert "The register is being typed" in text
    assert "<strong>Not shown:</strong> A training record" in text


def test_a_fall_asks_for_a_reason(region: Region, log_in: Any, coach: User) -> None:
    region.rate(region.alder, "cord", "used", DAY)
    client = log_in(coach)
    lower = sent("aware", date(2023, 10, 1))
    refused = client.post(rate_url(region.alder), data=lower)
    assert refused.status_code == 422
    assert "It falls from 2, Used" in refused.text
    assert (
        client.post(rate_url(region.alder), data=lower | {"reason": "Staff left"}).status_code
        == 303
    )
    assert ratings()[-1].side is Side.COACH


def test_leaving_the_score_asks_for_a_reason(region: Region, log_in: Any, lead: User) -> None:
    client = log_in(lead)
    assert client.post(rate_url(region.alder), data=sent(NOT_APPLICABLE)).status_code == 422
    said = sent(NOT_APPLICABLE, reason="No neonatal unit")
    assert client.post(rate_url(region.alder), data=said).status_code == 303


def test_a_rating_without_a_level_or_in_the_future_is_refused(
    region: Region, log_in: Any, lead: User
) -> None:
    response = log_in(lead).post(rate_url(region.alder), data=sent("", date(2999, 1, 1)))
    assert response.status_code == 422
    assert "Choose a level" in response.text
    assert "or earlier" in response.text


def test_only_those_with_a_role_there_rate(
    region: Region, log_in: Any, lead: User, anyone: User
) -> None:
    assert log_in(anyone).get(rate_url(region.alder)).status_code == 403
    assert log_in(lead).post(rate_url(region.cedar), data=sent("used")).status_code == 403
    assert not ratings()


def test_a_unit_out_of_scope_cannot_be_rated(region: Region, log_in: Any, manager: User) -> None:
    other = factories.organisation(psc=region.north)
    response = log_in(manager).post(rate_url(other), data=sent("used"))
    assert response.status_code == 303
    assert not ratings()


def test_evidence_that_was_not_offered_is_refused(region: Region, log_in: Any, lead: User) -> None:
    hidden = factories.cycle(factories.project(organisation=region.cedar, programme="preterm"))
    response = log_in(lead).post(rate_url(region.alder), data=sent("aware", cycles=[hidden.id]))
    assert response.status_code == 422
    assert not ratings()


def test_a_row_is_rated_at_once(region: Region, log_in: Any, coach: User) -> None:
    region.rate(region.alder, "milk", "used", DAY)
    client = log_in(coach)
    url = f"{HOME}/{region.alder.id}/rate-several/stage_of_adoption"
    assert "Now level 2, Used" in client.get(url).text
    lower = sent("aware", date(2023, 10, 1), elements=["cord", "milk"])
    refused = client.post(url, data=lower)
    assert refused.status_code == 422
    assert "Early milk: it falls from 2, Used" in refused.text
    assert client.post(url, data=lower | {"reason": "Ward moved"}).status_code == 303
    assert [(r.element, r.level) for r in ratings()[1:]] == [("cord", "aware"), ("milk", "aware")]


def test_the_page_of_a_unit_lists_its_levels(region: Region, log_in: Any, lead: User) -> None:
    region.rate(region.alder, "cord", "used", DAY)
    text = log_in(lead).get(f"{HOME}/{region.alder.id}").text
    assert "Rate several at once" in text
    assert "Early milk" in text
    assert pair_url(region.alder) in text


# --- training ------------------------------------------------------------------------------------


def test_training_is_recorded_and_taken_back(region: Region, log_in: Any, lead: User) -> None:
    client, url = log_in(lead), f"{HOME}/{region.alder.id}/training"
    assert client.post(f"{url}/add", data={"what": "Talk"}).status_code == 422
    data = {
        "what": "Simulation",
        "element": "cord",
        "given_by": "Practice educator",
        "people": "12",
        "role": "midwives",
        "on-day": 1,
        "on-month": 9,
        "on-year": 2023,
    }
    assert client.post(f"{url}/add", data=data).status_code == 303
    text = client.get(url).text
    assert "Simulation" in text
    assert "Cord management" in text
    record = db.session.scalars(select(TrainingRecord)).one()
    away = f"{HOME}/{region.cedar.id}/training/{record.id}/take-back"
    assert client.post(away).status_code == 403
    back = f"{url}/{record.id}/restore"
    assert client.post(back).status_code == 404
    assert client.post(f"{url}/{record.id}/take-back").status_code == 303
    assert records.training("preterm", region.alder.id) == []
    assert client.post(f"{url}/{record.id}/take-back").status_code == 404
    assert f'action="{back}"' in client.get(url).text
    assert client.post(back).status_code == 303
    assert [one.id for one in records.training("preterm", region.alder.id)] == [record.id]
    assert "Taken back" not in client.get(url).text


# --- scope ---------------------------------------------------------------------------------------


def test_all_maternity_services_under_a_psc_come_in_at_once(
    region: Region, log_in: Any, manager: User
) -> None:
    more = [factories.organisation(psc=region.north) for _ in range(3)]
    with unit_of_work():
        db.session.add_all(
            OrganisationService(organisation_id=one.id, service=ServiceKind.MATERNITY)
            for one in more
        )
    client = log_in(manager)
    url = f"{HOME}/units/{region.north.id}/include"
    assert "Maternity services under it: 3" in client.get(url).text
    said = {"on-day": 1, "on-month": 9, "on-year": 2023, "setting": "Maternity"}
    assert client.post(url, data=said | {"which": "maternity"}).status_code == 303
    assert client.post(url, data=said | {"which": "nonsense"}).status_code == 422
    units = queries.units("preterm", DAY, setting="Maternity")
    assert {one.id for one in units} == {one.id for one in more}
    assert "Maternity" in client.get(f"{HOME}/units").text


def test_scope_is_decided_for_ones_own_patch(
    region: Region, log_in: Any, manager: User, lead: User
) -> None:
    client = log_in(manager)
    assert client.get(f"{HOME}/units/{region.cedar.id}/include").status_code == 403
    assert client.get(f"{HOME}/units/{region.cedar.id}/leave-out").status_code == 403
    assert log_in(lead).get(f"{HOME}/units").status_code == 403


def test_a_unit_is_left_out_from_a_day(region: Region, log_in: Any, manager: User) -> None:
    url = f"{HOME}/units/{region.alder.id}/leave-out"
    said = {"on-day": 1, "on-month": 9, "on-year": 2023}
    assert log_in(manager).post(url, data=said).status_code == 303
    row = db.session.scalars(
        select(AdoptionUnit).where(AdoptionUnit.organisation_id == region.alder.id)
    ).one()
    assert row.ends_on == date(2023, 8, 31)
    assert log_in(manager).get(url).status_code == 303


def test_an_administrator_of_the_system_finds_one_by_name(region: Region, log_in: Any) -> None:
    system = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
    other = factories.organisation("Willow unit", kind=OrganisationKind.SITE)
    text = log_in(system).get(f"{HOME}/units?q=willow").text
    assert f"{HOME}/units/{other.id}/include" in text
    assert "North PSC" in text
