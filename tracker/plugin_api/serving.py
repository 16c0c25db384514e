"""What a plugin with code hands over: values for the tracker to call, mount and migrate.

Everything a plugin is told is a frozen value with plain facts and ids; never a row, never the
database session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from tracker.permissions import Permission

# --- sections of a project's page ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """All that a report section may know of a project.

    `series` has the values of each measure by its name in the programme
    (`falls/falls_per_1000@1`), oldest first; a measure of the project's own is left out. `today`
    is the day in London.
    """

    project_id: int
    title: str
    programme: str
    today: date
    series: Mapping[str, tuple[tuple[date, Decimal], ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportSection:
    """A section on the page of each project of a programme.

    `render` makes safe markup of the facts. Make it with the `format` of a `Markup`, which escapes
    what people typed. Sections come in the order of `order`, then of `title`.
    """

    key: str
    programme: str
    title: str
    render: Callable[[ReportFacts], Markup]
    order: int = 100


# --- navigation, tables --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """A link in the top navigation to a page of the plugin, for those with the permission.

    `endpoint` is Flask's name of the page: `falls.index`.
    """

    text: str
    endpoint: str
    permission: Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """The plugin's own tables: `metadata` by `plugin_metadata(...)`, and a folder of revisions."""

    metadata: MetaData
    migrations: Path


# --- events --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened and is saved. `by_id` is the person, None for the tracker itself."""

    at: datetime
    by_id: int | None


class PdsaStep(StrEnum):
    """The part of a cycle that was written down."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"


@dataclass(frozen=True, kw_only=True, slots=True)
class PdsaLogged(Event):
    """A team wrote down a part of a PDSA cycle."""

    project_id: int
    cycle_id: int
    number: int
    step: PdsaStep


@dataclass(frozen=True, kw_only=True, slots=True)
class StageChanged(Event):
    """A rating put a project, or an element at an organisation, on another level of a rubric.

    `rubric` is its name, `falls/use@1`; `level` and `before` are keys of its stages, `before` empty
    for the first rating. `side` is who rated: `team` or `coach`, each with levels of their own.
    """

    rubric: str
    level: str
    side: str
    before: str = ""
    element: str = ""
    project_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStudyShared(Event):
    """A case study was published."""

    case_study_id: int
    project_id: int
    programme: str
