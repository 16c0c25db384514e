"""The top navigation: the same places on every page, and administration for those who have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from tracker.permissions import Permission, can
from tracker.plugin_host import current_host


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the top navigation."""

    text: str
    url: str
    current: bool


Entry = tuple[str, str, tuple[str, ...]]

MAIN: tuple[Entry, ...] = (
    ("My work", "overview.home", ("overview.home",)),
    (
        "Projects",
        "projects.index",
        (
            "projects.",
            "overview.project",
            "drivers.",
            "measures.",
            "pdsa.",
            "stakeholders.",
            "progress.",
            "case_studies.",
            "history.",
            "copying.",
            "deleted.",
        ),
    ),
    ("Organisations", "organisations.search", ("organisations.", "people.")),
    (
        "Programmes",
        "programmes.index",
        (
            "programmes.index",
            "programmes.show",
            "programmes.organisation",
            "programmes.switch",
            "adoption.",
        ),
    ),
    ("Case studies", "library.index", ("library.",)),
)
PLUGINS: Entry = ("Plugins", "programmes.plugins", ("programmes.plugins",))
SEARCH: Entry = ("Search", "search.index", ("search.",))
END: tuple[Entry, ...] = (("Account", "auth.account", ("auth.account",)),)


def main_places() -> list[Place]:
    """Where this person can go from anywhere."""
    if not current_user.is_authenticated:
        return []
    found = (*MAIN, *_of_plugins())
    if can(current_user, Permission.PLUGINS_READ):
        found = (*found, PLUGINS)
    return [_place(*each) for each in found]


def _of_plugins() -> list[Entry]:
    """Links that plugins add; the mount stage has seen that they lead to pages of their own."""
    return [
        (item.text, item.endpoint, (f"{item.endpoint.rpartition('.')[0]}.",))
        for plugin in current_host().active.values()
        for item in plugin.code.nav_items
        if can(current_user, item.permission)
    ]


def end_places() -> list[Place]:
    """The links at the right: always there, always in that order."""
    help_ = _place("Help", "about.help_", ("about.help_",))
    if not current_user.is_authenticated:
        return [help_]
    return [_place(*SEARCH), help_, *(_place(*each) for each in END)]


def _place(text: str, endpoint: str, starts: tuple[str, ...]) -> Place:
    here = request.endpoint or ""
    return Place(text, url_for(endpoint), any(here.startswith(start) for start in starts))


def init_nav(app: Flask) -> None:
    """Hand the navigation to every page."""

    @app.context_processor
    def nav() -> dict[str, Any]:
        return {"nav": main_places, "nav_end": end_places, "can": can, "Permission": Permission}
