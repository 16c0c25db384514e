"""From a draft to a published copy: review, consent, what was caught, and withdrawing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.config import Settings
from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.organisations.models import Organisation
from tracker.pages import done
from tracker.permissions import Permission, requires
from tracker.safe.dates import today

from . import freezing, queries, services
from .domain import CaseStudyStatus, name_of
from .forms import ConsentForm, PublicForm, PublishForm, ReviewForm, WithdrawForm
from .models import CaseStudy, Published
from .views import ONE, address, draft_pictures

bp = Blueprint("publishing", __name__, template_folder="templates")


@bp.post(f"{ONE}/send")
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def send(case_study: CaseStudy) -> ResponseReturnValue:
    """Hand it to a coach or PSC manager."""
    return _step(case_study, services.send, "Sent for review. Nobody changes it meanwhile")


@bp.post(f"{ONE}/take-back")
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def take_back(case_study: CaseStudy) -> ResponseReturnValue:
    """Take it back from the reviewer."""
    return _step(case_study, services.take_back, "Taken back. You can change it again")


def _step(case_study: CaseStudy, do: Any, announce: str) -> ResponseReturnValue:
    try:
        with unit_of_work():
            do(case_study, by=current_user)
    except services.NotNow as error:
        announce = str(error)
    return done(address(case_study), announce=announce)


@bp.route(f"{ONE}/review", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_REVIEW, CaseStudy)
def review(case_study: CaseStudy) -> ResponseReturnValue:
    """Read it as readers will, write beside the headings, and approve it or ask for changes."""
    template = queries.template_of(case_study)
    named = {h.key: name_of(h) for h in template.headings}

    def initial() -> Mapping[str, Any]:
        keys = [*named, "did_not_work"]
        return {"notes": [{"key": key} for key in keys], "version": case_study.version}

    form = open_form(
        ReviewForm, f"case-study/{case_study.id}/review", initial=initial, record=case_study
    )
    named["did_not_work"] = freezing.DID_NOT_WORK
    for entry in form.notes:
        entry.form.note.label.text = f"Of “{named.get(entry.form.key.data, 'this part')}”"
    if form.accepted():
        try:
            saved = form.save(
                lambda: services.review(
                    case_study,
                    form.decision.filled,
                    note=form.note.data,
                    notes=form.said,
                    by=current_user,
                )
            )
        except (services.NotNow, services.OwnWork) as error:
            form.refuse(None, str(error))
        else:
            if saved:
                onward = url_for("case_studies.index", project_id=case_study.project_id)
                return done(onward, announce="Your review is with the team")
    return form_page(
        "case_studies/review.html",
        form,
        project=case_study.project,
        case_study=case_study,
        body=freezing.frozen(case_study, template),
        picture_url=draft_pictures(case_study),
        lacking=services.standing_of(case_study).lacks_words,
        is_waiting=case_study.status is CaseStudyStatus.IN_REVIEW,
        caught=freezing.caught_in(case_study, template, queries.people_of(case_study.project)),
    )


@bp.route(f"{ONE}/consent", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def consent(case_study: CaseStudy) -> ResponseReturnValue:
    """Record who agreed to which readers, and when."""
    form = open_form(
        ConsentForm,
        f"case-study/{case_study.id}/consent",
        initial=lambda: {"readers": case_study.readers, "on": today()},
    )
    if form.accepted():

        def write() -> str:
            services.record_consent(
                case_study,
                who=form.who.data,
                role=form.role.data,
                readers=form.readers.filled,
                on=form.on.filled,
                by=current_user,
            )
            return f"{address(case_study)}#consent"

        return done(form.create(write), announce="Consent recorded")
    return form_page(
        "case_studies/consent.html", form, project=case_study.project, case_study=case_study
    )


@bp.route(f"{ONE}/publish", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_PUBLISH, CaseStudy)
def publish(case_study: CaseStudy) -> ResponseReturnValue:
    """What was caught, each to be mended or explained; then publish a frozen copy."""
    project = case_study.project
    template = queries.template_of(case_study)
    caught = freezing.caught_in(case_study, template, queries.people_of(project))
    missing = list(services.standing_of(case_study).missing())

    def initial() -> Mapping[str, Any]:
        return {"cleared": [{"mark": c.mark} for c in caught], "version": case_study.version}

    form = open_form(
        PublishForm, f"case-study/{case_study.id}/publish", initial=initial, record=case_study
    )
    if form.accepted():
        reasons = form.reasons(caught)
        unexplained = [c for c, reason in reasons if not reason]
        for words in missing:
            form.refuse(None, words)
        for one in unexplained:
            form.refuse(None, f"{one.heading}: mend “{one.words}”, or say why it is right")
        if not missing and not unexplained:
            uid = uuid.uuid4()
            url = url_for("library.show", uid=uid)
            # Before the unit of work: it draws the charts.
            body = freezing.frozen(case_study, template)
            if form.save(
                lambda: services.publish(
                    case_study,
                    body,
                    uid=uid,
                    address=_settings().base_url.rstrip("/") + url,
                    cleared=reasons,
                    by=current_user,
                )
            ):
                return done(url, announce="Published. This is its address")
    return form_page(
        "case_studies/publish.html",
        form,
        project=project,
        case_study=case_study,
        caught={c.mark: c for c in caught},
        missing=missing,
    )


@bp.route("/case-studies/versions/<id:published_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_PUBLISH, Published)
def withdraw(published: Published) -> ResponseReturnValue:
    """Take a published copy out of the library, with a reason."""
    form = open_form(WithdrawForm, f"case-study-version/{published.id}/withdraw")
    url = url_for("library.show", uid=published.uid)
    if form.accepted():
        try:
            form.save(lambda: services.withdraw(published, form.reason.data, by=current_user))
        except services.NotNow as error:
            form.refuse(None, str(error))
        else:
            return done(url, announce="Withdrawn. Its address says so")
    return form_page("case_studies/withdraw.html", form, published=published, url=url)


@bp.route("/organisations/<id:organisation_id>/case-studies", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_OPEN, Organisation)
def public(organisation: Organisation) -> ResponseReturnValue:
    """Whether case studies of an organisation may be read without signing in."""
    form = open_form(
        PublicForm,
        f"organisation/{organisation.id}/case-studies",
        initial=lambda: {"on": today()},
    )
    if form.accepted() and form.save(
        lambda: services.say_public(
            organisation,
            is_allowed=form.is_allowed.data == "yes",
            reason=form.reason.data,
            on=form.on.filled,
            by=current_user,
        )
    ):
        url = url_for("organisations.show", organisation_id=organisation.id)
        return done(url, announce="Saved")
    return form_page(
        "case_studies/public.html",
        form,
        organisation=organisation,
        said=queries.public_reading(organisation.id, today()),
        history=queries.said_of_public(organisation.id),
    )


def _settings() -> Settings:
    from flask import current_app

    settings: Settings = current_app.extensions["tracker_settings"]
    return settings
