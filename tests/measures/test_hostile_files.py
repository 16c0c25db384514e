"""Malformed files: each is read right or refused with its place, in little time and memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tracker.measures import queries
from tracker.testing import factories
from tracker.testing.plugin import Clock, LogIn

from .hostile import HOSTILE, TODAY

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 10, 400
TO_REFUSE = 4
"""Two seconds, on a machine that does something else at the same time."""

SAME_PROCESS = pytest.mark.xdist_group("hostile files")
"""So that `read` is made once."""


@dataclass(frozen=True)
class Read:
    """What a process of its own made of all the files."""

    outcomes: dict[str, str]
    seconds: dict[str, float]
    megabytes: float


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with warnings.catch_warnings():
        # That a part is there twice is the point of one of them.
        warnings.simplefilter("ignore", UserWarning)
        return {name: make() for name, (make, _) in HOSTILE.items()}


@pytest.fixture(scope="module")
def read(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.measures.hostile", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Read(
        {name: outcome for name, (outcome, _) in told["files"].items()},
        {name: seconds for name, (_, seconds) in told["files"].items()},
        told["megabytes"],
    )


@pytest.mark.heavy
@SAME_PROCESS
def test_each_is_read_right_or_refused_with_its_place(read: Read) -> None:
    assert len(HOSTILE) >= 60
    assert read.outcomes == {name: expected for name, (_, expected) in HOSTILE.items()}


@pytest.mark.heavy
@SAME_PROCESS
def test_none_takes_long_or_much_memory(read: Read) -> None:
    assert {name: took for name, took in read.seconds.items() if took > SECONDS} == {}
    slow = {
        name: took
        for name, took in read.seconds.items()
        if took > TO_REFUSE and read.outcomes[name].startswith("refused")
    }
    assert slow == {}
    assert read.megabytes < MEGABYTES


@pytest.mark.heavy
def test_none_stores_half(
    app: object, files: dict[str, bytes], stop_clock: Clock, log_in: LogIn
) -> None:
    stop_clock(TODAY)
    lead = factories.person()
    project = factories.project(by=lead)
    page = log_in(lead)
    held: dict[str, list[date]] = {}
    for name, data in files.items():
        measure = factories.measure(
            project, unit="%", denominator="People seen", multiplier=Decimal(100)
        )
        at = f"/projects/{project.id}/measures/{measure.id}/import"
        mark, body = encode_multipart({"file": FileStorage(io.BytesIO(data), "figures.xlsx")})
        kind = f'multipart/form-data; boundary="{mark}"'
        answer = page.post(at, data=body, content_type=kind)
        assert answer.status_code in (303, 413, 422), name
        if answer.status_code == 303:
            columns = {"goes-0": "period", "goes-1": "numerator", "goes-2": "denominator"}
            saved = page.post(f"{at}/check", data={**columns, "version": "1", "do": "save"})
            assert saved.status_code in (303, 422), name
        held[name] = [figure.period for figure in queries.points(measure)]
    ready = {name for name, (_, expected) in HOSTILE.items() if expected.startswith("ready")}
    assert {name: len(periods) for name, periods in held.items() if periods} == {
        name: int(HOSTILE[name][1].split()[1]) for name in ready
    }
