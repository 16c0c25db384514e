"""`make bench`: what pages cost with many projects, on both databases, served as in earnest.

Prints a table for each database and number of projects: turns a second, the median and the 95th
percentile of how long one took, and the processor time of one, that of the database included (and
beside it by itself; SQLite works inside the app). One turn is one request, but for the import,
which is three. Beside them all stands a page that does nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles

from tracker import create_app
from tracker.testing.databases import KINDS, POSTGRESQL, make_schema, test_settings
from tracker.testing.postgres import PostgresServer

from .client import CLIENTS, Browser, closed_loop
from .jobs import Job, get, jobs
from .seeding import LEAD, PASSWORD, VIEWER, seed
from .server import THREADS, WORKERS, Server, bare, cpu_seconds, tracker

SIZES = (1_000, 10_000)
BIG = 100_000
ROUNDS = 3
LONGEST_ROUND = 20.0
SMALL = 1_000
MOST = {10_000: 1.3, BIG: 1.5}
"""The processor time of a turn with so many projects, over that with `SMALL`."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one job took; times in milliseconds a turn. `database` is the server's part of `cpu`."""

    name: str
    rate: float
    p50: float
    p95: float
    cpu: float
    database: float
    aim: float | None = None


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    say(
        f"gunicorn: {WORKERS} gthread workers of {THREADS} threads; {CLIENTS} clients in a closed "
        f"loop on the same machine ({os.cpu_count()} processors); {ROUNDS} rounds of "
        f"{asked.turns} turns, CPU of the median round."
    )
    found: dict[tuple[str, int], list[Line]] = {}
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        for kind in asked.databases:
            for size in asked.sizes:
                found[kind, size] = _measured(kind, size, asked, Path(folder))
                _print_table(kind, size, found[kind, size])
    for kind in asked.databases:
        for size in MOST:
            _print_ratio(kind, size, found)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="tests.bench", description="Measure pages under load.")
    sizes = [*SIZES, BIG] if os.environ.get("BIG") else [*SIZES]
    asked.add_argument("--databases", nargs="+", choices=KINDS, default=[*KINDS])
    asked.add_argument("--sizes", nargs="+", type=int, default=sizes, metavar="PROJECTS")
    asked.add_argument("--turns", type=int, default=100, help="turns a round, at most 100")
    asked.add_argument("--only", default="", help="measure what has these words in its name")
    given = asked.parse_args()
    # In one round a cycle is saved at most once: so many there are.
    given.turns = min(given.turns, 100)
    return given


def _measured(kind: str, size: int, asked: argparse.Namespace, folder: Path) -> list[Line]:
    if kind != POSTGRESQL:
        path = folder / f"bench{size}.db"
        try:
            return _on(f"sqlite:///{path}", [], size, asked, folder)
        finally:
            for each in folder.glob(f"{path.name}*"):
                each.unlink()
    server = PostgresServer()
    try:
        server.start()
        server.create("bench")
        postmaster = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
        return _on(server.url("bench"), [int(postmaster)], size, asked, folder)
    finally:
        server.stop()


def _on(
    url: str, database: list[int], size: int, asked: argparse.Namespace, folder: Path
) -> list[Line]:
    make_schema(url)
    app = create_app(test_settings(url))
    began = time.monotonic()
    here = seed(app, size)
    say(f"\n{size:,} projects made in {time.monotonic() - began:.0f} s")
    lines = []
    with bare(folder / "log") as server:
        windows = [Browser(server.port) for _ in range(CLIENTS)]
        lines.append(
            _line(Job("Bare Flask page", get("/", b"Bare")), server, windows, [], asked.turns)
        )
    with tracker(url, folder / "log") as server:
        people = {who: _windows(server, who) for who in (LEAD, VIEWER)}
        for job in jobs(app, here):
            if asked.only.lower() in job.name.lower():
                lines.append(_line(job, server, people[job.who], database, asked.turns))
    with app.app_context():
        from tracker.db import db

        db.engine.dispose()
    return lines


def _windows(server: Server, who: str) -> list[Browser]:
    """One person at several windows at once."""
    first = Browser(server.port)
    first.sign_in(who, PASSWORD)
    return [first, *(first.twin() for _ in range(CLIENTS - 1))]


def _line(
    job: Job, server: Server, browsers: list[Browser], database: list[int], turns: int
) -> Line:
    numbers = count()
    job.ready()
    closed_loop(browsers, islice(numbers, turns // 2), job.turn, seconds=LONGEST_ROUND)
    every: list[float] = []
    cpu: list[tuple[float, float]] = []
    took = 0.0
    for _ in range(ROUNDS):
        job.ready()
        before = cpu_seconds([server.pid]), cpu_seconds(database)
        began = time.perf_counter()
        times = closed_loop(browsers, islice(numbers, turns), job.turn, seconds=LONGEST_ROUND)
        took += time.perf_counter() - began
        after = cpu_seconds([server.pid]), cpu_seconds(database)
        served, stored = ((a - b) / len(times) * 1000 for a, b in zip(after, before, strict=True))
        cpu.append((served + stored, stored))
        every += times
    whole, stored = sorted(cpu)[ROUNDS // 2]
    return Line(
        name=job.name,
        rate=len(every) / took,
        p50=median(every) * 1000,
        p95=quantiles(every, n=20)[-1] * 1000,
        cpu=whole,
        database=stored,
        aim=job.aim,
    )


def _print_table(kind: str, size: int, lines: list[Line]) -> None:
    say(f"\n{kind}, {size:,} projects")
    say(f"{'':<32}{'turns/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'database':>10}   aim")
    for line in lines:
        aim = ""
        if line.aim is not None:
            aim = f"{line.aim:4g}{'' if line.cpu <= line.aim else '  MISSED'}"
        times = "".join(f"{each:9.1f}" for each in (line.rate, line.p50, line.p95, line.cpu))
        say(f"{line.name:<32}{times}{line.database:10.1f}  {aim}")


def _print_ratio(kind: str, size: int, found: dict[tuple[str, int], list[Line]]) -> None:
    small, large = found.get((kind, SMALL)), found.get((kind, size))
    if small is None or large is None:
        return
    ratios = [(b.name, b.cpu / a.cpu) for a, b in zip(small, large, strict=True)][1:]
    middle = median(ratio for _, ratio in ratios)
    say(f"\n{kind}: CPU at {size:,} projects over CPU at {SMALL:,}")
    for name, ratio in ratios:
        say(f"{name:<32}{ratio:9.2f}")
    missed = "" if middle <= MOST[size] else "  MISSED"
    say(f"{'Median':<32}{middle:9.2f}   aim {MOST[size]}{missed}")


def say(text: str) -> None:
    """Print at once: a run takes minutes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
