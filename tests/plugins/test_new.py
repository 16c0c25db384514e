"""`tracker plugins new`: what it writes is a whole plugin, and passes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli.plugins import plugins
from tracker.plugin_api import DEFINITION_HOOKS
from tracker.plugin_host import PluginHost
from tracker.plugin_host.discovery import in_place
from tracker.plugin_host.review import review
from tracker.testing.conformance import load_among_bundled

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`tracker plugins …` in a folder of its own, with no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("TRACKER_PLUGINS", "TRACKER_PLUGIN_FOLDERS"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(plugins, words)


def test_a_new_folder_is_a_whole_plugin_where_one_stands(run: Run, tmp_path: Path) -> None:
    result = run("new", "falls")
    assert result.exit_code == 0, result.output
    assert "Check it:  tracker plugins check ./falls" in result.output
    plugin = load_among_bundled(tmp_path / "falls")
    assert review(plugin) == []
    assert plugin.info.title == "Falls"
    assert run("check", "./falls").exit_code == 0


def test_a_folder_with_it_may_be_named_in_the_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("new", "falls", "--into", "mine").exit_code == 0
    monkeypatch.setenv("TRACKER_PLUGIN_FOLDERS", str(tmp_path / "mine"))
    assert run("check", "falls").output.startswith("falls 1.0: nothing found (1 programme")


def test_what_is_asked_for_stands_in_it(run: Run, tmp_path: Path) -> None:
    run("new", "falls", "--title", "Preventing falls", "--maintainer", "Team A, 01234")
    info = load_among_bundled(tmp_path / "falls").info
    assert (info.title, info.maintainer) == ("Preventing falls", "Team A, 01234")
    assert "**Maintainer:** Team A, 01234." in (tmp_path / "falls/README.md").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Falls",), "'Falls' is no name for a plugin; write lower_snake_case"),
        (("class",), "'class' is no name for a plugin"),
        (("../falls",), "is no name for a plugin"),
        (("opioids",), "a plugin called opioids comes with the tracker; take another name"),
        (("hips", "--title", 'A "title"'), "no quotation marks"),
        (("there",), "there is there already; nothing was written"),
    ],
)
def test_what_cannot_be_written_is_refused_whole(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there").mkdir()
    result = run("new", *words)
    assert result.exit_code == 1
    assert said in result.output
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_check_of_a_folder_that_is_no_plugin_says_so(run: Run) -> None:
    result = run("check", "./nowhere")
    assert result.exit_code == 1
    assert "./nowhere is no plugin folder: it has no __init__.py" in result.output


def test_check_of_a_folder_leaves_out_another_of_its_name(run: Run, tmp_path: Path) -> None:
    """The bundled one would otherwise be checked in its place."""
    run("new", "falls")
    copy = tmp_path / "opioids"
    (tmp_path / "falls").rename(copy)
    told = copy / "__init__.py"
    told.write_text(told.read_text().replace('name="falls"', 'name="opioids"'), encoding="utf-8")
    assert "nothing found (1 programme, 2 measures, 1 rubric" in run("check", "./opioids").output


def test_the_starter_shows_more_than_half_of_what_most_programmes_bring(
    run: Run, tmp_path: Path
) -> None:
    run("new", "falls")
    brought = {type(one) for one in load_among_bundled(tmp_path / "falls").definitions}
    assert brought < set(DEFINITION_HOOKS.values())
    assert len(brought) == 6


@pytest.mark.heavy
def test_a_distribution_is_built_installed_without_network_and_found(
    run: Run, tmp_path: Path
) -> None:
    assert run("new", "falls", "--distribution").exit_code == 0
    top, site = tmp_path / "tracker-plugin-falls", tmp_path / "site"
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")
    pip = [sys.executable, "-m", "pip", "--quiet"]
    subprocess.run(  # noqa: S603
        [*pip, "wheel", *offline, "--wheel-dir", tmp_path / "dist", top], check=True, timeout=200
    )
    (wheel,) = (tmp_path / "dist").glob("tracker_plugin_falls-1.0-*.whl")
    subprocess.run(  # noqa: S603
        [*pip, "install", *offline, "--target", site, wheel], check=True, timeout=200
    )
    for words, said in {
        "list": "falls 1.0: active (installed; 1 programme, 2 measures, 1 rubric",
        "check falls": "falls 1.0: nothing found (",
    }.items():
        told = subprocess.run(  # noqa: S603
            [Path(sys.executable).parent / "tracker", "plugins", *words.split()],
            cwd=site,
            env={"PYTHONPATH": str(site), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        assert said in told.stdout


def test_a_folder_may_be_the_package_of_a_distribution(run: Run, tmp_path: Path) -> None:
    run("new", "falls", "--distribution")
    found = in_place(tmp_path / "tracker-plugin-falls" / "tracker_plugin_falls")
    assert list(PluginHost(strict=True).load([found]).active) == ["falls"]
