"""QI Tracker: improvement projects with PDSA cycles at their centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Put the app together. Reads the environment when no settings are given; writes nothing."""
    from .web.app import build

    return build(settings)
