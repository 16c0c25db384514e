"""Bringing in figures: paste or choose a file, check what would happen, save all or nothing.

Between the two pages the text waits as a draft of the person who brought it, never as a file
(`waiting`). It goes when it is saved, when it is thrown away, or after a month.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import audit
from tracker.db import StaleRecord, expect_version, unit_of_work
from tracker.drafts import services as drafts
from tracker.pages import Form, LongText, Tick, Upload, done, page
from tracker.permissions import Permission, requires
from tracker.safe.dates import name_period, today
from tracker.safe.numbers import parse_id

from . import columns, domain, importing, queries, services, waiting
from .blueprint import ONE, bp
from .columns import RATIO, SINGLE, Choices
from .grid import may_be_negative
from .importing import Existing, MeasureFacts, Preview, PreviewRow, Reason, Refused, Status, Table
from .models import Measure
from .recording import Counts, Row
from .waiting import Held

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
    file = Upload(
        "Or choose a file",
        hint="An Excel workbook (.xlsx) or a CSV file.",
        accept=".xlsx,.csv,.txt,text/csv",
        called="File",
    )
    sure = Tick("The numbers found are not NHS numbers")


@dataclass(frozen=True, slots=True)
class Reading:
    """One table on its way in, and how it is to be read: what the check page is about."""

    held: Held
    sheet: int
    choices: Choices
    is_as_before: bool = False
    """The columns are read as in the last import."""

    @property
    def table(self) -> Table:
        return self.held.tables[self.sheet]

    def choosing(self, headers: Collection[str]) -> Reading:
        """The same, with rows to be chosen by these headings too."""
        return replace(self, choices=self.choices.choosing(headers))


@bp.route(f"{ONE}/import", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def import_(measure: Measure) -> ResponseReturnValue:
    """Paste cells, or choose a file."""
    form = BringForm()
    asks_about_numbers = form.sure.data
    if form.validate_on_submit():
        upload = form.file.data
        raw = form.paste.data
        if upload is not None:
            with upload.stream:
                raw = upload.read()
        field = "file" if upload is not None else "paste"
        if upload is None and form.paste.is_empty():
            form.refuse("paste", "Paste some cells, or choose a file")
        else:
            try:
                tables = waiting.read(raw, not_nhs_numbers=form.sure.data)
            except Refused as refusal:
                form.refuse(field, refusal.message)
                asks_about_numbers = refusal.reason is Reason.NHS_NUMBER or asks_about_numbers
            else:
                with unit_of_work():
                    waiting.keep(current_user, measure, raw, tables, not_nhs_numbers=form.sure.data)
                return done(address_of(measure, "check_import"))
    key = waiting.text_key(measure)
    return page(
        "measures/import.html",
        status=422 if form.is_submitted() else 200,
        project=measure.project,
        measure=measure,
        form=form,
        asks_about_numbers=asks_about_numbers,
        waiting=request.method == "GET" and drafts.find(current_user, key) is not None,
        text_key=key,
    )


@bp.route(f"{ONE}/import/check", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def check_import(measure: Measure) -> ResponseReturnValue:
    """What would happen to each row; then all of them are saved, or none."""
    held = waiting.held(current_user, measure)
    if held is None:
        return done(address_of(measure, "import_"))
    facts, day = facts_of(measure), today()
    is_sent = request.method == "POST"
    reading = reading_of(measure, held, facts)
    named = columns.naming_a_person(reading.choices)
    try:
        preview = planned(measure, reading, facts, day)
    except Refused as refusal:
        return _check_page(measure, reading, None, [refusal.message], status=422)
    if not is_sent:
        if preview.filter_columns:
            reading = reading.choosing(preview.filter_columns)
        return _check_page(measure, reading, preview, [])
    with unit_of_work():
        body = reading.choices.as_body() | {"sheet": [str(reading.sheet)]}
        drafts.keep(current_user, waiting.choices_key(measure), body)
    said = [f"Choose which rows to keep, by “{header}”" for header in reading.choices.unchosen]
    if named is not None:
        said.append(f"Row {named[0]}, {named[1]}: this looks like an NHS number. Take it out")
    wants_save = request.form.get("do") == "save"
    if said or not preview.ready or not wants_save:
        if preview.filter_columns:
            reading = reading.choosing(preview.filter_columns)
        status = 200 if preview.ready and not said else 422
        return _check_page(measure, reading, preview, said, status=status)
    return _save(measure, reading, preview, facts, day)


def _save(
    measure: Measure, reading: Reading, preview: Preview, facts: MeasureFacts, day: date
) -> ResponseReturnValue:
    source = reading.table.source.value
    try:
        with unit_of_work():
            seen = request.form.get("version", "")
            expect_version(services.figures(measure), parse_id(seen) or 0)
            counts = services.add_points(measure, _rows(preview), by=current_user, source=source)
            services.remember_columns(measure, reading.choices.to_remember())
            waiting.forget(current_user, measure)
            if reading.held.not_nhs_numbers:
                audit.record(
                    "text.not_nhs_number",
                    of=measure,
                    by=current_user,
                    detail={"field": source},
                )
    except StaleRecord:
        fresh = planned(measure, reading, facts, day)
        return _check_page(measure, reading, fresh, [STALE], status=409)
    return done(address_of(measure, "show"), announce=_told(counts))


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


def planned(measure: Measure, reading: Reading, facts: MeasureFacts, day: date) -> Preview:
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
    fixed = reading.choices.applied(reading.table)
    mapping = reading.choices.mapping(fixed)
    return importing.plan_import(fixed, mapping, short, existing, today=day)


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
    reading: Reading,
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
        columns=columns.listed(reading.table, reading.choices),
        choices=reading.choices,
        is_as_before=reading.is_as_before,
        sheet=reading.sheet,
        sheets=[table.sheet for table in reading.held.tables],
        goes=RATIO if measure.has_denominator else SINGLE,
        statuses=STATUSES,
        position=reading.table.column,
        cell=_cell(reading.table, reading.choices),
        version=services.figures(measure).version,
        text_key=waiting.text_key(measure),
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


def reading_of(measure: Measure, held: Held, facts: MeasureFacts) -> Reading:
    """How to read what waits: as sent, as kept, as the time before, or as a first guess."""
    if request.method == "POST":
        sheet = held.sheet(_number(request.form.get("sheet", "")))
        return Reading(held, sheet, columns.sent(request.form, held.tables[sheet]))
    kept = drafts.find(current_user, waiting.choices_key(measure))
    kept_sheet = _number(kept.body.get("sheet", ["0"])[0]) if kept is not None else None
    asked = request.args.get("sheet")
    if kept is not None and kept_sheet is not None:
        sheet = held.sheet(kept_sheet if asked is None else _number(asked))
        if sheet == kept_sheet:
            return Reading(held, sheet, columns.from_body(kept.body, held.tables[sheet]))
    if asked is not None:
        return _proposed(measure, held, held.sheet(_number(asked)), facts)
    # A workbook may begin with a sheet about itself.
    proposed = [_proposed(measure, held, sheet, facts) for sheet in range(len(held.tables))]
    fitting = [reading for reading in proposed if reading.choices.reads_figures]
    return next((r for r in fitting if r.is_as_before), (fitting or proposed)[0])


def _proposed(measure: Measure, held: Held, sheet: int, facts: MeasureFacts) -> Reading:
    table = held.tables[sheet]
    before = columns.remembered(queries.import_columns(measure), table)
    if before is not None:
        return Reading(held, sheet, before, is_as_before=True)
    return Reading(held, sheet, columns.suggested(table, facts))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def address_of(measure: Measure, endpoint: str) -> str:
    """Address of a page of this measure."""
    return url_for(f"measures.{endpoint}", project_id=measure.project_id, measure_id=measure.id)
