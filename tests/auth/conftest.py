"""People with passwords, and pages of no feature to try a sign-in on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tracker.auth import passwords, services
from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.permissions import Permission, Role, can, public, requires
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import KeepApp

PASSWORD = "violet anchor biscuit"


@pytest.fixture(scope="session")
def password() -> str:
    """The password of every `person`."""
    return PASSWORD


@pytest.fixture(scope="session")
def password_hash(password: str) -> str:
    """Made once: hashing is slow on purpose."""
    return passwords.hash_password(password)


@pytest.fixture
def person(app: Flask, password_hash: str) -> Callable[..., User]:
    """`person("jo")` has the address jo@example.nhs.uk."""

    def make(name: str = "jo", *, role: Role | None = None, is_demo: bool = False) -> User:
        with unit_of_work():
            user = services.create_user(
                f"{name}@example.nhs.uk",
                name.title(),
                password_hash=password_hash,
                is_demo=is_demo,
                by=None,
            )
            if role is not None:
                services.give_membership(user, role, on=date(2020, 1, 1), by=None)
        return user

    return make


@pytest.fixture
def browser() -> Callable[[Flask], TrackerClient]:
    """`browser(app)`: one more browser, with cookies of its own."""

    def new(app: Flask) -> TrackerClient:
        return TrackerClient(app, app.response_class, use_cookies=True)

    return new


@pytest.fixture(scope="session")
def _letter_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail") / "box"


@pytest.fixture
def folder(_letter_box: Path) -> Path:
    """Where messages of the app `posting` go; there is none yet."""
    shutil.rmtree(_letter_box, ignore_errors=True)
    return _letter_box


@pytest.fixture
def posting(keep_app: KeepApp, folder: Path) -> Flask:
    """An app whose messages go into a folder."""
    return keep_app(mail_folder=folder, base_url="http://localhost:8000")


@pytest.fixture
def sign_in() -> Callable[..., TestResponse]:
    """`sign_in(client, "jo")` posts the sign-in form, with the right password unless told."""

    def post(
        client: TrackerClient, name: str = "jo", password: str = PASSWORD, **more: object
    ) -> TestResponse:
        data = {"email": f"{name}@example.nhs.uk", "password": password, **more}
        headers = data.pop("headers", {})
        return client.post("/sign-in", data=data, headers=headers)

    return post


@pytest.fixture
def probed(keep_app: KeepApp) -> Callable[..., Flask]:
    """An app with pages of no feature: one behind a sign-in, its part, and a CSRF token."""

    def kept(**changes: object) -> Flask:
        return keep_app(add_probes, **changes)

    return kept


def add_probes(app: Flask) -> None:
    @requires(Permission.SIGNED_IN)
    def probe() -> str:
        if request.method == "POST":
            return f"saved {request.form['words']}"
        return f"{current_user.name} {can(current_user, Permission.PLUGINS_READ)}"

    @requires(Permission.SIGNED_IN)
    def part() -> str:
        return f"part for {current_user.name}"

    @public
    def token() -> str:
        return str(generate_csrf())

    app.add_url_rule("/probe", "probe", probe, methods=["GET", "POST"])
    app.add_url_rule("/probe/part", "probe_part", part, methods=["GET", "POST"])
    app.add_url_rule("/probe/token", "probe_token", token)
