"""Signing in and out, one's own account, and one-time links."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work, utcnow
from tracker.limits.domain import seconds_of, words_of
from tracker.mail import queries as mail
from tracker.pages import Form, done, notice, page, safe_next, wants_fragment
from tracker.permissions import Permission, public, requires
from tracker.safe.dates import today

from . import kept, passwords, queries, services
from .domain import LinkNotUsable
from .forms import ChangePasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from .models import User
from .session import begin, end, this_sign_in

bp = Blueprint("auth", __name__, template_folder="templates")

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
        return page("auth/sign_in.html", status=_refused_or_drawn(), form=form)
    email, typed = form.email.data.lower(), form.password.data
    wait = queries.wait(email, request.remote_addr)
    if wait is not None:
        return _ask_to_wait(form, wait)

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
        return _ask_to_wait(form, wait)
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
        return page("auth/forgotten.html", status=_refused_or_drawn(), form=form)
    email = form.email.data
    with unit_of_work():
        wait = queries.wait_for_reset(email, request.remote_addr)
        if wait is None:
            services.ask_for_reset(email, address=request.remote_addr)
    if wait is not None:
        said = "Too many links have been asked for"
        return _ask_to_wait(form, wait, said, template="auth/forgotten.html")
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
        return page("auth/change_password.html", status=_refused_or_drawn(), form=form)
    email = current_user.email
    wait = queries.wait(email, request.remote_addr)
    if wait is not None:
        return _ask_to_wait(form, wait, template="auth/change_password.html")
    held = current_user.password_hash
    if not passwords.fits(form.old_password.data, held):
        with unit_of_work():
            services.record_failure(email, address=request.remote_addr, user=current_user)
        form.refuse("old_password", "The current password is wrong")
    if form.errors or not _suits(form, current_user):
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


@bp.route("/set-password/<token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> ResponseReturnValue:
    """A one-time link. Opening it uses nothing up: mail scanners open links too."""
    link = queries.open_link(token)
    if link is None:
        return page("auth/link_not_usable.html", status=404)
    form = NewPasswordForm()
    if not form.validate_on_submit() or not _suits(form, link.user):
        return page("auth/set_password.html", status=_refused_or_drawn(), form=form, user=link.user)
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


def _suits(form: NewPasswordForm, user: User) -> bool:
    return form.suits(about=(user.name, user.email), here=queries.names_around(user))


def _refused_or_drawn() -> int:
    return 422 if request.method == "POST" else 200


def _ask_to_wait(
    form: Form,
    wait: timedelta,
    said: str = "There have been too many wrong passwords",
    *,
    template: str = "auth/sign_in.html",
) -> Response:
    form.refuse(None, f"{said}. Try again in {words_of(wait)}")
    response = page(template, status=429, form=form)
    response.headers["Retry-After"] = str(seconds_of(wait))
    return response
