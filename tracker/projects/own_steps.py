"""What a team is asked for about its aim and its people, and the day of the aim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from tracker.permissions import Permission
from tracker.safe.dates import name_day

from .dates import Day
from .domain import AimFault, AimParts, faults
from .models import Aim, ProjectMember
from .roles import role_check, wanted_roles
from .steps import Fact, Pressing, Seen, Step, facts, rule


@rule(Pressing.BEGIN, Permission.PROJECT_EDIT)
def to_write_the_aim(seen: Seen) -> Iterator[Step]:
    """The aim is not written, or lacks a part."""
    aim = seen.project.aim.parts
    lacking = faults(aim or AimParts())
    if lacking:
        what = "Write the aim" if aim is None else "Complete the aim"
        yield Step(what, _why(aim, lacking), "projects.edit_aim")


def _why(aim: AimParts | None, lacking: list[AimFault]) -> str:
    if aim is None:
        return "Say what will change, for whom, by how much and by when."
    names = [str(f) for f in lacking]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    return f"It has {listed}." if AimFault.WRONG_WAY not in lacking else f"Check it: {listed}."


@rule(Pressing.KEEP, Permission.PROJECT_EDIT)
def to_aim_again(seen: Seen) -> Iterator[Step]:
    """The day by which the aim was to be reached has passed."""
    by = seen.project.aim.by
    if by is not None and by < seen.today:
        yield Step(
            "Say what comes after the aim",
            f"It was due on {name_day(by)}. Set a new date or a new aim, or close the project.",
            "projects.edit_aim",
        )


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    team_role: str
    joined_on: date
    left_on: date | None


def _everybody(today: date) -> Select[Any]:
    m = ProjectMember
    return facts(m.project_id, text=m.name, note=m.team_role, on=m.joined_on, until=m.left_on)


def _member(fact: Fact) -> _Member:
    return _Member(fact.text, fact.note, fact.on or date.min, fact.until)


@rule(Pressing.KEEP, Permission.TEAM_EDIT, facts=_everybody)
def to_fill_a_role(seen: Seen) -> Iterator[Step]:
    """Somebody left, and nobody plays their part: each such role. Of roles that nobody ever had,
    one step names all."""
    wanted = wanted_roles(seen.project)
    vacant = role_check(map(_member, seen.facts), wanted, seen.today).vacant
    for one in vacant:
        if one.vacant_since is not None:
            yield Step(
                f"Find a new {_small(one.role.title)}",
                f"{one.last_held_by} left on {name_day(one.vacant_since)}.",
                "projects.people",
            )
    never = [_small(one.role.title) for one in vacant if one.vacant_since is None]
    if never:
        yield Step(
            f"Name {_a(never[0])}" if len(never) == 1 else f"Fill {len(never)} roles on the team",
            f"Nobody is {_listed(never)} yet.",
            "projects.people",
        )


def _small(title: str) -> str:
    """`Executive sponsor` inside a sentence; `QI lead` and names of posts keep their capitals."""
    first, _, rest = title.partition(" ")
    keeps = first[1:] != first[1:].lower() or rest != rest.lower()
    return title if keeps else title[:1].lower() + title[1:]


def _a(title: str) -> str:
    return f"{'an' if title[:1].lower() in 'aeiou' else 'a'} {title}"


def _listed(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + " or " + titles[-1]


def _aims() -> Select[Any]:
    return facts(Aim.project_id, text=Aim.measure, on=Aim.by)


RULES = (to_write_the_aim, to_aim_again, to_fill_a_role)
DATES = (Day("aim", _aims, lambda fact: f"The aim is due: {fact.text}", "projects.aim"),)
