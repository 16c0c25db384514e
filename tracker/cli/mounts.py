"""Who else can get at a file, and what kind of file system it is on."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NETWORK: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph"),
        *("glusterfs", "lustre", "gpfs", "ocfs2", "gfs2", "9p", "davfs", "beegfs"),
    }
)
"""Kinds whose locks or shared memory SQLite's journal cannot rely on."""
MOUNTS: Final = Path("/proc/self/mountinfo")


def read_mounts(table: Path = MOUNTS) -> dict[Path, str]:
    """Where something is mounted, and its kind (proc(5), mountinfo). Empty where not known."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        before, _, after = line.partition(" - ")
        # Spaces in names are written as their octal codes.
        point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), before.split()[4])
        found[Path(point)] = after.split()[0]
    return found


def file_system(path: Path, mounts: Mapping[Path, str]) -> str:
    """The kind of file system a path is on, by the nearest mount above it; "" if not known."""
    real = path.resolve()
    return next((mounts[at] for at in (real, *real.parents) if at in mounts), "")


def seen_by_others(path: Path) -> bool:
    """Somebody who is neither owner nor in the group can open the file."""
    return _is_open(path, stat.S_IROTH | stat.S_IWOTH)


def changed_by_others(path: Path) -> bool:
    """Somebody who is neither owner nor in the group can put a file there, or change this one."""
    return _is_open(path, stat.S_IWOTH)


def _is_open(path: Path, how: int) -> bool:
    try:
        if not path.stat().st_mode & how:
            return False
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    except OSError:
        return False
