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
LAST, ON = date(2026, 3, 31), date(2026, 4, 1)


@pytest.fixture
def run(
    database: Databases, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., click.testing.Result]:
    """`tracker organisations …` on the test's database."""
    monkeypatch.setattr("tracker.cli.organisations.app_from_env", lambda: database.app)
    return lambda *words: click.testing.CliRunner().invoke(organisations, words)


def lead_codes(db: SQLAlchemy, code: str, on: date = JULY) -> set[str]:
    found = queries.by_code(code)
    assert found is not None
    ids = queries.above(found.id, on, lead_only=True)
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


def test_the_changes_of_april_2026_keep_every_earlier_day_and_answer_after_it(
    run: Callable[..., click.testing.Result], app: Flask, db: SQLAlchemy
) -> None:
    """One load for all claims again: both sides of the day, twice, and the figures that roll up."""
    run("load")
    before, early = pairs_on(db, LAST), pairs_on(db, date(2020, 2, 29))
    db.session.rollback()

    dry = run("change", "2026-04", "--dry-run")
    assert dry.output.endswith("Nothing was changed: this was a dry run.\n"), dry.output
    assert queries.by_code("D7T5G") is None
    db.session.rollback()
    done = run("change", "2026-04")
    again = run("change", "2026-04")
    lists_again = run("load")
    db.session.rollback()

    england = queries.by_code("X24")
    assert england is not None
    assert done.output == dry.output.replace("Nothing was changed: this was a dry run.", "Changed.")
    assert again.output == "Nothing was new.\n"
    assert lists_again.output.endswith("Nothing was new.\n")
    assert pairs_on(db, LAST) == before
    assert pairs_on(db, date(2020, 2, 29)) == early

    counts = queries.counts_under(england.id, LAST), queries.counts_under(england.id, ON)
    assert [each[OrganisationKind.ICB] for each in counts] == [42, 36]
    assert [each[OrganisationKind.TRUST] for each in counts] == [202, 203]
    assert lead_codes(db, "RAL", LAST) == {"RAL", "QMJ", "PSC-UCLP", "Y56", "X24"}
    assert lead_codes(db, "RAL", ON) == {"RAL", "Z9B2Z", "PSC-UCLP", "Y56", "X24"}
    assert lead_codes(db, "RPG", LAST) == {"RPG", "QKK", "PSC-SLON", "Y56", "X24"}
    assert lead_codes(db, "RPG", ON) == {"RPG", "QKS", "PSC-KSS", "Y59", "X24"}
    # What is left behind by a board: under its successors, and counted in one of them.
    assert lead_codes(db, "QNQ", ON) == {"QNQ", "S0E4D", "PSC-OXTV", "Y59", "X24"}
    # A practice under a board that was split waits for a person; one under a merged board moved.
    assert lead_codes(db, "D81001", LAST) >= {"PSC-EAST"}
    assert lead_codes(db, "D81001", ON) >= {"S1Y5D", "PSC-EAST"}
    for code in ("06L", "07H", "D4U1Y"):
        assert lead_codes(db, code, ON) == {code}
    found = queries.search("bristol weston", on=ON)
    assert [hit.name for hit in found if hit.code == "RA7"] == ["Bristol NHS Foundation Trust"]


def pairs_on(db: SQLAlchemy, day: date) -> set[tuple[int, int, bool]]:
    """Who is under whom, themselves left out: an organisation is under itself on any day."""
    rows = db.session.execute(
        select(
            OrganisationClosure.ancestor_id,
            OrganisationClosure.descendant_id,
            OrganisationClosure.is_lead,
        ).where(
            OrganisationClosure.valid_from <= day,
            OrganisationClosure.valid_to >= day,
            OrganisationClosure.ancestor_id != OrganisationClosure.descendant_id,
        )
    )
    return {(row.ancestor_id, row.descendant_id, row.is_lead) for row in rows}


def test_a_list_of_changes_without_its_base_changes_nothing(
    run: Callable[..., click.testing.Result], app: Flask, db: SQLAlchemy
) -> None:
    refused = run("change", "2026-04")

    assert refused.exit_code == 1
    assert "row 2: QH8 is not in the lists" in refused.output
    assert "Nothing was changed." in refused.output
    assert db.session.scalars(select(Organisation)).all() == []


def test_a_month_without_a_list_is_refused_and_the_ones_there_named(
    run: Callable[..., click.testing.Result], app: Flask
) -> None:
    assert "There is: 2026-04." in run("change", "2027-04").output


def test_a_folder_without_lists_is_refused_and_named(
    run: Callable[..., click.testing.Result], app: Flask, tmp_path: object
) -> None:
    refused = run("load", "--folder", str(tmp_path))

    assert refused.exit_code == 1
    assert "national.csv cannot be read" in refused.output
    assert "Nothing was changed." in refused.output
