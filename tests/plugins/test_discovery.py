from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from tracker.plugin_api import Programme
from tracker.plugin_host import LoadStage, Origin, PluginHost, discover
from tracker.plugin_host.discovery import PACKAGE

WritePlugin = Callable[..., Path]


def plugin(name: str, version: str = "1.0", title: str = "A programme") -> str:
    return f"""
plugin = ProgrammePlugin(
    info=info({name!r}, version={version!r}),
    programmes=[Programme(key={name!r}, programme={name!r}, title={title!r})],
)
"""


def test_bundled_plugins_are_found_and_load_without_a_fault() -> None:
    host = PluginHost(strict=True).load(discover())
    assert {"generic", "opioids"} <= set(host.active)
    assert host.active["opioids"].found.origin is Origin.BUNDLED


def test_an_installed_distribution_is_found_by_its_entry_point(
    write_distribution: Callable[..., Path],
) -> None:
    package = write_distribution("regional", plugin("regional", "2.1"), version="2.1")
    host = PluginHost(strict=True).load(discover(["regional"]))
    found = host.active["regional"].found
    assert (found.origin, found.where) == (Origin.INSTALLED, "tracker-plugin-regional 2.1")
    assert host.active["regional"].folder == package


def test_an_installed_distribution_that_does_not_import_is_set_aside(
    write_distribution: Callable[..., Path],
) -> None:
    write_distribution("broken", "import nothing_of_this_name")
    host = PluginHost().load(discover())
    (one,) = host.set_aside
    assert (one.name, one.stage) == ("broken", LoadStage.IMPORT)
    assert one.origin == "installed, tracker-plugin-broken 1.0"
    assert "opioids" in host.active


def test_an_installed_plugin_replaces_the_bundled_one_of_its_name(
    write_distribution: Callable[..., Path],
) -> None:
    write_distribution("opioids", plugin("opioids", "9.9", "Newer opioids"))
    host = PluginHost(strict=True).load(discover())
    assert host.active["opioids"].info.version == "9.9"
    assert [one.origin for one in host.replaced] == [Origin.BUNDLED]
    assert host.set_aside == []


def test_a_folder_plugin_does_not_replace_a_bundled_one(
    folder: Path, write_plugin: WritePlugin
) -> None:
    write_plugin("opioids", plugin("opioids", "9.9"))
    host = PluginHost().load(discover(folders=[folder]))
    assert host.active["opioids"].found.origin is Origin.BUNDLED
    (one,) = host.set_aside
    assert one.reason == "another plugin of this name is loaded first"
    assert one.origin == f"folder, {folder / 'opioids'}"


def test_two_distributions_of_one_entry_point_name(
    write_distribution: Callable[..., Path],
) -> None:
    write_distribution("regional", plugin("regional", "1.0"), called="a")
    write_distribution("regional", plugin("regional", "2.0"), called="b")
    host = PluginHost().load(discover(["regional"]))
    assert host.active["regional"].found.where == "tracker-plugin-a 1.0"
    assert [one.origin for one in host.set_aside] == ["installed, tracker-plugin-b 1.0"]


def test_folders_are_searched_in_the_order_given(
    tmp_path: Path, folder: Path, write_plugin: WritePlugin
) -> None:
    other = tmp_path / "other"
    write_plugin("local", plugin("local", title="First"))
    write_plugin("local", plugin("local", title="Second"), into=other)
    for folders, title in (([folder, other], "First"), ([other, folder], "Second")):
        host = PluginHost().load(discover(["local"], folders))
        assert [programme.title for programme in host.of(Programme)] == [title]
        assert len(host.set_aside) == 1


def test_a_folder_plugin_can_import_its_own_parts_both_ways(
    folder: Path, write_plugin: WritePlugin
) -> None:
    code = """
from .parts import TITLE
from tracker_plugins.local.parts import TITLE as SAME
assert TITLE is SAME
""" + plugin("local")
    write_plugin("local", code, parts="TITLE = 'From its parts'")
    PluginHost(strict=True).load(discover(["local"], [folder]))


def test_what_is_no_plugin_folder_is_passed_over(folder: Path, write_plugin: WritePlugin) -> None:
    (folder / "notes").mkdir()
    (folder / "loose.py").write_text("raise SystemExit", encoding="utf-8")
    write_plugin("_hidden", "raise SystemExit")
    assert {one.name for one in discover(folders=[folder])} == {one.name for one in discover()}


def test_a_folder_name_that_python_cannot_import_is_told(
    folder: Path, write_plugin: WritePlugin
) -> None:
    write_plugin("my-plugin", plugin("my"))
    (one,) = PluginHost().load(discover(folders=[folder])).set_aside
    assert one.name == "my-plugin"
    assert "lower_snake_case" in one.reason


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (one,) = PluginHost().load(discover(folders=[tmp_path / "gone"])).set_aside
    assert one.name == str(tmp_path / "gone")
    assert "does not exist" in one.reason


def test_only_the_named_plugins_load() -> None:
    assert list(PluginHost(strict=True).load(discover(["generic"])).active) == ["generic"]


def test_no_names_at_all_is_safe_mode(folder: Path, write_plugin: WritePlugin) -> None:
    write_plugin("local", plugin("local"))
    assert discover([], [folder]) == []


def test_a_name_that_leads_nowhere_is_told() -> None:
    host = PluginHost().load(discover(["generic", "opiods"]))
    assert list(host.active) == ["generic"]
    (one,) = host.set_aside
    assert (one.name, one.stage) == ("opiods", LoadStage.IMPORT)
    assert "no plugin of this name" in one.reason


def test_without_the_bundled_package_the_reason_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    (one,) = PluginHost().load(discover()).set_aside
    assert one.name == PACKAGE
    assert "pip install -e ." in one.reason


def test_a_stray_folder_of_that_name_is_not_taken_for_the_bundled_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / PACKAGE).mkdir()
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    (one,) = PluginHost().load(discover()).set_aside
    assert "pip install -e ." in one.reason
