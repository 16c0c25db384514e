"""The `tracker` command. Each verb is imported on use: `tracker spc` loads no web app."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = {
    "run": "tracker.cli.serve:run",
    "demo": "tracker.cli.serve:demo",
    "migrate": "tracker.cli.db:migrate",
    "pending": "tracker.cli.db:pending",
    "create-admin": "tracker.cli.admin:create_admin",
    "organisations": "tracker.cli.organisations:organisations",
    "plugins": "tracker.cli.plugins:plugins",
    "x": "tracker.cli.plugin_commands:x",
    "spc": "tracker.cli.spc:spc",
    "mail": "tracker.cli.mail:mail",
    "digest": "tracker.cli.digest:digest",
    "audit": "tracker.cli.audit:audit",
    "backup": "tracker.cli.backup:backup",
    "restore": "tracker.cli.backup:restore",
    "purge": "tracker.cli.purge:purge",
    "search": "tracker.cli.search:search",
    "user": "tracker.cli.user:user",
    "doctor": "tracker.cli.doctor:doctor",
}


class Verbs(click.Group):
    """A group whose commands live in modules of their own, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Verbs)
@click.version_option(package_name="qi-tracker", prog_name="tracker")
def main() -> None:
    """QI Tracker: improvement projects with PDSA cycles at their centre."""
