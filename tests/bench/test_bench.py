"""The bench still finds the pages it measures: a run as short as can be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_page_and_save_of_the_bench_is_answered_as_expected(kind: str) -> None:
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "tests.bench"),
            *("--databases", kind, "--sizes", "50", "--turns", "4"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    for page in ("Bare Flask page", "Project list", "Project page", "Cycle save", "Import"):
        assert page in done.stdout
