"""The form every feature builds on, and the summary of what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, FieldList, FormField
from wtforms import Form as PlainForm
from wtforms.csrf.core import CSRFTokenField
from wtforms.form import BaseForm

from .fields import Text, Upload
from .widgets import DrawnHidden

HIDDEN = DrawnHidden()


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary; without an id there is nothing to lead to."""

    message: str
    id: str = ""


class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask-wtf has no types
    """Draws the CSRF token without an id: two forms on one page would share it."""

    def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
        if isinstance(field, CSRFTokenField):
            return HIDDEN(field)
        drawn: Markup = super().render_field(field, render_kw)
        return drawn


class Form(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A form with a CSRF token, drawn as the NHS design system draws one.

    >>> class PlanForm(Form):
    ...     objective = LongText("What do we want to learn?", required="Enter a question")
    ...     version = Version()
    """

    Meta = Meta

    @property
    def enctype(self) -> str:
        """What the form element needs so that files travel."""
        uploads = any(isinstance(field, Upload) for field in leaves(self))
        return "multipart/form-data" if uploads else "application/x-www-form-urlencoded"

    @property
    def not_nhs_numbers(self) -> list[str]:
        """Fields whose text looks like an NHS number and that the person says hold none.

        The view audits each: the field and who said so, never the text.
        """
        return [
            field.name
            for field in leaves(self)
            if isinstance(field, Text) and field.nhs_number and field.is_not_nhs_number
        ]

    def refuse(self, field: str | None, message: str) -> None:
        """Put a fault found after validation beside its field, or above the form with None."""
        if field is None:
            self.form_errors: list[str] = [*self.form_errors, message]
        else:
            target = self[field]
            target.errors = [*target.errors, message]


class SubForm(PlainForm):
    """Fields that repeat inside a form: `FieldList(FormField(TaskForm))`. It has no token."""


def leaves(form: BaseForm) -> Iterator[Field]:
    """Every field a person fills in, those of sub-forms and lists included, in page order."""
    for field in form:
        yield from _leaves(field)


def faults(form: BaseForm) -> list[Fault]:
    """What is wrong with the form: first of the form as a whole, then in page order."""
    found = [Fault(message) for message in getattr(form, "form_errors", ())]
    for field in form:
        found += _faults(field)
    return found


def error_summary(*forms: BaseForm) -> Markup:
    """The box at the top that lists every fault and leads to its field; empty without one."""
    found = [fault for form in forms for fault in faults(form)]
    if not found:
        return Markup()
    return Markup(render_template("pages/_error_summary.html", faults=found))  # noqa: S704


def _leaves(field: Field) -> Iterator[Field]:
    if isinstance(field, FormField):
        yield from leaves(field.form)
    elif isinstance(field, FieldList):
        for entry in field.entries:
            yield from _leaves(entry)
    else:
        yield field


def _faults(field: Field) -> list[Fault]:
    if isinstance(field, FormField):
        return faults(field.form)
    if isinstance(field, FieldList):
        own = [each for each in field.errors if isinstance(each, str)]
        found = [Fault(message, field.id) for message in own]
        for entry in field.entries:
            found += _faults(entry)
        return found
    return [Fault(message, getattr(field, "error_id", field.id)) for message in field.errors]
