"""Where the pages of adoption hang, and what their addresses have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from flask import Blueprint, abort

from tracker.plugin_api import AppliesTo, Element, Pathway, Rubric
from tracker.programmes.contents import Contents, contents_of

from .rollups import is_of_units

bp = Blueprint("adoption", __name__, template_folder="templates")

T = TypeVar("T")

AT = "/programmes/<key>/adoption"
UNIT = f"{AT}/<id:organisation_id>"

PROGRESS_SCORE = "project_progress_score"
"""Key of the rubric whose scores are proposed from data. Source: programmes README, scale B."""


@dataclass(frozen=True)
class Place:
    """A programme with what can be rated in it."""

    contents: Contents

    @property
    def key(self) -> str:
        """Key of the programme."""
        return self.contents.key

    @property
    def title(self) -> str:
        """What people call the programme."""
        return self.contents.title

    @cached_property
    def rubrics(self) -> list[Rubric]:
        """Those that rate units or elements at them; those with elements first."""
        found = [one for one in self.contents.rubrics if is_of_units(one)]
        return sorted(found, key=lambda one: not one.elements)

    @cached_property
    def score(self) -> Rubric | None:
        """The progress score: its level is proposed from data."""
        return next((one for one in self._of_projects if one.key == PROGRESS_SCORE), None)

    @cached_property
    def courses(self) -> list[Rubric]:
        """The others that rate a project as a whole, such as the phases of a collaborative."""
        return [one for one in self._of_projects if one.key != PROGRESS_SCORE]

    @property
    def _of_projects(self) -> list[Rubric]:
        return [one for one in self.contents.rubrics if one.applies_to is AppliesTo.PROJECT]

    @cached_property
    def pathways(self) -> list[Pathway]:
        """Its pathways."""
        return [one for one in self.contents.definitions if isinstance(one, Pathway)]

    def rubric(self, key: str) -> Rubric:
        """The rubric of a key; no key is the first. Aborts with 404."""
        return _first(one for one in self.rubrics if key in ("", one.key))

    def of_project(self, key: str) -> Rubric:
        """The rubric by which a team rates itself or its unit. Aborts with 404."""
        return _first(one for one in (*self.courses, *self.rubrics) if key == one.key)

    def pathway(self, key: str) -> Pathway:
        """The pathway of a key. Aborts with 404."""
        return _first(one for one in self.pathways if one.key == key)


def place_of(key: str) -> Place:
    """The programme of an address. Aborts with 404."""
    contents = contents_of(key)
    if contents is None:
        abort(404)
    return Place(contents)


def element_of(rubric: Rubric, key: str) -> Element | None:
    """The element of a key; None where the unit itself is rated. Aborts with 404."""
    if not rubric.elements and not key:
        return None
    return _first(one for one in rubric.elements if one.key == key)


def _first(found: Iterable[T]) -> T:
    for one in found:
        return one
    return abort(404)
