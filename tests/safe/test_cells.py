import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safe.cells import guard_cell, is_formula_like, unguard_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@x",
        "  =1",
        "\ufeff=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\t=1",
        "\r=1",
        "\nx",
        "-",
        "+5",
    ],
)
def test_formula_like_cells_are_guarded(text: str) -> None:
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-5", "-0.25", "12", "a=b", "O'Neil", "x@y", " ward 3 "])
def test_numbers_and_words_are_left_alone(text: str) -> None:
    assert guard_cell(text) == text


@given(st.text(alphabet="'=-+@ \t\ufeffa1.", max_size=8) | st.text())
def test_unguard_gives_back_what_guard_was_given(text: str) -> None:
    assert not is_formula_like(guard_cell(text))
    assert unguard_cell(guard_cell(text)) == text
