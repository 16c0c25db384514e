"""What can be found, and how each thing is called, read and reached.

Names of people are not among it: who erases themselves must not be found by their name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from tracker.attachments.models import Attachment
from tracker.comments import queries as comments
from tracker.comments.models import Comment
from tracker.db import Base
from tracker.db.indexing import Findable, findable
from tracker.db.search import PROJECT
from tracker.drivers.models import ChangeIdea, Driver
from tracker.measures.models import Annotation, Measure
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.projects.models import Aim, Project
from tracker.risks.models import Risk

Page = tuple[str, dict[str, int]]
"""An endpoint and the values of its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How one kind of thing is called, read and reached, beside what it is found by."""

    found: Findable
    texts: Mapping[str, str]
    """What each of its columns is called."""
    called: Callable[[Any], str]
    title: Callable[[Any], str] = lambda row: ""
    """What a link to it says; empty when the excerpt is all there is to say."""
    page: Callable[[Any], Page]


def _source(
    kind: str,
    model: type[Base],
    texts: Mapping[str, str],
    *,
    called: Callable[[Any], str],
    page: Callable[[Any], Page],
    title: Callable[[Any], str] = lambda row: "",
    **more: Any,
) -> Source:
    found = Findable(kind, model, tuple(texts), **more)
    return Source(found=found, texts=texts, called=called, title=title, page=page)


def _project_words(project: Project) -> Iterable[str]:
    return (project.organisation.name, project.organisation.code)


def _ids_there(model: type[PdsaCycle | Measure]) -> Select[int]:
    return select(model.id).where(model.deleted_at.is_(None))


def _comments_beside(row: Base) -> ColumnElement[bool]:
    return and_(
        Comment.subject_kind == row.__tablename__,
        Comment.subject_id == row.id,  # type: ignore[attr-defined]
    )


_ALL = (
    _source(
        PROJECT,
        Project,
        {"title": ""},
        called=lambda project: "Project",
        title=lambda project: project.title,
        page=lambda project: ("overview.project", {"project_id": project.id}),
        more=_project_words,
        options=(joinedload(Project.organisation),),
    ),
    _source(
        "about",
        Project,
        {"problem": "The problem", "closing_note": "How it ended"},
        called=lambda project: "About the project",
        page=lambda project: ("overview.project", {"project_id": project.id}),
    ),
    _source(
        "aim",
        Aim,
        {"measure": "What", "population": "For whom", "place": "Where"},
        called=lambda aim: "Aim",
        page=lambda aim: ("projects.aim", {"project_id": aim.project_id}),
    ),
    _source(
        "driver",
        Driver,
        {"text": "", "note": "Note"},
        called=lambda driver: driver.level.label,
        title=lambda driver: driver.text,
        page=lambda driver: ("drivers.index", {"project_id": driver.project_id}),
    ),
    _source(
        "idea",
        ChangeIdea,
        {"text": "", "note": "Note"},
        called=lambda idea: "Change idea",
        title=lambda idea: idea.text,
        page=lambda idea: ("drivers.idea", {"project_id": idea.project_id, "idea_id": idea.id}),
    ),
    _source(
        "cycle",
        PdsaCycle,
        {
            "title": "",
            "change_idea": "Change",
            "objective": "Objective",
            "questions": "Questions",
            "theory": "Theory",
            "scale": "Scale",
            "data_plan": "Data plan",
            "observations": "What happened",
            "problems": "Problems",
            "learned": "Learned",
            "next_change": "Next",
        },
        called=lambda cycle: f"Cycle {cycle.number}",
        title=lambda cycle: cycle.title,
        page=lambda cycle: ("pdsa.show", {"project_id": cycle.project_id, "cycle_id": cycle.id}),
    ),
    _source(
        "prediction",
        Prediction,
        {"text": "Expected", "result": "Result"},
        called=lambda prediction: "Prediction",
        under=lambda row: Prediction.cycle_id == row.id if isinstance(row, PdsaCycle) else None,
        there=lambda: [Prediction.cycle_id.in_(_ids_there(PdsaCycle))],
        page=lambda one: ("pdsa.show", {"project_id": one.project_id, "cycle_id": one.cycle_id}),
    ),
    _source(
        "measure",
        Measure,
        {
            "title": "",
            "numerator": "Counted",
            "denominator": "Out of",
            "exclusions": "Left out",
            "data_source": "Data source",
            "caption": "Caption",
        },
        called=lambda measure: "Measure",
        title=lambda measure: measure.title,
        page=lambda one: ("measures.show", {"project_id": one.project_id, "measure_id": one.id}),
    ),
    _source(
        "annotation",
        Annotation,
        {"text": ""},
        called=lambda annotation: "Note on a chart",
        under=lambda row: Annotation.measure_id == row.id if isinstance(row, Measure) else None,
        there=lambda: [
            or_(Annotation.measure_id.is_(None), Annotation.measure_id.in_(_ids_there(Measure)))
        ],
        page=lambda note: (
            ("measures.show", {"project_id": note.project_id, "measure_id": note.measure_id})
            if note.measure_id
            else ("measures.index", {"project_id": note.project_id})
        ),
    ),
    _source(
        "risk",
        Risk,
        {"what": "", "response": "What is done about it", "closing_note": "How it was closed"},
        called=lambda risk: "Risk",
        title=lambda risk: risk.what,
        page=lambda risk: ("risks.show", {"project_id": risk.project_id, "risk_id": risk.id}),
    ),
    _source(
        "document",
        Attachment,
        {"title": ""},
        called=lambda one: "Link" if one.is_link else "Document",
        title=lambda one: one.title,
        page=lambda one: ("attachments.index", {"project_id": one.project_id}),
    ),
    _source(
        "comment",
        Comment,
        {"body": ""},
        called=lambda comment: "Comment",
        under=_comments_beside,
        there=comments.beside_what_is_there,
        page=lambda comment: ("comments.index", {"project_id": comment.project_id}),
    ),
)
SOURCES: Mapping[str, Source] = {each.found.kind: each for each in _ALL}
"""In the order in which a project shows what was found in it."""


def declare() -> None:
    """Say all this to what keeps the index in step."""
    for source in SOURCES.values():
        findable(source.found)
