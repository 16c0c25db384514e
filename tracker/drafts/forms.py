"""Forms that lose nothing: autosaved, kept when refused, and side by side when two people save."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from flask import Response, request
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from tracker import audit
from tracker.audit.queries import Change, last_change
from tracker.db import StaleRecord, Versioned, expect_version, unit_of_work, utcnow
from tracker.pages import Form, Hidden, Version, clock, day, page

from . import services
from .merging import DrawnFrom, Merge, fingerprints, merge

F = TypeVar("F", bound="KeptForm")

Initial = Callable[[], Mapping[str, Any]]


class KeptForm(Form):
    """A form whose text is kept from the first key to the save.

    Open it with `open_form`, answer with `form_page`; between them:

    >>> if form.accepted() and form.save(lambda: services.rename(project, by=current_user)):
    ...     return done(url)
    """

    form_key = Hidden()

    record: Versioned | None = None
    initial: Initial = dict
    draft_kept_at: datetime | None = None
    merge: Merge = Merge()
    saved_by: Change | None = None
    is_stale: bool = False

    def accepted(self) -> bool:
        """The form was sent and nothing is wrong with it."""
        valid: bool = self.validate_on_submit()
        return valid

    def save(self, write: Callable[[], object]) -> bool:
        """Write in one unit of work, with the draft gone and the version checked.

        False when somebody else saved first: then the form holds what was typed, what only they
        changed, and the version as it is now; `merge` says what is whose.
        """
        try:
            with unit_of_work():
                if self.record is not None:
                    expect_version(self.record, self["version"].data)
                write()
                self._finish()
        except (StaleRecord, StaleDataError):
            self._meet_theirs()
            return False
        return True

    def create(self, write: Callable[[], str]) -> str:
        """Write once, however often the form is sent. `write` gives the URL of what it made."""
        key = str(self["idem_key"].data)
        try:
            with unit_of_work():
                url = services.result_of(current_user, key)
                if url is None:
                    url = write()
                    services.remember(current_user, key, url)
                self._finish()
        except IntegrityError:
            url = services.result_of(current_user, key)
            if url is None:
                raise
        return url

    def _finish(self) -> None:
        services.drop(current_user, self["form_key"].data)
        for name in self.not_nhs_numbers:
            audit.record(
                "text.not_nhs_number",
                of=self.record,  # type: ignore[arg-type]  # versioned rows are rows
                by=current_user,
                detail={"field": name},
            )

    def _meet_theirs(self) -> None:
        self.meet()
        self.is_stale = True

    def meet(self) -> None:
        """Merge what only others changed since this form was drawn, and say what is whose."""
        theirs = _drawn(type(self), self.initial())
        self.merge = merge(self, theirs, self["drawn_from"].prints)
        self.saved_by = last_change(self.record) if self.record is not None else None
        self.is_stale = bool(self.merge.both or self.merge.taken)
        self["drawn_from"].process(None, fingerprints(theirs))
        _set_version(self)

    def again(self) -> None:
        """Fill in anew what a view offers in rows, after rows were replaced by others."""

    @property
    def is_own(self) -> bool:
        """Whoever saved first is the same person, in another window."""
        return self.saved_by is not None and self.saved_by.user_id == current_user.key

    @property
    def saved_when(self) -> str:
        """When whoever was first saved it, in words."""
        if self.saved_by is None:
            return "saved now"
        at = self.saved_by.at
        on = "" if day(at) == day(utcnow()) else f" on {day(at)}"
        return f"saved at {clock(at)}{on}"


class Created(KeptForm):
    """A form that makes something: sent twice, it makes it once."""

    idem_key = Hidden()


class Edited(KeptForm):
    """A form that changes a row, drawn from one version of it."""

    version = Version()
    drawn_from = DrawnFrom()


def open_form(
    form_class: type[F],
    key: str,
    *,
    initial: Initial = dict,
    record: Versioned | None = None,
) -> F:
    """The form as it was sent; or with the person's draft; or drawn from `initial()`.

    `key` names the form and what it is about (`aim/12`). `initial` gives the fields of the record
    as it stands when called: it is called again when somebody else saved first.
    """
    if request.method == "POST":
        form = form_class(data=initial())
        form["form_key"].data = key
        if "idem_key" in form and not form["idem_key"].data:
            # Two forms sent without a key are two forms, not one sent twice.
            form["idem_key"].data = str(uuid.uuid4())
    else:
        draft = services.find(current_user, key)
        if draft is None:
            form = _drawn(form_class, initial())
        else:
            form = form_class(formdata=_posted(draft.body), data=initial())
            form.draft_kept_at = draft.updated_at
        form["form_key"].process(None, key)
        if "idem_key" in form:
            form["idem_key"].process(None, str(uuid.uuid4()))
    form.record, form.initial = record, initial
    if request.method != "POST" and record is not None:
        drawn_from = str(form["version"].data)
        _set_version(form)
        form.is_stale = form.draft_kept_at is not None and drawn_from != str(record.version)
        if not form.is_stale:
            form["drawn_from"].process(None, fingerprints(_drawn(form_class, initial())))
    return form


def form_page(
    template: str, form: KeptForm, *, partial: str | None = None, **context: Any
) -> Response:
    """Answer with the form: 409 when somebody saved first, 422 when it is refused, else 200.

    What was refused is kept as a draft, so that closing the page loses nothing.
    """
    refused = form.is_submitted()
    if refused:
        with unit_of_work():
            services.keep(current_user, form["form_key"].data, request.form.to_dict(flat=False))
    elif form.is_stale:
        # Only now: the view has filled in what the form offers.
        form.meet()
    status = 409 if form.is_stale and refused else 422 if refused else 200
    return page(template, partial=partial, status=status, form=form, **context)


def _drawn(form_class: type[F], values: Mapping[str, Any]) -> F:
    return form_class(formdata=None, data=dict(values))


def _posted(body: Mapping[str, Any]) -> MultiDict[str, str]:
    return MultiDict((name, text) for name, texts in body.items() for text in texts)


def _set_version(form: KeptForm) -> None:
    if form.record is not None:
        # What was sent would be drawn again in its place.
        form["version"].raw_data = None
        form["version"].process(None, form.record.version)
