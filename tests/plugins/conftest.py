"""Plugins on disk, written by the test that wants them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind

HEAD = """
from tracker.plugin_api import *
from tracker.plugin_api import PluginInfo
def info(name, **changes):
    held = dict(name=name, title="A title", version="1.0", api=(1, 0), maintainer="A team")
    return PluginInfo(**(held | changes))
"""

WritePlugin = Callable[..., Path]


@pytest.fixture
def measure() -> Measure:
    """A sound measure; tests replace what they are about."""
    return Measure(
        key="falls_rate",
        programme="falls",
        title="Falls",
        kind=MeasureKind.OUTCOME,
        unit="falls per 1,000 bed days",
        better=Direction.DOWN,
        chart=Chart.U,
        cadence=Cadence.MONTHLY,
        numerator="Falls in the month",
        denominator="Bed days in the month, in thousands",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as TRACKER_PLUGIN_FOLDERS names it, empty."""
    path = tmp_path / "plugins"
    path.mkdir()
    return path


@pytest.fixture
def write_plugin(folder: Path) -> WritePlugin:
    """Write a plugin folder whose __init__.py is a head with `info()` and the given code."""

    def write(name: str, code: str, *, into: Path = folder, **files: str) -> Path:
        path = into / name
        path.mkdir(parents=True)
        (path / "__init__.py").write_text(HEAD + dedent(code), encoding="utf-8")
        for stem, text in files.items():
            (path / f"{stem}.py").write_text(dedent(text), encoding="utf-8")
        return path

    return write


@pytest.fixture
def write_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write an installed distribution with an entry point and put it on the path."""
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def write(name: str, code: str, *, version: str = "1.0", called: str | None = None) -> Path:
        package = f"tracker_plugin_{called or name}"
        (site / package).mkdir()
        (site / package / "__init__.py").write_text(HEAD + dedent(code), encoding="utf-8")
        told = site / f"{package}-{version}.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package.replace('_', '-')}\nVersion: {version}\n",
            encoding="utf-8",
        )
        (told / "entry_points.txt").write_text(
            f"[tracker.plugins]\n{name} = {package}:plugin\n", encoding="utf-8"
        )
        return site / package

    return write


@pytest.fixture(autouse=True)
def _forget_plugins() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("tracker_plugin"):
            del sys.modules[name]
