"""The adoption tab of a project: what its data support, and what is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.adoption import services
from tracker.adoption.domain import EvidenceKind, Side
from tracker.adoption.models import Rating
from tracker.adoption.proposing import supported
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.measures.models import Measure
from tracker.measures.services import Keeping
from tracker.permissions import Role
from tracker.plugin_api import Chart, Direction, PluginInfo, Programme, ProgrammePlugin
from tracker.plugin_api.common import project_progress_score
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.projects import services as projects
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project, Sharing
from tracker.testing import case_studies as made
from tracker.testing import factories

from .conftest import USE, Region

SCORE = project_progress_score("preterm")
FIRST = date(2022, 7, 1)
LOW, HIGH = (70, 100), (96, 100)
KEYS = {str(stage.score): stage.key for stage in SCORE.stages}


@dataclass
class Aiming:
    project: Project
    measure: Measure
    lead: User
    coach: User

    @property
    def url(self) -> str:
        return f"/projects/{self.project.id}/adoption"


@pytest.fixture
def aiming(region: Region, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Aiming:
    """A share that was below its aim for a quarter and has held it since, monthly."""
    plugin = ProgrammePlugin(
        info=PluginInfo(
            name="preterm", title="Preterm", version="1.0", api=(1, 0), maintainer="Example team"
        ),
        programmes=[Programme(key="preterm", programme="preterm", title="Preterm")],
        rubrics=[USE, SCORE],
    )
    monkeypatch.setitem(app.extensions, EXTENSION, PluginHost().load([given(plugin)]))
    lead = factories.person("Lena Lead")
    project = factories.project(
        by=lead,
        organisation=region.alder,
        programme="preterm",
        on=FIRST,
        sharing=Sharing.ORGANISATION,
    )
    coach = factories.member(project, role=Role.COACH)
    measure = factories.measure(
        project,
        by=lead,
        title="Clamped at 60 s",
        unit="%",
        better=Direction.UP,
        chart=Chart.P,
        denominator="Babies",
        multiplier=Decimal(100),
        keeping=Keeping(),
    )
    factories.points(measure, [LOW] * 3 + [HIGH] * 6, first=FIRST, by=lead)
    with unit_of_work():
        projects.set_aim(
            project.aim,
            AimParts(
                AimDirection.INCREASE,
                "cord clamping",
                "babies",
                "our unit",
                "%",
                Decimal(70),
                Decimal(95),
                date(2023, 12, 31),
            ),
            by=lead,
        )
    return Aiming(project, measure, lead, coach)


def sent(score: str, on: date, **more: Any) -> dict[str, Any]:
    return {
        "level": KEYS[score],
        "on-day": on.day,
        "on-month": on.month,
        "on-year": on.year,
        **more,
    }


def ratings() -> list[Rating]:
    return list(db.session.scalars(select(Rating).order_by(Rating.id)))


def test_the_data_support_a_score_with_the_day_of_the_next(aiming: Aiming) -> None:
    found = supported(aiming.project, date(2023, 3, 31), outside=False)
    assert found.measure == aiming.measure
    assert found.proposal.score == Decimal("4.0")
    assert (found.proposal.next_score, found.proposal.next_on) == (
        Decimal("4.5"),
        date(2023, 6, 30),
    )


def test_a_reader_outside_is_proposed_nothing_from_hidden_figures(aiming: Aiming) -> None:
    with unit_of_work():
        measure = db.session.get_one(Measure, aiming.measure.id)
    few = factories.measure(
        aiming.project, unit="%", better=Direction.UP, chart=Chart.P, denominator="Babies"
    )
    factories.points(few, [(2, 3)] * 9, first=FIRST)
    with unit_of_work():
        db.session.get_one(Project, aiming.project.id).aim.measure_id = few.id
    inside = supported(aiming.project, date(2023, 3, 31), outside=False).proposal
    outside = supported(aiming.project, date(2023, 3, 31), outside=True).proposal
    assert inside.score is not None
    assert outside.score is None
    assert "hidden from you" in outside.because
    assert measure.id != few.id


def test_the_tab_says_what_is_supported_and_why(aiming: Aiming, log_in: Any) -> None:
    text = " ".join(log_in(aiming.lead).get(aiming.url).text.split())
    assert "The data support 4:" in text
    assert "held since Q3 2022/23, with 288/300 = 96.0" in text
    assert "4.5 can be claimed from 30 June 2023" in text
    assert "Cord management" in text
    assert f"{aiming.url}/rate/stage_of_adoption/cord" in text


def test_a_claim_the_data_support_needs_no_reason(aiming: Aiming, log_in: Any) -> None:
    client = log_in(aiming.lead)
    response = client.post(f"{aiming.url}/claim", data=sent("4.0", date(2023, 4, 1)))
    assert response.status_code == 303
    [rating] = ratings()
    assert (rating.level, rating.proposed, rating.organisation_id) == (
        KEYS["4.0"],
        Decimal("4.0"),
        None,
    )


def test_claiming_4_5_at_five_months_is_queried_with_the_date(aiming: Aiming, log_in: Any) -> None:
    client = log_in(aiming.lead)
    early = sent("4.5", date(2023, 5, 31))
    refused = client.post(f"{aiming.url}/claim", data=early)
    assert refused.status_code == 422
    assert "4.5 can be claimed from 30 June 2023" in refused.text
    assert not ratings()
    said = early | {"reason": "Signed off by the board"}
    assert client.post(f"{aiming.url}/claim", data=said).status_code == 303
    text = log_in(aiming.coach).get(aiming.url).text
    assert "Signed off by the board" in text


def test_team_and_coach_stand_side_by_side(aiming: Aiming, log_in: Any) -> None:
    log_in(aiming.lead).post(f"{aiming.url}/claim", data=sent("4.0", date(2023, 4, 1)))
    log_in(aiming.coach).post(
        f"{aiming.url}/claim", data=sent("3.5", date(2023, 4, 2), reason="One ward only")
    )
    text = log_in(aiming.lead).get(aiming.url).text
    assert "They differ" in text
    assert "One ward only" in text


def test_a_member_reads_and_does_not_claim(aiming: Aiming, log_in: Any) -> None:
    member = factories.member(aiming.project)
    assert "Claim a score" not in log_in(member).get(aiming.url).text
    response = log_in(member).post(f"{aiming.url}/claim", data=sent("4.0", date(2023, 4, 1)))
    assert response.status_code == 403


def test_an_element_is_rated_by_a_role_on_the_project(aiming: Aiming, log_in: Any) -> None:
    url = f"{aiming.url}/rate/stage_of_adoption/cord"
    data = {"level": "aware", "on-day": 1, "on-month": 9, "on-year": 2023}
    response = log_in(aiming.lead).post(url, data=data)
    assert (response.status_code, response.headers["Location"]) == (303, aiming.url)
    [rating] = ratings()
    assert (rating.project_id, rating.organisation_id, rating.element) == (
        aiming.project.id,
        aiming.project.organisation_id,
        "cord",
    )


def test_a_project_of_a_programme_without_a_score_says_so(region: Region, log_in: Any) -> None:
    lead = factories.person()
    project = factories.project(by=lead, organisation=region.alder, programme="preterm")
    url = f"/projects/{project.id}/adoption"
    assert "Preterm has no progress score" in log_in(lead).get(url).text
    assert log_in(lead).get(f"{url}/claim").status_code == 303
    bare = factories.project(by=lead, organisation=region.alder)
    assert "no levels to reach" in log_in(lead).get(f"/projects/{bare.id}/adoption").text
    assert log_in(lead).get(f"/projects/{bare.id}/adoption/rate/x").status_code == 404


def test_a_project_is_rated_as_a_whole_with_a_case_study(app: Flask, log_in: Any) -> None:
    trust = factories.organisation()
    lead = factories.person("Lena Lead", role=Role.QI_LEAD, on=trust)
    project = factories.project(by=lead, organisation=trust, programme="time_critical_meds")
    coach = factories.member(project, role=Role.COACH)
    url, day = f"/projects/{project.id}/adoption", {"on-day": 1, "on-month": 9, "on-year": 2023}
    study = made.published(made.case_study(project, by=lead), by=lead)

    client = log_in(lead)
    tab = " ".join(client.get(url).text.split())
    assert 'Phases of the collaborative</h2> <p class="qi-p"><strong>Not rated yet.</strong>' in tab
    assert "Project progress score" in tab
    rate = f"{url}/rate/tcm_collab_phase"
    assert study.title in client.get(rate).text
    said = {"level": "celebrated", **day, "case_studies": [study.id], "reason": "All else before"}
    assert client.post(rate, data=said).headers["Location"] == url
    [rating] = ratings()
    assert (rating.organisation_id, rating.project_id) == (None, project.id)
    assert [one.kind for one in rating.evidence] == [EvidenceKind.CASE_STUDY]
    assert "A published case study" not in rating.unmet
    assert "Two completed PDSA cycles" in rating.unmet
    assert f"/case-studies/{study.uid}" in client.get(url).text

    fell = {"level": "sustaining", **day, "on-day": 2}
    client = log_in(coach)
    assert "it falls from 5, Celebrated" in client.post(rate, data=fell).text
    assert client.post(rate, data=fell | {"reason": "No plan"}).status_code == 303
    told = client.get(url).text
    assert "They differ" in told
    assert "Phases of the collaborative: what was said, newest first" in told
    assert "What was said, newest first" in told, "of the score"
    assert client.get(f"{url}/rate/project_progress_score").status_code == 404, "that is claimed"


def test_a_claim_stays_where_it_was_after_a_later_one(aiming: Aiming, log_in: Any) -> None:
    with unit_of_work():
        services.rate_project(
            aiming.project,
            SCORE,
            services.Judgement(
                level=KEYS["4.0"], on=date(2023, 4, 1), side=Side.TEAM, proposed=None
            ),
            by=aiming.lead,
        )
    client = log_in(aiming.lead)
    lower = sent("3.5", date(2023, 5, 1))
    refused = client.post(f"{aiming.url}/claim", data=lower)
    assert "It falls from 4" in refused.text
    assert client.post(f"{aiming.url}/claim", data=lower | {"reason": "Slipped"}).status_code == 303
    assert len(ratings()) == 2
