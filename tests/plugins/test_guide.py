"""The guide for authors is true: its commands print what it says, its files make a plugin."""

from __future__ import annotations

import fnmatch
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs/plugins"
PAGES = ("tutorial.md", "upgrading.md", "publishing.md")
"""In the order in which an author follows them."""
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)

pytestmark = pytest.mark.heavy


class Author:
    """Somebody who follows the guide in a folder of their own, and reads what is printed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.commands = 0

    def follow(self, page: str) -> None:
        for kind, text in FENCE.findall((GUIDE / page).read_text(encoding="utf-8")):
            if kind == "console":
                self.type(text)
            else:
                self.write(text)

    def write(self, text: str) -> None:
        head, _, body = text.partition("\n")
        name, _, is_edit = head.removeprefix("# ").partition(", ")
        path = self.home / name
        if is_edit:
            before, after = body.splitlines()
            held = path.read_text(encoding="utf-8")
            assert held.count(before) == 1, f"{name} has no line {before!r}"
            body = held.replace(before, after)
        path.write_text(body, encoding="utf-8")

    def type(self, text: str) -> None:
        for command, told in self._commands(text):
            result = subprocess.run(  # noqa: S603
                [Path(sys.executable).parent / command[0], *command[1:]],
                cwd=self.home,
                env={
                    **{k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")},
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            self.commands += 1
            wanted = re.sub(r"\[|\]", "?", told).replace("...", "*")
            assert fnmatch.fnmatchcase(result.stdout.strip(), wanted.strip()), (
                f"{shlex.join(command)} printed:\n{result.stdout}{result.stderr}"
            )

    @staticmethod
    def _commands(text: str) -> Iterator[tuple[list[str], str]]:
        for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
            command, _, told = part.partition("\n")
            yield shlex.split(command), told


def test_an_author_who_follows_the_guide_gets_what_it_says(tmp_path: Path) -> None:
    author = Author(tmp_path)
    for page in PAGES:
        author.follow(page)
    assert author.commands == 13


def test_an_author_whose_command_prints_something_else_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no plugin is called that"):
        Author(tmp_path).type("$ tracker plugins check nowhere\nnowhere: nothing found\n")
