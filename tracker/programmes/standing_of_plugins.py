"""What the plugins page says: how each plugin stands, and what those that are gone have left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.pages import number
from tracker.plugin_api import Programme
from tracker.plugin_host import ActivePlugin, PluginHost
from tracker.plugin_host.migrating import Left
from tracker.plugin_host.watch import Failure

from . import queries
from .domain import is_closed
from .wording import brings, counted


@dataclass(frozen=True, slots=True)
class Standing:
    """An active plugin as the page shows it."""

    name: str
    plugin: ActivePlugin
    brings: str
    on_for: str
    is_closed: bool
    is_degraded: bool
    failures: Sequence[Failure]
    slow: Sequence[str]
    replaces: Sequence[str]


def standings(host: PluginHost, day: date, tables: Mapping[str, Sequence[Left]]) -> list[Standing]:
    """Every active plugin, in the order of names."""
    on = queries.switched_on(day)
    return [
        Standing(
            name=name,
            plugin=plugin,
            brings=brings_of(plugin, tables.get(name, ())),
            on_for=_on_for(plugin, on),
            is_closed=_is_closed(plugin, day),
            is_degraded=host.watch.is_degraded(name),
            failures=host.watch.failures(name),
            slow=[
                f"{hook} took {number(round(seconds, 1))} seconds"
                for hook, seconds in host.watch.slow(name).items()
            ],
            replaces=[one.origin.value for one in host.replaced if one.name == name],
        )
        for name, plugin in host.active.items()
    ]


def finding(host: PluginHost, found: Sequence[Standing]) -> str:
    """The page in one sentence: what needs somebody, with numbers. Empty when nothing does."""
    counts = {
        "set aside": len(host.set_aside),
        "degraded": sum(one.is_degraded for one in found),
        "slow": sum(bool(one.slow) for one in found),
    }
    told = [f"{n} {'is' if n == 1 else 'are'} {state}" for state, n in counts.items() if n]
    if not told:
        return ""
    first, *rest = told
    number_of, _, state = first.partition(" ")
    first = f"{counted(int(number_of), 'plugin')} {state}"
    *before, last = [first, *rest]
    return f"{', '.join(before)} and {last}." if before else f"{last}."


def left_words(left: Sequence[Left]) -> str:
    """What a plugin's tables hold: `2 tables with 14 rows`."""
    return f"{counted(len(left), 'table')} with {counted(sum(t.rows for t in left), 'row')}"


def brings_of(plugin: ActivePlugin, tables: Sequence[Left]) -> str:
    """Everything a plugin has to offer, definitions and code."""
    extra = plugin.code.told()
    if tables:
        extra.append(counted(sum(table.rows for table in tables), "row"))
    if extra and all(isinstance(one, Programme) for one in plugin.definitions):
        return ", ".join(extra)
    return ", ".join([brings(plugin.definitions), *extra])


def _is_closed(plugin: ActivePlugin, day: date) -> bool:
    programmes = plugin.of(Programme)
    return bool(programmes) and all(is_closed(programme, day) for programme in programmes)


def _on_for(plugin: ActivePlugin, on: Mapping[str, Sequence[queries.SwitchedOn]]) -> str:
    """Who has a programme of this plugin, in words."""
    programmes = plugin.of(Programme)
    if any(programme.on_by_default for programme in programmes):
        return "Everyone who has not switched it off"
    count = len({one.organisation_id for p in programmes for one in on.get(p.key, ())})
    return f"{count or 'No'} organisation{'' if count == 1 else 's'}"
