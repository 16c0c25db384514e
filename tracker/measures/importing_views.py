"""Bringing in figures: paste or choose a file, check what would happen, save all or nothing.

Between the two pages the text waits as a draft of the person who brought it, never as a file. It
goes when it is saved, when it is thrown away, or after a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import audit
from tracker.db import StaleRecord, expect_version, unit_of_work
from tracker.drafts import services as drafts
from tracker.pages import Form, LongText, Tick, Upload, done, page
from tracker.pages.fields import NOT_NHS_NUMBER
from tracker.permissions import Permission, requires
from tracker.safe.dates import name_period, today
from tracker.safe.numbers import parse_id
from tracker.safe.text import clean

from . import columns, domain, importing, queries, services
from .blueprint import ONE, bp
from .columns import RATIO, SINGLE, Choices
from .grid import may_be_negative
from .importing import Existing, MeasureFacts, Preview, PreviewRow, Reason, Refused, Status, Table
from .models import Measure
from .recording import Counts, Row

STALE = (
    "Somebody else changed the figures while you were looking. "
    "The rows below are compared with what is held now: check them and save again"
)
FIRST_ROWS, FIRST_FAULTS = 100, 50
STATUSES = {
    Status.NEW: ("New", "go"),
    Status.HELD: ("Already held", "plain"),
    Status.CHANGES: ("Changes", "wait"),
    Status.NOT_DUE: ("Not due yet", "plain"),
    Status.FAULT: ("Fix first", "stop"),
}


class Paste(LongText):
    """Cells as they were copied: their tabs count. What they hold is judged as a table."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    def is_empty(self) -> bool:
        return not self.data.strip()

    def check(self) -> None:
        """The table it makes is checked, with the place of every fault."""


class BringForm(Form):
    """What to bring in."""

    paste = Paste(
        "Copy the cells, then paste them here",
        hint="With headings, in any order. Nothing is saved until you have checked it.",
        rows=6,
    )
    file = Upload("Or choose a CSV file", accept=".csv,.txt,text/csv", called="File")
    sure = Tick("The numbers found are not NHS numbers")


@dataclass(frozen=True, slots=True)
class Held:
    """A table on its way in, as it waits between the two pages."""

    table: Table
    not_nhs_numbers: bool


def text_key(measure: Measure) -> str:
    """Name of the draft that holds the text."""
    return f"import-text/{measure.id}"


def choices_key(measure: Measure) -> str:
    """Name of the draft that says how to read it."""
    return f"import/{measure.id}"


