"""The case studies of a project: begin one, write it, look at it, and its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.blobs import services as blobs
from tracker.blobs.pictures import NotAPicture, redrawn
from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.measures import queries as measures
from tracker.pages import Option, done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import drafting, freezing, queries, services
from .domain import CaseStudyStatus, name_of
from .forms import BeginForm, PictureForm, WriteForm, written_of
from .models import CaseStudy, Picture
from .showing import headings_of, state_words, summary

bp = Blueprint("case_studies", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/case-studies"
ONE = f"{BASE}/<id:case_study_id>"


def address(case_study: CaseStudy, endpoint: str = "case_studies.write") -> str:
    """A page of a case study."""
    return url_for(endpoint, project_id=case_study.project_id, case_study_id=case_study.id)


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """What the team is writing, for those who may see it, and what it has published."""
    return page(
        "case_studies/index.html",
        project=project,
        case_studies=queries.of_project(project),
        published=queries.readable_of_project(project, current_user),
        state_words=state_words,
    )


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_WRITE, Project)
def begin(project: Project) -> ResponseReturnValue:
    """Choose a form; the draft is then filled in from the project."""
    offered = queries.forms_for(project)
    form = open_form(BeginForm, f"case-study/new/{project.id}")
    form.form.options = [
        Option(name, t.title, " · ".join(h.text for h in t.headings if h.text))
        for name, t in offered.items()
    ]
    if form.accepted():
        template = offered[form.form.filled]
        facts = drafting.facts_of(project)

        def write() -> str:
            return address(services.begin(project, template, facts, by=current_user))

        return done(form.create(write), announce="Drafted from your project")
    return form_page("case_studies/begin.html", form, project=project, offered=offered)


@bp.route(ONE, methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def write(case_study: CaseStudy) -> ResponseReturnValue:
    """The draft, each heading with its guidance and what it was drafted from."""
    project = case_study.project
    template = queries.template_of(case_study)
    held = measures.of_projects([project.id])

    def initial() -> Mapping[str, Any]:
        return written_of(case_study, template)

    form = open_form(WriteForm, f"case-study/{case_study.id}", initial=initial, record=case_study)
    form.offer(template, held)
    if form.accepted():
        if case_study.status is CaseStudyStatus.IN_REVIEW:
            form.refuse(None, "It is with the reviewer. Take it back to change it")
        elif form.save(lambda: _write(case_study, form)):
            onward = "case_studies.preview" if "preview" in request.form else "case_studies.write"
            return done(address(case_study, onward), announce="Draft saved")
    headings = headings_of(case_study, template, drafting.facts_of(project))
    return form_page(
        "case_studies/write.html",
        form,
        project=project,
        case_study=case_study,
        form_title=template.title,
        headings=headings,
        said=summary(headings),
        standing=state_words(case_study),
        reviews=queries.reviews(case_study),
        consents=queries.consents(case_study),
        pictures=queries.pictures(case_study),
        was_published=bool(queries.versions(case_study)),
        missing=list(services.standing_of(case_study).missing()),
    )


def _write(case_study: CaseStudy, form: WriteForm) -> None:
    services.write(
        case_study,
        by=current_user,
        title=form.title.data,
        answers=form.written,
        did_not_work=form.did_not_work.data,
        key_learning=form.key_learning.data,
        authors=form.authors.data,
        setting=form.setting.data,
        intervention=form.intervention.data,
        outcome=form.outcome.data,
        period_from=form.period_from.data,
        period_to=form.period_to.data,
        measures=form.measures.data,
        readers=form.readers.filled,
    )


@bp.post(f"{ONE}/delete")
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def delete(case_study: CaseStudy) -> ResponseReturnValue:
    """Delete a draft, with a way back."""
    undo = url_for(".restore", project_id=case_study.project_id, deleted_id=case_study.id)
    home = url_for(".index", project_id=case_study.project_id)
    try:
        with unit_of_work():
            services.delete(case_study, by=current_user)
    except services.NotNow as error:
        return done(address(case_study), announce=str(error))
    return done(home, announce="Draft deleted", undo=undo)


@bp.post(f"{BASE}/<id:deleted_id>/restore")
@requires(Permission.CASE_STUDY_WRITE, Project, key="project_id")
def restore(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Bring a deleted draft back."""
    with unit_of_work():
        case_study = queries.deleted(project.id, deleted_id)
        services.restore(case_study, by=current_user)
    return done(address(case_study), announce="Draft restored")


@bp.get(f"{ONE}/preview")
@requires(Permission.CASE_STUDY_DRAFT, CaseStudy)
def preview(case_study: CaseStudy) -> ResponseReturnValue:
    """As readers will see it, with the charts as they stand today."""
    body = freezing.frozen(case_study, queries.template_of(case_study))
    return page(
        "case_studies/preview.html",
        project=case_study.project,
        case_study=case_study,
        body=body,
        picture_url=draft_pictures(case_study),
    )


@bp.route(f"{ONE}/pictures/new", methods=["GET", "POST"])
@requires(Permission.CASE_STUDY_WRITE, CaseStudy)
def add_picture(case_study: CaseStudy) -> ResponseReturnValue:
    """Add a picture, drawn anew so that nothing hidden in it stays."""
    template = queries.template_of(case_study)
    form = open_form(PictureForm, f"case-study/{case_study.id}/picture")
    form.heading.options = [Option(h.key, name_of(h)) for h in template.headings]
    if form.accepted():
        try:
            # Before the unit of work: a large photograph takes a second.
            picture = redrawn(form.picture.filled.read())
            saved = form.save(
                lambda: services.add_picture(
                    case_study,
                    picture,
                    alt=form.alt.data,
                    caption=form.caption.data,
                    heading=form.heading.data or "",
                    by=current_user,
                )
            )
        except NotAPicture as error:
            form.refuse("picture", str(error))
        except services.NotNow as error:
            form.refuse(None, str(error))
        else:
            assert saved  # noqa: S101  nobody else can have saved a picture that is new
            return done(f"{address(case_study)}#pictures", announce="Picture added")
    return form_page(
        "case_studies/add_picture.html", form, project=case_study.project, case_study=case_study
    )


@bp.post(f"{BASE}/pictures/<id:picture_id>/remove")
@requires(Permission.CASE_STUDY_WRITE, Picture)
def remove_picture(picture: Picture) -> ResponseReturnValue:
    """Take a picture out of the draft."""
    url = address(picture.case_study)
    try:
        with unit_of_work():
            services.remove_picture(picture, by=current_user)
    except services.NotNow as error:
        return done(url, announce=str(error))
    return done(f"{url}#pictures", announce="Picture removed")


@bp.get(f"{BASE}/pictures/<id:picture_id>")
@requires(Permission.CASE_STUDY_DRAFT, Picture)
def picture_file(picture: Picture) -> ResponseReturnValue:
    """The bytes of a picture of a draft."""
    return blobs.answer(picture.blob)


def draft_pictures(case_study: CaseStudy) -> Any:
    """Where a page about a draft finds its pictures, by their hash."""
    ids = {p.blob.sha256: p.id for p in queries.pictures(case_study)}

    def url(picture: Mapping[str, Any]) -> str:
        return url_for(
            "case_studies.picture_file",
            project_id=case_study.project_id,
            picture_id=ids[picture["sha256"]],
        )

    return url
