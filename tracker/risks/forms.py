"""Forms of a risk log, and what of a risk can be commented on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.comments.models import Fields
from tracker.drafts.forms import Created, Edited
from tracker.pages import Choice, Day, Dropdown, LongText, Option, Text
from tracker.safe.dates import today

from .domain import IMPACTS, LIKELIHOODS, RiskStatus
from .models import Risk
from .services import Judgement


def _steps(words: Mapping[int, str]) -> tuple[Option, ...]:
    return tuple(Option(str(step), f"{step}. {word}") for step, word in words.items())


class JudgedFields:
    """What is said of a risk, new or not."""

    what = Text(
        "What could go wrong?",
        hint="One sentence: because of this, that may happen, and then.",
        required="Say what could go wrong",
        called="What could go wrong",
        max_length=300,
    )
    response = LongText(
        "What are you doing about it?",
        hint="What makes it less likely or less bad, and what you do if it comes.",
        called="What you are doing about it",
        rows=3,
        max_length=4000,
    )
    owner = Text("Who looks after it?", called="Who looks after it", max_length=120)
    likelihood = Dropdown[int](
        "How likely is it?", options=_steps(LIKELIHOODS), coerce=int, blank="Not judged yet"
    )
    impact = Dropdown[int](
        "How bad would it be?", options=_steps(IMPACTS), coerce=int, blank="Not judged yet"
    )
    review_on = Day(
        "When will you look at it again?",
        called="The day of the next look",
        hint="Once a month is usual. It may stay empty.",
    )

    @property
    def said(self) -> Judgement:
        """The fields as one value."""
        return Judgement(
            what=self.what.data,
            owner=self.owner.data,
            response=self.response.data,
            likelihood=self.likelihood.data,
            impact=self.impact.data,
            review_on=self.review_on.data,
        )


class NewRiskForm(JudgedFields, Created):
    """One more risk."""


class RiskForm(JudgedFields, Edited):
    """A risk judged anew."""

    status = Choice[RiskStatus](
        "Where does it stand?",
        options=tuple(Option(s, s.label) for s in (RiskStatus.OPEN, RiskStatus.HAPPENED)),
        coerce=RiskStatus,
    )


class CloseForm(Edited):
    """A risk that nobody has to look at any more."""

    how = LongText(
        "How was it closed?",
        hint="What made it go away, or why you live with it.",
        required="Say how it was closed",
        rows=3,
        max_length=2000,
    )
    on = Day("When?", called="The day", required="Enter the day", latest=today)


def values_of(risk: Risk) -> dict[str, Any]:
    """The fields of `RiskForm` as the risk stands."""
    return {
        "what": risk.what,
        "status": risk.status,
        "owner": risk.owner,
        "response": risk.response,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "review_on": risk.review_on,
        "version": risk.version,
    }


def fields_of(risk: Risk) -> Fields:
    """What of a risk can be commented on."""
    return (
        ("what", "What could go wrong"),
        ("owner", "Who looks after it"),
        ("response", "What we are doing about it"),
        ("judgement", "How likely and how bad"),
        ("review_on", "The next look"),
    )
