"""A form field that finds an organisation: type, search, choose one of those found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from tracker.drafts.forms import Created
from tracker.pages import Choice, Day, Tick, Ticks
from tracker.pages.fields import Base
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id
from tracker.safe.text import clean

from . import queries
from .domain import OrganisationKind

LONGEST_SEARCH = 200


class _Picker:
    macro = "picker"

    def __call__(self, field: OrganisationPicker, **given: Any) -> Markup:
        template = current_app.jinja_env.get_template("organisations/_picker.html")
        drawn: Markup = template.module.picker(field)  # type: ignore[attr-defined]  # a macro
        return drawn


class OrganisationPicker(Base[int]):
    """An organisation, by search; `data` is its id. Only open ones of `kinds` (all) are taken.

    Draws a search box and, under it, the ones found as radios. Typing searches through htmx.
    Without script the Search button sends the whole form: it is refused with what was found, and
    everything else that was typed stays.

    >>> class StartForm(Form):
    ...     place = OrganisationPicker("Organisation", required="Choose an organisation")
    """

    widget = _Picker()
    CHOOSE = "Choose one of the organisations found"

    def __init__(
        self,
        label: str | None = None,
        *,
        kinds: Iterable[OrganisationKind] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.kinds = None if kinds is None else tuple(kinds)
        self.text = ""
        self.is_searching = False

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        if formdata is not None:
            self.text = clean(formdata.get(f"{self.name}-q", ""))[:LONGEST_SEARCH].strip()
            self.is_searching = f"{self.name}-find" in formdata

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        sent = str(valuelist[0]) if valuelist else ""
        if sent:
            self.data = parse_id(sent)
            if self.data is None:
                raise ValueError(self.CHOOSE)

    def pre_validate(self, form: BaseForm) -> None:
        if self.is_searching:
            raise StopValidation(self.CHOOSE if self.found else "No organisation was found")
        super().pre_validate(form)

    def check(self) -> None:
        chosen = queries.choosable(self.data, kinds=self.kinds) if self.data is not None else None
        if chosen is None:
            raise ValidationError(self.CHOOSE)

    @property
    def error_id(self) -> str:
        """The search box: the radios may not be there."""
        return f"{self.id}-q"

    @cached_property
    def found(self) -> list[queries.Hit]:
        """What the page lists: the one chosen, then what the search finds."""
        return queries.choices(self.text, chosen=self.data, kinds=self.kinds)


class PlaceForm(Created):
    """Which parts of a split organisation go to which successor. The view fills the options."""

    chosen: Ticks[int] = Ticks("Which?", coerce=int)
    everything = Tick("Everything that this list finds, on every page")
    into: Choice[int] = Choice(
        "Where do they belong?", coerce=int, required="Choose where they belong"
    )
    starts_on = Day("From which day?", required="Enter a day", latest=today)


class LeadForm(Created):
    """Who leads, where the lists do not agree. The view fills the options."""

    lead: Choice[int] = Choice("Who leads?", coerce=int, required="Choose one")


class NotedForm(Created):
    """Nothing to choose: the sources differ, and what stands here stays."""
