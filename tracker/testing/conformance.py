"""What every plugin must hold to. A plugin's tests take the suite by naming its folder:

    class TestConformance(Conformance):
        folder = Path(__file__).parents[1]

A check that fails names the definition and says what to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from tracker.plugin_api import (
    Definition,
    DefinitionError,
    Measure,
    Programme,
    as_json,
    from_json,
)
from tracker.plugin_host import ActivePlugin, PluginHost
from tracker.plugin_host.discovery import Found, bundled, in_place
from tracker.plugin_host.faults import PluginFault
from tracker.plugin_host.review import TOPICS

if TYPE_CHECKING:
    from flask import Flask

    from .plugin import LoadPlugins


class Conformance:
    """The suite. `folder` is that of the plugin's Python package."""

    folder: ClassVar[Path]

    @pytest.fixture(scope="class")
    @classmethod
    def plugin(cls) -> ActivePlugin:
        """The plugin, loaded among the bundled ones; the reasons fail the test if it is not."""
        return load_among_bundled(cls.folder)

    def test_it_loads_among_the_bundled_plugins(self, plugin: ActivePlugin) -> None:
        assert plugin.definitions, "it defines nothing"

    @pytest.mark.parametrize("topic", TOPICS)
    def test_nothing_is_found_about(self, plugin: ActivePlugin, topic: str) -> None:
        findings = list(TOPICS[topic](plugin))
        if findings:
            pytest.fail("\n".join(findings), pytrace=False)

    def test_stored_copies_read_back(self, plugin: ActivePlugin) -> None:
        """What the database keeps is the whole definition."""
        for one in plugin.definitions:
            copy = from_json(type(one), json.loads(json.dumps(as_json(one))))
            if copy != one:
                pytest.fail(f"{one.ident}: its stored copy reads back differently", pytrace=False)

    def test_what_it_brings_is_served_and_outlives_it(
        self, plugin: ActivePlugin, load_plugins: LoadPlugins
    ) -> None:
        """A project uses it, the plugin goes, and the project still opens with its measures."""
        others = [found.load() for found in _others(plugin.info.name)]
        with load_plugins(plugin.found.load(), *others).app_context() as context:
            project_id, lead_id = _use(plugin)
            _open(context.app, lead_id, plugin, project_id)
        with load_plugins(*others).app_context() as context:
            _open(context.app, lead_id, plugin, project_id)


def load_among_bundled(folder: Path) -> ActivePlugin:
    """The plugin in a folder, beside all bundled ones; fails the test with what is wrong."""
    found = in_place(folder)
    try:
        # Its own faults are told without theirs: they are loaded only for what it may name.
        host = PluginHost(strict=True).load([found, *_others(found.name)])
    except (DefinitionError, PluginFault) as error:
        faults = getattr(error, "faults", (str(error),))
        pytest.fail("\n".join(faults), pytrace=False)
    return host.active[found.name]


def _others(name: str) -> Iterator[Found]:
    yield from (found for found in bundled() if found.name != name)


def _use(plugin: ActivePlugin) -> tuple[int, int]:
    """Start a project in each programme of it and take everything into use."""
    from tracker.db import unit_of_work
    from tracker.measures.services import add_from_definition
    from tracker.permissions import Role
    from tracker.programmes.services import adopt

    from . import factories

    home = factories.organisation()
    lead = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=home)
    project = factories.project(by=lead, organisation=home, programme=_programmes(plugin)[0])
    with unit_of_work():
        for one in plugin.definitions:
            adopt(one, by=lead)
        for measure in plugin.of(Measure):
            add_from_definition(project, measure, by=lead)
    return project.id, lead.id


def _open(app: Flask, lead_id: int, plugin: ActivePlugin, project_id: int) -> None:
    from tracker.auth.models import User
    from tracker.db import db

    from .client import TrackerClient

    client = TrackerClient(app, app.response_class, use_cookies=True)
    client.sign_in(db.session.get_one(User, lead_id))
    pages = {f"/projects/{project_id}": [one.title for one in plugin.of(Measure)[:3]]}
    for programme in plugin.of(Programme):
        pages[f"/programmes/{programme.key}"] = [programme.title]
    for path, titles in pages.items():
        answer = client.get(path)
        text = " ".join(answer.text.split())
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        for title in titles:
            assert title.replace("'", "&#39;") in text, f"{path} does not show {title!r}"


def _programmes(plugin: ActivePlugin) -> list[str]:
    own: list[Definition] = [*plugin.of(Programme), *plugin.definitions]
    return [one.programme for one in own]
