"""A small diagram: two primary drivers, two secondary ones, and an idea that serves both."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.drivers import services
from tracker.drivers.domain import Level
from tracker.drivers.models import ChangeIdea, Driver
from tracker.projects.models import Project
from tracker.testing import factories


@dataclass(frozen=True)
class Small:
    """What is on the diagram."""

    team: Driver
    kit: Driver
    policy: Driver
    room: Driver
    card: ChangeIdea
    trolley: ChangeIdea


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Optimal cord management", by=lead)


@pytest.fixture
def small(project: Project, lead: User) -> Small:
    with unit_of_work():
        team = services.add_driver(project, Level.PRIMARY, "Team readiness", by=lead)
        kit = services.add_driver(project, Level.PRIMARY, "Equipment", by=lead)
        policy = services.add_driver(project, Level.SECONDARY, "Policy", under=team, by=lead)
        room = services.add_driver(project, Level.SECONDARY, "Room", under=kit, by=lead)
        card = services.add_idea(project, "Prompt card", under=[policy, room], by=lead)
        trolley = services.add_idea(project, "Trolley", under=[room], by=lead)
    return Small(team, kit, policy, room, card, trolley)
