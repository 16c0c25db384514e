"""Small counts and names are caught with their place; what only looks like one is left."""

from __future__ import annotations

import pytest

from tracker.case_studies.checks import A_COUNT, A_NAME, names_in, small_counts


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("Two babies died.", ["Two babies died"]),
        ("It helped 3 patients in June.", ["3 patients"]),
        ("1 of 35 babies was cold", ["1 of 35 babies"]),
        ("In June it was 2 out of 41.", ["2 out of 41"]),
        ("three of the nurses left", ["three of the nurses"]),
        ("one elderly woman fell", ["one elderly woman"]),
        ("There were 4 falls and 12 harms", ["4 falls"]),
        ("34 patients", []),
        ("5 patients", []),
        ("1.5 patients a day", []),
        ("2% of patients", []),
        ("Four workshops, two wards and 3 cycles", []),
        ("in 2 weeks patients came back", []),
        ("1,204 people", []),
        ("See section 3. Patients said so.", []),
        ("£4 patients", []),
    ],
)
def test_small_counts(text: str, caught: list[str]) -> None:
    assert [c.words for c in small_counts({"Results": text})] == caught


def test_each_says_where_it_stands_and_what_is_around_it() -> None:
    (caught,) = small_counts(
        {"Aim": "Fewer falls", "Results": "In the end\n2 patients fell again."}
    )
    assert (caught.heading, caught.why) == ("Results", A_COUNT)
    assert caught.around == "In the end 2 patients fell again."


def test_names_of_the_team_are_caught_but_for_those_of_authors() -> None:
    texts = {"Background": "jane example and Ann Author drew it.", "Results": "Jane Example again"}
    found = list(names_in(texts, ["Jane Example", "Ann Author", "Jo"], ["Ann Author"]))
    assert [(c.heading, c.words, c.why) for c in found] == [
        ("Background", "jane example", A_NAME),
        ("Results", "Jane Example", A_NAME),
    ]


def test_a_name_after_a_title_is_caught_unless_it_is_an_authors() -> None:
    texts = {"Results": "Mrs Example fell. Dr Author helped. The Dr was kind."}
    assert [c.words for c in names_in(texts, [], ["Ann Author"])] == ["Mrs Example"]


def test_the_same_words_at_the_same_place_have_the_same_mark_and_others_another() -> None:
    text = "2 patients fell. Then, much later that year on the same ward, 2 patients fell."
    one, two = small_counts({"Results": text})
    (other,) = small_counts({"Results": "2 patients fell."})
    assert len({one.mark, two.mark, other.mark}) == 3
    assert next(small_counts({"Results": text})).mark == one.mark
