"""Where a programme is on: the nearest organisation upwards that says something decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.plugin_api import Programme, ProgrammeStatus


class SwitchState(StrEnum):
    """What an organisation has said about a programme."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the history: what `organisation_id` said about `programme`, from which day.

    `depth` is how many organisations that one is under. Whatever is below another is under all
    that the other is under and more, so the greatest depth is the nearest.
    """

    id: int
    programme: str
    organisation_id: int
    state: SwitchState
    from_date: date
    depth: int


def in_force(said: Iterable[Said]) -> dict[str, Said]:
    """For each programme the row that decides: of the nearest organisation, its latest."""
    decided: dict[str, Said] = {}
    for row in said:
        held = decided.get(row.programme)
        if held is None or _rank(row) > _rank(held):
            decided[row.programme] = row
    return decided


def _rank(row: Said) -> tuple[int, date, int]:
    return row.depth, row.from_date, row.id


def is_on(programme: Programme, decided: Mapping[str, Said]) -> bool:
    """Whether a programme is on, by what was said or by its own default."""
    row = decided.get(programme.key)
    return programme.on_by_default if row is None else row.state is SwitchState.ON


def is_closed(programme: Programme, on: date) -> bool:
    """Closed nationally: it can be read, and nothing new starts in it."""
    if programme.closed_on is not None:
        return programme.closed_on < on
    return programme.status is ProgrammeStatus.CLOSED


def title_from_key(key: str) -> str:
    """Words for a programme of which nothing but its key is left."""
    return key.replace("_", " ").capitalize()