@bp.route(f"{ONE}/import", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def import_(measure: Measure) -> ResponseReturnValue:
    """Paste cells, or choose a file."""
    form = BringForm()
    asks_about_numbers = form.sure.data
    if form.validate_on_submit():
        upload = form.file.data
        kind = "csv" if upload is not None else "paste"
        raw = upload.read() if upload is not None else form.paste.data
        field = "file" if upload is not None else "paste"
        if upload is None and form.paste.is_empty():
            form.refuse("paste", "Paste some cells, or choose a file")
        else:
            try:
                _read(raw, not_nhs_numbers=form.sure.data)
            except Refused as refusal:
                form.refuse(field, refusal.message)
                asks_about_numbers = refusal.reason is Reason.NHS_NUMBER or asks_about_numbers
            else:
                _keep_text(measure, _text(raw), kind, form.sure.data)
                return done(_at(measure, "check_import"))
    waiting = request.method == "GET" and drafts.find(current_user, text_key(measure)) is not None
    return page(
        "measures/import.html",
        status=422 if form.is_submitted() else 200,
        project=measure.project,
        measure=measure,
        form=form,
        asks_about_numbers=asks_about_numbers,
        waiting=waiting,
        text_key=text_key(measure),
    )


@bp.route(f"{ONE}/import/check", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def check_import(measure: Measure) -> ResponseReturnValue:
    """What would happen to each row; then all of them are saved, or none."""
    held = _held(measure)
    if held is None:
        return done(_at(measure, "import_"))
    facts, day = facts_of(measure), today()
    is_sent = request.method == "POST"
    choices = _choices(measure, held.table, facts, is_sent=is_sent)
    named = columns.naming_a_person(choices)
    try:
        preview = _plan(measure, held.table, choices, facts, day)
    except Refused as refusal:
        return _check_page(measure, held, choices, None, [refusal.message], status=422)
    if not is_sent:
        if preview.filter_columns:
            choices = choices.choosing(preview.filter_columns)
        return _check_page(measure, held, choices, preview, [])
    with unit_of_work():
        drafts.keep(current_user, choices_key(measure), choices.as_body())
    said = [f"Choose which rows to keep, by “{header}”" for header in choices.unchosen]
    if named is not None:
        said.append(f"Row {named[0]}, {named[1]}: this looks like an NHS number. Take it out")
    wants_save = request.form.get("do") == "save"
    if said or not preview.ready or not wants_save:
        if preview.filter_columns:
            choices = choices.choosing(preview.filter_columns)
        status = 200 if preview.ready and not said else 422
        return _check_page(measure, held, choices, preview, said, status=status)
    return _save(measure, held, choices, preview, facts, day)


def _save(
    measure: Measure,
    held: Held,
    choices: Choices,
    preview: Preview,
    facts: MeasureFacts,
    day: date,
) -> ResponseReturnValue:
    try:
        with unit_of_work():
            seen = request.form.get("version", "")
            expect_version(services.figures(measure), parse_id(seen) or 0)
            counts = services.add_points(
                measure, _rows(preview), by=current_user, source=held.table.source.value
            )
            drafts.drop(current_user, text_key(measure))
            drafts.drop(current_user, choices_key(measure))
            if held.not_nhs_numbers:
                audit.record(
                    "text.not_nhs_number",
                    of=measure,
                    by=current_user,
                    detail={"field": held.table.source.value},
                )
    except StaleRecord:
        fresh = _plan(measure, held.table, choices, facts, day)
        return _check_page(measure, held, choices, fresh, [STALE], status=409)
    return done(_at(measure, "show"), announce=_told(counts))


def facts_of(measure: Measure) -> MeasureFacts:
    """What an import must know of a measure."""
    return MeasureFacts(
        cadence=measure.cadence.value,
        has_denominator=measure.has_denominator,
        is_share=measure.is_share,
        signed=may_be_negative(measure),
        numerator=measure.numerator,
        denominator=measure.denominator,
        title=measure.title,
    )


def _plan(
    measure: Measure, table: Table, choices: Choices, facts: MeasureFacts, day: date
) -> Preview:
    existing = {
        f.period: Existing(
            f.kind,
            f.numerator,
            f.denominator,
            None if measure.has_denominator else f.value,
            f.note,
        )
        for f in queries.points(measure)
    }
    # Headings stand in messages for the definition's words, which are long.
    short = MeasureFacts(
        facts.cadence,
        facts.has_denominator,
        facts.is_share,
        signed=facts.signed,
    )
    fixed = choices.applied(table)
    return importing.plan_import(fixed, choices.mapping(fixed), short, existing, today=day)


def _rows(preview: Preview) -> list[Row]:
    return [
        Row(
            row.period,
            kind=row.kind,
            numerator=row.numerator,
            denominator=row.denominator,
            value=row.value,
            note=row.note,
            is_partial=row.is_partial,
        )
        for row in preview.rows
        if row.period is not None and row.kind is not None and row.status is not Status.NOT_DUE
    ]


def _told(counts: Counts) -> str:
    if counts.changes_nothing:
        return f"Nothing changed: all {counts.same:,} rows were held already"
    return f"Figures saved: {counts.words}"


def _check_page(
    measure: Measure,
    held: Held,
    choices: Choices,
    preview: Preview | None,
    said: list[str],
    *,
    status: int = 200,
) -> Response:
    shown: list[PreviewRow] = []
    if preview is not None:
        others = [row for row in preview.rows if row.status is not Status.FAULT]
        shown = [*preview.faulty[:FIRST_FAULTS], *others[:FIRST_ROWS]]
        shown.sort(key=lambda row: row.number)
    return page(
        "measures/check_import.html",
        status=status,
        project=measure.project,
        measure=measure,
        preview=preview,
        shown=shown,
        said=said,
        columns=columns.listed(held.table, choices),
        choices=choices,
        goes=RATIO if measure.has_denominator else SINGLE,
        statuses=STATUSES,
        position=held.table.column,
        cell=_cell(held.table, choices),
        version=services.figures(measure).version,
        text_key=text_key(measure),
        name_of=lambda period: name_period(period, measure.cadence),
        value_of=lambda row: _value(measure, row),
    )


def _cell(table: Table, choices: Choices) -> Any:
    """What stands in a cell, put right or as it came."""
    places = {number: at for at, number in enumerate(table.numbers)}

    def cell(number: int, header: str) -> str:
        if (number, header) in choices.fixes:
            return choices.fixes[number, header]
        return table.rows[places[number]][table.column(header)].strip()

    return cell


def _value(measure: Measure, row: PreviewRow) -> str:
    """The value a row would have, as the chart shows it."""
    value = row.value
    if row.numerator is not None and row.denominator:
        value = domain.ratio(row.numerator, row.denominator, measure.multiplier)
    return "" if value is None else measure.words.value(float(value))


def _choices(measure: Measure, table: Table, facts: MeasureFacts, *, is_sent: bool) -> Choices:
    if is_sent:
        return columns.sent(request.form, table)
    kept = drafts.find(current_user, choices_key(measure))
    if kept is not None:
        return columns.from_body(kept.body, table)
    return columns.suggested(table, facts)


def _keep_text(measure: Measure, text: str, kind: str, not_nhs_numbers: bool) -> None:
    body = {
        "text": [text],
        "kind": [kind],
        "sure": ["yes"] if not_nhs_numbers else [],
        # Its cells were searched one by one; a draft would mask digits across them.
        NOT_NHS_NUMBER: ["text"],
    }
    with unit_of_work():
        drafts.keep(current_user, text_key(measure), body)
        drafts.drop(current_user, choices_key(measure))


def _held(measure: Measure) -> Held | None:
    draft = drafts.find(current_user, text_key(measure))
    if draft is None:
        return None
    text, sure = draft.body["text"][0], bool(draft.body["sure"])
    raw = text.encode() if draft.body["kind"] == ["csv"] else text
    try:
        return Held(_read(raw, not_nhs_numbers=sure), sure)
    except Refused:
        # It was readable when it was kept: the rules have become stricter since.
        return None


def _read(raw: bytes | str, *, not_nhs_numbers: bool) -> Table:
    if isinstance(raw, bytes):
        return importing.read_csv(raw, not_nhs_numbers=not_nhs_numbers)
    return importing.read_paste(raw, not_nhs_numbers=not_nhs_numbers)


def _text(raw: bytes | str) -> str:
    if isinstance(raw, str):
        return clean(raw)
    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if is_wide else "utf-8-sig")


def _at(measure: Measure, endpoint: str) -> str:
    return url_for(f"measures.{endpoint}", project_id=measure.project_id, measure_id=measure.id)
