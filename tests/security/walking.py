"""Ways over every route of the app, so that a new one is held to the same without being named.

The routes are those of `tests/permissions.csv`; `tests/permissions/conftest.py` makes their rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from tracker.auth.models import User
from tracker.testing.client import TrackerClient

from ..permissions.conftest import World as World
from ..permissions.table import ROWS as ROWS
from ..permissions.walker import Walker as Walker

HTMX = {"HX-Request": "true"}


def walk(world: World, by: User, *methods: str) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of every route, on rows that are there."""
    for endpoint, method in ROWS:
        if not methods or method in methods:
            yield endpoint, method, world.address(endpoint, by)


def said(answer: TestResponse) -> str:
    """All that an answer says in letters: a workbook's parts, and of a picture what it carries."""
    body: bytes = answer.data
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(book.read(n).decode(errors="replace") for n in book.namelist())
    return body.decode(errors="replace")


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []
        self.places: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.names.append(name)
            if name in {"href", "src", "action", "formaction"} or name.startswith("hx-"):
                self.places.append(value or "")


class Forms(HTMLParser):
    """The forms of a page that change something: where each goes and what it would send."""

    def __init__(self, page: str, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.typed: set[str] = set()
        self._fields: dict[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = about.get("method", "").lower() == "post"
            self._fields = {} if is_post else None
            if self._fields is not None:
                self.forms.append((about.get("action") or self.url, self._fields))
        name = about.get("name")
        if self._fields is None or not name:
            return
        kind = about.get("type", "text") if tag == "input" else tag
        if kind in {"radio", "checkbox"} and "checked" not in about:
            self._fields.setdefault(name, "")
        else:
            self._fields[name] = about.get("value", "")
        if kind in {"text", "textarea", "email"}:
            self.typed.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None


SIGNED_OUT_BY = ("/sign-out", "/account/sign-ins")


def every_form(
    world: World, client: TrackerClient, user: User
) -> Iterator[tuple[str, str, dict[str, str], set[str]]]:
    """Endpoint, where to, fields and those one types into, of every form of every page."""
    done = set()
    for endpoint, _, url in walk(world, user, "GET"):
        if endpoint in {"auth.sign_in", "auth.set_password"}:
            continue
        drawn = Forms(said(client.get(url)), url)
        for to, fields in drawn.forms:
            key = (to, *sorted(fields))
            if key not in done and not to.startswith(SIGNED_OUT_BY):
                done.add(key)
                yield endpoint, to, fields, drawn.typed & set(fields)
