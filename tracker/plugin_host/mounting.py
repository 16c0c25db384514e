"""The mount stage: what a plugin with code brings, tried before anything of it is used.

Blueprints are registered on a throw-away Flask app first. Whatever they do to it beyond adding
views under their own address would touch every page of the tracker, so it is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import click
import pluggy
from flask import Blueprint, Flask
from flask.templating import _default_template_ctx_processor
from werkzeug.routing import IntegerConverter

from tracker.plugin_api import NavItem, ReportSection, Tables
from tracker.plugin_api.code_hooks import MOST_TABLES
from tracker.plugin_api.definitions import KEY, repeated

from .faults import LoadStage, PluginFault
from .watch import Watch

T = TypeVar("T")

APP_WIDE: Final = {
    "before_request_funcs": "runs code before requests",
    "after_request_funcs": "runs code after requests",
    "teardown_request_funcs": "runs code when requests end",
    "teardown_appcontext_funcs": "runs code when requests end",
    "url_value_preprocessors": "reads the parts of addresses before the views do",
    "url_default_functions": "fills in parts of addresses",
    "template_context_processors": "adds names to templates",
    "error_handler_spec": "answers errors itself",
    "url_build_error_handlers": "answers for addresses that cannot be built",
    "extensions": "adds a Flask extension",
}
"""What a blueprint can do to an app beside adding views, by where Flask keeps it."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a plugin brings beside its definitions. `pages` counts the addresses it adds."""

    sections: tuple[ReportSection, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    pages: int = 0
    nav_items: tuple[NavItem, ...] = ()
    commands: tuple[click.Command, ...] = ()
    tables: Tables | None = None
    listens: bool = False

    def told(self) -> list[str]:
        """What it is, for a list: `2 pages`, `1 command`."""
        counts = [
            (len(self.sections), "project section"),
            (self.pages, "page"),
            (len(self.commands), "command"),
            (len(self.tables.metadata.tables) if self.tables else 0, "table"),
        ]
        told = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
        return [*told, "listens to events"] if self.listens else told


NO_CODE: Final = Code()


def prefix_of(name: str) -> str:
    """The address under which a plugin's pages are mounted."""
    return f"/p/{name}"


def code_of(pm: pluggy.PluginManager, plugin: object, name: str, watch: Watch) -> Code:
    """All that a registered plugin brings as code, checked.

    Raises PluginFault with every fault, and whatever a hook raises.
    """

    def returned(hook: str, kind: type[T]) -> tuple[T, ...]:
        found: list[T] = []
        for impl in implementations(pm, hook, plugin):
            with watch.timed(name, hook):
                items = impl()
                if items is None or isinstance(items, str | kind):
                    raise PluginFault(LoadStage.MOUNT, f"{hook} returned {items!r:.80}, not a list")
                found += list(items)
        wrong = [item for item in found if not isinstance(item, kind)]
        if wrong:
            told = (f"{hook} returned {item!r:.80}, not a {kind.__name__}" for item in wrong)
            raise PluginFault(LoadStage.MOUNT, *told)
        return tuple(found)

    sections = returned("tracker_report_sections", ReportSection)
    blueprints = returned("tracker_blueprints", Blueprint)
    nav_items = returned("tracker_nav_items", NavItem)
    commands = returned("tracker_commands", click.Command)
    tables = returned("tracker_tables", Tables)
    trial = _trial_app()
    faults = [
        *_section_faults(sections),
        *_blueprint_faults(trial, blueprints, name),
        *_nav_faults(trial, nav_items),
        *_command_faults(commands),
        *_table_faults(tables, name),
    ]
    if faults:
        raise PluginFault(LoadStage.MOUNT, *faults)
    return Code(
        sections=sections,
        blueprints=blueprints,
        pages=len({rule.rule for rule in trial.url_map.iter_rules()}),
        nav_items=nav_items,
        commands=commands,
        tables=tables[0] if tables else None,
        listens=any(i.plugin is plugin for i in pm.hook.tracker_on_event.get_hookimpls()),
    )


def implementations(
    pm: pluggy.PluginManager, hook: str, plugin: object, **given: object
) -> Iterator[Callable[[], Any]]:
    """A plugin's own implementations of a hook, each ready to be called with what it takes."""
    for impl in getattr(pm.hook, hook).get_hookimpls():
        if impl.plugin is plugin:
            yield partial(impl.function, *(given[name] for name in impl.argnames))


# --- what is refused -----------------------------------------------------------------------------


def _section_faults(sections: Sequence[ReportSection]) -> Iterator[str]:
    for one in sections:
        if not KEY.fullmatch(one.key):
            yield f"section {one.key!r}: keys are lower_snake_case"
        if not one.title.strip():
            yield f"section {one.key!r} has no title"
        if not callable(one.render):
            yield f"section {one.key!r}: render is {one.render!r:.80}, not a function"
    for key in repeated(one.key for one in sections):
        yield f"section {key!r} occurs twice"


def _trial_app() -> Flask:
    app = Flask("trial", static_folder=None, template_folder=None)
    app.url_map.converters["id"] = IntegerConverter
    return app


def _blueprint_faults(app: Flask, blueprints: Sequence[Blueprint], name: str) -> Iterator[str]:
    before, names_before = _held(app), _template_names(app) if blueprints else 0
    for blueprint in blueprints:
        if blueprint.name != name and not blueprint.name.startswith(f"{name}_"):
            yield f"the blueprint {blueprint.name!r} is not called {name!r} or {name + '_...'!r}"
        app.register_blueprint(blueprint, url_prefix=prefix_of(name))
    if not blueprints:
        return
    after = _held(app)
    for where, told in APP_WIDE.items():
        if after[where] != before[where]:
            yield f"a blueprint {told}; it may add pages and nothing else"
    if _template_names(app) != names_before:
        yield "a blueprint adds filters or globals to templates; it may add pages and nothing else"
    yield from _route_faults(app, name)
    yield from _template_faults(app, name)


def _held(app: Flask) -> dict[str, int]:
    return {where: _leaves(getattr(app, where)) for where in APP_WIDE}


def _leaves(value: Any) -> int:
    """How many things a nest of dictionaries and lists holds."""
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    # Flask gives every blueprint its own processor of template names.
    return len([one for one in value if one is not _default_template_ctx_processor])


def _template_names(app: Flask) -> int:
    env = app.jinja_env
    return len(env.filters) + len(env.tests) + len(env.globals)


def _route_faults(app: Flask, name: str) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if not f"{rule.rule}/".startswith(f"{prefix_of(name)}/") or rule.subdomain or rule.host:
            yield f"{rule.rule} is outside {prefix_of(name)}/, where its pages belong"
        if not hasattr(app.view_functions[rule.endpoint], "_permission"):
            yield f"{rule.rule} ({rule.endpoint}) needs @requires(...) or @public"


def _template_faults(app: Flask, name: str) -> Iterator[str]:
    """Of two templates with one name Flask silently takes the first, for both."""
    for blueprint in app.iter_blueprints():
        if blueprint.template_folder is None:
            continue
        folder = Path(blueprint.root_path) / blueprint.template_folder
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and inside.parts[0] != name:
                yield f"the template {inside.as_posix()} is not in the folder templates/{name}/"


def _nav_faults(app: Flask, items: Sequence[NavItem]) -> Iterator[str]:
    if not items:
        return
    # Loads the database libraries, which a plugin without pages does not need.
    from tracker.permissions import Permission

    plain = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.arguments}
    for item in items:
        if not item.text.strip():
            yield f"the link to {item.endpoint!r} has no text"
        if item.endpoint not in plain:
            yield f"the link {item.text!r} leads to {item.endpoint!r}, which is no page of its own"
        if not isinstance(item.permission, Permission):
            yield f"the link {item.text!r} names no Permission"


def _command_faults(commands: Sequence[click.Command]) -> Iterator[str]:
    for name, times in Counter(command.name for command in commands).items():
        if not name:
            yield "a command has no name"
        if times > 1:
            yield f"the command {name!r} occurs twice"


def _table_faults(tables: Sequence[Tables], name: str) -> Iterator[str]:
    if len(tables) > MOST_TABLES:
        yield "tracker_tables returned more than one Tables"
    if tables:
        from .tables import faults

        yield from faults(tables[0], name)
