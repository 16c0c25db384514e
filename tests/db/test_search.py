"""Search by words, the same on both engines."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.db import search, unit_of_work

TEXTS = {
    1: "RTE Gloucestershire Hospitals NHS Foundation Trust",
    2: "RCX The Queen Elizabeth Hospital, King's Lynn",
    3: "QMM NHS Norfolk & Waveney ICB",
    4: "B1 Café Surgery, Stoke-on-Trent",
    5: "A81001 The Densham Surgery",
}


@pytest.fixture
def indexed(app: Flask) -> Flask:
    with unit_of_work():
        search.index_many("place", TEXTS)
        search.index("other", 1, "Gloucestershire")
    return app


def found(db: SQLAlchemy, asked: str, kind: str = "place") -> set[int]:
    return set(db.session.scalars(search.matching(kind, asked)))


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("gloucestershire", {1}),
        ("GLOU", {1}),
        ("hosp glou", {1}),
        ("hosp", {1, 2}),
        ("surg den", {5}),
        ("ospital", set()),
        ("hospital surgery", set()),
        ("rte", {1}),
        ("a81", {5}),
        ("kings lynn", {2}),
        ("king's", {2}),
        ("king’s", {2}),
        ("norfolk and waveney", {3}),
        ("norfolk & waveney", {3}),
        ("cafe", {4}),
        ("CAFÉ", {4}),
        ("stoke on trent", {4}),
        ("stoke-on-trent", {4}),
        ("surgery surgery surgery", {4, 5}),
    ],
)
def test_beginnings_of_words_in_any_order(
    indexed: Flask, db: SQLAlchemy, asked: str, ids: set[int]
) -> None:
    assert found(db, asked) == ids


@pytest.mark.parametrize("asked", ["", "   ", "***", "'", '"', "🙂", "!", "\x00", "(", "-", ":*"])
def test_a_question_without_a_word_finds_nothing(
    indexed: Flask, db: SQLAlchemy, asked: str
) -> None:
    assert found(db, asked) == set()


@pytest.mark.parametrize(
    "asked",
    [
        'surgery" OR "hospital',
        "surgery NEAR hospital",
        "surgery NOT hospital",
        "words:surgery hospital",
        "surgery | hospital",
        "surgery' & 'hospital",
        "surgery:* <-> hospital",
        "surgery') OR 1=1 --",
        "{surgery hospital}",
        "^surgery + hospital",
    ],
)
def test_no_query_language_is_understood(indexed: Flask, db: SQLAlchemy, asked: str) -> None:
    """Each would find something if the engine read it as its own language."""
    assert found(db, asked) == set()


def test_a_very_long_question_is_answered_by_its_first_words(
    indexed: Flask, db: SQLAlchemy
) -> None:
    assert found(db, "surgery " * 1000) == {4, 5}
    assert found(db, "x" * 1000) == set()
    assert found(db, "densham " + "the " * 300) == {5}


def test_a_very_long_word_is_found_by_its_whole_length(app: Flask, db: SQLAlchemy) -> None:
    with unit_of_work():
        search.index("place", 9, "y" * 500)

    assert found(db, "y" * 500) == {9}
    assert found(db, "y" * 30) == {9}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=st.text(max_size=60))
def test_nothing_a_person_types_breaks_it(indexed: Flask, db: SQLAlchemy, asked: str) -> None:
    assert found(db, asked) <= set(TEXTS)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=60))
def test_whatever_is_stored_is_found_by_its_own_words(
    app: Flask, db: SQLAlchemy, text: str
) -> None:
    with unit_of_work():
        search.index("place", 1, text)

    assert found(db, text) == ({1} if search.words_of(text) else set())


def test_kinds_are_apart(indexed: Flask, db: SQLAlchemy) -> None:
    assert found(db, "gloucestershire", "other") == {1}
    assert found(db, "surgery", "other") == set()


def test_indexing_again_replaces_the_words(indexed: Flask, db: SQLAlchemy) -> None:
    with unit_of_work():
        search.index("place", 1, "Severn Hospitals")

    assert found(db, "severn") == {1}
    assert found(db, "gloucestershire") == set()


def test_what_is_removed_is_no_longer_found(indexed: Flask, db: SQLAlchemy) -> None:
    with unit_of_work():
        search.remove("place", [4, 5])

    assert found(db, "surgery") == set()
    assert found(db, "gloucestershire", "other") == {1}


def test_a_rolled_back_entry_is_not_found(indexed: Flask, db: SQLAlchemy) -> None:
    def change_my_mind() -> None:
        with unit_of_work():
            search.index("place", 7, "Phantom")
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        change_my_mind()

    assert found(db, "phantom") == set()


def test_the_index_can_be_taken_away_and_made_again_with_rows_in_place(
    indexed: Flask, db: SQLAlchemy
) -> None:
    with db.engine.begin() as connection:
        search.create(connection)
    assert found(db, "surgery") == {4, 5}, "made twice"
    db.session.rollback()

    with db.engine.begin() as connection:
        search.drop(connection)
        search.create(connection)
    with unit_of_work():
        search.index_many("place", TEXTS)

    assert found(db, "surgery") == {4, 5}


def test_the_parts_that_create_makes_are_known_as_such(app: Flask, db: SQLAlchemy) -> None:
    """Migrations leave these alone; everything else is theirs."""
    inspector = db.inspect(db.engine)
    columns = {column["name"] for column in inspector.get_columns("search_entry")}
    own = {column.name for column in search.search_entry.columns}

    assert {name for name in columns if not search.is_index_part(name)} == own
    assert not search.is_index_part("search_entry")
    made = {name for name in inspector.get_table_names() if name.startswith("search_")}
    assert {name for name in made if not search.is_index_part(name)} == {"search_entry"}
