"""Sections that plugins add to the page of a project of their programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.plugin_api import ReportFacts
from tracker.plugin_host import current_host
from tracker.plugin_host.watch import Failure
from tracker.programmes import queries as programmes
from tracker.projects.models import Project


@dataclass(frozen=True, slots=True)
class Section:
    """A section as it is shown; with a `failure` a notice stands in its place."""

    name: str
    title: str
    body: Markup | None
    failure: Failure | None = None


def sections_of(
    project: Project, held: Sequence[Measure], today: date, *, outside: bool
) -> list[Section]:
    """The sections of a project, made now; none while its programme is off for the organisation.

    Asks the database for nothing unless a plugin has sections for this programme.
    """
    if project.programme is None:
        return []
    host = current_host()
    found = host.sections(project.programme)
    if not found or not _is_on(project, today):
        return []
    facts = ReportFacts(
        project_id=project.id,
        title=project.title,
        programme=project.programme,
        today=today,
        series=_series(held, outside=outside),
    )
    shown = []
    for plugin, section in found:
        render = partial(section.render, facts)
        made = host.watch.call(plugin, f"section {section.key}", render, Markup)
        name = f"{plugin}-{section.key}"
        if isinstance(made, Failure):
            shown.append(Section(name, section.title, None, made))
        else:
            shown.append(Section(name, section.title, made))
    return shown


def _is_on(project: Project, today: date) -> bool:
    key = project.programme or ""
    standing = programmes.standing(project.organisation_id, key, today)
    return standing is not None and standing.is_on


def _series(
    held: Sequence[Measure], *, outside: bool
) -> dict[str, tuple[tuple[date, Decimal], ...]]:
    """The values of the measures that come from a definition, by the definition's name.

    A plugin is handed what the reader may see, so it cannot tell what is hidden.
    """
    ids = [m.definition_id for m in held if m.definition_id is not None]
    names = {i: one.ref for i, one in programmes.definitions_of(ids).items()}
    values = measures.values_of([m for m in held if m.definition_id in names], outside=outside)
    return {
        names[m.definition_id]: tuple(values.get(m.id, ()))
        for m in held
        if m.definition_id in names
    }
