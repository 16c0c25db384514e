"""One's own account: who one is here, what signs one in, and where one is signed in."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from tracker.db import unit_of_work, utcnow
from tracker.drafts.forms import form_page, open_form
from tracker.mail import queries as mail
from tracker.pages import done, page, wants_fragment
from tracker.permissions import Permission, requires
from tracker.safe.dates import today

from . import own, passwords, queries, services
from .blueprint import ask_to_wait, bp, refused_or_drawn, suits
from .domain import LinkNotUsable, as_kept
from .forms import ChangePasswordForm, DetailsForm, NewEmailForm
from .models import User
from .session import this_sign_in


@bp.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> Response:
    """Who I am here, what I may do, and where I am signed in."""
    return page(
        "auth/account.html",
        user=current_user,
        roles=queries.roles_held(current_user, today()),
        sign_ins=queries.sign_ins(current_user),
        this_one=this_sign_in(),
    )


@bp.post("/account/stay")
@requires(Permission.SIGNED_IN)
def stay() -> ResponseReturnValue:
    """Stay signed in: the answer to the warning that the sign-in is about to end."""
    now, sign_in = utcnow(), g.sign_in
    with unit_of_work():
        services.stay(sign_in)
    g.sign_in = replace(sign_in, last_seen_at=now)
    if wants_fragment():
        return "", 204
    return done(url_for(".account"), announce="You stay signed in")


@bp.post("/account/sign-ins/<id:sign_in_id>/end")
@requires(Permission.SIGNED_IN)
def end_one(sign_in_id: int) -> ResponseReturnValue:
    """End one of my sign-ins, on whatever device it is."""
    with unit_of_work():
        found = services.end_own_sign_in(current_user, sign_in_id)
    if not found:
        abort(404)
    return done(url_for(".account"), announce="That sign-in has ended")


@bp.post("/account/sign-ins/end-others")
@requires(Permission.SIGNED_IN)
def end_others() -> ResponseReturnValue:
    """End all my sign-ins but this one."""
    with unit_of_work():
        services.end_all(current_user, by=current_user, keep=current_user.get_id())
    return done(url_for(".account"), announce="Your other sign-ins have ended")


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change my password: needs the old one, ends my other sign-ins."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return page("auth/change_password.html", status=refused_or_drawn(), form=form)
    email = current_user.email
    wait = queries.wait(email, request.remote_addr)
    if wait is not None:
        return ask_to_wait(form, wait, template="auth/change_password.html")
    held = current_user.password_hash
    if not passwords.fits(form.old_password.data, held):
        with unit_of_work():
            services.record_failure(email, address=request.remote_addr, user=current_user)
        form.refuse("old_password", "The current password is wrong")
    if form.errors or not suits(form, current_user):
        return page("auth/change_password.html", status=422, form=form)
    password_hash = passwords.hash_password(form.password.data)
    with unit_of_work():
        if current_user.password_hash != held:
            abort(409)
        services.set_password(
            current_user, password_hash, by=current_user, keep=current_user.get_id()
        )
    return done(
        url_for(".account"),
        announce="Your password has changed, and your other sign-ins have ended",
    )


@bp.route("/account/details", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_details() -> ResponseReturnValue:
    """Change my name and job."""
    user: User = current_user._get_current_object()
    form = open_form(
        DetailsForm,
        "account",
        initial=lambda: {"name": user.name, "job": user.job},
        record=user,
    )
    if form.accepted() and form.save(
        lambda: own.change_details(user, name=form.name.data, job=form.job.data or "")
    ):
        return done(url_for(".account"), announce="Your details have changed")
    return form_page("auth/change_details.html", form)


@bp.route("/account/email", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_email() -> ResponseReturnValue:
    """Ask for a new e-mail address: needs the password, and a link sent to it confirms it."""
    form = NewEmailForm()
    template = "auth/change_email.html"
    if not form.validate_on_submit():
        return page(template, status=refused_or_drawn(), form=form)
    if as_kept(form.email.data) == current_user.email:
        form.refuse("email", "This is your e-mail address already")
        return page(template, status=422, form=form)
    wait = queries.wait(current_user.email, request.remote_addr)
    if wait is not None:
        return ask_to_wait(form, wait, template=template)
    if not passwords.fits(form.password.data, current_user.password_hash):
        with unit_of_work():
            services.record_failure(
                current_user.email, address=request.remote_addr, user=current_user
            )
        form.refuse("password", "The current password is wrong")
        return page(template, status=422, form=form)
    with unit_of_work():
        wait = queries.wait_for_new_email(current_user)
        if wait is None:
            own.ask_for_new_email(current_user, form.email.data)
    if wait is not None:
        return ask_to_wait(form, wait, "Too many links have been asked for", template=template)
    return done(url_for(".email_sent"))


@bp.get("/account/email/sent")
@requires(Permission.SIGNED_IN)
def email_sent() -> Response:
    """What happens next, in the same words whether somebody has the address or not."""
    return page("auth/email_sent.html", has_server=mail.has_server())


@bp.route("/account/email/<token>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def confirm_email(token: str) -> ResponseReturnValue:
    """The link in the new mailbox. Only its own person can use it: an address may be mistyped."""
    link = queries.open_email_link(token, current_user)
    if link is None:
        return page("auth/email_link_not_usable.html", status=404)
    if request.method == "GET":
        return page("auth/confirm_email.html", link=link)
    new = link.new_email
    try:
        with unit_of_work():
            own.use_email_link(token, current_user)
    except (LinkNotUsable, IntegrityError):
        return page("auth/email_link_not_usable.html", status=404)
    return done(url_for(".account"), announce=f"You now sign in with {new}")
