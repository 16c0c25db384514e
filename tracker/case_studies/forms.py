"""Forms of case studies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.blobs.pictures import ACCEPT
from tracker.drafts.forms import Created, Edited, KeptForm
from tracker.measures.models import Measure
from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    FieldList,
    FormField,
    Hidden,
    LongText,
    Option,
    SubForm,
    Text,
    Ticks,
    Upload,
)
from tracker.plugin_api import CaseStudyTemplate
from tracker.safe.dates import today

from .checks import Caught
from .domain import Intervention, Outcome, Readers, ReviewDecision, Setting, name_of
from .freezing import DID_NOT_WORK
from .models import CaseStudy

LONGEST = 20_000
READERS = (
    Option(Readers.ORGANISATION, Readers.ORGANISATION.label),
    Option(Readers.NETWORK, Readers.NETWORK.label),
    Option(Readers.NATIONAL, Readers.NATIONAL.label),
    Option(
        Readers.PUBLIC,
        Readers.PUBLIC.label,
        "Only while your organisation says that its case studies may be public.",
    ),
)
MARKS = "Start a line with - for a list; put ** around words to make them bold."


class BeginForm(Created):
    """Choose the form to write in."""

    form = Choice[str]("Which form?", required="Choose a form")


class AnswerForm(SubForm):
    """What is written under one heading."""

    key = Hidden()
    text = LongText("Text", rows=4, max_length=LONGEST)


class WriteForm(Edited):
    """The whole draft."""

    title = Text("Title", required="Enter a title", max_length=200)
    answers = FieldList(FormField(AnswerForm))
    did_not_work = LongText(DID_NOT_WORK, rows=4, max_length=LONGEST)
    key_learning = Text(
        "Key learning, in one line",
        hint="The one thing that the next team should know. It stands on the card in the library.",
        max_length=300,
    )
    authors = LongText(
        "Authors, one a line, in the order in which they are named",
        hint="A name, then a comma and what they are: A Example, ward manager",
        rows=3,
        max_length=2000,
    )
    setting = Dropdown[Setting](
        "Setting",
        options=tuple(Option(s, s.label) for s in Setting),
        coerce=Setting,
        blank="Choose one",
    )
    intervention = Dropdown[Intervention](
        "Kind of change",
        options=tuple(Option(i, i.label) for i in Intervention),
        coerce=Intervention,
        blank="Choose one",
    )
    outcome = Dropdown[Outcome](
        "What came of it?",
        options=tuple(Option(o, o.label) for o in Outcome),
        coerce=Outcome,
        blank="Choose one",
    )
    period_from = Day("It began on", called="The day it began")
    period_to = Day("It ended on", called="The day it ended", hint="Leave empty while it goes on.")
    measures = Ticks[int]("Charts to show", coerce=int)
    readers = Choice[Readers](
        "Who may read it once it is published?",
        options=READERS,
        coerce=Readers,
        required="Choose who may read it",
    )

    def offer(self, template: CaseStudyTemplate, held: Sequence[Measure]) -> None:
        """Name each heading, and list the measures of the project."""
        self.template = template
        self.measures.options = [Option(str(m.id), m.title) for m in held]
        self.again()

    def again(self) -> None:
        """The same, of headings that were put in the place of others."""
        named = {h.key: name_of(h) for h in self.template.headings}
        for entry in self.answers:
            entry.form.text.label.text = named.get(entry.form.key.data, "Text")
            entry.form.text.called = entry.form.text.label.text

    @property
    def written(self) -> dict[str, str]:
        """Text by heading key; headings that the form does not have are left out."""
        keys = {h.key for h in self.template.headings}
        return {e.form.key.data: e.form.text.data for e in self.answers if e.form.key.data in keys}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """See wtforms: also the order of the two days."""
        is_valid: bool = super().validate(*args, **kwargs)
        first, last = self.period_from.data, self.period_to.data
        if first is not None and last is not None and last < first:
            self.refuse("period_to", "The day it ended must be after the day it began")
            return False
        return is_valid


def written_of(case_study: CaseStudy, template: CaseStudyTemplate) -> Mapping[str, Any]:
    """The fields of `WriteForm` as the case study stands."""
    return {
        "title": case_study.title,
        "answers": [
            {"key": h.key, "text": case_study.answers.get(h.key, "")} for h in template.headings
        ],
        "did_not_work": case_study.did_not_work,
        "key_learning": case_study.key_learning,
        "authors": case_study.authors,
        "setting": case_study.setting,
        "intervention": case_study.intervention,
        "outcome": case_study.outcome,
        "period_from": case_study.period_from,
        "period_to": case_study.period_to,
        "measures": case_study.measures,
        "readers": case_study.readers,
        "version": case_study.version,
    }


class NoteForm(SubForm):
    """What a reviewer says of one heading."""

    key = Hidden()
    note = LongText("Note", rows=2, max_length=2000)


class ReviewForm(Edited):
    """Approve it, or ask for changes."""

    notes = FieldList(FormField(NoteForm))
    note = LongText("Of the whole", rows=3, max_length=4000)
    decision = Choice[ReviewDecision](
        "What do you say?",
        options=(
            Option(ReviewDecision.APPROVE, "Approve it as it stands"),
            Option(
                ReviewDecision.ASK_CHANGES,
                "Ask for changes",
                "The team sees your notes beside the headings.",
            ),
        ),
        coerce=ReviewDecision,
        required="Say whether you approve it",
    )

    @property
    def said(self) -> dict[str, str]:
        """Notes by heading key."""
        return {e.form.key.data: e.form.note.data for e in self.notes if e.form.note.data}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """See wtforms: changes are asked for in words."""
        is_valid: bool = super().validate(*args, **kwargs)
        asks = self.decision.data is ReviewDecision.ASK_CHANGES
        if asks and not self.note.data and not self.said:
            self.refuse("note", "Say what should change, here or beside a heading")
            return False
        return is_valid


class ConsentForm(Created):
    """Record that somebody agreed."""

    who = Text("Who agreed?", required="Enter who agreed", max_length=120, autocomplete="off")
    role = Text(
        "As what?",
        hint="For example executive sponsor, Patient Safety Partner, or the person it is about.",
        required="Enter as what they agreed",
        max_length=120,
    )
    readers = Choice[Readers](
        "To whom may it be shown?",
        options=tuple(Option(r, r.label) for r in Readers),
        coerce=Readers,
        required="Choose to whom it may be shown",
    )
    on = Day("When did they agree?", required="Enter the day they agreed", latest=today)


class ReasonForm(SubForm):
    """Why something that was caught is right as it is."""

    mark = Hidden()
    reason = Text("Why is this right as it is?", max_length=300)


class PublishForm(Edited):
    """Say of each thing that was caught why it stays; then publish."""

    cleared = FieldList(FormField(ReasonForm))

    def reasons(self, caught: Sequence[Caught]) -> list[tuple[Caught, str]]:
        """Each thing with the reason given; empty where there is none."""
        given = {e.form.mark.data: e.form.reason.data for e in self.cleared}
        return [(each, given.get(each.mark, "")) for each in caught]


class PictureForm(KeptForm):
    """Add a picture."""

    picture = Upload(
        "Picture",
        hint="PNG, JPEG or WebP, up to 8 MB. Where and when it was taken is removed from it.",
        accept=ACCEPT,
        required="Choose a picture",
    )
    alt = Text(
        "What does it show, for people who cannot see it?",
        required="Say what the picture shows",
        max_length=300,
    )
    caption = Text("Words under it", max_length=300)
    heading = Dropdown[str]("Under which heading?", blank="After the text")


class WithdrawForm(KeptForm):
    """Take a published copy out of the library."""

    reason = LongText(
        "Why is it withdrawn?",
        hint="Readers who come to its address see this.",
        required="Say why it is withdrawn",
        rows=3,
        max_length=1000,
    )


class PublicForm(KeptForm):
    """Whether an organisation's case studies may be read without signing in."""

    is_allowed = Choice[str](
        "May case studies of this organisation be public?",
        options=(
            Option("yes", "Yes", "Teams may then choose it, with consent, one by one."),
            Option("no", "No", "What is public now asks for a sign-in from that day on."),
        ),
        required="Choose yes or no",
    )
    on = Day("From", called="The day from which it holds", required="Enter the day", latest=today)
    reason = Text("Who decided it, and why?", required="Say who decided it", max_length=300)
