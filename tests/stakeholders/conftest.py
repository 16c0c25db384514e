"""A project with three on its map."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.projects.models import Project
from tracker.stakeholders import services
from tracker.stakeholders.domain import Details, Reach, Stance
from tracker.stakeholders.models import Stakeholder
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.factories import STARTED
from tracker.testing.plugin import LogIn


@dataclass(frozen=True)
class Small:
    """Who is on the map."""

    theatre: Stakeholder
    midwives: Stakeholder
    nurses: Stakeholder


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Optimal cord management", by=lead, programme="matneo")


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


@pytest.fixture
def home(project: Project) -> str:
    return f"/projects/{project.id}/stakeholders"


@pytest.fixture
def small(project: Project, lead: User) -> Small:
    high, low = Reach.HIGH, Reach.LOW
    made = []
    with unit_of_work():
        for name, influence, interest, now, needed in (
            ("Theatre team", high, low, Stance.NEUTRAL, Stance.HELP),
            ("Midwives", high, high, Stance.HELP, Stance.MAKE),
            ("Neonatal nurses", low, high, Stance.MAKE, Stance.MAKE),
        ):
            details = Details(
                name=name, influence=influence, interest=interest, now=now, needed=needed
            )
            made.append(services.add(project, details, on=STARTED, by=lead))
    return Small(*made)
