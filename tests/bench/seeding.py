"""Filling a database with a country: bulk rows, as people would have left them.

The same number of projects is always the same country. Only some of them (`FULL`) have measures
and cycles, for only those are opened; the others weigh on the lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from tracker.auth.models import Membership, User
from tracker.auth.passwords import hash_password
from tracker.db import Base, db, indexing, unit_of_work
from tracker.organisations import queries as organisations
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.lists import NATIONAL_BODY, read_lists
from tracker.organisations.loading import load
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.programmes import services as programmes
from tracker.projects.domain import AimDirection
from tracker.projects.models import Aim, Project, ProjectMember, Sharing, Status

from . import words
from .adoption import UNITS, adopted, rows_of_adoption
from .full import rows_of_drivers, rows_of_full

FULL = 200
FULL_HERE = 10
"""Of the full projects, those at the trust of the person who is signed in."""
TRUSTS = 200
AT_ONCE = 5000
TODAY = date.today()  # noqa: DTZ011 - a few hours either way make no difference
LEAD, VIEWER = "lead@bench.invalid", "viewer@bench.invalid"
PASSWORD = "horse-battery-staple-for-the-bench"

PROGRAMMES = ("opioids", "generic", None)


@dataclass(frozen=True, slots=True)
class Here:
    """What is at the trust of the QI lead, by id: projects that are full, with what they hold."""

    projects: list[int]
    measures: list[tuple[int, int]]
    """Project and measure."""
    cycles: list[tuple[int, int]]
    """Project and cycle."""


def seed(app: Flask, projects: int) -> Here:
    """Fill an empty, migrated database with the country and so many projects."""
    with app.app_context():
        with unit_of_work():
            load(read_lists())
        filled = _Filling(app, projects).fill()
        _tell_the_engine()
        db.session.remove()
    return filled


class _Filling:
    """Makes the rows and keeps count of their ids."""

    def __init__(self, app: Flask, projects: int) -> None:
        self.random = Random(2025)  # noqa: S311 - the same country every time
        self.number = projects
        self.national = organisations.by_code(NATIONAL_BODY)
        self.trusts = [
            (trust, organisations.lead_psc(trust.id))
            for trust in db.session.scalars(
                select(Organisation)
                .where(Organisation.kind == OrganisationKind.TRUST, Organisation.valid_to.is_(None))
                .order_by(Organisation.id)
                .limit(TRUSTS)
            )
        ]
        self.now = datetime.now(UTC)

    def fill(self) -> Here:
        here, _ = self.trusts[0]
        with unit_of_work():
            trust = db.session.get_one(Organisation, here.id)
            programmes.switch_on(trust, "opioids", by=None, on=TODAY - timedelta(days=400))
        people = self._people()
        at_home = max(FULL_HERE, self.number // 100)
        full_here = list(range(1, FULL_HERE + 1))
        elsewhere = range(at_home + 1, self.number + 1)
        more = min(FULL, self.number // 5) - FULL_HERE
        full = [*full_here, *self.random.sample(elsewhere, max(0, min(more, len(elsewhere))))]
        self._projects(at_home, people)
        parts = rows_of_full(full, people, self.random, TODAY, self.now)
        for model, rows in parts.rows:
            _put(model, rows)
        for model, rows in rows_of_drivers(range(1, self.number + 1), self.random):
            _put(model, rows)
        self._adoption(people)
        # With the numbers of empty tables it would read them whole, some rows at a time.
        _tell_the_engine()
        indexing.rebuild()
        mine = set(full_here)
        return Here(
            projects=full_here,
            measures=[pair for pair in parts.measures if pair[0] in mine],
            cycles=[pair for pair in parts.cycles if pair[0] in mine],
        )

    def _adoption(self, people: Sequence[int]) -> None:
        with unit_of_work():
            definition_id, rubric = adopted()
        made = rows_of_adoption(
            [trust.id for trust, _ in self.trusts[:UNITS]],
            definition_id,
            rubric,
            by=people[0],
            random=self.random,
            today=TODAY,
            now=self.now,
        )
        for model, rows in made:
            _put(model, rows)

    def _people(self) -> list[int]:
        """The two who sign in, then one person for every three projects."""
        made = [
            {
                "id": 1,
                "email": LEAD,
                "name": "Bench Lead",
                "password_hash": hash_password(PASSWORD),
            },
            {
                "id": 2,
                "email": VIEWER,
                "name": "Bench Viewer",
                "password_hash": hash_password(PASSWORD),
            },
        ]
        others = range(3, 3 + max(3, self.number // 3))
        made += [
            {
                "id": each,
                "email": f"person{each}@bench.invalid",
                "name": words.name(self.random),
                "password_hash": None,
            }
            for each in others
        ]
        _put(User, made)
        assert self.national is not None
        first = {"starts_on": TODAY - timedelta(days=800), "project_id": None}
        _put(
            Membership,
            [
                {
                    "user_id": 1,
                    "role": Role.QI_LEAD,
                    "organisation_id": self.trusts[0][0].id,
                    **first,
                },
                {
                    "user_id": 2,
                    "role": Role.NATIONAL_VIEWER,
                    "organisation_id": self.national.id,
                    **first,
                },
            ],
        )
        return list(others)

    def _projects(self, at_home: int, people: Sequence[int]) -> None:
        projects, aims, members, roles = [], [], [], []
        for key in range(1, self.number + 1):
            trust, psc = self.trusts[0] if key <= at_home else self.random.choice(self.trusts[1:])
            made = self._project(key, trust.id, psc.id if psc else None)
            projects.append(made)
            aims.append(self._aim(key, trust.name))
            lead = 1 if key <= FULL_HERE // 2 else people[key % len(people)]
            since = made["started_on"]
            members.append(
                {
                    "project_id": key,
                    "user_id": lead,
                    "name": "Bench Lead" if lead == 1 else words.name(self.random),
                    "team_role": "Lead",
                    "joined_on": since,
                }
            )
            roles.append(
                {"user_id": lead, "role": Role.QI_LEAD, "project_id": key, "starts_on": since}
            )
        _put(Project, projects)
        _put(Aim, aims)
        _put(ProjectMember, members)
        _put(Membership, roles)

    def _project(self, key: int, organisation_id: int, psc_id: int | None) -> dict[str, Any]:
        random = self.random
        started = TODAY - timedelta(days=random.randrange(30, 900))
        status = random.choices(list(Status), (8, 1, 1))[0]
        sharing = random.choices(list(Sharing), (3, 4, 2, 1))[0]
        if key <= FULL_HERE:
            # Somebody is at work on these, and what has ended is changed by nobody.
            status = Status.ACTIVE
            if sharing is Sharing.TEAM:
                # Of some of them the lead is not on the team, and is to read them all.
                sharing = Sharing.ORGANISATION
        return {
            "id": key,
            "title": words.title(random),
            "problem": words.prose(random, 3),
            "programme": random.choice(PROGRAMMES),
            "organisation_id": organisation_id,
            "psc_id": psc_id,
            "status": status,
            "sharing": sharing,
            "started_on": started,
            "closed_on": None if status is Status.ACTIVE else TODAY - timedelta(days=3),
            "created_at": self.now - timedelta(days=900),
            "changed_at": self.now - timedelta(minutes=random.randrange(1_000_000)),
        }

    def _aim(self, key: int, place: str) -> dict[str, Any]:
        return {
            "project_id": key,
            "direction": AimDirection.INCREASE,
            "measure": "the share of people who were asked",
            "population": "people admitted as an emergency",
            "place": place,
            "unit": "%",
            "baseline": Decimal(60 + key % 20),
            "target": Decimal(90),
            "by": TODAY + timedelta(days=200),
        }


def _put(model: type[Base], rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), AT_ONCE):
        with unit_of_work():
            db.session.execute(insert(model), rows[at : at + AT_ONCE])


def _tell_the_engine() -> None:
    """What a PostgreSQL that has run for a day knows; SQLite is never told."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name, table in Base.metadata.tables.items():
            if "id" in table.c and table.c.id.autoincrement is not False:
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "  # noqa: S608
                        f'(SELECT max(id) FROM "{name}"))'
                    )
                )
        # Not on by itself in the server of the tests.
        connection.execute(text("VACUUM ANALYZE"))
