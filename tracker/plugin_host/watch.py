"""The one guard around a plugin's code: what it raised, how long it took, and how often it failed.

Kept in memory, so of this server process alone. Nothing is switched off by itself.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, Final, TypeVar

from flask import g, has_request_context

log = logging.getLogger(__name__)

T = TypeVar("T")

SLOW: Final = 1.0
"""Seconds from which a hook is called slow."""
MANY: Final = 5
WITHIN: Final = timedelta(minutes=10)
"""So many failures in this time, and the plugin is called degraded."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that raised, or returned the wrong type. `error_id` finds it in the log."""

    at: datetime
    hook: str
    error: str
    error_id: str


class Watch:
    """Calls plugins, one at a time. With `strict` a failure is raised and not only noted."""

    def __init__(self, now: Callable[[], datetime], *, strict: bool = False) -> None:
        self.strict = strict
        self.after_failure: Callable[[], None] = lambda: None
        """Puts right what a failed call may have left half done: a transaction."""
        self._now = now
        self._failures: dict[str, deque[Failure]] = defaultdict(lambda: deque(maxlen=MANY))
        self._slow: dict[str, dict[str, float]] = defaultdict(dict)

    def call(
        self,
        plugin: str,
        hook: str,
        function: Callable[[], object],
        kind: type[T],
        *,
        passing: tuple[type[BaseException], ...] = (),
    ) -> T | Failure:
        """What `function` returns, if it is a `kind`; else the failure, logged and counted.

        Exceptions of the types in `passing` are answers of their own and go through.
        """
        try:
            with self.timed(plugin, hook):
                returned = function()
            if not isinstance(returned, kind):
                raise TypeError(f"returned {type(returned).__name__}, not {kind.__name__}")
        except passing:
            raise
        except (Exception, SystemExit) as error:
            if self.strict:
                raise
            return self._failed(plugin, hook, error)
        return returned

    @contextmanager
    def timed(self, plugin: str, hook: str) -> Iterator[None]:
        """Log how long the block took, and keep it when it was slow."""
        began = perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - began
            facts = {"plugin": plugin, "hook": hook, "ms": round(took * 1000, 1)}
            if took >= SLOW:
                log.warning("a plugin is slow", extra={"facts": facts})
                slowest = self._slow[plugin]
                slowest[hook] = max(took, slowest.get(hook, 0.0))
            elif has_request_context():
                log.info("plugin called", extra={"facts": facts})

    def failures(self, plugin: str) -> list[Failure]:
        """Its latest failures, oldest first; the last five are kept."""
        return list(self._failures[plugin])

    def is_degraded(self, plugin: str) -> bool:
        """True when it failed five times in the last ten minutes."""
        failed = self._failures[plugin]
        return len(failed) == MANY and self._now() - failed[0].at <= WITHIN

    def slow(self, plugin: str) -> dict[str, float]:
        """Its slow hooks, each with the longest time in seconds."""
        return dict(self._slow[plugin])

    def _failed(self, plugin: str, hook: str, error: BaseException) -> Failure:
        error_id = str(g.get("request_id") if has_request_context() else "") or secrets.token_hex(8)
        facts: dict[str, Any] = {"plugin": plugin, "hook": hook, "error_id": error_id}
        log.error("a plugin failed", exc_info=error, extra={"facts": facts})
        told = " ".join(f"{type(error).__name__}: {error}".split())
        failure = Failure(self._now(), hook, told, error_id)
        self._failures[plugin].append(failure)
        self.after_failure()
        return failure
