"""The time, asked for in one place, which no model reads its columns' types from."""

from __future__ import annotations

from datetime import UTC, datetime


def utcnow() -> datetime:
    """Now, aware and in UTC, as every stored moment is."""
    return datetime.now(UTC)
