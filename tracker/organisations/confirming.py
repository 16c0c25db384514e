"""Pages for what is to be confirmed: placing parts of split organisations, settling questions."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import Option, done, page
from tracker.pages.responses import notice
from tracker.permissions import Permission, can, requires
from tracker.permissions.verbs import GRANTS
from tracker.safe.numbers import parse_id

from . import placing, queries, to_confirm
from .blueprint import bp
from .changing import CannotChange
from .domain import OrganisationKind, QuestionAbout
from .forms import LONGEST_SEARCH, LeadForm, NotedForm, PlaceForm
from .models import Organisation

PAGE = 50
MOST = 10_000
"""More than are under any one board, however wide the filter."""
A_DAY = timedelta(days=1)


@bp.get("/organisations/to-be-confirmed")
@requires(Permission.ORGANISATION_PLACE)
def to_be_confirmed() -> ResponseReturnValue:
    """What waits for a person after organisations ended, in this person's patch."""
    patch = _patch()
    return page(
        "organisations/to_be_confirmed.html",
        left=to_confirm.overview(patch),
        questions=to_confirm.questions(patch),
        merged=to_confirm.ended_with_one_successor(patch),
        may_settle=can(current_user, Permission.ORGANISATION_SETTLE),
    )


@bp.route("/organisations/<id:organisation_id>/to-be-confirmed", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_PLACE, Organisation)
def place(organisation: Organisation) -> ResponseReturnValue:
    """The parts of a split organisation that wait, and a form that places some of them."""
    successors = to_confirm.successors_of(organisation)
    if organisation.valid_to is None or len(successors) < 2:
        abort(404)
    first_day = organisation.valid_to + A_DAY
    asked = request.args
    kind = OrganisationKind(asked["kind"]) if asked.get("kind") in to_confirm.KINDS else None
    within = parse_id(asked.get("within", ""))
    text = asked.get("q", "")[:LONGEST_SEARCH]
    number = to_confirm.number_waiting(organisation, kind=kind, within=within, text=text)
    last = max(1, -(-number // PAGE))
    shown = min(parse_id(asked.get("page", "1")) or 1, last)

    def found(limit: int, offset: int = 0) -> list[to_confirm.Waiting]:
        return to_confirm.waiting(
            organisation, kind=kind, within=within, text=text, limit=limit, offset=offset
        )

    def link(to: int) -> str:
        return url_for(
            ".place",
            organisation_id=organisation.id,
            kind=kind.value if kind else None,
            within=within,
            q=text or None,
            page=to if to > 1 else None,
        )

    waiting = found(PAGE, (shown - 1) * PAGE)
    form = open_form(
        PlaceForm, f"place/{organisation.id}", initial=lambda: {"starts_on": first_day}
    )
    form.chosen.options = [Option(str(each.id), each.name) for each in waiting]
    form.into.options = [Option(str(each.id), each.name) for each in successors]
    if form.accepted():
        chosen = set(form.chosen.data)
        if form.everything.data:
            chosen = {each.id for each in found(MOST)}
        into = next(each for each in successors if each.id == form.into.data)
        made: list[str] = []

        def write() -> str:
            placement = placing.place(
                chosen, left=organisation, into=into, on=form.starts_on.filled, by=current_user
            )
            made.append(
                url_for(
                    ".undo_placement", organisation_id=organisation.id, placement_id=placement.id
                )
            )
            return link(1)

        try:
            url = form.create(write)
        except CannotChange as fault:
            form.refuse("chosen", str(fault))
        else:
            return done(url, announce=f"Placed under {into.name}", undo=made[0] if made else None)
    return form_page(
        "organisations/place.html",
        form,
        organisation=organisation,
        successors=successors,
        kinds=to_confirm.KINDS,
        kind=kind,
        within=next(iter(queries.by_ids([within])), None) if within else None,
        text=text,
        number=number,
        waiting=waiting,
        shown=shown,
        last=last,
        link=link,
        placements=to_confirm.placements(organisation),
    )


@bp.post("/organisations/<id:organisation_id>/placements/<id:placement_id>/undo")
@requires(Permission.ORGANISATION_PLACE, Organisation, key="organisation_id")
def undo_placement(organisation: Organisation, placement_id: int) -> ResponseReturnValue:
    """Take a placement back: what it placed waits again."""
    placement = to_confirm.placement(organisation, placement_id)
    if placement is None:
        abort(404)
    home = url_for(".place", organisation_id=organisation.id)
    try:
        with unit_of_work():
            placing.undo(placement, by=current_user)
    except CannotChange as fault:
        notice(str(fault), kind="information")
        return done(home)
    return done(home, announce="Taken back. They wait to be placed again")


@bp.route("/organisations/<id:organisation_id>/settle/<about>", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_SETTLE, Organisation)
def settle(organisation: Organisation, about: str) -> ResponseReturnValue:
    """Decide one thing that the lists leave open about an organisation."""
    asked = to_confirm.questions_of(organisation)
    question = next((each for each in asked if each.about == about), None)
    if question is None:
        abort(404)
    contenders = [one for one, _ in to_confirm.contenders(question)]
    key = f"settle/{organisation.id}/{about}"
    form: LeadForm | NotedForm
    if question.about is QuestionAbout.SOURCES:
        form = open_form(NotedForm, key)
    else:
        form = open_form(LeadForm, key, initial=lambda: {"lead": contenders[0].id})
        form.lead.label.text = question.about.asks
        form.lead.options = [Option(str(each.id), each.name) for each in contenders]
    if form.accepted():
        chosen = form.lead.data if isinstance(form, LeadForm) else None

        def write() -> str:
            lead = next((each for each in contenders if each.id == chosen), None)
            placing.settle(question, by=current_user, lead=lead)
            return url_for(".to_be_confirmed")

        return done(form.create(write), announce="Settled")
    return form_page(
        "organisations/settle.html", form, organisation=organisation, question=question
    )


def _patch() -> set[int] | None:
    """The organisations on which this person may place; None for everywhere."""
    held = [
        membership
        for membership in current_user.active_memberships()
        if Permission.ORGANISATION_PLACE in GRANTS[membership.role]
    ]
    if any(each.organisation_id is None and each.project_id is None for each in held):
        return None
    return {each.organisation_id for each in held if each.organisation_id is not None}
