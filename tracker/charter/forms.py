"""Forms of a charter, of an equality impact assessment and of a co-production record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.drafts.forms import Created, Edited
from tracker.measures.models import Measure
from tracker.pages import Choice, Day, Hidden, LongText, Option, Text, Ticks
from tracker.pdsa.models import PdsaCycle
from tracker.projects.models import Project
from tracker.safe.dates import today

from .domain import Verdict
from .models import EqualityGroup, Involvement
from .services import Assessment, CharterText, Contribution


class CharterForm(Edited):
    """The words of a charter."""

    problem = LongText(
        "What is the problem?",
        hint="A sentence or two: what happens now, and to whom.",
        rows=3,
        max_length=2000,
    )
    background = LongText(
        "Why here, and why now?",
        hint="What is known: guidance, an audit, what people told you.",
        rows=4,
        max_length=4000,
    )
    scope_in = LongText(
        "What is in scope?",
        hint="Places, people and steps of care that the work changes.",
        rows=3,
        max_length=2000,
    )
    scope_out = LongText(
        "What is out of scope?",
        hint="What somebody might expect of it, and will not get.",
        rows=3,
        max_length=2000,
    )
    reports_to = LongText(
        "Where does it report, and how often?",
        hint="Such as “Maternity safety board, every month; trust quality committee, every "
        "quarter”.",
        rows=2,
        max_length=1000,
    )

    @property
    def text(self) -> CharterText:
        """The charter as it was typed."""
        return CharterText(
            problem=self.problem.data,
            background=self.background.data,
            scope_in=self.scope_in.data,
            scope_out=self.scope_out.data,
            reports_to=self.reports_to.data,
        )


def charter_of(project: Project) -> dict[str, Any]:
    """The fields of `CharterForm` as the project stands."""
    names = ("problem", "background", "scope_in", "scope_out", "reports_to", "version")
    return {name: getattr(project, name) for name in names}


class DecideForm(Created):
    """Approve the charter, or send it back."""

    verdict = Choice[Verdict](
        "Do you approve it?",
        options=(
            Option(Verdict.APPROVED, "Yes", "It stands as it is written here."),
            Option(Verdict.REFUSED, "Not yet", "It goes back to the team with your reason."),
        ),
        coerce=Verdict,
        required="Choose whether you approve it",
    )
    reason = LongText(
        "What should the team know?",
        hint="Why it goes back. When you approve it this may stay empty.",
        called="Reason",
        rows=3,
        max_length=2000,
    )
    seen = Hidden()


class SignOffForm(Created):
    """Sign the equality impact assessment off as it stands."""

    review_on = Day(
        "When will you look at it again?",
        hint="Six months is usual, or when the figures by group are in.",
        required="Enter the day by which you will look at it again",
        earliest=today,
    )
    note = LongText("Anything to note?", rows=2, max_length=1000)
    seen = Hidden()


class GroupFields:
    """What is said of one group."""

    name = Text(
        "Which group?",
        hint="Choose one of those offered, or write your own.",
        required="Say which group",
        max_length=120,
        autocomplete="off",
        attributes={"list": "offered"},
    )
    evidence = LongText(
        "What do you know?",
        hint="Figures, research, what people told you. “We do not know yet” is an answer.",
        rows=3,
        max_length=2000,
    )
    impact = LongText(
        "What might the work do to them?",
        hint="Better, worse or no different than for others, and why.",
        rows=3,
        max_length=2000,
    )
    mitigation = LongText("What will you do about it?", rows=3, max_length=2000)
    stratum = Text(
        "How should the charts be split to see them?",
        hint="Such as “Deprivation quintile”. Leave it empty if no split is needed.",
        max_length=80,
    )
    measures = Ticks[int](
        "Which measures show that split?",
        hint="Leave all empty while none does: it stays on the list of what is not charted.",
        coerce=int,
    )

    def offer(self, held: Sequence[Measure]) -> None:
        """List the measures there are."""
        self.measures.options = [Option(str(m.id), m.title) for m in held]

    @property
    def said(self) -> Assessment:
        """The group as it was typed."""
        return Assessment(
            name=self.name.data,
            evidence=self.evidence.data,
            impact=self.impact.data,
            mitigation=self.mitigation.data,
            stratum=self.stratum.data,
            measures=self.measures.data,
        )


class AddGroupForm(GroupFields, Created):
    """Consider one more group."""


class EditGroupForm(GroupFields, Edited):
    """Change what is said of a group."""


class InvolvementFields:
    """Who had a part, in what, and what it changed."""

    who = Text(
        "Who had a part?",
        hint="What they are to the project, such as “Patient Safety Partner” or “Parent of a "
        "preterm baby”. Never a name.",
        required="Say who had a part",
        max_length=120,
        autocomplete="off",
        attributes={"list": "offered"},
    )
    cycles = Ticks[int]("In which cycles?", coerce=int)
    part = LongText("What did they do?", rows=2, max_length=2000)
    changed = LongText(
        "What changed because of it?",
        hint="“Nothing yet” is an answer too.",
        rows=3,
        max_length=2000,
    )

    def offer(self, cycles: Sequence[PdsaCycle]) -> None:
        """List the cycles there are."""
        self.cycles.options = [Option(str(c.id), f"{c.number}. {c.title}") for c in cycles]

    @property
    def said(self) -> Contribution:
        """The entry as it was typed."""
        return Contribution(
            who=self.who.data,
            part=self.part.data,
            changed=self.changed.data,
            cycles=self.cycles.data,
        )


class AddInvolvementForm(InvolvementFields, Created):
    """Note one more part."""


class EditInvolvementForm(InvolvementFields, Edited):
    """Change an entry."""


def group_of(row: EqualityGroup) -> dict[str, Any]:
    """The fields of `EditGroupForm` as the row stands."""
    names = ("name", "evidence", "impact", "mitigation", "stratum", "measures", "version")
    return {name: getattr(row, name) for name in names}


def involvement_of(row: Involvement) -> dict[str, Any]:
    """The fields of `EditInvolvementForm` as the row stands."""
    return {name: getattr(row, name) for name in ("who", "cycles", "part", "changed", "version")}
