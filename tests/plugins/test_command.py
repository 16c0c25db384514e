from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli.plugins import plugins
from tracker.plugin_host.discovery import bundled
from tracker.plugin_host.lock import LOCK

WritePlugin = Callable[..., Path]

LOCAL = """
from tracker.plugin_api import Basis
SOURCE = Source(code="DES", title="Ours", basis=Basis.DESIGN)
def measure(**changes):
    held = dict(key="m", programme="local", title="M", kind=MeasureKind.PROCESS, unit="people",
                better=Direction.UP, chart=Chart.RUN, cadence=Cadence.MONTHLY,
                numerator="People seen", source=SOURCE)
    return Measure(**(held | changes))
def made(*measures, **programme):
    held = dict(key="local", programme="local", title="Local", source=SOURCE)
    return ProgrammePlugin(info=info("local"), programmes=[Programme(**(held | programme))],
                           measures=measures)
"""


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`tracker plugins …`, with the test's folder searched and nothing else set."""
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_PLUGIN_FOLDERS", str(folder))
    return lambda *words: CliRunner().invoke(plugins, words)


@pytest.fixture
def write_local(write_plugin: WritePlugin) -> Callable[[str], Path]:
    """A plugin `local` with a README; the code says what `plugin` is."""

    def write(code: str) -> Path:
        path = write_plugin("local", LOCAL + code)
        (path / "README.md").write_text("Maintainer: a team\n", encoding="utf-8")
        return path

    return write


def test_list_has_a_line_for_each_plugin(
    run: Callable[..., Result], write_plugin: WritePlugin
) -> None:
    write_plugin("broken", "import nothing_of_this_name")
    result = run("list")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    (generic,) = [line for line in lines if line.startswith("generic ")]
    assert re.match(r"generic \d+\.\d+: active \(bundled; 1 programme, ", generic)
    assert lines[-1].startswith("broken: set aside at import: ModuleNotFoundError")


def test_list_in_safe_mode_is_empty(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PLUGINS", "")
    assert run("list").output == ""


def test_list_says_what_an_installed_plugin_replaces(
    run: Callable[..., Result], write_distribution: Callable[..., Path]
) -> None:
    write_distribution("generic", "plugin = ProgrammePlugin(info=info('generic'))")
    assert "generic 1.0: active (installed; in place of the bundled one)" in run("list").output


@pytest.mark.parametrize("name", [found.name for found in bundled()])
def test_check_finds_nothing_in_bundled_plugins(run: Callable[..., Result], name: str) -> None:
    result = run("check", name)
    assert result.exit_code == 0, result.output
    assert ": nothing found (" in result.output


def test_check_has_a_line_for_each_fault(
    run: Callable[..., Result], write_local: Callable[[str], Path]
) -> None:
    write_local("plugin = made(measure(title=''), measure(key='n', unit=''))")
    result = run("check", "local")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "local: definitions: measure:local/m@1: has no title",
        "local: definitions: measure:local/n@1: has no unit",
    ]


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("plugin = made(measure(source=None))", "measure:local/m@1 has no source"),
        (
            "plugin = made(aims=(ProgrammeAim(key='a', title='A', text='A'),))",
            "programme:local/local@1: aim 'a' has no source",
        ),
        (
            "plugin = made(measure(), measure(key='n', title='m'))",
            "measure:local/n@1 has the same title as measure:local/m@1",
        ),
        (
            "plugin = made(measure(title='M '))",
            "measure:local/m@1.title has a space at its start or end",
        ),
        (
            "plugin = made(measure(notes=('See <b>this</b>',)))",
            "measure:local/m@1.notes[0] has HTML in it; write plain text",
        ),
        (
            "import tracker.config\nplugin = made()",
            "imports tracker.config; only tracker.plugin_api is for plugins",
        ),
        (
            "from tracker import plugin_host\nplugin = made()",
            "imports tracker.plugin_host; only tracker.plugin_api is for plugins",
        ),
        (
            "from tracker_plugins import generic\nplugin = made()",
            "imports tracker_plugins.generic; only tracker.plugin_api is for plugins",
        ),
    ],
)
def test_check_reviews_what_loads(
    run: Callable[..., Result], write_local: Callable[[str], Path], code: str, finding: str
) -> None:
    write_local(code)
    assert run("lock", "local").exit_code == 0
    result = run("check", "local")
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert line.startswith("local: ")
    assert line.endswith(finding)


def test_check_wants_a_readme_that_names_a_maintainer(
    run: Callable[..., Result], write_local: Callable[[str], Path]
) -> None:
    readme = write_local("plugin = made()") / "README.md"
    run("lock", "local")
    assert run("check", "local").exit_code == 0
    readme.write_text("Nobody\n", encoding="utf-8")
    assert run("check", "local").output == "local: README.md names no maintainer\n"
    readme.unlink()
    assert run("check", "local").output == "local: has no README.md\n"


def test_check_of_an_unknown_name_says_what_there_is(run: Callable[..., Result]) -> None:
    result = run("check", "opiods")
    assert result.exit_code == 1
    assert result.output.startswith("opiods: no plugin is called that; there are: ")
    assert "generic" in result.output
    assert "opioids" in result.output


def test_lock_holds_what_is_published(
    run: Callable[..., Result], write_local: Callable[[str], Path]
) -> None:
    path = write_local("plugin = made(measure())")
    assert "measure:local/m@1 is not in definitions.lock" in run("check", "local").output
    assert run("lock", "local").exit_code == 0
    assert run("check", "local").exit_code == 0
    before = (path / LOCK).read_text(encoding="utf-8")

    code = (path / "__init__.py").read_text(encoding="utf-8")
    (path / "__init__.py").write_text(
        code.replace("People seen", "People seen and treated, first visit"), encoding="utf-8"
    )
    told = "measure:local/m@1 has changed its meaning; publish it as version 2"
    assert run_anew(path, "check") == (1, f"local: {told}\n")
    status, printed = run_anew(path, "lock")
    assert (status, told in printed) == (1, True)
    assert (path / LOCK).read_text(encoding="utf-8") == before


def test_a_lock_file_that_cannot_be_read_is_a_finding(
    run: Callable[..., Result], write_local: Callable[[str], Path]
) -> None:
    (write_local("plugin = made()") / LOCK).write_text("one two three\n", encoding="utf-8")
    assert "definitions.lock, line 1: not a name and a fingerprint" in run("check", "local").output
    assert run("lock", "local").exit_code == 1


def test_lock_refuses_a_plugin_that_is_set_aside_or_not_there(
    run: Callable[..., Result], write_local: Callable[[str], Path]
) -> None:
    write_local("plugin = made(measure(title=''))")
    assert "has no title" in run("lock", "local").output
    assert "no plugin is called that" in run("lock", "nowhere").output
    assert run("lock", "local").exit_code == run("lock", "nowhere").exit_code == 1


def run_anew(path: Path, command: str) -> tuple[int, str]:
    """`tracker plugins COMMAND local` in a fresh process, as an author runs it after an edit."""
    code = "from tracker.cli.plugins import plugins; plugins()"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, command, "local"],
        env={**os.environ, "TRACKER_PLUGIN_FOLDERS": str(path.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_needs_no_database_settings_or_test_packages() -> None:
    """Checked in a process of its own: what is imported decides."""
    code = """
import sys
for absent in ("pytest", "hypothesis", "tracker.testing"):
    sys.modules[absent] = None
from tracker.cli.plugins import plugins
plugins(["check", "opioids"], standalone_mode=False)
assert "sqlalchemy" not in sys.modules
"""
    bare = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
