"""Fixtures that only the tracker's own tests need; the others are in `tracker.testing.plugin`."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, so that no process waits for another at the end."""

    def seconds(item: pytest.Item) -> int:
        mark = item.get_closest_marker("heavy")
        return int(mark.kwargs.get("seconds", 0)) if mark else 0

    items.sort(key=seconds, reverse=True)


@pytest.fixture(scope="session", autouse=True)
def _hashed_once() -> Iterator[None]:
    """A hash of the same password, salt and strength is worked out once.

    It is slow on purpose, and hundreds of tests sign in with the same password. What is asked of
    it, and what it answers, stays as it is.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashlib, "scrypt", cache(hashlib.scrypt))
        yield


@pytest.fixture
def fresh_python() -> Callable[[str], str]:
    """Run code in a Python of its own, where nothing has been imported yet; what it prints."""

    def run(code: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
