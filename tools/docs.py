"""Write the parts of `docs/` that the code knows best: tables, permissions, commands, hooks.

`tests/test_docs.py` fails when they are out of date; `make docs` brings them up to date.
"""

from __future__ import annotations

import inspect
import runpy
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import Column, Table

from tracker import create_app
from tracker.cli import main as tracker
from tracker.config import Settings
from tracker.db import Base
from tracker.permissions.verbs import FOR_EVERYONE, GRANTS, Permission

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
HOOKS = FOLDER.parent / "plugins" / "hooks"
WRITTEN = "<!-- Written by `make docs` from the code. -->"


def first_line(text: str | None) -> str:
    return inspect.cleandoc(text or "").partition("\n")[0]


def column_line(column: Column[object]) -> str:
    kind = type(column.type).__name__.lower()
    refers = ", ".join(
        f"to `{key.target_fullname}`" + (", and goes with it" if key.ondelete else "")
        for key in sorted(column.foreign_keys, key=lambda key: key.target_fullname)
    )
    told = [kind, "may be empty" if column.nullable else "", refers]
    return f"| `{column.name}` | {'; '.join(part for part in told if part)} |"


def tables() -> Iterator[str]:
    """Every table as the models declare it, with the first line of what its model says."""
    create_app(Settings(database_url="sqlite://", secret_key="x" * 32, dev=True))
    said = {
        mapper.local_table.name: first_line(mapper.class_.__doc__)
        for mapper in Base.registry.mappers
        if isinstance(mapper.local_table, Table)
    }
    yield from ("# Tables", "", WRITTEN)
    for name, table in sorted(Base.metadata.tables.items()):
        yield from ("", f"## {name}", "")
        if said.get(name):
            yield from (said[name], "")
        yield from ("| column | |", "|---|---|")
        yield from (column_line(column) for column in table.columns)


def permissions() -> Iterator[str]:
    """What each access role may do."""
    yield from ("# Permissions", "", WRITTEN, "")
    yield "A role holds on the organisation, PSC or project it was given on. `everyone`: any"
    yield "signed-in person may do it with what they can see."
    yield ""
    yield "| permission | who |"
    yield "|---|---|"
    for permission in sorted(Permission):
        who = [role.label for role, granted in GRANTS.items() if permission in granted]
        told = "everyone" if permission in FOR_EVERYONE else ", ".join(who) or "nobody"
        yield f"| `{permission}` | {told} |"


def commands() -> Iterator[str]:
    """The help of every command."""
    yield from ("# Commands", "", WRITTEN)
    context = click.Context(tracker, info_name="tracker")
    for names, command in walk(context, tracker):
        within = click.Context(command, info_name=" ".join(names), terminal_width=80)
        yield from ("", f"## {' '.join(names)}", "", "```")
        yield from command.get_help(within).splitlines()
        yield "```"


def walk(
    context: click.Context, command: click.Command, names: tuple[str, ...] = ("tracker",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield names, command
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None and not inner.hidden:
            yield from walk(context, inner, (*names, name))


PAGES = {"tables.md": tables, "permissions.md": permissions, "commands.md": commands}


def written() -> dict[Path, str]:
    """Each file and what it should hold."""
    reference = {FOLDER / name: "\n".join(lines()) + "\n" for name, lines in PAGES.items()}
    hooks = runpy.run_path(str(Path(__file__).with_name("hook_pages.py")))["pages"]()
    return reference | {HOOKS / name: text for name, text in hooks.items()}


def main() -> None:
    for path, text in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(Path.cwd()))


if __name__ == "__main__":
    main()
