"""People at work: each saves a cycle, plans new ones and brings in figures, and keeps count.

What a person counts was acknowledged. One save may be under way when the power goes: it is there
whole, or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException

from sqlalchemy import select

from tracker.auth.passwords import hash_password
from tracker.db import db
from tracker.measures.models import Measure, Point
from tracker.pdsa.models import PdsaCycle
from tracker.safe.dates import today
from tracker.testing import factories

from ..measures.workbooks import xlsx
from .serving import PASSWORD, Visitor

MONTHS = 36
UNDER = 90_000


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of one person's work, counted as they count it."""

    saved: int
    version: int
    brought: int
    planned: dict[int, str]


@dataclass(slots=True)
class Person:
    """Somebody with a project to themselves, and what was acknowledged to them."""

    email: str
    project: int
    cycle: int
    measure: int
    version: int
    saved: int = 0
    """Number in the last acknowledged save of the cycle."""
    brought: int = 0
    """Number in the last acknowledged import."""
    planned: dict[int, str] = field(default_factory=dict)
    """Acknowledged cycles: id and title."""
    tried: int = 0
    """Cycles that were sent, acknowledged or not."""

    @property
    def acknowledged(self) -> int:
        """How much has been answered."""
        return self.saved + self.brought + len(self.planned)

    def save(self, visitor: Visitor) -> None:
        """Write down what happened in the cycle."""
        number = self.saved + 1
        form = {
            "version": self.version,
            "done_as_planned": "partly",
            "observations": f"Seen {number}",
            "problems": "",
        }
        answer = visitor.post(f"/projects/{self.project}/cycles/{self.cycle}/do", form)
        assert answer.status == 303, answer.text[:2000]
        self.saved, self.version = number, self.version + 1

    def plan(self, visitor: Visitor) -> None:
        """Plan a further cycle."""
        self.tried += 1
        title = f"Test {self.tried} of {self.email}"
        path = f"/projects/{self.project}/cycles/new"
        answer = visitor.post(
            path,
            {
                "idem_key": visitor.get(path).field("idem_key"),
                "title": title,
                "kind": "test",
                "objective": "Do people get asked?",
                "starts_on-day": "6",
                "starts_on-month": "1",
                "starts_on-year": "2025",
                "predictions-0-text": "Most of them are",
                "tasks-0-what": "Print the boxes",
            },
        )
        self.planned[answer.made] = title

    def bring(self, visitor: Visitor) -> None:
        """Bring in three years of figures: file, preview, save. Every other file is a workbook."""
        number = self.brought + 1
        path = f"/projects/{self.project}/measures/{self.measure}/import"
        sent = visitor.post(path, {"paste": "", "file": figures(number)})
        assert sent.status == 303, sent.text[:2000]
        preview = visitor.get(f"{path}/check")
        answer = visitor.post(
            f"{path}/check",
            {
                "goes-0": "period",
                "goes-1": "numerator",
                "goes-2": "denominator",
                "do": "save",
                "version": preview.field("version"),
            },
        )
        assert answer.status == 303, answer.text[:2000]
        self.brought = number

    def found(self) -> Found:
        """What the database holds of this person's work. Nothing of it is there in part."""
        db.session.rollback()
        cycle = db.session.get_one(PdsaCycle, self.cycle)
        rows = db.session.execute(
            select(PdsaCycle.id, PdsaCycle.title).where(
                PdsaCycle.project_id == self.project, PdsaCycle.id != self.cycle
            )
        )
        planned = {row.id: row.title for row in rows}
        for each in db.session.scalars(select(PdsaCycle).where(PdsaCycle.id.in_(planned))):
            assert len(each.predictions) == len(each.tasks) == 1
        points = db.session.execute(
            select(Point.numerator, Point.denominator).where(Point.measure_id == self.measure)
        ).all()
        assert len(points) in {0, MONTHS}
        numbers = {(row.numerator, row.denominator) for row in points}
        assert len(numbers) <= 1, f"an import is there in part: {numbers}"
        brought = int(numbers.pop()[0] or 0) if numbers else 0
        # Every import is one step, with its figures.
        assert db.session.get_one(Measure, self.measure).data_version == brought
        saved = int(cycle.observations.removeprefix("Seen ") or 0)
        return Found(saved, cycle.version, brought, planned)

    def check(self) -> None:
        """What was acknowledged is there, and what was under way is there whole or not at all.

        Whatever is there is counted from now on.
        """
        found = self.found()
        assert found.saved in {self.saved, self.saved + 1}
        assert found.version == self.version + found.saved - self.saved
        assert found.brought in {self.brought, self.brought + 1}
        assert self.planned.items() <= found.planned.items()
        assert len(found.planned) <= self.tried
        self.version, self.saved = found.version, found.saved
        self.brought, self.planned = found.brought, found.planned


def someone() -> Person:
    """A person who may write in a project of their own, with a cycle and a measure in it."""
    user = factories.person(password_hash=HASH())
    project = factories.project()
    factories.member(project, user=user)
    cycle = factories.cycle(project)
    measure = factories.measure(project, denominator="People seen in the period")
    made = Person(user.email, project.id, cycle.id, measure.id, cycle.version)
    db.session.rollback()
    return made


class _Hash:
    """The hash of the password, made once: it is slow on purpose."""

    def __init__(self) -> None:
        self._made = ""

    def __call__(self) -> str:
        self._made = self._made or hash_password(PASSWORD)
        return self._made


HASH = _Hash()


def figures(number: int) -> bytes:
    """A file of 36 months in which every row has the number: CSV, or a workbook if it is even."""
    now = today()
    last = now.year * 12 + now.month - 2
    months = [date(at // 12, at % 12 + 1, 1) for at in range(last - MONTHS + 1, last + 1)]
    headings = ["Period", "Number counted", "Out of"]
    if number % 2 == 0:
        return xlsx([headings, *([month, number, UNDER] for month in months)])
    rows = [f"{month.isoformat()},{number},{UNDER}" for month in months]
    return "\r\n".join([",".join(headings), *rows, ""]).encode()


class Work:
    """Threads in which people go on working until the server is gone or they are told to stop."""

    def __init__(self, port: int, people: list[Person]) -> None:
        self.faults: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = []
        for number, person in enumerate(people):
            turns = [person.bring] if number % 2 else [person.save, person.plan]
            visitor = Visitor(port)
            visitor.sign_in(person.email)
            self._threads.append(threading.Thread(target=self._do, args=(visitor, turns)))

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait until each has had an answer, or will have none. Raises what went wrong."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        if self.faults:
            raise self.faults[0]

    def _do(self, visitor: Visitor, turns: list[Callable[[Visitor], None]]) -> None:
        try:
            while not self._stop.is_set():
                for turn in turns:
                    turn(visitor)
        except (OSError, HTTPException):
            return
        except BaseException as fault:
            self.faults.append(fault)
