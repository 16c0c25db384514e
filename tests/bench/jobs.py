"""What is measured: the pages and saves of an ordinary day, each with the number it aims at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from tracker.db import db
from tracker.pdsa.models import PdsaCycle

from .client import Browser, File, Request, Unexpected
from .seeding import LEAD, VIEWER, Here

VERSION = re.compile(rb'name="version" value="(\d+)"')
SEARCHES = ("falls ward", "opioids", "huddle", "insulin doses", "template theatres", "trust sepsis")
PLACES = ("barts", "leeds teach", "rx", "royal", "surgery high street", "university hosp")

ADOPTION = "/programmes/matneo/adoption"

Turn = Callable[[Browser, int], None]

EVERYTHING = ("trolley", "peer review", "daily huddle", "ward 4", "people", "insul", "an")
"""From what few say to what stands in every project."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table. `aim` is processor milliseconds a turn on PostgreSQL at 10,000.

    `ready` is called, unmeasured, before every round.
    """

    name: str
    turn: Turn
    who: str = LEAD
    aim: float | None = None
    ready: Callable[[], None] = lambda: None


def jobs(app: Flask, here: Here) -> list[Job]:
    """Everything that is measured on a database."""
    cycles = _Cycles(app, here)
    return [
        Job("My work", get("/", b"My work")),
        Job("Project list", get("/projects", b"Last change"), aim=12),
        Job("Project list, national viewer", get("/projects", b"Last change"), who=VIEWER, aim=12),
        Job("Search in it", _search, aim=20),
        Job("Search in it, national viewer", _search, who=VIEWER, aim=20),
        Job("Search of everything", _everything, aim=20),
        Job("Search of everything, viewer", _everything, who=VIEWER, aim=20),
        Job("Project page", lambda browser, n: _project(browser, here, n), aim=20),
        Job("Measure page with its chart", lambda browser, n: _measure(browser, here, n)),
        Job("Cycle page", cycles.read),
        Job("Cycle save: what happened", cycles.do, aim=9, ready=cycles.look),
        Job("Cycle save: the whole plan", cycles.plan, ready=cycles.look),
        Job("Import: file, preview, save", lambda browser, n: _import(browser, here, n)),
        Job("Search of organisations", _organisations),
        Job("Adoption matrix, 134 units", get(ADOPTION, b"at 134 units"), aim=300),
        Job("Adoption over time by PSC", get(f"{ADOPTION}/over-time", b"most to gain"), aim=100),
    ]


def get(path: str, holds: bytes) -> Turn:
    """Get one page; `holds` tells that it is the right one."""
    request = Request(path, holds=holds)

    def turn(browser: Browser, number: int) -> None:
        browser.send(request)

    return turn


def _search(browser: Browser, number: int) -> None:
    words = SEARCHES[number % len(SEARCHES)].replace(" ", "+")
    browser.send(Request(f"/projects?q={words}", holds=b"project"))


def _everything(browser: Browser, number: int) -> None:
    words = EVERYTHING[number % len(EVERYTHING)].replace(" ", "+")
    browser.send(Request(f"/search?q={words}", holds=b"<mark"))


def _project(browser: Browser, here: Here, number: int) -> None:
    project = here.projects[number % len(here.projects)]
    browser.send(Request(f"/projects/{project}", holds=b"Tests of change"))


def _measure(browser: Browser, here: Here, number: int) -> None:
    project, measure = here.measures[number % len(here.measures)]
    browser.send(Request(f"/projects/{project}/measures/{measure}", holds=b"<svg"))


def _organisations(browser: Browser, number: int) -> None:
    words = PLACES[number % len(PLACES)].replace(" ", "+")
    browser.send(Request(f"/organisations/search?q={words}", holds=b"part of"))


class _Cycles:
    """Cycles with the version each has now; in one round each is saved at most once."""

    def __init__(self, app: Flask, here: Here) -> None:
        self._app, self._cycles = app, here.cycles
        self._versions: dict[int, int] = {}

    def look(self) -> None:
        """Read the versions, as somebody did who opened the forms."""
        with self._app.app_context():
            ids = [cycle for _, cycle in self._cycles]
            rows = db.session.execute(
                select(PdsaCycle.id, PdsaCycle.version).where(PdsaCycle.id.in_(ids))
            )
            self._versions = {row.id: row.version for row in rows}

    def read(self, browser: Browser, number: int) -> None:
        browser.send(Request(self._at(number)[0], holds=b"Predict"))

    def do(self, browser: Browser, number: int) -> None:
        path, form = self._at(number)
        said = {
            "done_as_planned": "partly",
            "observations": f"Seen in turn {number}: most people were asked, not at the weekend.",
            "problems": "The form takes longer than we thought.",
        }
        browser.send(Request(f"{path}/do", {**form, **said}, status=303))

    def plan(self, browser: Browser, number: int) -> None:
        path, form = self._at(number)
        starts = date.today().replace(day=1)  # noqa: DTZ011 - any day will do
        said = {
            "title": f"Ask at every visit, turn {number}",
            "kind": "test",
            "change_idea": "A tick box on the first page of the notes.",
            "objective": "Do people get asked when the box is there?",
            "questions": "Who is missed, and why?",
            "theory": "What is in sight is done.",
            "scale": "Ten people, one week",
            "data_plan": "The ward clerk counts the boxes each evening.",
            "starts_on-day": "1",
            "starts_on-month": str(starts.month),
            "starts_on-year": str(starts.year),
            "predictions-0-text": f"More than {number % 90} in a hundred are asked",
            "predictions-1-text": "Nobody finds it a burden",
            "tasks-0-what": "Print the boxes",
            "tasks-0-who": "Jo",
            "tasks-1-what": "Count them",
        }
        browser.send(Request(f"{path}/plan", {**form, **said}, status=303))

    def _at(self, number: int) -> tuple[str, dict[str, str]]:
        project, cycle = self._cycles[number % len(self._cycles)]
        form = {"version": str(self._versions.get(cycle, 0))}
        return f"/projects/{project}/cycles/{cycle}", form


def _import(browser: Browser, here: Here, number: int) -> None:
    """Choose a file, look at the preview, save: three years of a measure, every month changed."""
    project, measure = here.measures[number % len(here.measures)]
    path = f"/projects/{project}/measures/{measure}/import"
    file = File("figures.csv", _csv(number))
    browser.send(Request(path, {"file": file, "paste": ""}, status=303))
    preview = browser.send(Request(f"{path}/check", holds=b"Changes"))
    version = VERSION.search(preview.body)
    if version is None:
        raise Unexpected("the preview has no version")
    choices = {"goes-0": "period", "goes-1": "numerator", "goes-2": "denominator", "do": "save"}
    save = {**choices, "version": version[1].decode()}
    browser.send(Request(f"{path}/check", save, status=303))


def _csv(number: int) -> str:
    """36 months up to the last that has ended."""
    today = date.today()  # noqa: DTZ011 - any month will do
    last = today.year * 12 + today.month - 2
    lines = ["Period,Number counted,Out of"]
    for at in range(last - 35, last + 1):
        under = 100 + (number + at) % 50
        over = under - 5 - (number * 7 + at) % 30
        lines.append(f"{at // 12}-{at % 12 + 1:02}-01,{over},{under}")
    return "\r\n".join(lines) + "\r\n"
