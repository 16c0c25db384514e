"""Twelve plugins that each do one thing wrong, and a good one with code beside them."""

from __future__ import annotations

HEAD = """
import time
from pathlib import Path
from flask import Blueprint
from markupsafe import Markup
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from tracker.plugin_api.models import Project, plugin_metadata
from tracker.plugin_api.web import Permission, page, requires

class Plugin(ProgrammePlugin):
    def __init__(self, name, **changes):
        super().__init__(info=info(name), **changes)
"""

HOSTILE: dict[str, tuple[str, str, str]] = {
    "h_import_error": ("import nothing_of_this_name", "import", "No module named"),
    "h_system_exit": ("raise SystemExit(3)", "import", "it asked Python to stop (SystemExit: 3)"),
    "h_mistyped_hook": (
        """
        class Mistyped(Plugin):
            @hookimpl
            def tracker_report_section(self): return []
        plugin = Mistyped("h_mistyped_hook")
        """,
        "contract",
        "there is no hook tracker_report_section; did you mean tracker_report_sections?",
    ),
    "h_wrong_type": (
        """
        class Wrong(Plugin):
            @hookimpl
            def tracker_report_sections(self): return ["<h2>Section</h2>"]
        plugin = Wrong("h_wrong_type")
        """,
        "mount",
        "tracker_report_sections returned '<h2>Section</h2>', not a ReportSection",
    ),
    "h_clashing_name": (
        """
        plugin = Plugin("h_clashing_name", programmes=[
            Programme(key="opioids", programme="opioids", title="Mine", version=9)])
        """,
        "definitions",
        "the programme 'opioids' belongs to opioids",
    ),
    "h_clashing_table": (
        """
        class Base(DeclarativeBase):
            metadata = plugin_metadata("h_clashing_table")
        class Mine(Base):
            __tablename__ = "project"
            id: Mapped[int] = mapped_column(primary_key=True)
        class Clashing(Plugin):
            @hookimpl
            def tracker_tables(self):
                return [Tables(metadata=Base.metadata, migrations=Path(__file__).parent)]
        plugin = Clashing("h_clashing_table")
        """,
        "mount",
        "the table 'project' is one of the tracker's own; its names start with 'h_clashing_table_'",
    ),
    "h_bad_relationship": (
        """
        class Base(DeclarativeBase):
            metadata = plugin_metadata("h_bad_relationship")
        class Visit(Base):
            __tablename__ = "h_bad_relationship_visit"
            id: Mapped[int] = mapped_column(primary_key=True)
            ward = relationship("Nowhere")
        class Related(Plugin):
            @hookimpl
            def tracker_tables(self):
                return [Tables(metadata=Base.metadata, migrations=Path(__file__).parent)]
        plugin = Related("h_bad_relationship")
        """,
        "mount",
        "expression 'Nowhere' failed to locate a name",
    ),
    "h_before_request": (
        """
        pages = Blueprint("h_before_request", __name__)
        @pages.before_app_request
        def always(): raise RuntimeError("every page")
        class Before(Plugin):
            @hookimpl
            def tracker_blueprints(self): return [pages]
        plugin = Before("h_before_request")
        """,
        "mount",
        "a blueprint runs code before requests; it may add pages and nothing else",
    ),
    "h_open_route": (
        """
        pages = Blueprint("h_open_route", __name__)
        @pages.get("/everything")
        def everything(): return "everything"
        class Open(Plugin):
            @hookimpl
            def tracker_blueprints(self): return [pages]
        plugin = Open("h_open_route")
        """,
        "mount",
        "/p/h_open_route/everything (h_open_route.everything) needs @requires(...) or @public",
    ),
    "h_template_clash": (
        """
        pages = Blueprint("h_template_clash", __name__, template_folder="templates")
        class Clash(Plugin):
            @hookimpl
            def tracker_blueprints(self): return [pages]
        plugin = Clash("h_template_clash")
        """,
        "mount",
        "the template layout.html is not in the folder templates/h_template_clash/",
    ),
    "h_changed_meaning": (
        """
        plugin = Plugin("h_changed_meaning", programmes=[
            Programme(key="h_changed_meaning", programme="h_changed_meaning", title="Changed",
                      unit_of_adoption="a ward")])
        """,
        "reconcile",
        "h_changed_meaning@1 has changed its meaning; publish it as version 2",
    ),
}
"""Code of each, the stage at which it stops, and what is said."""

SLOW = """
class Slow(Plugin):
    @hookimpl
    def tracker_report_sections(self):
        time.sleep(1.05)
        return []
plugin = Slow("h_slow")
"""

GOOD = """
heard = []
pages = Blueprint("good", __name__, template_folder="templates")

@pages.get("/")
@requires(Permission.PROGRAMME_READ)
def index():
    return page("good/index.html", heard=heard)

@pages.get("/fails")
@requires(Permission.PROGRAMME_READ)
def fails():
    raise RuntimeError("a page fails")

@pages.get("/odd")
@requires(Permission.PROGRAMME_READ)
def odd():
    return 3.5

@pages.get("/projects/<id:project_id>")
@requires(Permission.PROJECT_READ, Project)
def project(project):
    return page("good/index.html", heard=[project.title])

def latest(facts):
    return Markup("<p>{}: {}</p>").format(facts.title, facts.today.year)

def breaks(facts):
    raise RuntimeError("a section fails")

def plain(facts):
    return "<p>Not declared safe</p>"

class Good(Plugin):
    @hookimpl
    def tracker_report_sections(self):
        return [
            ReportSection(key="latest", programme="good", title="Latest", render=latest, order=1),
            ReportSection(key="breaks", programme="good", title="Breaking", render=breaks, order=2),
            ReportSection(key="plain", programme="good", title="Plain", render=plain, order=3),
        ]

    @hookimpl
    def tracker_blueprints(self): return [pages]

    @hookimpl
    def tracker_nav_items(self):
        return [NavItem(text="Good", endpoint="good.index", permission=Permission.PROGRAMME_READ)]

    @hookimpl
    def tracker_on_event(self, event):
        heard.append(event)
        if len(heard) > 1:
            raise RuntimeError("a listener fails")

plugin = Good("good", programmes=[Programme(key="good", programme="good", title="Good work",
                                            on_by_default=True)])
"""
INDEX = """{% extends "layout.html" %}
{% block title %}Good{% endblock %}
{% block content %}<h1 class="qi-title">A good page</h1>
<ul>{% for one in heard %}<li>{{ one }}</li>{% endfor %}</ul>{% endblock %}
"""
