"""Signing in and out, and one-time links that set a password."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.mail import queries as mail
from tracker.pages import done, notice, page, safe_next
from tracker.permissions import public

from . import kept, passwords, queries, services
from .blueprint import ask_to_wait, bp, refused_or_drawn, suits
from .domain import LinkNotUsable
from .forms import ForgottenForm, NewPasswordForm, SignInForm
from .models import User
from .session import begin, end

WRONG = "The e-mail address or password is wrong"


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page. The same words, after the same time, whatever was wrong."""
    onward = safe_next(request.args.get("next"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward)
    form = SignInForm(next=onward)
    if not form.validate_on_submit():
        return page("auth/sign_in.html", status=refused_or_drawn(), form=form)
    email, typed = form.email.data.lower(), form.password.data
    wait = queries.wait(email, request.remote_addr)
    if wait is not None:
        return ask_to_wait(form, wait)

    user = queries.by_email(email)
    held = user.password_hash if user is not None and queries.is_let_in(user) else None
    right = passwords.fits(typed, held)
    renewed = (
        passwords.hash_password(typed) if right and passwords.is_outdated(held or "") else None
    )
    with unit_of_work():
        # Asked again: others may have been guessing, or changing this account, in the meantime.
        wait = queries.wait(email, request.remote_addr)
        still = user is not None and queries.is_let_in(user) and user.password_hash == held
        token = None
        if user is not None and right and still and wait is None:
            token = _new_sign_in(user, renewed)
        elif wait is None:
            services.record_failure(email, address=request.remote_addr, user=user)
    if wait is not None:
        return ask_to_wait(form, wait)
    if user is None or token is None:
        form.refuse("password", WRONG)
        return page("auth/sign_in.html", status=422, form=form)
    begin(user, token)
    return _go_on(user, form)


@bp.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The same answer after the same work, whether there is an account or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return page("auth/forgotten.html", status=refused_or_drawn(), form=form)
    email = form.email.data
    with unit_of_work():
        wait = queries.wait_for_reset(email, request.remote_addr)
        if wait is None:
            services.ask_for_reset(email, address=request.remote_addr)
    if wait is not None:
        said = "Too many links have been asked for"
        return ask_to_wait(form, wait, said, template="auth/forgotten.html")
    return redirect(url_for(".link_sent"), 303)


@bp.get("/forgotten-password/sent")
@public
def link_sent() -> ResponseReturnValue:
    """What happens next, in the same words for everybody."""
    return page("auth/link_sent.html", has_server=mail.has_server())


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End this sign-in, on the server: a copy of its cookie is worth nothing afterwards."""
    if current_user.is_authenticated:
        with unit_of_work():
            services.end_sign_in(current_user.get_id())
    end()
    return done(url_for(".sign_in"), announce="You have signed out")


@bp.route("/set-password/<token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> ResponseReturnValue:
    """A one-time link. Opening it uses nothing up: mail scanners open links too."""
    link = queries.open_link(token)
    if link is None:
        return page("auth/link_not_usable.html", status=404)
    form = NewPasswordForm()
    if not form.validate_on_submit() or not suits(form, link.user):
        return page("auth/set_password.html", status=refused_or_drawn(), form=form, user=link.user)
    password_hash = passwords.hash_password(form.password.data)
    try:
        with unit_of_work():
            services.use_link(token, password_hash)
    except LinkNotUsable:
        return page("auth/link_not_usable.html", status=404)
    end()
    return done(url_for(".sign_in"), announce="Your password is set. Sign in with it")


def _new_sign_in(user: User, renewed: str | None) -> str:
    if current_user.is_authenticated:
        services.end_sign_in(current_user.get_id())
    if renewed is not None:
        services.renew_hash(user, renewed)
    return services.sign_in(user, address=request.remote_addr, browser=request.user_agent.string)


def _go_on(user: User, form: SignInForm) -> Response:
    form_kept = kept.from_text(form.kept.data)
    if form_kept is None:
        return done(safe_next(form.next.data))
    if form_kept.account != user.id:
        notice(
            "What was typed before the sign-in ended belongs to another account. "
            "It was not kept and nothing was saved",
            kind="information",
        )
        return done(url_for(".account"))
    if not form_kept.form_key:
        return page("auth/typed.html", kept=form_kept)
    form_kept.store(user)
    notice("You are signed in again. Nothing you typed was lost. Check it, then save")
    return done(safe_next(form_kept.page))
