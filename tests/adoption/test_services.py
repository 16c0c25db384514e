"""What people say about adoption: rows are added, each with who, why and what it rests on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from tracker.adoption import records, services
from tracker.adoption.domain import EvidenceKind, Side
from tracker.adoption.models import AdoptionUnit, Rating
from tracker.audit.models import AuditEvent
from tracker.db import db, unit_of_work
from tracker.plugin_api import Event, StageChanged
from tracker.plugin_host import current_host
from tracker.testing import factories

from .conftest import USE

if TYPE_CHECKING:
    from .conftest import Region

DAY = date(2023, 9, 1)


def test_a_rating_keeps_what_it_rests_on_and_what_was_lacking(region: Region) -> None:
    project = factories.project(organisation=region.alder)
    cycle = factories.cycle(project)
    with unit_of_work():
        training = services.record_training(
            region.alder,
            programme="preterm",
            element="cord",
            given_by="Practice educator",
            what="Simulation of deferred clamping",
            on=DAY,
            people=12,
            role="Midwives",
            by=region.rater,
        )
        rating = services.rate(
            region.alder,
            USE,
            services.Judgement(
                level="testing",
                on=DAY,
                side=Side.TEAM,
                reason="The audit is under way",
                unmet=["A chart"],
                proposed=Decimal("3.5"),
                evidence=[
                    services.Evidence(EvidenceKind.CYCLE, cycle.title, cycle_id=cycle.id),
                    services.Evidence(
                        EvidenceKind.TRAINING, training.what, training_record_id=training.id
                    ),
                ],
            ),
            by=region.rater,
            element="cord",
            project=project,
        )
    db.session.rollback()
    held = db.session.get_one(Rating, rating.id)
    assert [(one.kind, one.text) for one in held.evidence] == [
        (EvidenceKind.CYCLE, "Ask at every visit"),
        (EvidenceKind.TRAINING, "Simulation of deferred clamping"),
    ]
    assert (held.unmet, held.proposed) == (["A chart"], Decimal("3.5"))
    assert [r.what for r in records.training("preterm", region.alder.id, "cord")] == [training.what]
    assert records.training("preterm", region.alder.id, "milk") == []


def test_a_level_the_rubric_does_not_have_is_refused(region: Region) -> None:
    said = services.Judgement(level="nowhere", on=DAY, side=Side.TEAM)
    with pytest.raises(services.NoSuchLevel), unit_of_work():
        services.rate(region.alder, USE, said, by=region.rater, element="cord")


def test_a_row_is_rated_in_one_and_the_history_tells_each(region: Region) -> None:
    said = services.Judgement(level="used", on=DAY, side=Side.COACH)
    with unit_of_work():
        given = services.rate_row(region.beech, USE, {"cord": said, "milk": said}, by=region.rater)
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "rating.given")).all()
    assert {event.subject_id for event in told} == {rating.id for rating in given}
    assert {event.detail["element"] for event in told} == {"cord", "milk"}


def test_including_a_unit_twice_adds_it_once(region: Region) -> None:
    with unit_of_work():
        assert services.include("preterm", [region.alder], on=DAY, by=region.rater) == 0
    with unit_of_work():
        earlier = date(2020, 1, 1)
        assert services.include("preterm", [region.alder], on=earlier, by=region.rater) == 0
    rows = select(AdoptionUnit).where(AdoptionUnit.organisation_id == region.alder.id)
    assert len(db.session.scalars(rows).all()) == 1


def test_training_taken_back_is_no_longer_listed(region: Region) -> None:
    with unit_of_work():
        record = services.record_training(
            region.alder,
            programme="preterm",
            given_by="Educator",
            what="Talk",
            on=DAY,
            people=1,
            role="Nurses",
            by=region.rater,
        )
    assert records.training("preterm", region.alder.id, "cord") == [record]
    with unit_of_work():
        services.take_back_training(record, by=region.rater)
    assert records.training("preterm", region.alder.id) == []


def test_plugins_are_told_when_the_level_is_another(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    monkeypatch.setattr(current_host(), "tell", told.append)
    region.rate(region.alder, "cord", "testing", DAY)
    region.rate(region.alder, "cord", "testing", DAY)
    region.rate(region.alder, "cord", "used", DAY)
    region.rate(region.alder, "cord", "aware", DAY, side=Side.COACH)
    region.rate(region.beech, "cord", "used", DAY)
    changes = [one for one in told if isinstance(one, StageChanged)]
    assert [(one.side, one.before, one.level) for one in changes] == [
        ("team", "", "testing"),
        ("team", "testing", "used"),
        ("coach", "", "aware"),
        ("team", "", "used"),
    ]
    first = changes[0]
    assert (first.rubric, first.element, first.project_id) == (USE.ref, "cord", None)
    assert first.organisation_id == region.alder.id
