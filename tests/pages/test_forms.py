"""Forms as a whole: the token, the summary of faults, forms inside forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from tracker.pages import (
    Day,
    FieldList,
    Form,
    FormField,
    Hidden,
    SubForm,
    Text,
    Version,
    error_summary,
    faults,
)

Send = Callable[[type[Any], dict[str, Any]], Any]


class TaskForm(SubForm):
    what = Text("What", required="Enter what will be done")
    by = Day("By")


class PlanForm(Form):
    aim = Text("Aim", required="Enter the aim")
    tasks = FieldList(FormField(TaskForm), min_entries=2)
    version = Version()


def test_the_summary_lists_every_fault_in_page_order_and_leads_to_its_field(send: Send) -> None:
    form = send(PlanForm, {"tasks-0-what": "Drill", "tasks-1-by-day": "3"})
    assert [(fault.id, fault.message) for fault in faults(form)] == [
        ("aim", "Enter the aim"),
        ("tasks-1-what", "Enter what will be done"),
        ("tasks-1-by-month", "By must include a month and a year"),
        ("", Version.REFUSED),
    ]
    summary = error_summary(form)
    assert '<a href="#tasks-1-by-month">By must include a month and a year</a>' in summary
    assert f"<li>{Version.REFUSED}</li>" in summary


def test_every_place_the_summary_leads_to_is_on_the_page(send: Send) -> None:
    form = send(PlanForm, {"tasks-1-by-day": "3"})
    page = str(form.aim()) + "".join(str(f()) for entry in form.tasks for f in entry.form)
    assert [f.id for f in faults(form) if f.id and f'id="{f.id}"' not in page] == []


def test_a_form_without_faults_has_no_summary(send: Send) -> None:
    sent = {"aim": "x", "tasks-0-what": "a", "tasks-1-what": "b", "version": "1"}
    assert error_summary(send(PlanForm, sent)) == ""


def test_messages_are_escaped_in_the_summary(send: Send) -> None:
    form = send(PlanForm, {"aim": "x"})
    form.refuse("aim", "<b>no</b>")
    form.refuse(None, "<i>no</i>")
    summary = error_summary(form)
    assert "&lt;b&gt;no" in summary
    assert "&lt;i&gt;no" in summary


def test_a_fault_found_after_validation_stands_beside_its_field(send: Send) -> None:
    form = send(PlanForm, {"aim": "x"})
    form.refuse("aim", "There is a project with this aim already")
    assert "There is a project with this aim already" in form.aim()
    assert form.errors["aim"] == ["There is a project with this aim already"]


def test_a_tick_reaches_a_field_inside_a_list(send: Send) -> None:
    sent = {"tasks-0-what": "943 476 5919", "tasks-1-what": "b", "not_nhs_number": "tasks-0-what"}
    assert send(PlanForm, sent).not_nhs_numbers == ["tasks-0-what"]


def test_the_token_and_hidden_fields_have_no_id(site: Flask) -> None:
    class Keyed(Form):
        key = Hidden()

    with site.test_request_context("/"):
        site.config["WTF_CSRF_ENABLED"] = True
        try:
            drawn = str(Keyed().hidden_tag())
        finally:
            site.config["WTF_CSRF_ENABLED"] = False
    assert 'name="csrf_token" value="' in drawn
    assert 'name="key" value=""' in drawn
    assert "id=" not in drawn
