"""`tracker plugins`: what is loaded, and what an author should know. Needs no database."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tracker.cli import plugin_tables
from tracker.plugin_api import DEFINITION_HOOKS
from tracker.plugin_host import ActivePlugin, PluginHost, SetAside, discover
from tracker.plugin_host.discovery import Found, in_place
from tracker.plugin_host.lock import LOCK, changed, meaning_changed, read_lock, write_lock
from tracker.plugin_host.making import CannotMake, NewPlugin, make
from tracker.plugin_host.review import review


@click.group()
def plugins() -> None:
    """Programme plugins: list them, start one, check it, write its lock file."""


@plugins.command("list")
def list_plugins() -> None:
    """One line a plugin: active or set aside, version, what it brings or why not."""
    host = loaded()
    for name, plugin in host.active.items():
        replaces = [
            f"in place of the {one.origin} one" for one in host.replaced if one.name == name
        ]
        slow = [f"slow: {hook} took {s:.1f} s" for hook, s in host.watch.slow(name).items()]
        facts = [plugin.found.origin, _brings(plugin), *replaces, *slow]
        told = "; ".join(fact for fact in facts if fact)
        click.echo(f"{name} {plugin.info.version}: active ({told})")
    for one in host.set_aside:
        click.echo(f"{one.name}: set aside at {one.stage}: {one.reason}")


@plugins.command()
@click.argument("name")
@click.option("--title", help="Name of the programme as people say it.")
@click.option("--maintainer", help="The person or team that a coach can ring.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder to write it in; the current one otherwise.",
)
@click.option("--distribution", is_flag=True, help="Write a distribution that pip can install.")
def new(
    name: str, title: str | None, maintainer: str | None, into: Path, distribution: bool
) -> None:
    """Write a complete small plugin NAME to start from."""
    title = title or name.replace("_", " ").capitalize()
    made = NewPlugin(name, title, maintainer or f"{title} team", into, distribution)
    try:
        folder = make(made)
    except CannotMake as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made.top}: written")
    click.echo(f"Check it:  tracker plugins check {_as_path(folder)}")
    click.echo(f"Test it:   pytest {made.top}")
    if distribution:
        click.echo(f"Use it:    pip install {_as_path(made.top)}")
    else:
        click.echo(f"Use it:    TRACKER_PLUGIN_FOLDERS={into.resolve()} tracker run")


@plugins.command()
@click.argument("name")
def check(name: str) -> None:
    """Check the plugin NAME: one line a finding, and exit code 1 if there is any.

    NAME may be the path of a plugin's folder, with a slash in it: ./falls
    """
    name, host = _host_with(name)
    findings = [
        f"{name}: {one.stage}: {fault}" for one in _set_aside(host, name) for fault in one.faults
    ]
    plugin = host.active.get(name)
    if plugin:
        findings += [f"{name}: {finding}" for finding in review(plugin)]
    elif not findings:
        findings = [_unknown(host, name)]
    for finding in findings:
        click.echo(finding)
    if findings:
        raise click.exceptions.Exit(1)
    if plugin:
        click.echo(f"{name} {plugin.info.version}: nothing found ({_brings(plugin)})")


@plugins.command()
@click.argument("name")
def lock(name: str) -> None:
    """Write the fingerprints of the plugin NAME to its lock file; refuses a changed meaning.

    NAME may be the path of a plugin's folder, with a slash in it: ./falls
    """
    name, host = _host_with(name)
    plugin = host.active.get(name)
    if plugin is None:
        reasons = [f"{name}: {one.stage}: {one.reason}" for one in _set_aside(host, name)]
        raise click.ClickException("\n".join(reasons) or _unknown(host, name))
    folder = plugin.folder
    if folder is None:
        raise click.ClickException(f"{name} is a single module; a lock file needs a folder")
    try:
        faults = [
            f"{one.ident} {meaning_changed(one)}"
            for one in changed(plugin.definitions, read_lock(folder))
        ]
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if faults:
        raise click.ClickException("\n".join(faults))
    write_lock(folder, plugin.definitions)
    click.echo(f"{folder / LOCK}: {len(plugin.definitions)} definitions")


plugins.add_command(plugin_tables.pending)
plugins.add_command(plugin_tables.migrate)
plugins.add_command(plugin_tables.export)


def loaded() -> PluginHost:
    """All plugins there are, by the two settings that concern them and no others."""
    return PluginHost().load(_discover())


def _host_with(name: str) -> tuple[str, PluginHost]:
    """The name of a plugin and a host with it: loaded from its folder if a path is given."""
    if "/" not in name:
        return name, loaded()
    folder = Path(name).resolve()
    if not (folder / "__init__.py").is_file():
        raise click.ClickException(f"{name} is no plugin folder: it has no __init__.py")
    found = in_place(folder)
    others = [one for one in _discover() if one.name != found.name]
    return found.name, PluginHost().load([found, *others])


def _discover() -> list[Found]:
    names = os.environ.get("TRACKER_PLUGINS")
    folders = os.environ.get("TRACKER_PLUGIN_FOLDERS", "")
    return discover(
        None if names is None else [n.strip() for n in names.split(",") if n.strip()],
        [Path(folder) for folder in folders.split(os.pathsep) if folder],
    )


def _as_path(folder: Path) -> str:
    return str(folder) if folder.is_absolute() else f"./{folder}"


def _set_aside(host: PluginHost, name: str) -> list[SetAside]:
    return [one for one in host.set_aside if one.name == name]


def _unknown(host: PluginHost, name: str) -> str:
    there = sorted({*host.active, *(one.name for one in host.set_aside)})
    return f"{name}: no plugin is called that; there are: {', '.join(there) or 'none'}"


def _brings(plugin: ActivePlugin) -> str:
    counts = [(len(plugin.of(kind)), kind.kind_name) for kind in DEFINITION_HOOKS.values()]
    defined = [
        f"{count} {word.replace('_', ' ')}{'' if count == 1 else 's'}"
        for count, word in counts
        if count
    ]
    return ", ".join([*defined, *plugin.code.told()])
