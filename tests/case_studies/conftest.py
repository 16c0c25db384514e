"""A trust's project with an aim, a chart, cycles and a lead; and people around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.organisations.models import Organisation
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project, Sharing
from tracker.testing import factories


@dataclass
class Ward:
    """Who and where."""

    trust: Organisation
    psc: Organisation
    project: Project
    lead: User
    coach: User
    administrator: User
    stranger: User


@pytest.fixture
def ward(app: Flask) -> Ward:
    psc = factories.psc("Example PSC")
    trust = factories.organisation("Example Trust", psc=psc)
    lead = factories.person("Lena Lead", role=Role.QI_LEAD, on=trust)
    project = factories.project(
        "Hurry up and wait",
        by=lead,
        organisation=trust,
        psc=psc,
        programme="generic",
        sharing=Sharing.ORGANISATION,
        problem="Cords were clamped too soon.",
    )
    with unit_of_work():
        parts = AimParts(
            AimDirection.INCREASE,
            "cord clamping at 60 seconds",
            "babies born early",
            "our unit",
            "%",
            Decimal(75),
            Decimal(95),
            date(2025, 6, 30),
        )
        projects.set_aim(project.aim, parts, by=lead)
    measure = factories.measure(
        project,
        by=lead,
        title="Clamped at 60 seconds",
        unit="%",
        numerator="Babies whose cord was clamped at 60 seconds or later",
        denominator="Babies born",
        multiplier=Decimal(100),
    )
    factories.points(measure, [(20, 30), (21, 30), (25, 31), (2, 30), (26, 33)], by=lead)
    cycle = factories.cycle(project, by=lead, title="Trolley at the bedside", scale="One shift")
    with unit_of_work():
        pdsa.log_do(
            cycle,
            done_as_planned=DoneAsPlanned.PARTLY,
            observations="",
            problems="Short cords did not reach",
            by=lead,
        )
        pdsa.study(cycle, learned="The side of the bed matters", results={}, by=lead)
        pdsa.decide(
            cycle, Decision.ADOPT, next_change="Part of induction", on=date(2025, 3, 1), by=lead
        )
    return Ward(
        trust,
        psc,
        project,
        lead,
        factories.person("Cora Coach", role=Role.COACH, on=trust),
        factories.person("Ada Administrator", role=Role.ORGANISATION_ADMINISTRATOR, on=trust),
        factories.person("Sam Stranger", role=Role.QI_LEAD, on=factories.organisation()),
    )
