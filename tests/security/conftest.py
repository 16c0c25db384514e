"""A project with text that would do harm if any page took it for anything but text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.comments import services as comments
from tracker.db import unit_of_work
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind, Measure
from tracker.organisations.models import Organisation
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project
from tracker.testing import factories

from ..permissions.conftest import blank_paper as blank_paper
from .walking import World

DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Full:
    """One row of each kind, every text field filled with the same text."""

    lead: User
    trust: Organisation
    project: Project
    cycle: PdsaCycle
    measure: Measure

    @property
    def pages(self) -> list[str]:
        """Every page that shows or edits a part of the project."""
        home = f"/projects/{self.project.id}"
        cycle = f"{home}/cycles/{self.cycle.id}"
        measure = f"{home}/measures/{self.measure.id}"
        return [
            "/",
            "/projects",
            "/account",
            f"/organisations/{self.trust.id}",
            f"/organisations/{self.trust.id}/projects/new",
            home,
            *(
                f"{home}/{name}"
                for name in (
                    "aim",
                    "aim/edit",
                    "people",
                    "people/new",
                    "settings",
                    "sharing",
                    "close",
                    "history",
                    "cycles",
                    "cycles/new",
                    f"cycles/new?after={self.cycle.id}",
                    f"comments/project/{self.project.id}",
                    "measures",
                    "measures/choose",
                    "measures/new",
                )
            ),
            cycle,
            *(f"{cycle}/{name}" for name in ("plan", "do", "study", "act")),
            measure,
            *(
                f"{measure}/{name}"
                for name in ("edit", "enter", "import", "phases", "baselines", "events/new")
            ),
        ]


def fill(text: str) -> Full:
    """A project, its aim, people, places, cycle, measure and comment, all saying `text`."""
    trust = factories.organisation(text)
    lead = factories.person(text, role=Role.QI_LEAD, on=trust)
    other = factories.person(text)
    project = factories.project(
        text, by=lead, organisation=trust, problem=text, sites=[text], psc=factories.psc(text)
    )
    measure = factories.points(
        factories.measure(project, by=lead, title=text, numerator=text, unit=text[:20]),
        [5, 3, 4],
        by=lead,
    )
    cycle = factories.cycle(
        project,
        by=lead,
        title=text,
        starts_on=DAY,
        change_idea=text,
        objective=text,
        questions=text,
        theory=text,
        scale=text,
        data_plan=text,
        predictions=[
            pdsa.PredictionPlan(text=text),
            pdsa.PredictionPlan(
                text=text, measure_id=measure.id, value=Decimal(4), period=date(2024, 2, 1)
            ),
        ],
        tasks=[pdsa.TaskPlan(what=text, who=text, where=text)],
    )
    factories.cycle(project, by=lead, title=text, parent=cycle)
    with unit_of_work():
        projects.set_aim(
            project.aim,
            AimParts(AimDirection.REDUCE, text, text, text, text[:20], Decimal(9), Decimal(5), DAY),
            by=lead,
        )
        projects.add_member(project, by=lead, on=DAY, name=text, team_role="Lead", user=other)
        pdsa.log_do(
            cycle, done_as_planned=DoneAsPlanned.YES, observations=text, problems=text, by=lead
        )
        pdsa.study(cycle, learned=text, results={cycle.predictions[0].id: (text, True)}, by=lead)
        pdsa.decide(cycle, Decision.ADAPT, next_change=text, on=DAY, by=lead)
        for subject in (project, project.aim, cycle, measure):
            comments.add(subject, text, by=other)
        measures.annotate(
            project,
            kind=AnnotationKind.POLICY,
            starts_on=date(2024, 2, 1),
            text=text,
            measure=measure,
            by=lead,
        )
        measures.set_phase(measure, starts_on=date(2024, 3, 1), name=text, reason=text, by=lead)
    return Full(lead, trust, project, cycle, measure)


@pytest.fixture
def full(app: Flask) -> Full:
    """A project whose text is harmless."""
    return fill("Plain words")


@pytest.fixture
def filled(app: Flask) -> Callable[[str], Full]:
    """`filled(text)`: a project whose every field says `text`."""
    return fill


@pytest.fixture
def world(app: Flask) -> World:
    """One project with a row for every route, as the table of permissions is tried on."""
    return World(app)
