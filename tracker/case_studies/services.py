"""Writing case studies: begin, write, send, review, agree, publish, withdraw."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from tracker import audit
from tracker.blobs import services as blobs
from tracker.blobs.pictures import Picture as Redrawn
from tracker.db import db, search, utcnow
from tracker.documents import as_plain
from tracker.organisations.models import Organisation
from tracker.pages.wording import in_london
from tracker.plugin_api import CaseStudyShared, CaseStudyTemplate
from tracker.plugin_host.events import tell
from tracker.programmes.services import adopt
from tracker.projects.models import Project
from tracker.projects.services import touch

from . import drafting, freezing, queries
from .checks import Caught
from .domain import (
    CaseStudyStatus,
    Intervention,
    Outcome,
    Readers,
    ReviewDecision,
    Setting,
    Standing,
    authors_in,
    citation,
    name_of,
)
from .drafting import Facts
from .models import CaseStudy, Consent, Picture, PublicReading, Published, Review

if TYPE_CHECKING:
    from tracker.auth.models import User

KIND = "case_study"
FIRST_WORDS = 300


class NotNow(RuntimeError):
    """The case study does not stand where this can be done. The message is for the person."""


class OwnWork(RuntimeError):
    """Whoever sent a text for review does not review it."""


def begin(project: Project, template: CaseStudyTemplate, facts: Facts, *, by: User) -> CaseStudy:
    """Draft a case study from what the project holds. `facts` are read before the unit of work."""
    drafts = {key: draft.text for key, draft in drafting.drafts(template, facts).items()}
    failures = drafting.what_did_not_work(facts)
    case_study = CaseStudy(
        project_id=project.id,
        definition_id=adopt(template, by=by).id,
        title=project.title,
        answers=drafts,
        drafted=drafts,
        measures=[m.id for m in facts.measures if m.points_count][:2],
        authors=by.name,
        did_not_work=failures.text if failures else "",
        period_from=project.started_on,
        period_to=project.closed_on,
    )
    db.session.add(case_study)
    audit.record("case_study.begun", of=case_study, by=by, detail={"form": template.title})
    return _touched(case_study)


def write(
    case_study: CaseStudy,
    *,
    by: User,
    title: str,
    answers: Mapping[str, str],
    did_not_work: str,
    key_learning: str,
    authors: str,
    setting: Setting | None,
    intervention: Intervention | None,
    outcome: Outcome | None,
    period_from: date | None,
    period_to: date | None,
    measures: Sequence[int],
    readers: Readers,
) -> CaseStudy:
    """Change its words. What was approved or published before is not what this says any more."""
    if case_study.status is CaseStudyStatus.IN_REVIEW:
        raise NotNow("It is with the reviewer. Take it back to change it.")
    case_study.title = title
    case_study.answers = {**case_study.answers, **answers}
    case_study.did_not_work = did_not_work
    case_study.key_learning = key_learning
    case_study.authors = authors
    case_study.setting, case_study.intervention = setting, intervention
    case_study.outcome = outcome
    case_study.period_from, case_study.period_to = period_from, period_to
    case_study.measures = list(measures)
    case_study.readers = readers
    told = audit.changes(case_study)
    if not told:
        return case_study
    _changed(case_study)
    case_study.changed_at = utcnow()
    headings = [k for k, text in answers.items() if text != (told.get("answers") or [{}])[0].get(k)]
    told.pop("answers", None)
    audit.record("case_study.written", of=case_study, by=by, detail={**told, "headings": headings})
    return _touched(case_study)


def delete(case_study: CaseStudy, *, by: User) -> None:
    """Delete a draft; it can be restored for 30 days. Raises NotNow."""
    if case_study.status is CaseStudyStatus.IN_REVIEW:
        raise NotNow("It is with the reviewer. Take it back to delete it.")
    if queries.versions(case_study):
        raise NotNow("It has been published. What readers see is withdrawn, not deleted.")
    case_study.deleted_at, case_study.deleted_by_id = utcnow(), by.id
    audit.record("case_study.deleted", of=case_study, by=by)
    _touched(case_study)


def restore(case_study: CaseStudy, *, by: User) -> None:
    """Bring a deleted draft back."""
    case_study.deleted_at = case_study.deleted_by_id = None
    audit.record("case_study.restored", of=case_study, by=by)
    _touched(case_study)


def send(case_study: CaseStudy, *, by: User) -> None:
    """Hand it to the reviewer: nobody changes it meanwhile."""
    if case_study.status in (CaseStudyStatus.IN_REVIEW, CaseStudyStatus.APPROVED):
        raise NotNow("It has been sent for review already.")
    case_study.status, case_study.sent_by_id = CaseStudyStatus.IN_REVIEW, by.id
    audit.record("case_study.sent", of=case_study, by=by)
    _touched(case_study)


def take_back(case_study: CaseStudy, *, by: User) -> None:
    """Take it back from the reviewer to change it."""
    if case_study.status is not CaseStudyStatus.IN_REVIEW:
        raise NotNow("It is not with a reviewer.")
    case_study.status = CaseStudyStatus.DRAFT
    audit.record("case_study.taken_back", of=case_study, by=by)
    _touched(case_study)


def review(
    case_study: CaseStudy,
    decision: ReviewDecision,
    *,
    note: str,
    notes: Mapping[str, str],
    by: User,
) -> Review:
    """Approve it as it stands, or ask for changes. Raises NotNow, or OwnWork."""
    if case_study.status is not CaseStudyStatus.IN_REVIEW:
        raise NotNow("It is not waiting for a review.")
    if case_study.sent_by_id == by.id:
        raise OwnWork("You sent this for review, so somebody else reviews it.")
    said = Review(
        project_id=case_study.project_id,
        case_study_id=case_study.id,
        decision=decision,
        note=note,
        notes={key: text for key, text in notes.items() if text},
        by_id=by.id,
    )
    db.session.add(said)
    is_approved = decision is ReviewDecision.APPROVE
    case_study.status = CaseStudyStatus.APPROVED if is_approved else CaseStudyStatus.CHANGES_ASKED
    audit.record(
        "case_study.approved" if is_approved else "case_study.changes_asked", of=case_study, by=by
    )
    _touched(case_study)
    return said


def record_consent(
    case_study: CaseStudy, *, who: str, role: str, readers: Readers, on: date, by: User
) -> Consent:
    """Note who agreed, as what, when, and to which readers."""
    consent = Consent(
        project_id=case_study.project_id,
        case_study_id=case_study.id,
        who=who,
        role=role,
        readers=readers,
        on=on,
        by_id=by.id,
    )
    db.session.add(consent)
    audit.record(
        "case_study.consent_recorded",
        of=case_study,
        by=by,
        detail={"role": role, "readers": readers.label, "on": on.isoformat()},
    )
    db.session.flush()
    return consent


def publish(
    case_study: CaseStudy,
    body: Mapping[str, Any],
    *,
    uid: uuid.UUID,
    address: str,
    cleared: Sequence[tuple[Caught, str]],
    by: User,
) -> Published:
    """Publish a frozen copy under an address of its own; it supersedes the one before.

    `body` is what `freezing.frozen` made before the unit of work. Raises NotNow when something that
    publishing needs is missing.
    """
    missing = list(standing_of(case_study).missing())
    if missing:
        raise NotNow(" ".join(missing))
    project = case_study.project
    at = utcnow()
    earlier = queries.versions(case_study)
    number = (earlier[0].number if earlier else 0) + 1
    day = in_london(at).date()
    authors = [a.name for a in authors_in(case_study.authors)]
    row = Published(
        uid=uid,
        project_id=project.id,
        case_study_id=case_study.id,
        number=number,
        programme=project.programme,
        organisation_id=project.organisation_id,
        psc_id=project.psc_id,
        title=case_study.title,
        key_learning=case_study.key_learning,
        did_not_work=_first_words(case_study.did_not_work),
        setting=case_study.setting,
        intervention=case_study.intervention,
        outcome=case_study.outcome,
        readers=case_study.readers,
        body={
            **body,
            "version": number,
            "published_on": day.isoformat(),
            "address": address,
            "citation": citation(
                authors=authors,
                title=case_study.title,
                organisation=project.organisation.name,
                version=number,
                published_on=day,
                address=address,
            ),
        },
        cleared=[
            {"place": c.heading, "words": c.words, "why": c.why, "reason": reason}
            for c, reason in cleared
        ],
        published_at=at,
        published_by_id=by.id,
        is_demo=project.is_demo,
    )
    db.session.add(row)
    db.session.execute(
        update(Published)
        .where(Published.case_study_id == case_study.id, Published.number < number)
        .values(is_superseded=True)
        .execution_options(synchronize_session=False)
    )
    case_study.status = CaseStudyStatus.PUBLISHED
    db.session.flush()
    search.index(KIND, row.id, _findable(case_study))
    search.remove(KIND, [old.id for old in earlier])
    audit.record(
        "case_study.published",
        of=case_study,
        by=by,
        detail={"version": number, "readers": row.readers.label, "cleared": len(cleared)},
    )
    tell(
        CaseStudyShared(
            at=at,
            by_id=by.id,
            case_study_id=case_study.id,
            project_id=project.id,
            programme=project.programme or "",
        )
    )
    _touched(case_study)
    return row


def standing_of(case_study: CaseStudy) -> Standing:
    """What publishing it needs, has and lacks."""
    template = queries.template_of(case_study)
    lacking = [
        name_of(heading)
        for heading in template.headings
        if heading.required and not str(case_study.answers.get(heading.key, "")).strip()
    ]
    if not case_study.did_not_work.strip():
        lacking.append(freezing.DID_NOT_WORK)
    if not case_study.key_learning.strip():
        lacking.append("Key learning")
    if not authors_in(case_study.authors):
        lacking.append("Authors")
    return Standing(
        is_approved=case_study.status is CaseStudyStatus.APPROVED,
        readers=case_study.readers,
        consented=frozenset(c.readers for c in queries.consents(case_study)),
        may_be_public=queries.may_be_public(case_study.project.organisation_id),
        lacks_words=tuple(lacking),
    )


def withdraw(published: Published, reason: str, *, by: User) -> None:
    """Take it out of the library; its address says that it was withdrawn, when and why."""
    if published.withdrawn_at is not None:
        raise NotNow("It has been withdrawn already.")
    published.withdrawn_at, published.withdrawn_reason = utcnow(), reason
    search.remove(KIND, [published.id])
    audit.record(
        "case_study.withdrawn",
        of=published,
        by=by,
        organisation_id=published.organisation_id,
        detail={"version": published.number, "reason": reason},
    )
    db.session.flush()


def add_picture(
    case_study: CaseStudy, redrawn: Redrawn, *, alt: str, caption: str, heading: str, by: User
) -> Picture:
    """Keep a picture that was drawn anew before the unit of work."""
    blob = blobs.keep(
        redrawn.data, redrawn.content_type, width=redrawn.width, height=redrawn.height
    )
    picture = Picture(
        project_id=case_study.project_id,
        case_study_id=case_study.id,
        blob_id=blob.id,
        heading=heading,
        alt=alt,
        caption=caption,
    )
    db.session.add(picture)
    _changed_by_picture(case_study)
    audit.record("case_study.picture_added", of=case_study, by=by)
    _touched(case_study)
    return picture


def remove_picture(picture: Picture, *, by: User) -> None:
    """Take a picture out of the draft; what was published with it keeps it."""
    case_study = picture.case_study
    db.session.delete(picture)
    _changed_by_picture(case_study)
    audit.record("case_study.picture_removed", of=case_study, by=by)
    _touched(case_study)


def say_public(
    organisation: Organisation, *, is_allowed: bool, reason: str, on: date, by: User
) -> PublicReading:
    """Say whether an organisation's case studies may be read without signing in, from a day."""
    said = PublicReading(
        organisation_id=organisation.id,
        is_allowed=is_allowed,
        from_date=on,
        reason=reason,
        by_id=by.id,
    )
    db.session.add(said)
    db.session.flush()
    audit.record(
        "case_studies.opened" if is_allowed else "case_studies.closed",
        of=said,
        by=by,
        organisation_id=organisation.id,
        detail={"from": on.isoformat(), "reason": reason},
    )
    return said


def _changed(case_study: CaseStudy) -> None:
    """Its words are not those that were approved or published."""
    if case_study.status in (CaseStudyStatus.APPROVED, CaseStudyStatus.PUBLISHED):
        case_study.status = CaseStudyStatus.DRAFT


def _changed_by_picture(case_study: CaseStudy) -> None:
    if case_study.status is CaseStudyStatus.IN_REVIEW:
        raise NotNow("It is with the reviewer. Take it back to change it.")
    _changed(case_study)


def _first_words(text: str) -> str:
    plain = as_plain(text)
    if len(plain) <= FIRST_WORDS:
        return plain
    return plain[:FIRST_WORDS].rsplit(" ", 1)[0] + "…"


def _findable(case_study: CaseStudy) -> str:
    words = [case_study.title, case_study.key_learning]
    words += [as_plain(str(text)) for text in case_study.answers.values()]
    words += [as_plain(case_study.did_not_work), freezing.words_of_project(case_study.project)]
    chosen = (case_study.setting, case_study.intervention, case_study.outcome)
    return " ".join([*words, *(each.label for each in chosen if each)])


def _touched(case_study: CaseStudy) -> CaseStudy:
    db.session.flush()
    touch(case_study.project_id)
    return case_study
