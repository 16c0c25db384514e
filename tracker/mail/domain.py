"""When a message is tried again, and the secrets in it: the thinking, without a database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

PAUSES: Sequence[timedelta] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
)
"""Between one try and the next; the last for every further one."""
TRIED_FOR = timedelta(days=3)
CLAIMED_FOR = timedelta(minutes=5)
"""Longer than any try takes: a message whose sender was killed is free again after it."""
MARK = "[[the secret of this message]]"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that only the reader of a message may learn, such as what a one-time link ends with.

    The outbox keeps the seed in its place. The text comes back from seed and secret key, so a copy
    of the database alone opens nothing.
    """

    seed: str
    text: str


def new_secret(key: str) -> Secret:
    """A secret of 256 random bits."""
    seed = secrets.token_urlsafe(32)
    return Secret(seed, grown(seed, key))


def grown(seed: str, key: str) -> str:
    """The text of a seed under a key."""
    digest = hmac.new(key.encode(), f"mail:{seed}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def check_of(text: str) -> str:
    """What tells later whether a seed has grown to the same text, under which of several keys."""
    return hashlib.sha256(text.encode()).hexdigest()


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries that failed."""
    return PAUSES[min(tries, len(PAUSES)) - 1]
