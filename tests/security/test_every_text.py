"""What is stored comes back as text: on every page, chart, download and refused form.

No route is named here: a new one, and a new column, is walked over by itself.
"""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import Enum, String, update
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tracker.db import Base, db
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn

from .walking import HTMX, Seen, World, every_form, said, walk

ROLES = ["qi_lead", "organisation_administrator", "psc_manager", "system_administrator"]

HARM = (
    "=1+1 <qi-harm>\"'><qi-harm onqiharm=1 x='\"></title></textarea></script><script>qiharm()"
    "</script><!-- {{1234*4321}} {% raise %} ${1234*4321} %n &lt;qi-harm&gt; javascript:qiharm() "
    "\u202etxet\u202c \u200bzero\r\nX-Harm: yes"
)
SHOWN = "{{1234*4321}} {% raise %}"
MACHINE_WORDS = frozenset(
    {
        *("action", "address", "as_at", "code", "content_type", "email", "field", "fingerprint"),
        *("ending", "hash", "key"),
        *("kind", "plugin", "plugin_version", "programme", "sector", "sha256", "status", "url"),
        "words",
    }
)
"""Columns that the code writes and no person types into."""


def write_everywhere(text: str) -> int:
    """Put a text into every column that holds words of people; how many columns there are."""
    written = 0
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name.startswith("audit_"):
                continue
            for column in table.columns:
                name = column.name
                if (
                    not isinstance(column.type, String)
                    or isinstance(column.type, Enum)
                    or name in MACHINE_WORDS
                    or name.endswith(("_hash", "_kind", "_key", "_id"))
                ):
                    continue
                writing = update(table).values({name: text[: column.type.length]})
                try:
                    with connection.begin_nested():
                        connection.execute(writing)
                except IntegrityError:
                    # A check says that something else stands in its place: where it does not.
                    connection.execute(writing.where(column != ""))
                written += 1
    return written


def harm_done(answer: TestResponse) -> list[str]:
    """What an answer with stored text does beside showing it."""
    found = [name for name in answer.headers.keys() if name.lower() == "x-harm"]  # noqa: SIM118
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    match answer.mimetype or "":
        case "text/html" | "image/svg+xml":
            found += in_markup(answer.text)
        case "text/csv":
            rows = csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline=""))
            found += [c for row in rows for c in row if re.match(r"\s*[=+@]", c)]
        case kind if kind.endswith("spreadsheetml.sheet"):
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(answer.data))
            cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
            found += [f"formula in {cell.coordinate}" for cell in cells if cell.data_type == "f"]
    return found


def in_markup(text: str) -> list[str]:
    seen = Seen(text)
    return [
        *(tag for tag in seen.tags if tag == "qi-harm"),
        *(name for name in seen.names if name == "onqiharm"),
        *(place for place in seen.places if place.strip().lower().startswith("javascript:")),
        *("a template ran" for _ in range("5332114" in text)),
        *("script" for _ in range("<script>qiharm" in text)),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_shows_stored_text_as_text(
    request: pytest.FixtureRequest, world: World, client: TrackerClient, log_in: LogIn, role: str
) -> None:
    if role != "qi_lead":
        # A document is the same for all who may have it, and set once with the text in it.
        request.getfixturevalue("blank_paper")
    user = world.lead if role == "qi_lead" else world.person(role)
    assert write_everywhere(HARM) > 40
    log_in(user)
    harmful, showing = [], 0
    for endpoint, _, url in walk(world, user, "GET"):
        for headers in ({}, HTMX):
            answer = client.get(url, headers=headers)
            harmful += [f"{endpoint} {headers}: {each}" for each in harm_done(answer)]
            showing += SHOWN in unescape(said(answer))
    assert not harmful, "\n".join(harmful)
    assert showing > (40 if role == "qi_lead" else 6)


def test_a_page_that_forgets_to_escape_is_found() -> None:
    assert in_markup(f"<p>{HARM}</p>")
    assert in_markup(f'<p title="{HARM}"></p>')
    assert in_markup("<p>5332114</p>")
    assert in_markup('<a href=" JavaScript:x()">x</a>')
    assert harm_done(answer_of("=1+1,2", "text/csv"))


def answer_of(body: str, kind: str) -> TestResponse:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: app.response_class(body, mimetype=kind))
    return app.test_client().get("/")


@pytest.mark.parametrize("role", ["qi_lead", "organisation_administrator"])
def test_every_form_gives_what_was_typed_back_as_text(
    world: World, client: TrackerClient, log_in: LogIn, role: str
) -> None:
    user = world.lead if role == "qi_lead" else world.person(role)
    log_in(user)
    harmful, forms = [], 0
    for endpoint, to, fields, typed in [*every_form(world, client, user)]:
        forms += bool(typed)
        for harm in (HARM, f"\x00{HARM}\x00"):
            answer = client.post(to, data={**fields, **dict.fromkeys(typed, harm)})
            harmful += [f"{endpoint}: {to}: {each}" for each in harm_done(answer)]
    assert not harmful, "\n".join(harmful)
    assert forms > (12 if role == "qi_lead" else 2)
