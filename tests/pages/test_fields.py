"""Fields read what people type, refuse what they did not mean, and show it as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

from tracker.pages import (
    Choice,
    Dropdown,
    Form,
    Hidden,
    LongText,
    Option,
    SafeDecimal,
    SafeInt,
    Secret,
    Text,
    Tick,
    Ticks,
    Upload,
    Version,
    refuse_unless,
)

Send = Callable[[type[Any], dict[str, Any]], Any]

VALID = "943 476 5919"  # the number that NHS guidance uses as its example


class Decision(StrEnum):
    ADOPT = "adopt"
    ABANDON = "abandon"


DECISIONS = (Option("adopt", "Adopt"), Option("abandon", "Abandon"))


class WorkForm(Form):
    title = Text("Title", required="Enter the title", max_length=20)
    notes = LongText("What did you learn?", max_length=50)
    target = SafeDecimal("Target", minimum=0, maximum=100, percent=True)
    babies = SafeInt("Eligible babies", minimum=0)
    decision = Choice("Decision", options=DECISIONS, coerce=Decision)
    measure = Dropdown("Measure", options=[Option("7", "Cord clamped")], coerce=int)
    roles = Ticks("Roles", options=[Option("lead", "Lead"), Option("coach", "Coach")])
    agreed = Tick("Agreed")
    file = Upload("File")
    key = Hidden()


def test_an_empty_required_field_says_what_to_enter(send: Send) -> None:
    assert send(WorkForm, {"title": " \t\n "}).errors == {"title": ["Enter the title"]}


def test_fields_that_may_be_empty_are_empty_values(send: Send) -> None:
    form = send(WorkForm, {"title": "x"})
    assert not form.errors
    assert (form.notes.data, form.key.data) == ("", "")
    assert (form.target.data, form.babies.data, form.decision.data, form.measure.data) == (
        None,
    ) * 4
    assert (form.roles.data, form.agreed.data, form.file.data) == ([], False, None)


def test_one_line_of_text_loses_control_characters_and_line_ends(send: Send) -> None:
    form = send(WorkForm, {"title": "  Cord\x00 \r\nclamp\u202eing\x1b "})
    assert form.title.data == "Cord clamping"


def test_long_text_keeps_its_paragraphs(send: Send) -> None:
    form = send(WorkForm, {"title": "x", "notes": "One\r\n\r\nTwo\x00\n"})
    assert form.notes.data == "One\n\nTwo"


def test_text_that_is_too_long_is_refused_and_kept(send: Send) -> None:
    form = send(WorkForm, {"title": "x" * 21})
    assert form.errors == {"title": ["Title: use 20 characters or fewer"]}
    assert form.title.shown == "x" * 21


def test_line_ends_count_once(send: Send) -> None:
    assert not send(WorkForm, {"title": "x", "notes": "a\r\n" * 24 + "ab"}).errors


@pytest.mark.parametrize("field", ["title", "notes"])
def test_an_nhs_number_is_refused_masked_and_a_tick_is_offered(send: Send, field: str) -> None:
    form = send(WorkForm, {"title": "x", field: f"See {VALID}"})
    (message,) = form[field].errors
    assert "943 ••• ••••" in message
    assert VALID not in message
    assert 'name="not_nhs_number"' in str(form[field]())
    assert form.not_nhs_numbers == []


def test_a_tick_for_this_field_lets_the_text_pass_and_is_reported(send: Send) -> None:
    form = send(WorkForm, {"title": VALID, "not_nhs_number": "title"})
    assert not form.errors
    assert form.not_nhs_numbers == ["title"]
    assert "checked" in str(form.title())


def test_a_tick_for_another_field_does_not_let_the_text_pass(send: Send) -> None:
    assert "title" in send(WorkForm, {"title": VALID, "not_nhs_number": "notes"}).errors


def test_a_tick_where_no_number_stands_is_not_reported(send: Send) -> None:
    assert send(WorkForm, {"title": "x", "not_nhs_number": "title"}).not_nhs_numbers == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12", 12), (" 0.50 ", "0.5"), ("83%", 83), ("-0", 0), ("1,0", None), ("1e2", None)]
    + [(text, None) for text in ("nan", "inf", "1e400", "1_0", "٣", "0x1", "1.2.3", "+5", "½")],
)
def test_numbers_are_plain_digits_or_refused(
    send: Send, typed: str, read: str | int | None
) -> None:
    form = send(WorkForm, {"title": "x", "target": typed})
    assert form.target.data == (None if read is None else Decimal(read))
    assert bool(form.target.errors) == (read is None)
    assert form.target.shown == typed.strip()


@pytest.mark.parametrize("typed", ["-1", "100.1"])
def test_a_number_outside_its_range_is_refused(send: Send, typed: str) -> None:
    form = send(WorkForm, {"title": "x", "target": typed})
    assert form.target.errors == ["Target must be between 0 and 100"]


@pytest.mark.parametrize(("typed", "read"), [("1,195", 1195), ("12.0", 12), ("0", 0)])
def test_whole_numbers(send: Send, typed: str, read: int) -> None:
    form = send(WorkForm, {"title": "x", "babies": typed})
    assert (form.babies.data, form.babies.errors) == (read, [])


@pytest.mark.parametrize("typed", ["1.5", "-1", "9" * 30, "True"])
def test_what_is_no_count_is_refused(send: Send, typed: str) -> None:
    assert send(WorkForm, {"title": "x", "babies": typed}).babies.errors


def test_a_number_is_drawn_without_exponent_or_trailing_zeros(context: Any) -> None:
    form = WorkForm(data={"target": Decimal("1.50E+1"), "babies": 0})
    assert (form.target.shown, form.babies.shown) == ("15", "0")


def test_a_choice_is_read_as_its_enum(send: Send) -> None:
    form = send(WorkForm, {"title": "x", "decision": "adopt", "measure": "7"})
    assert form.decision.data is Decision.ADOPT
    assert form.measure.data == 7


@pytest.mark.parametrize("sent", ["adapt", "ADOPT", "adopt\x00"])
def test_what_was_not_offered_is_refused(send: Send, sent: str) -> None:
    assert send(WorkForm, {"title": "x", "decision": sent}).decision.errors


def test_a_member_of_the_enum_that_was_not_offered_is_refused(context: Any) -> None:
    form = WorkForm(data={"title": "x", "decision": Decision.ABANDON})
    form.decision.options = DECISIONS[:1]
    form.validate()
    assert form.decision.errors == ["Choose one of the options"]


def test_ticks_are_a_list_and_each_must_be_offered(send: Send) -> None:
    assert send(WorkForm, {"title": "x", "roles": ["coach", "lead"]}).roles.data == [
        "coach",
        "lead",
    ]
    assert send(WorkForm, {"title": "x", "roles": ["coach", "admin"]}).roles.errors


def test_the_option_that_was_sent_stays_chosen(send: Send) -> None:
    drawn = str(send(WorkForm, {"decision": "abandon"}).decision())
    assert 'value="abandon" checked' in drawn
    assert 'value="adopt" checked' not in drawn


def test_a_file_without_a_name_is_no_file(send: Send) -> None:
    nothing = FileStorage(BytesIO(b""), filename="")
    something = FileStorage(BytesIO(b"a,b"), filename="a.csv")
    assert send(WorkForm, {"title": "x", "file": nothing}).file.data is None
    assert send(WorkForm, {"title": "x", "file": something}).file.filled is something


def test_a_text_in_place_of_a_file_is_no_file(send: Send) -> None:
    assert send(WorkForm, {"title": "x", "file": "a.csv"}).file.data is None


def test_a_form_with_a_file_travels_as_multipart(context: Any) -> None:
    class Plain(Form):
        title = Text("Title")

    assert WorkForm().enctype == "multipart/form-data"
    assert Plain().enctype == "application/x-www-form-urlencoded"


def test_a_password_is_kept_to_the_character_and_never_drawn(send: Send) -> None:
    class SignIn(Form):
        password = Secret("Password", required="Enter your password")

    form = send(SignIn, {"password": "  pass\tword 943 476 5919 "})
    assert form.password.data == "  pass\tword 943 476 5919 "
    assert "943" not in str(form.password())
    assert "value=" not in str(form.password())


class EditForm(Form):
    version = Version()


@pytest.mark.parametrize("sent", [{}, {"version": ""}, {"version": "x"}, {"version": "-3"}])
def test_a_missing_or_mangled_version_refuses_the_form(send: Send, sent: dict[str, str]) -> None:
    assert send(EditForm, sent).errors == {"version": [Version.REFUSED]}


@pytest.mark.parametrize("sent", ["0", "1.5", "9" * 16, "NaN"])
def test_a_version_no_row_can_have_refuses_the_form(send: Send, sent: str) -> None:
    assert send(EditForm, {"version": sent}).errors


def test_a_version_is_a_number_and_travels_hidden(send: Send) -> None:
    form = send(EditForm, {"version": "12"})
    assert form.version.filled == 12
    assert str(form.version()) == '<input type="hidden" name="version" value="12">'


def test_filled_refuses_to_guess(context: Any) -> None:
    with pytest.raises(ValueError, match="target is empty"):
        _ = WorkForm().target.filled


def test_own_rules_run_on_values_only(send: Send) -> None:
    class CodeForm(Form):
        code = Text("Code", validators=(refuse_unless(str.isupper, "Use capital letters"),))

    assert send(CodeForm, {"code": "abc"}).errors == {"code": ["Use capital letters"]}
    assert not send(CodeForm, {"code": ""}).errors
