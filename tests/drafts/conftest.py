"""A project with an aim, a lead and a colleague who both may write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient


@dataclass
class Two:
    """Two people, each in a browser of their own, with the aim of one project open."""

    project: Project
    jo: User
    sam: User
    jos: TrackerClient
    sams: TrackerClient
    aim: dict[str, str] = field(default_factory=lambda: {"unit": "%"})

    @property
    def url(self) -> str:
        return f"/projects/{self.project.id}/aim/edit"

    def typed(self, version: object, **fields: str) -> dict[str, object]:
        return {**self.aim, "version": version, **fields}


@pytest.fixture
def two(app: Flask, new_client: Callable[[], TrackerClient]) -> Two:
    jo, sam = factories.person("Jo Example"), factories.person("Sam Example")
    project = factories.project(by=jo)
    factories.member(project, role=Role.QI_LEAD, user=sam)
    jos, sams = new_client(), new_client()
    jos.sign_in(jo)
    sams.sign_in(sam)
    return Two(project, jo, sam, jos, sams)
