"""Copies of the whole database, taken while people write, and putting one back.

It knows both engines and the history's chain, and asks no feature: a plugin's tables are copied,
counted and put back like the core's.
"""

from .manifest import BackupError, Manifest, manifest_beside, read_manifest
from .places import backup_folder, database_file, newest
from .restoring import Restored, check, restore
from .taking import Taken, take, take_into

__all__ = [
    "BackupError",
    "Manifest",
    "Restored",
    "Taken",
    "backup_folder",
    "check",
    "database_file",
    "manifest_beside",
    "newest",
    "read_manifest",
    "restore",
    "take",
    "take_into",
]
