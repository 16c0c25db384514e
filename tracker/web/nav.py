"""The top navigation: the same places on every page, and administration for those who have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from tracker.permissions import Permission, can


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the top navigation."""

    text: str
    url: str
    current: bool


def places() -> list[Place]:
    """Where this person can go from anywhere."""
    if not current_user.is_authenticated:
        return []
    found = [
        ("My work", "overview.home", ("overview.home",)),
        ("Projects", "projects.index", ("projects.", "overview.project", "measures.", "pdsa.")),
        ("Programmes", "programmes.index", ("programmes.",)),
    ]
    if can(current_user, Permission.PLUGINS_READ):
        found.append(("Plugins", "programmes.plugins", ("programmes.plugins",)))
    here = request.endpoint or ""
    return [
        Place(text, url_for(endpoint), any(here.startswith(start) for start in starts))
        for text, endpoint, starts in found
    ]


def init_nav(app: Flask) -> None:
    """Hand the navigation to every page."""

    def nav() -> dict[str, Any]:
        return {"nav": places}

    app.context_processor(nav)
