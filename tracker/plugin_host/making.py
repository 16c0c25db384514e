"""Writes a small plugin to start from: complete, sourced, locked, with its tests."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tracker.plugin_api import API_VERSION
from tracker.plugin_api.definitions import KEY

from .discovery import INSTALLED_AS, bundled, in_place
from .host import PluginHost
from .lock import write_lock

STARTER = Path(__file__).with_name("starter")
MODULES = {
    "init": "__init__.py",
    "sources": "sources.py",
    "programme": "programme.py",
    "measures": "measures.py",
    "rubrics": "rubrics.py",
    "changes": "changes.py",
    "case_studies": "case_studies.py",
    "readme": "README.md",
}


class CannotMake(ValueError):
    """A plugin that cannot be written. The message is for its author."""


@dataclass(frozen=True, slots=True)
class NewPlugin:
    """A plugin to be written under `into`: as a folder there, or as a distribution of its own."""

    name: str
    title: str
    maintainer: str
    into: Path
    is_distribution: bool = False

    @property
    def top(self) -> Path:
        """The folder that holds everything of it."""
        if self.is_distribution:
            return self.into / f"tracker-plugin-{self.name.replace('_', '-')}"
        return self.into / self.name

    @property
    def folder(self) -> Path:
        """The folder of its Python package."""
        return self.top / f"{INSTALLED_AS}{self.name}" if self.is_distribution else self.top


def make(new: NewPlugin) -> Path:
    """Write the plugin, lock it, and give the folder of its package. Raises CannotMake."""
    if not KEY.fullmatch(new.name) or keyword.iskeyword(new.name):
        raise CannotMake(f"{new.name!r} is no name for a plugin; write lower_snake_case")
    if new.name in {found.name for found in bundled()}:
        raise CannotMake(f"a plugin called {new.name} comes with the tracker; take another name")
    if any(mark in text for text in (new.title, new.maintainer) for mark in '"\\\n'):
        raise CannotMake("title and maintainer may hold no quotation marks or backslashes")
    if new.top.exists():
        raise CannotMake(f"{new.top} is there already; nothing was written")
    for stem, name in MODULES.items():
        _write(new, stem, new.folder / name)
    _write(new, "conformance", new.top / "tests" / f"test_{new.name}.py")
    if new.is_distribution:
        _write(new, "pyproject", new.top / "pyproject.toml")
    host = PluginHost(strict=True).load([in_place(new.folder)])
    write_lock(new.folder, host.active[new.name].definitions)
    return new.folder


def _write(new: NewPlugin, stem: str, path: Path) -> None:
    text = Template((STARTER / f"{stem}.txt").read_text(encoding="utf-8")).substitute(
        name=new.name,
        title=new.title,
        maintainer=new.maintainer,
        dashed=new.name.replace("_", "-"),
        api=API_VERSION,
        path=f"./{new.folder.relative_to(new.into)}",
        tests=f"{new.top.relative_to(new.into)}",
        package=f' / "{new.folder.name}"' if new.is_distribution else "",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
