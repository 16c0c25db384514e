"""Forms about adoption: a level with its evidence, a row of levels, training, scope, a phase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.drafts.forms import Created
from tracker.pages import Choice, Day, LongText, Option, SafeInt, Text, Ticks, day, number
from tracker.plugin_api import PhaseStatus, Rubric, Stage
from tracker.safe.dates import today

from .domain import NOT_APPLICABLE, Side
from .evidence import Offered, training_words

REASON = "Asked when something is missing, when the level falls, or when it does not apply"


class Sided(Created):
    """A rating by the team or by its coach; whoever may do both says as whom."""

    side = Choice[Side]("As whom do you rate?", coerce=Side)

    def offer_sides(self, sides: Sequence[Side]) -> None:
        """As whom this person may rate."""
        self.side.options = [Option(one, f"As the {one.label.lower()}") for one in sides]

    @property
    def as_side(self) -> Side:
        """As whom they rate."""
        return self.side.data or Side(self.side.options[0].value)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """See wtforms: also that whoever may do both has chosen."""
        is_valid: bool = super().validate(*args, **kwargs)
        if len(self.side.options) > 1 and self.side.data is None:
            self.refuse("side", "Say as whom you rate")
            return False
        return is_valid


class Rates(Sided):
    """What every rating says."""

    level = Choice("Which level fits?", required="Choose a level")
    on = Day("From which day?", required="Enter the day from which it holds", latest=today)
    training: Ticks[int] = Ticks("Training records", coerce=int)
    document = Text("Document", hint="What it is, and where it lies", max_length=500)
    note = LongText("Note", rows=3, max_length=2000)
    reason = LongText("Reason", rows=3, max_length=2000, hint=f"{REASON}. Your coach sees it")


class RateForm(Rates):
    """The level of one pair, and what it rests on."""

    cycles: Ticks[int] = Ticks("PDSA cycles", coerce=int)
    charts: Ticks[int] = Ticks("Charts", coerce=int)
    case_studies: Ticks[int] = Ticks("Case studies", coerce=int)
    used_on = Day("Used on", hint="A day on which it was used", latest=today)

    def offer(self, found: Offered) -> None:
        """Fill in what can be ticked."""
        self.cycles.options = [
            Option(
                str(one.id),
                f"Cycle {one.number}: {one.title}",
                f"{one.project.title}, {day(one.starts_on)}",
            )
            for one in found.cycles
        ]
        self.charts.options = [
            Option(str(one.id), one.title, one.project.title) for one in found.charts
        ]
        self.case_studies.options = [
            Option(str(one.id), one.title, f"Published on {day(one.published_at)}")
            for one in found.case_studies
        ]
        offer_training(self, found)


class RateRowForm(Rates):
    """One level for several elements of a unit at once."""

    elements = Ticks("Which elements?", required="Choose at least one element")


class ClaimForm(Sided):
    """The score that a team or its coach claims for a project."""

    level = Choice("Which score do you claim?", required="Choose a score")
    on = Day("On which day?", required="Enter the day", latest=today)
    note = LongText("Note", rows=3, max_length=2000)
    reason = LongText(
        "Why does it differ?",
        rows=3,
        max_length=2000,
        hint="Asked when your score is not the one that the data support, or when it falls",
    )


class TrainingForm(Created):
    """Training that was given at a place."""

    what = Text("What was taught?", required="Enter what was taught")
    element = Choice("For which element?")
    given_by = Text(
        "Who gave it?", required="Enter who gave it", hint="A role, such as practice educator"
    )
    on = Day("When?", required="Enter the day", latest=today)
    people = SafeInt(
        "How many people?",
        required="Enter how many people were there",
        minimum=1,
        maximum=10_000,
        width=5,
    )
    role = Text("Of which role?", required="Enter their role", hint="Such as midwives")


class LeaveOutForm(Created):
    """The first day without a unit."""

    on = Day("From which day?", required="Enter the first day without it")


class IncludeForm(Created):
    """Which organisations come into scope, from when, as which kind of unit."""

    which = Choice("Which ones?", required="Choose which ones")
    setting = Text(
        "Kind of unit",
        hint="Rows of the matrix are grouped by it, such as Neonatal intensive care unit",
    )
    on = Day("From which day?", required="Enter the first day", latest=today)


class PhaseForm(Created):
    """How one phase of a pathway stands."""

    status: Choice[PhaseStatus] = Choice(
        "How does it stand?", coerce=PhaseStatus, required="Choose how it stands"
    )
    on = Day("As at", required="Enter the day", latest=today)
    starts_on = Day("Began, or is to begin")
    ends_on = Day("Ended, or is to end")
    note = LongText("Note", rows=3, max_length=2000)


def offer_training(form: Rates, found: Offered) -> None:
    """Fill in the training records that can be ticked."""
    form.training.options = [Option(str(one.id), training_words(one)) for one in found.training]


def level_options(rubric: Rubric, *, not_applicable: bool) -> list[Option]:
    """Each level with what it means, what is looked for and what it needs."""
    found = [
        Option(one.key, f"{number(one.score)}: {one.label}", _about(one)) for one in rubric.stages
    ]
    if not_applicable:
        found.append(
            Option(NOT_APPLICABLE, "Does not apply here", "Leaves the score; say why under Reason")
        )
    return found


def _about(stage: Stage) -> str:
    parts = [stage.descriptor]
    parts += [f"{one.setting}: {one.text}" for one in stage.readings]
    if stage.evidence:
        parts.append(f"Look for: {', '.join(stage.evidence)}")
    if stage.needs:
        parts.append(f"Needs: {', '.join(need.text for need in stage.needs)}")
    return ". ".join(part.rstrip(".") for part in parts)


def element_options(rubric: Rubric, keys: Iterable[str] | None = None) -> Sequence[Option]:
    """The elements of a rubric, with what each is."""
    wanted = None if keys is None else set(keys)
    return [
        Option(one.key, one.title, one.definition)
        for one in rubric.elements
        if wanted is None or one.key in wanted
    ]
