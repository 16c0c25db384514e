"""The form of one round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.drafts.forms import Created
from tracker.pages import (
    Choice,
    Day,
    FieldList,
    FormField,
    Hidden,
    LongText,
    Option,
    SubForm,
    Text,
)
from tracker.safe.dates import today

from . import domain
from .domain import ASKED, LEVELS, Sheet


class AnswerForm(SubForm):
    """One question: an answer and why."""

    key = Hidden()
    level = Choice[str]("Answer")
    note = Text("Note", max_length=300)


class RoundForm(Created):
    """All questions of a sheet on one day."""

    answers = FieldList(FormField(AnswerForm))
    on = Day(
        "On which day was this said?", called="The day", required="Enter the day", latest=today
    )
    note = LongText(
        "Who was there, and what was said of the whole?",
        hint="It may stay empty.",
        called="What was said of the whole",
        rows=2,
        max_length=1000,
    )

    def offer(self, sheet: Sheet) -> None:
        """Name each question, and list what it can be answered with."""
        self.sheet = sheet
        self.again()

    def again(self) -> None:
        """The same, of rows that were put in the place of others."""
        by_key = {asked.key: asked for asked in ASKED[self.sheet]}
        for entry in self.answers:
            asked = by_key.get(entry.form.key.data)
            name = asked.name if asked else "Something that is not asked any more"
            entry.form.level.options = [
                Option(level.key, level.label) for level in LEVELS[self.sheet]
            ]
            entry.form.level.label.text = entry.form.level.called = name
            entry.form.level.description = asked.help if asked else ""
            entry.form.note.label.text = entry.form.note.called = f"Note on “{name}”"

    @property
    def said(self) -> list[domain.Answer]:
        """What was answered or noted; a question with neither is left out."""
        known = {asked.key for asked in ASKED[self.sheet]}
        return [
            domain.Answer(e.form.key.data, e.form.level.data or "", e.form.note.data)
            for e in self.answers
            if e.form.key.data in known and (e.form.level.data or e.form.note.data)
        ]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """See wtforms: a round without an answer says nothing."""
        is_valid: bool = super().validate(*args, **kwargs)
        if is_valid and not any(answer.level for answer in self.said):
            self.refuse(None, "Answer at least one question")
            return False
        return is_valid


def blank(sheet: Sheet, before: Sequence[domain.Answer] = ()) -> dict[str, Any]:
    """The fields of a new round: today, and the notes of the round before to go on from."""
    notes = {answer.key: answer.note for answer in before}
    return {
        "answers": [
            {"key": asked.key, "level": None, "note": notes.get(asked.key, "")}
            for asked in ASKED[sheet]
        ],
        "on": today(),
    }
