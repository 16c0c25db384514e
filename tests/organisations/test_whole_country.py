"""All the lists that ship, loaded as `tracker organisations load` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import click.testing
import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from tracker.cli.organisations import organisations
from tracker.organisations import queries
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.lists import read_lists
from tracker.organisations.models import Organisation, OrganisationClosure
from tracker.testing.databases import Databases
from tracker.testing.statements import Statements

JULY = date(2025, 7, 15)


@pytest.fixture
def run(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., click.testing.Result]:
    """`tracker organisations …` on the test's database."""
    monkeypatch.setattr("tracker.cli.organisations.app_from_env", lambda: database.app)
    return lambda *words: click.testing.CliRunner().invoke(organisations, words)


def lead_codes(db: SQLAlchemy, code: str) -> set[str]:
    found = queries.by_code(code)
    assert found is not None
    ids = queries.above(found.id, JULY, lead_only=True)
    return set(db.session.scalars(select(Organisation.code).where(Organisation.id.in_(ids))))


def test_the_whole_country_loads_once_and_is_found(
    run: Callable[..., click.testing.Result],
    app: Flask,
    db: SQLAlchemy,
    count_statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    """One load for all claims: it is the dearest set-up of these tests."""
    first = run("load")
    again = run("load")

    assert first.exit_code == 0, first.output
    assert "Integrated care boards: 42 added, 0 changed, 0 as they were" in first.output
    assert "GP practices: 6,527 added" in first.output
    assert first.output.endswith("Loaded.\n")
    assert "Integrated care boards: 0 added, 0 changed, 42 as they were" in again.output
    assert again.output.endswith("Nothing was new.\n")

    listed = Counter(each.kind for each in read_lists().organisations.values())
    counted = db.session.execute(
        select(Organisation.kind, func.count().label("number")).group_by(Organisation.kind)
    )
    assert {row.kind: row.number for row in counted} == dict(listed)

    # For a pair and a day one row: on the day of the list each pair has one at most.
    pairs = select(OrganisationClosure.ancestor_id, OrganisationClosure.descendant_id).where(
        OrganisationClosure.valid_from <= JULY, OrganisationClosure.valid_to >= JULY
    )
    doubled = pairs.group_by("ancestor_id", "descendant_id").having(func.count() > 1)
    assert db.session.execute(doubled).all() == []

    # Where a practice, a trust under two PSCs and a unit count: in one of each level.
    assert lead_codes(db, "A81001") == {"A81001", "U89141", "16C", "QHM", "PSC-NENC", "Y63", "X24"}
    assert lead_codes(db, "RDU") == {"RDU", "QNQ", "PSC-OXTV", "Y59", "X24"}
    assert lead_codes(db, "PERI-MUS") == {"PERI-MUS", "RH5", "QSL", "PSC-SW", "Y58", "X24"}

    england = queries.by_code("X24")
    assert england is not None
    counts = queries.counts_under(england.id, JULY)
    assert counts[OrganisationKind.TRUST] == 202
    assert queries.counts_under(england.id, date(2024, 9, 30))[OrganisationKind.TRUST] == 206
    assert counts[OrganisationKind.PRACTICE] == 6527
    assert queries.psc_choices(JULY)[0].code == "PSC-EAST"
    assert len(queries.psc_choices(JULY)) == 15

    for text, code in (
        ("rte", "RTE"),
        ("glouc hosp", "RTE"),
        ("psc-nenc", "PSC-NENC"),
        ("kings lynn", "RCX"),
        ("densham", "A81001"),
        ("norfolk & waveney", "QMM"),
    ):
        with count_statements() as statements:
            assert queries.search(text, on=JULY)[0].code == code, text
        assert len(statements) <= 3, statements
    closed = queries.search("dudley integrated", on=JULY)
    assert [(hit.code, hit.closed_on) for hit in closed] == [("RYK", date(2024, 9, 30))]


def test_a_folder_without_lists_is_refused_and_named(
    run: Callable[..., click.testing.Result], app: Flask, tmp_path: object
) -> None:
    refused = run("load", "--folder", str(tmp_path))

    assert refused.exit_code == 1
    assert "national.csv cannot be read" in refused.output
    assert "Nothing was changed." in refused.output
