"""Fixtures that only the tracker's own tests need; the others are in `tracker.testing.plugin`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


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
