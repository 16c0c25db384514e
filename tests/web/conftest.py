"""A small site of its own: the frame of the product around a few views that fail on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, abort, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tracker.config import Settings
from tracker.db.engine import init_db
from tracker.pages import Form, Secret, Text, done, page
from tracker.permissions import check_routes, public
from tracker.web import init_web

SECRET = "943 476 5919 jo.smith@example.org"
TEMPLATES = {
    "work/form.html": """{% extends "layout.html" %}{% block title %}Plan{% endblock %}
{% block content %}<h1>Plan</h1>{% include "work/_form.html" %}{% endblock %}""",
    "work/_form.html": """<form method="post" action="/form" novalidate>
{% if fragment %}{{ error_summary(form) }}{% endif %}{{ form.hidden_tag() }}{{ form.title }}
{{ form.password }}<button class="nhsuk-button" type="submit">Save</button></form>""",
    "work/live.html": """{% extends "layout.html" %}{% block title %}Plan{% endblock %}
{% block content %}<h1>Plan</h1>{% include "work/_live.html" %}{% endblock %}""",
    "work/_live.html": """<div id="work">{% if saved %}<p id="saved">{{ saved }}</p>{% endif %}
<form method="post" action="/live" hx-post="/live" hx-target="#work" hx-swap="outerHTML" novalidate>
{% if fragment %}{{ error_summary(form) }}{% endif %}{{ form.hidden_tag() }}{{ form.title }}
<button class="nhsuk-button" type="submit">Save</button></form></div>""",
    "work/shown.html": "{{ text }}",
    "work/shown.jinja": "{{ text }}",
    "work/shown.txt": "{{ text }}",
    "work/shown.svg": "{{ text }}",
    "work/button.html": """{% from "nhsuk/components/button/macro.jinja" import button %}
{{ button({"text": text}) }}""",
    "work/typo.html": "{{ misspelt }}",
    "work/typo_if.html": "{% if misspelt %}{% endif %}",
    "work/typo_for.html": "{% for x in misspelt %}{% endfor %}",
    "work/typo_attribute.html": "{{ text.misspelt }}",
    "work/typo_in_macro.html": """{% from "nhsuk/components/button/macro.jinja" import button %}
{{ button({"text": misspelt}) }}""",
    "work/id.html": """{% extends "layout.html" %}{% block content %}{{ number }}{% endblock %}""",
}


class WorkForm(Form):
    title = Text("Title", required="Enter the title")
    password = Secret("Password")


def work(folder: Path) -> Blueprint:
    for name, text in TEMPLATES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    bp = Blueprint("work", __name__, template_folder=str(folder))

    @bp.route("/form", methods=["GET", "POST"])
    @public
    def form() -> Response:
        drawn = WorkForm()
        if drawn.validate_on_submit():
            return done("/form", announce="Saved <b>now</b>", undo="/undo")
        status = 422 if request.method == "POST" else 200
        return page("work/form.html", partial="work/_form.html", status=status, form=drawn)

    @bp.route("/live", methods=["GET", "POST"])
    @public
    def live() -> Response:
        drawn = WorkForm()
        part = "work/_live.html"
        if drawn.validate_on_submit():
            if drawn.title.data == "fail":
                abort(500)
            said = f"Saved {drawn.title.data}"
            return done(
                "/live",
                partial=part,
                announce=said,
                focus="saved",
                undo="/x",
                form=WorkForm(formdata=None),
                saved=said,
            )
        status = 422 if request.method == "POST" else 200
        return page("work/live.html", partial=part, status=status, form=drawn, saved="")

    @bp.get("/show/<kind>")
    @public
    def show(kind: str) -> Response:
        return page(f"work/{kind}", text="<script>1</script>")

    @bp.route("/fail/<what>", methods=["GET", "POST"])
    @public
    def fail(what: str) -> Response:
        if what == "fault":
            raise ValueError(SECRET)
        if what == "no-connection":
            raise NoConnection(SECRET)
        if what in {"locked", "no-table"}:
            raise OperationalError(SECRET, {"email": SECRET}, sqlite_error(what))
        abort(int(what))

    @bp.get("/record/<id:number>")
    @public
    def record(number: int) -> Response:
        if number == 13:
            abort(404)
        return page("work/id.html", number=number)

    return bp


def sqlite_error(what: str) -> BaseException:
    """What SQLite really raises in each case."""
    import sqlite3

    with sqlite3.connect("file::memory:?cache=shared", uri=True, isolation_level=None) as one:
        try:
            if what == "no-table":
                one.execute("SELECT * FROM nowhere")
            one.execute("CREATE TABLE IF NOT EXISTS t (a)")
            one.execute("BEGIN IMMEDIATE")
            sqlite3.connect("file::memory:?cache=shared", uri=True, timeout=0).execute(
                "BEGIN IMMEDIATE"
            )
        except sqlite3.OperationalError as error:
            return error
        finally:
            if one.in_transaction:
                one.execute("ROLLBACK")
    raise AssertionError("nothing failed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("site")
    app = Flask("tracker", static_folder=None, template_folder=None)
    app.extensions["tracker_settings"] = Settings(
        database_url="sqlite://", secret_key="k" * 32, dev=True, demo=True, contact="qi@example.org"
    )
    app.config.update(SECRET_KEY="k" * 32, MAX_CONTENT_LENGTH=50_000)
    init_db(app, f"sqlite:///{folder / 'site.db'}")
    init_web(app)
    app.register_blueprint(work(folder / "templates"))
    check_routes(app)
    return app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()
