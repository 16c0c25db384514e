"""What is said beside a backup: where it is from, what is in it, and how to tell it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

FORMAT: Final = 1
CHUNK: Final = 1024 * 1024


class BackupError(RuntimeError):
    """A backup could not be taken, or must not be put back. The message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one consistent look into a database found.

    `heads` has the revision of each version table, `rows` the number of rows of each table, and
    the history ends at event `audit_seq` with `audit_hash`. `broken_at` is the first event whose
    hash is wrong, in a history that somebody changed.
    """

    heads: dict[str, str]
    rows: dict[str, int]
    audit_seq: int
    audit_hash: str
    broken_at: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """The JSON file beside a backup."""

    product_version: str
    engine: str
    taken_at: datetime
    file: str
    bytes: int
    sha256: str
    contents: Contents
    format: int = FORMAT


def manifest_beside(file: Path) -> Path:
    """Where the manifest of a backup is: the same name and `.json`."""
    return file.with_name(f"{file.name}.json")


def as_json(manifest: Manifest) -> str:
    """The manifest as it is stored, ending in a line break."""
    told = asdict(manifest) | {"taken_at": manifest.taken_at.isoformat()}
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def read_manifest(file: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError when it is not there or not one of ours."""
    path = manifest_beside(file)
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise BackupError(f"{path} is of a kind that this release does not know")
        return Manifest(
            **{
                **told,
                "taken_at": datetime.fromisoformat(told["taken_at"]),
                "contents": Contents(**told["contents"]),
            }
        )
    except FileNotFoundError as error:
        raise BackupError(f"There is no {path}: a backup is put back with its manifest") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} is not a manifest of a backup: {error}") from error


def sha256_of(file: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def running_version() -> str:
    """The release that is running."""
    return version("qi-tracker")
