"""Limits on trying: the thinking, without a database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of a kind by one account, address or person within a time."""

    kind: str
    most: int
    within: timedelta


def pseudonym(kind: str, subject: str, *, key: bytes) -> str:
    """Stands for whoever tries. Keyed: addresses can be tried through."""
    return hmac.new(key, f"{kind}:{subject}".encode(), hashlib.sha256).hexdigest()


def longest_wait(ends: Iterable[datetime | None], now: datetime) -> timedelta | None:
    """Until every full limit has room again; each end is when one limit has (None: it has)."""
    known = [end for end in ends if end is not None]
    return max(known) - now if known and max(known) > now else None


def seconds_of(wait: timedelta) -> int:
    """The wait as `Retry-After` says it: whole seconds, never too few."""
    return max(1, int(wait.total_seconds()) + 1)


def words_of(wait: timedelta) -> str:
    """The wait as a person reads it: `15 minutes`."""
    minutes = -(-seconds_of(wait) // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
