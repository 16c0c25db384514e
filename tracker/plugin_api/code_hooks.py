"""The hooks for plugins with code. With hookspecs.py this is the public contract of plugins.

What they return is asked for once, when the tracker starts, and checked; a plugin that returns
something else is set aside. What runs while people wait (a section's `render`, a page, a listener)
runs guarded: when it raises, a notice stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from .hookspecs import hookspec
from .serving import Event, NavItem, ReportSection, Tables

if TYPE_CHECKING:
    import click
    from flask import Blueprint


@hookspec
def tracker_report_sections() -> Iterable[ReportSection]:
    """Sections of the page of each project of a programme. Added in 1.1.

    >>> from markupsafe import Markup
    >>> from tracker.plugin_api import ReportFacts, ReportSection, hookimpl
    >>> def latest(facts: ReportFacts) -> Markup:
    ...     points = facts.series.get("falls/falls_per_1000@1", ())
    ...     if not points:
    ...         return Markup("<p>Nothing counted yet.</p>")
    ...     return Markup("<p>Latest rate in {}: {}</p>").format(facts.title, points[-1][1])
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_report_sections(self):
    ...         return [
    ...             ReportSection(
    ...                 key="latest", programme="falls", title="Falls now", render=latest
    ...             )
    ...         ]
    """
    return ()


@hookspec
def tracker_blueprints() -> Iterable[Blueprint]:
    """Flask blueprints, mounted at `/p/<plugin>/`; every view says who may use it. Added in 1.1.

    >>> from flask import Blueprint
    >>> from tracker.plugin_api import hookimpl
    >>> from tracker.plugin_api.web import Permission, page, requires
    >>> pages = Blueprint("falls", __name__, template_folder="templates")
    >>> @pages.get("/")
    ... @requires(Permission.PROGRAMME_READ)
    ... def index():
    ...     return page("falls/index.html")
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_blueprints(self):
    ...         return [pages]
    """
    return ()


@hookspec
def tracker_nav_items() -> Iterable[NavItem]:
    """Links in the top navigation to pages of this plugin. Added in 1.1.

    >>> from tracker.plugin_api import NavItem, hookimpl
    >>> from tracker.plugin_api.web import Permission
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_nav_items(self):
    ...         return [
    ...             NavItem(
    ...                 text="Falls", endpoint="falls.index", permission=Permission.PROGRAMME_READ
    ...             )
    ...         ]
    """
    return ()


@hookspec
def tracker_commands() -> Iterable[click.Command]:
    """Commands, run as `tracker x <plugin> <command>` with the app at hand. Added in 1.1.

    >>> import click
    >>> from tracker.plugin_api import hookimpl
    >>> @click.command()
    ... def count():
    ...     click.echo("3 wards")
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_commands(self):
    ...         return [count]
    """
    return ()


@hookspec
def tracker_tables() -> Iterable[Tables]:
    """Tables of the plugin's own, one `Tables` at most. Added in 1.1.

    >>> from pathlib import Path
    >>> from sqlalchemy import Column, ForeignKey, Integer, Table
    >>> from tracker.plugin_api import Tables, hookimpl
    >>> from tracker.plugin_api.models import Project, plugin_metadata
    >>> METADATA = plugin_metadata("falls")
    >>> HUDDLE = Table(
    ...     "falls_huddle",
    ...     METADATA,
    ...     Column("id", Integer, primary_key=True),
    ...     Column("project_id", ForeignKey(Project.id, ondelete="CASCADE"), nullable=False),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_tables(self):
    ...         return [Tables(metadata=METADATA, migrations=Path("falls/migrations"))]
    """
    return ()


@hookspec
def tracker_on_event(event: Event) -> None:
    """Told what happened, after it is saved: `PdsaLogged`, `StageChanged`, `CaseStudyShared`.

    An error here loses nothing: the save stands and the person sees it. Added in 1.1.

    >>> from tracker.plugin_api import PdsaLogged, hookimpl
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_on_event(self, event):
    ...         if isinstance(event, PdsaLogged):
    ...             print(f"cycle {event.number}: {event.step} written")
    """


MOST_TABLES = 1
CODE_HOOKS: Mapping[str, str] = MappingProxyType(
    {
        tracker_report_sections.__name__: "ReportSection",
        tracker_blueprints.__name__: "Blueprint",
        tracker_nav_items.__name__: "NavItem",
        tracker_commands.__name__: "Command",
        tracker_tables.__name__: "Tables",
        tracker_on_event.__name__: "None",
    }
)
"""Each hook for code, with the name of the type it returns."""
