"""The conformance suite fails when it should, and says by name what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.plugin_host.making import NewPlugin, make
from tracker.testing.conformance import Conformance, load_among_bundled

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A new plugin `falls`, forgotten by Python afterwards."""
    yield make(NewPlugin("falls", "Falls", "A team", tmp_path))
    for name in [name for name in sys.modules if name.startswith("tracker_plugins.falls")]:
        del sys.modules[name]


@pytest.fixture
def change(folder: Path) -> Change:
    """Change a file of the plugin, whose modules are then read anew."""

    def edit(name: str, before: str, after: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        for module in [m for m in sys.modules if m.startswith("tracker_plugins.falls")]:
            del sys.modules[module]

    return edit


def failure(folder: Path) -> str:
    with pytest.raises(pytest.fail.Exception) as caught:
        load_among_bundled(folder)
    return str(caught.value)


def finding(folder: Path, topic: str) -> str:
    suite = Conformance()
    with pytest.raises(pytest.fail.Exception) as caught:
        suite.test_nothing_is_found_about(load_among_bundled(folder), topic)
    return str(caught.value)


def test_a_rubric_with_stage_3_missing_fails_by_its_name(folder: Path, change: Change) -> None:
    text = (folder / "rubrics.py").read_text(encoding="utf-8")
    stages = text.split("        Stage(\n")
    (third,) = (stage for stage in stages if "score=Decimal(3)" in stage)
    change("rubrics.py", f"        Stage(\n{third}", "")
    assert failure(folder) == (
        "rubric:falls/use@1: has no stage 3; add it to stages 0, 1, 2, 4, or close the gap"
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("changes.py", '("huddle",)', '("hudle",)', "did you mean 'huddle'?"),
        ("measures.py", 'unit="%"', 'unit=""', "measure:falls/on_time@1: has no unit"),
        (
            "programme.py",
            "Decimal(95)",
            "95",
            'programme.aims[0].figure is 95 (int); write Decimal("95")',
        ),
    ],
)
def test_what_stops_a_plugin_fails_by_its_name(
    folder: Path, change: Change, name: str, before: str, after: str, said: str
) -> None:
    change(name, before, after)
    assert said in failure(folder)


@pytest.mark.parametrize(
    ("topic", "name", "before", "after", "said"),
    [
        (
            "sources",
            "rubrics.py",
            "    source=OWN,\n",
            "",
            "rubric:falls/use@1 has no source",
        ),
        (
            "parameters",
            "measures.py",
            "{window}",
            "{windw}",
            "measure:falls/on_time@1.numerator refers to {windw}, which is none of its parameters",
        ),
        (
            "lock file",
            "measures.py",
            "Minutes in",
            "Hours in",
            "measure:falls/extra_time@1 has changed its meaning; publish it as version 2",
        ),
        (
            "plugin API",
            "__init__.py",
            "api=(1, 1)",
            "api=(1, 0)",
            "uses tracker_driver_diagrams, which came later than its info.api; write api=(1, 1)",
        ),
        (
            "titles",
            "measures.py",
            "Staff minutes that it takes in a shift",
            "People who get it on time",
            "measure:falls/extra_time@1 has the same title as measure:falls/on_time@1",
        ),
        (
            "imports",
            "sources.py",
            "from tracker.plugin_api import Basis",
            "import tracker.config\nfrom tracker.plugin_api import Basis",
            "sources.py, line 5 imports tracker.config; only tracker.plugin_api is for plugins",
        ),
        (
            "README",
            "README.md",
            "**Maintainer:** A team.",
            "",
            "README.md names no maintainer",
        ),
        (
            "texts",
            "changes.py",
            "Huddle at the start of the shift",
            "<b>Huddle</b>",
            "change_idea:falls/huddle@1.title has HTML in it; write plain text",
        ),
    ],
)
def test_what_an_author_should_know_fails_by_its_name(
    folder: Path, change: Change, topic: str, name: str, before: str, after: str, said: str
) -> None:
    change(name, before, after)
    assert said in finding(folder, topic).splitlines()


def test_an_event_names_coach_checks_that_are_asked(folder: Path, change: Change) -> None:
    event = (
        "plugin = ProgrammePlugin(\n    events=[ProgrammeEvent(key='w', programme='falls', "
        "title='W', coach_checks=('cr_aim',), source=PROGRAMME.source)],"
    )
    change("__init__.py", "import PluginInfo,", "import PluginInfo, ProgrammeEvent,")
    change("__init__.py", "plugin = ProgrammePlugin(", event)
    assert "event:falls/w@1 names the coach check 'cr_aim'; add a self-assessment" in finding(
        folder, "coach checks"
    )


class TestANewPlugin(Conformance):
    """The suite as a plugin takes it."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def folder_of_its_own(cls, tmp_path_factory: pytest.TempPathFactory) -> None:
        cls.folder = make(NewPlugin("hips", "Hips", "A team", tmp_path_factory.mktemp("new")))
