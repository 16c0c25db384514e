"""`tracker x PLUGIN ...`: the commands that plugins bring."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tracker.plugin_host import ActivePlugin


class OfPlugins(click.Group):
    """A group for each active plugin that has commands. Lists without settings or database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_with_commands(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        plugin = _with_commands(ctx).get(cmd_name)
        if plugin is None:
            return None
        group = OfOne(cmd_name, help=f"Commands of {plugin.info.title} ({plugin.info.version}).")
        for command in plugin.code.commands:
            group.add_command(command)
        return group


class OfOne(click.Group):
    """The commands of one plugin, run with the app at hand and guarded."""

    def invoke(self, ctx: click.Context) -> Any:
        from tracker.cli.apps import app_from_env

        with app_from_env().app_context():
            return guarded(str(self.name), lambda: super(OfOne, self).invoke(ctx))


def _with_commands(ctx: click.Context) -> dict[str, ActivePlugin]:
    """Plugins that have commands, loaded once for each run of `tracker`."""
    from tracker.cli.plugins import loaded

    if __name__ not in ctx.meta:
        active = loaded().active
        ctx.meta[__name__] = {name: one for name, one in active.items() if one.code.commands}
    found: dict[str, ActivePlugin] = ctx.meta[__name__]
    return found


def guarded(name: str, run: Callable[[], Any]) -> Any:
    """What `run` gives; an exception of the plugin ends the command, with its trace on stderr."""
    try:
        return run()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        click.echo(traceback.format_exc(), err=True)
        raise click.ClickException(f"the plugin {name} failed: {error!r}") from error


@click.group(cls=OfPlugins)
def x() -> None:
    """Commands that plugins bring: tracker x PLUGIN COMMAND."""
