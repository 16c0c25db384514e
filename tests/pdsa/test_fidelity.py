"""The five features of a good test, each with the fact it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.pdsa.domain import Size
from tracker.pdsa.fidelity import CycleFacts, Feature, Place, findings, summaries

STARTS = date(2026, 3, 2)
FULL = CycleFacts(
    number=2,
    starts_on=STARTS,
    theory="People forget",
    predictions=[date(2026, 3, 1)],
    scale="One shift",
    size=Size.SHIFT,
    size_before=Size.ONE,
    follows=1,
    followed_by=(),
    measures=[("Falls", 12)],
)
BARE = CycleFacts(
    number=1,
    starts_on=STARTS,
    theory=" ",
    predictions=(),
    scale="",
    size=None,
    size_before=None,
    follows=None,
    followed_by=(),
    measures=(),
)


def test_a_full_cycle_has_all_five_and_a_bare_one_says_what_to_add() -> None:
    assert [f.is_there for f in findings(FULL)] == [True] * 5
    assert [f.fact for f in findings(FULL)] == [
        "The plan says why it should work.",
        "Made on 1 March 2026.",
        "One shift.",
        "Falls: 12 figures, one after the other.",
        "It builds on cycle 1.",
    ]
    bare = findings(BARE)
    assert [f.is_there for f in bare] == [False] * 5
    assert all(f.add and f.place for f in bare)
    assert [f.feature for f in bare] == list(Feature)


@pytest.mark.parametrize(
    ("facts", "feature", "is_there", "fact"),
    [
        (
            {"predictions": [date(2026, 3, 9)]},
            Feature.PREDICTION,
            False,
            "Made on 9 March 2026, after the test began on 2 March 2026.",
        ),
        (
            {"predictions": [date(2026, 3, 9), STARTS]},
            Feature.PREDICTION,
            True,
            "Made on 2 March 2026.",
        ),
        (
            {"predictions": [None]},
            Feature.PREDICTION,
            True,
            "There is one; the day it was made is not known.",
        ),
        (
            {"size": Size.UNIT, "scale": ""},
            Feature.SMALL,
            True,
            "Whole ward or unit, after cycle 1 tried it first.",
        ),
        (
            {"size": Size.UNIT, "size_before": None},
            Feature.SMALL,
            False,
            "One shift, with no smaller test before it.",
        ),
        (
            {"size": Size.UNIT, "size_before": Size.BEYOND},
            Feature.SMALL,
            False,
            "One shift, with no smaller test before it.",
        ),
        (
            {"size": None, "scale": "Some"},
            Feature.SMALL,
            False,
            "“Some” does not say how big it is.",
        ),
        (
            {"measures": [("Falls", 1)]},
            Feature.DATA,
            False,
            "Falls has too few figures to show a change.",
        ),
        (
            {"follows": None, "followed_by": [3]},
            Feature.ITERATIVE,
            True,
            "Cycle 3 builds on it.",
        ),
    ],
)
def test_each_feature_rests_on_a_fact(
    facts: dict[str, object], feature: Feature, is_there: bool, fact: str
) -> None:
    cycle = replace(FULL, **facts)  # type: ignore[arg-type]
    found = next(f for f in findings(cycle) if f.feature is feature)
    assert (found.is_there, found.fact) == (is_there, fact)


def test_what_can_no_longer_be_added_leads_nowhere() -> None:
    decided = replace(FULL, size=Size.UNIT, size_before=None, is_decided=True)
    assert findings(decided)[2].place is Place.NOWHERE


def test_a_project_names_the_cycles_that_lack_a_feature() -> None:
    found = {s.feature: s for s in summaries([BARE, FULL])}
    assert (found[Feature.THEORY].has, found[Feature.THEORY].lacks) == ([2], [1])
    assert not found[Feature.THEORY].is_there
    assert all(s.is_there for s in summaries([FULL]))
