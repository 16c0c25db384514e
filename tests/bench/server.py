"""gunicorn as it is run in earnest, and the processor time that a request really takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import TracebackType

WORKERS, THREADS = 2, 4
TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[2]
BARE = (
    *("gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS)),
    *("--worker-class", "gthread", "--log-level", "warning", "--no-control-socket"),
)


class DidNotStart(RuntimeError):
    """The server does not answer. The message holds what it printed."""


class Server:
    """A server on a free port of the loopback address, for the length of a `with` block."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
        self._arguments, self._environment, self._log = arguments, environment, log
        self.port = _free_port()

    def __enter__(self) -> Server:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [part.format(port=self.port) for part in self._arguments],
                env={**os.environ, **self._environment},
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.__exit__(None, None, None)
                raise DidNotStart(self._log.read_text(encoding="utf-8", errors="replace")[-4000:])
            time.sleep(0.1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """The process whose children do the work."""
        return self._process.pid

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def tracker(database_url: str, log: Path) -> Server:
    """The product itself, started as its own command starts it."""
    script = str(Path(sys.executable).with_name("tracker"))
    return Server(
        (script, "run", "--port", "{port}", "--workers", str(WORKERS)),
        {
            "TRACKER_DATABASE_URL": database_url,
            "TRACKER_SECRET_KEY": "only-for-the-bench-" * 3,
            "TRACKER_DEV": "1",
        },
        log,
    )


def bare(log: Path) -> Server:
    """The page of `bare.py`, in the same gunicorn."""
    return Server(
        (sys.executable, "-m", *BARE, "--bind", "127.0.0.1:{port}", "tests.bench.bare:app"), {}, log
    )


def cpu_seconds(roots: list[int]) -> float:
    """Processor time that these processes, and all they started, have taken so far."""
    children: dict[int, list[int]] = defaultdict(list)
    taken: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            # After the name: state, parent, ... utime, stime, and those of children that ended.
            children[int(fields[1])].append(int(entry.name))
            own, ended = map(int, fields[11:13]), map(int, fields[13:15])
            taken[int(entry.name)] = (sum(own), sum(ended))
    total, waiting = 0, list(roots)
    while waiting:
        pid = waiting.pop()
        total += sum(taken.get(pid, (0, 0)))
        waiting += children[pid]
    return total / TICK


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
