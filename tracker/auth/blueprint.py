"""The pages of accounts, however many files they are written in, and what they share."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request

from tracker.limits.domain import seconds_of, words_of
from tracker.pages import Form, page

from . import queries
from .forms import NewPasswordForm
from .models import User

bp = Blueprint("auth", __name__, template_folder="templates")


def suits(form: NewPasswordForm, user: User) -> bool:
    """Whether the password in a form will do for a person."""
    return form.suits(about=(user.name, user.email), here=queries.names_around(user))


def refused_or_drawn() -> int:
    """The status of a form that was not accepted."""
    return 422 if request.method == "POST" else 200


def ask_to_wait(
    form: Form,
    wait: timedelta,
    said: str = "There have been too many wrong passwords",
    *,
    template: str = "auth/sign_in.html",
) -> Response:
    """The form again, and how long until it may be sent again."""
    form.refuse(None, f"{said}. Try again in {words_of(wait)}")
    response = page(template, status=429, form=form)
    response.headers["Retry-After"] = str(seconds_of(wait))
    return response
