"""What a project's aim serves: the national ambition, the programme, PSC and ICB, and the aim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.pages.wording import day, number
from tracker.plugin_api import Programme, ProgrammeAim, Source
from tracker.programmes.contents import Contents, contents_of
from tracker.programmes.overriding import reading_of
from tracker.programmes.reading import Reading
from tracker.programmes.slots import slot_of

from .domain import sentence
from .models import Project


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a level says, and where it says it."""

    text: str
    note: str = ""
    """The figure and the day: `6% of births by 31 December 2025`."""
    source: str = ""
    """Code of the source, as the programme's page of sources has it; or who set it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the cascade. `programme` is set where its page says more."""

    name: str
    lines: tuple[Line, ...]
    empty: str = ""
    programme: str = ""
    is_own: bool = False
    """The project's own aim."""


def cascade(project: Project, on: date) -> list[Level]:
    """The four levels, from the nation down to the team: three statements at most.

    A programme's aims with a day are the national ambition; those without are the programme's.
    """
    contents = contents_of(project.programme) if project.programme else None
    reading = reading_of(project.organisation_id, project.programme or "", on)
    parts = project.aim.parts
    return [
        *_national(contents, reading),
        Level(
            "PSC and ICB",
            tuple(_own_values(contents, reading)) if contents else (),
            empty=f"{project.organisation.name} and those above it have set nothing of their own."
            if contents
            else "",
        ),
        Level(
            "Our aim",
            (Line(sentence(parts)),) if parts else (),
            empty="Not written yet.",
            is_own=True,
        ),
    ]


def _national(contents: Contents | None, reading: Reading) -> list[Level]:
    programme = contents.programme if contents else None
    if programme is None:
        none = "The project belongs to no national programme."
        return [Level("National ambition", (), empty=none), Level("Programme", (), empty=none)]
    ambitions = tuple(_aim(programme, aim, reading) for aim in programme.aims if aim.by)
    others = tuple(_aim(programme, aim, reading) for aim in programme.aims if not aim.by)
    purpose = Line(reading.text(programme, programme.purpose), source=_code(programme.source))
    return [
        Level(
            "National ambition",
            ambitions,
            empty=f"{programme.title} names no ambition with a date.",
            programme=programme.key,
        ),
        Level(
            "Programme",
            others or ((purpose,) if programme.purpose else ()),
            empty=f"{programme.title} names no aim.",
            programme=programme.key,
        ),
    ]


def _aim(programme: Programme, aim: ProgrammeAim, reading: Reading) -> Line:
    figure = ""
    if aim.figure is not None:
        unit = aim.unit if aim.unit.startswith("%") else f" {aim.unit}"
        figure = f"{number(aim.figure)}{unit}".strip()
    by = f"by {day(aim.by)}" if aim.by else ""
    return Line(
        f"{aim.title}. {reading.text(programme, aim.text)}",
        f"{figure} {by}".strip(),
        _code(aim.source or programme.source),
    )


def _code(source: Source | None) -> str:
    return source.code if source else ""


def _own_values(contents: Contents, reading: Reading) -> Iterator[Line]:
    heads = [contents.programme] if contents.programme else []
    known = {(one.kind_name, one.key): one for one in (*heads, *contents.definitions)}
    for (kind, key, field), own in reading.own.items():
        definition = known.get((kind, key))
        slot = slot_of(definition, field) if definition else None
        if definition is None or slot is None:
            continue
        yield Line(
            f"{reading.title(definition)}. {slot.label}: {slot.shown(own.value)}",
            f"national: {slot.shown(slot.national)}",
            source=f"{own.organisation}, from {day(own.since)}",
        )
