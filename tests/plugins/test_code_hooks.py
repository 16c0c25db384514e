"""Every hook for code is documented; its examples, in the code and on its page, run."""

from __future__ import annotations

import doctest
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracker.plugin_api import CaseStudyShared, StageChanged, code_hooks, models
from tracker.plugin_api.code_hooks import CODE_HOOKS
from tracker.plugin_host import ActivePlugin, PluginHost, given
from tracker.testing import factories

DOCS = Path(__file__).parents[2] / "docs/plugins"
PYTHON = re.compile(r"^```python( revision)?\n(.*?)^```$", re.M | re.S)


def test_the_table_of_code_hooks_names_all_there_are() -> None:
    written = [n for n, v in vars(code_hooks).items() if inspect.isfunction(v) and n != "hookspec"]
    assert list(CODE_HOOKS) == [name for name in written if name.startswith("tracker_")]


@pytest.mark.parametrize("hook", CODE_HOOKS)
def test_each_says_what_it_is_with_an_example(hook: str) -> None:
    text = inspect.getdoc(getattr(code_hooks, hook))
    assert text is not None
    assert re.search(r"Added in \d+\.\d+\.", text)
    assert f"def {hook}(self" in text


@pytest.mark.parametrize("module", [code_hooks, models])
def test_the_examples_in_the_code_run(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("hook", CODE_HOOKS)
def test_each_has_a_page_in_the_guide_and_a_test_of_its_name(hook: str) -> None:
    assert (DOCS / f"{hook}.md").read_text(encoding="utf-8").startswith(f"# {hook}\n")
    assert f"({hook}.md)" in (DOCS / "README.md").read_text(encoding="utf-8")
    assert f"test_hook_{hook}" in globals()


@pytest.fixture
def of_page(tmp_path: Path) -> Iterator[Any]:
    """Load the plugin that the page of a hook shows, as if its files were in a folder."""
    made: list[str] = []

    def load(hook: str) -> ActivePlugin:
        name = f"page_of_{hook}"
        text = (DOCS / f"{hook}.md").read_text(encoding="utf-8")
        module = ModuleType(name)
        module.__file__ = str(tmp_path / "__init__.py")
        sys.modules[name] = module
        made.append(name)
        for is_revision, code in PYTHON.findall(text):
            if is_revision:
                (tmp_path / "migrations").mkdir()
                (tmp_path / "migrations" / "0001_huddles.py").write_text(code, encoding="utf-8")
            else:
                exec(compile(code, module.__file__, "exec"), vars(module))  # noqa: S102
        return PluginHost(strict=True).load([given(module.plugin)]).active["falls"]

    yield load
    for name in made:
        del sys.modules[name]


def test_hook_tracker_report_sections(of_page: Any) -> None:
    from datetime import date
    from decimal import Decimal

    from tracker.plugin_api import ReportFacts

    (section,) = of_page("tracker_report_sections").code.sections
    facts = ReportFacts(
        project_id=1, title="<b>Ward 7</b>", programme="falls", today=date(2026, 3, 10)
    )
    assert "&lt;b&gt;Ward 7&lt;/b&gt; yet." in section.render(facts)
    series = {"falls/falls_per_1000@1": ((date(2026, 2, 1), Decimal("6.4")),)}
    told = section.render(
        ReportFacts(project_id=1, title="", programme="falls", today=facts.today, series=series)
    )
    assert "6.4 falls per 1,000 bed days in February 2026." in told


def test_hook_tracker_blueprints(of_page: Any, load_plugins: Any, app: Any) -> None:
    plugin = of_page("tracker_blueprints")
    assert plugin.code.pages == 2
    made = load_plugins(plugin.found.load())
    with made.app_context():
        lead = factories.person()
        project = factories.project(by=lead)
        client = made.test_client()
        client.sign_in(lead)
        assert client.get("/p/falls/").text == "Falls"
        assert client.get(f"/p/falls/projects/{project.id}").text.startswith("Falls in project")
        other = made.test_client()
        other.sign_in(factories.person())
        assert other.get(f"/p/falls/projects/{project.id}").status_code == 404


def test_hook_tracker_nav_items(of_page: Any) -> None:
    (item,) = of_page("tracker_nav_items").code.nav_items
    assert (item.text, item.endpoint) == ("Falls", "falls.index")


def test_hook_tracker_commands(of_page: Any) -> None:
    assert [command.name for command in of_page("tracker_commands").code.commands] == ["projects"]


def test_hook_tracker_tables(of_page: Any) -> None:
    tables = of_page("tracker_tables").code.tables
    assert list(tables.metadata.tables) == ["falls_huddle"]
    assert [path.name for path in tables.migrations.iterdir()] == ["0001_huddles.py"]


def test_hook_tracker_on_event(of_page: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import UTC, datetime

    from tracker.plugin_api import PdsaLogged, PdsaStep

    plugin = of_page("tracker_on_event")
    host = PluginHost(strict=True).load([plugin.found])
    at = datetime(2026, 3, 10, tzinfo=UTC)
    host.tell(PdsaLogged(at=at, by_id=1, project_id=7, cycle_id=9, number=2, step=PdsaStep.STUDY))
    host.tell(StageChanged(at=at, by_id=1, rubric="falls/use@1", level="all", side="team"))
    host.tell(CaseStudyShared(at=at, by_id=1, case_study_id=1, project_id=7, programme="falls"))
    assert capsys.readouterr().out == "cycle 2 of project 7: study\n"
