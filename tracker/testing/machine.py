"""Programs the tests need that no Python package brings; standard library only.

`python -m tracker.testing.machine` prints the Debian packages that are missing, or nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from ctypes.util import find_library
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL = ("initdb", "pg_ctl")
PANGO = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
"""Libraries that set a PDF, by the Debian package that brings each."""

MEMORY = Path("/dev/shm")  # noqa: S108 the folder is made by mkdtemp
ENOUGH_MEMORY = 1024**3
"""Bytes. A test process needs a fifth of it; a container may have 64 MB."""


class ProgramMissing(RuntimeError):
    """A program that a test needs is not on this machine. The message says what to install."""


def chromium() -> str | None:
    """Path of a Chromium or Chrome, or None."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def postgresql() -> Path | None:
    """Folder with PostgreSQL's own programs, or None.

    Debian keeps them in a folder per version, off the path: the newest one is taken.
    """
    debian = sorted(
        (p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()),
        key=lambda p: int(p.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((f for f in folders if all((f / name).exists() for name in POSTGRESQL)), None)


def memory() -> Path | None:
    """A folder whose files are kept in memory, or None where there is none with enough room."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY
    return MEMORY if roomy and os.access(MEMORY, os.W_OK | os.X_OK) else None


def scratch(name: str) -> Path:
    """A new folder for databases of this process, in memory if there is room.

    Folders of processes that were killed are cleared away first; a PostgreSQL server that finds
    its folder gone ends by itself.
    """
    parent = memory() or Path(tempfile.gettempdir())
    for left in parent.glob(f"tracker-{name}-*-*"):
        owner = left.name.split("-")[2]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"tracker-{name}-{os.getpid()}-", dir=parent))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def missing() -> list[str]:
    """Debian packages that bring what is not here."""
    needed: dict[str, object] = {"chromium": chromium(), "postgresql": postgresql()}
    needed |= {package: find_library(library) for package, library in PANGO.items()}
    return [package for package, found in needed.items() if found is None]


if __name__ == "__main__":
    print(*missing())  # noqa: T201
