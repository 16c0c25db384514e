"""A plugin as a distribution of its own: built and installed without a network, then found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HEAD
from .hostile import HEAD as CODE_HEAD

PROJECT = """
[build-system]
requires = ["setuptools>=80"]
build-backend = "setuptools.build_meta"

[project]
name = "tracker-plugin-falls"
version = "1.2"

[project.entry-points."tracker.plugins"]
falls = "tracker_plugin_falls:plugin"

[tool.setuptools]
packages = ["tracker_plugin_falls"]

[tool.setuptools.package-data]
tracker_plugin_falls = ["templates/**/*"]
"""
PLUGIN = """
pages = Blueprint("falls", __name__, template_folder="templates")

@pages.get("/")
@requires(Permission.PROGRAMME_READ)
def index():
    return page("falls/index.html")

class Falls(Plugin):
    @hookimpl
    def tracker_blueprints(self): return [pages]

plugin = Falls("falls", programmes=[Programme(key="falls", programme="falls", title="Falls")])
"""
ASK = """
import json
from tracker import create_app
from tracker.config import Settings
from tracker.plugin_host.in_app import EXTENSION
app = create_app(Settings(database_url="sqlite://", secret_key="x" * 32, dev=True))
plugin = app.extensions[EXTENSION].active["falls"]
with app.test_request_context():
    text = app.jinja_env.get_template("falls/index.html").render()
print(json.dumps([plugin.found.origin, plugin.found.where, text,
                  sorted(rule.rule for rule in app.url_map.iter_rules() if "/p/" in rule.rule)]))
"""


def run(*words: str, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.heavy
def test_a_wheel_built_and_installed_without_a_network_is_found_by_its_entry_point(
    tmp_path: Path,
) -> None:
    package = tmp_path / "source" / "tracker_plugin_falls"
    (package / "templates" / "falls").mkdir(parents=True)
    (tmp_path / "source" / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (package / "__init__.py").write_text(HEAD + CODE_HEAD + PLUGIN, encoding="utf-8")
    (package / "templates" / "falls" / "index.html").write_text("Falls, as a page", "utf-8")
    offline = ("--quiet", "--no-build-isolation", "--no-deps", "--no-index")
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    run("-m", "pip", "wheel", *offline, "--wheel-dir", str(wheels), str(tmp_path / "source"))
    (wheel,) = wheels.glob("tracker_plugin_falls-1.2-*.whl")
    run("-m", "pip", "install", *offline, "--target", str(site), str(wheel))

    asked = run("-c", ASK, PYTHONPATH=str(site))
    origin, where, text, addresses = json.loads(asked.splitlines()[-1])
    assert (origin, where) == ("installed", "tracker-plugin-falls 1.2")
    assert (text, addresses) == ("Falls, as a page", ["/p/falls/"])

    command = "from tracker.cli.plugins import plugins; plugins()"
    listed = run("-c", command, "list", PYTHONPATH=str(site))
    assert "falls 1.0: active (installed; 1 programme, 1 page)" in listed
