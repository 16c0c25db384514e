"""Reads of case studies: drafts of a project, what was said of one, and the library."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, undefer

from tracker.db import db, is_restorable
from tracker.db.search import matching
from tracker.organisations import queries as organisations
from tracker.organisations.models import Organisation
from tracker.permissions import visible
from tracker.plugin_api import CaseStudyTemplate, Programme
from tracker.plugin_host import current_host
from tracker.programmes.contents import contents_of
from tracker.programmes.queries import definition_of
from tracker.projects.access import PROVIDERS
from tracker.projects.models import Project, ProjectMember
from tracker.safe.dates import today

from .domain import Intervention, Outcome, Readers, Setting
from .models import CaseStudy, Consent, Picture, PublicReading, Published, Review

if TYPE_CHECKING:
    from tracker.auth.models import User

PAGE_SIZE = 20
COUNT_UP_TO = 200


def of_project(project: Project) -> Sequence[CaseStudy]:
    """The case studies of a project, the latest changed first."""
    return db.session.scalars(
        select(CaseStudy)
        .where(CaseStudy.project_id == project.id, CaseStudy.deleted_at.is_(None))
        .order_by(CaseStudy.changed_at.desc(), CaseStudy.id.desc())
    ).all()


def deleted(project_id: int, case_study_id: int) -> CaseStudy:
    """A deleted draft of a project. Aborts with 404 when there is none."""
    found: CaseStudy = db.one_or_404(
        select(CaseStudy).where(
            CaseStudy.id == case_study_id,
            CaseStudy.project_id == project_id,
            is_restorable(CaseStudy),
        )
    )
    return found


def forms_for(project: Project) -> dict[str, CaseStudyTemplate]:
    """Forms to draft in, by a name for the page: those of the programme, then those for anybody."""
    host = current_host()
    defaults = [p.key for p in host.of(Programme) if p.on_by_default]
    keys = dict.fromkeys([*([project.programme] if project.programme else []), *defaults])
    found: dict[str, CaseStudyTemplate] = {}
    for key in keys:
        contents = contents_of(key)
        # From a stored copy alone nothing new is begun.
        if contents is not None and contents.is_loaded:
            for template in contents.case_study_templates:
                found[f"{template.programme}/{template.key}@{template.version}"] = template
    return found


def template_of(case_study: CaseStudy) -> CaseStudyTemplate:
    """The form it was begun in, from its stored copy. Raises LookupError when there is none."""
    found = definition_of(case_study.definition_id)
    if not isinstance(found, CaseStudyTemplate):
        raise LookupError(f"no case study form with id {case_study.definition_id}")
    return found


def reviews(case_study: CaseStudy) -> Sequence[Review]:
    """What was said of it, newest first, with who said it."""
    return db.session.scalars(
        select(Review)
        .where(Review.case_study_id == case_study.id)
        .options(joinedload(Review.by))
        .order_by(Review.id.desc())
    ).all()


def consents(case_study: CaseStudy) -> Sequence[Consent]:
    """Who agreed to which readers, in the order in which it was recorded."""
    return db.session.scalars(
        select(Consent).where(Consent.case_study_id == case_study.id).order_by(Consent.id)
    ).all()


def versions(case_study: CaseStudy) -> Sequence[Published]:
    """What was published of it, newest first."""
    return db.session.scalars(
        select(Published)
        .where(Published.case_study_id == case_study.id)
        .order_by(Published.number.desc())
    ).all()


def people_of(project: Project) -> Sequence[str]:
    """Names of everybody who is or was on the team."""
    return db.session.scalars(
        select(ProjectMember.name).where(ProjectMember.project_id == project.id)
    ).all()


def pictures(case_study: CaseStudy) -> Sequence[Picture]:
    """The pictures of a draft with the size of each."""
    return db.session.scalars(
        select(Picture)
        .where(Picture.case_study_id == case_study.id)
        .options(joinedload(Picture.blob))
        .order_by(Picture.id)
    ).all()


# --- may it be public ----------------------------------------------------------------------------


def public_reading(organisation_id: int, on: date) -> PublicReading | None:
    """What was said last of public case studies: by the organisation, else by its provider."""
    return db.session.scalars(
        select(PublicReading)
        .join(Organisation, Organisation.id == PublicReading.organisation_id)
        .where(
            or_(
                PublicReading.organisation_id == organisation_id,
                PublicReading.organisation_id.in_(organisations.above(organisation_id, on))
                & Organisation.kind.in_(PROVIDERS),
            ),
            PublicReading.from_date <= on,
        )
        .order_by(
            (PublicReading.organisation_id == organisation_id).desc(),
            PublicReading.from_date.desc(),
            PublicReading.id.desc(),
        )
        .limit(1)
    ).one_or_none()


def may_be_public(organisation_id: int) -> bool:
    """Whether the organisation has said that its case studies may be public."""
    said = public_reading(organisation_id, today())
    return said is not None and said.is_allowed


def is_public(published: Published) -> bool:
    """Whether it may be read without signing in today."""
    return published.readers is Readers.PUBLIC and may_be_public(published.organisation_id)


def said_of_public(organisation_id: int) -> Sequence[PublicReading]:
    """All that an organisation said of public case studies, newest first."""
    return db.session.scalars(
        select(PublicReading)
        .where(PublicReading.organisation_id == organisation_id)
        .options(joinedload(PublicReading.by))
        .order_by(PublicReading.id.desc())
    ).all()


# --- reading -------------------------------------------------------------------------------------


def published(uid: uuid.UUID) -> Published | None:
    """A published copy with its body, whoever asks: the view decides."""
    return db.session.scalar(
        select(Published)
        .where(Published.uid == uid)
        .options(
            undefer(Published.body), joinedload(Published.organisation), joinedload(Published.psc)
        )
    )


def may_read(user: User, found: Published) -> bool:
    """Whether this person may read it."""
    asked = visible(Published, user).with_only_columns(Published.id)
    return db.session.scalar(asked.where(Published.id == found.id)) is not None


def newer(found: Published) -> Published | None:
    """The latest version of the same case study that stands, when this is not it."""
    if not found.is_superseded or found.case_study_id is None:
        return None
    return db.session.scalars(
        select(Published)
        .where(
            Published.case_study_id == found.case_study_id,
            Published.number > found.number,
            Published.withdrawn_at.is_(None),
        )
        .order_by(Published.number.desc())
        .limit(1)
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the library is narrowed to; empty values narrow nothing."""

    text: str = ""
    programme: str = ""
    setting: Setting | None = None
    intervention: Intervention | None = None
    outcome: Outcome | None = None
    failures: bool = False
    place_id: int | None = None
    """An organisation or a PSC."""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the library. `count` stops at `COUNT_UP_TO` + 1."""

    rows: Sequence[Published]
    number: int
    count: int

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.count, COUNT_UP_TO) // PAGE_SIZE))

    @property
    def counted(self) -> str:
        """The count in words."""
        if self.count > COUNT_UP_TO:
            return f"More than {COUNT_UP_TO} case studies"
        return "1 case study" if self.count == 1 else f"{self.count or 'No'} case studies"


def library(user: User, filters: Filters, number: int = 1) -> Shelf:
    """One page of what a person may read, the latest published first: two statements."""
    found = db.session.scalars(
        visible(Published, user)
        .with_only_columns(Published.id)
        .where(
            Published.is_superseded.is_(False),
            Published.withdrawn_at.is_(None),
            *_narrowed(filters),
        )
        .order_by(Published.published_at.desc(), Published.id.desc())
        .limit(COUNT_UP_TO + 1)
    ).all()
    number = max(1, min(number, COUNT_UP_TO // PAGE_SIZE))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    if not shown:
        return Shelf((), number, len(found))
    rows = {
        row.id: row
        for row in db.session.scalars(
            select(Published)
            .where(Published.id.in_(shown))
            .options(
                joinedload(Published.organisation).load_only(Organisation.name),
                joinedload(Published.psc).load_only(Organisation.name),
            )
        )
    }
    return Shelf([rows[key] for key in shown if key in rows], number, len(found))


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if filters.text:
        narrowed.append(Published.id.in_(matching("case_study", filters.text)))
    equal: tuple[tuple[Any, Any], ...] = (
        (Published.programme, filters.programme),
        (Published.setting, filters.setting),
        (Published.intervention, filters.intervention),
        (Published.outcome, filters.outcome),
    )
    narrowed += [column == value for column, value in equal if value]
    if filters.failures:
        narrowed.append(Published.did_not_work != "")
    if filters.place_id:
        narrowed.append(
            or_(Published.organisation_id == filters.place_id, Published.psc_id == filters.place_id)
        )
    return narrowed


def places(user: User) -> Sequence[tuple[int, str]]:
    """Organisations and PSCs with something to read for this person, by name: one statement."""
    mine = (
        visible(Published, user)
        .where(Published.is_superseded.is_(False), Published.withdrawn_at.is_(None))
        .options()
    )
    of = mine.with_only_columns(Published.organisation_id).order_by(None)
    by = mine.with_only_columns(Published.psc_id).where(Published.psc_id.is_not(None))
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(or_(Organisation.id.in_(of), Organisation.id.in_(by)))
        .order_by(Organisation.name)
        .limit(COUNT_UP_TO)
    )
    return [(row.id, row.name) for row in rows]


def readable_of_project(project: Project, user: User) -> Sequence[Published]:
    """What a project has published, its latest versions, as far as this person may read it."""
    return db.session.scalars(
        visible(Published, user)
        .where(Published.project_id == project.id, Published.is_superseded.is_(False))
        .order_by(Published.published_at.desc(), Published.id.desc())
    ).all()
