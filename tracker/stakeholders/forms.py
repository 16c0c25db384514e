"""Forms of the stakeholder map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from tracker.drafts.forms import Created, Edited
from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    Form,
    LongText,
    Option,
    Text,
    Tick,
    Ticks,
)
from tracker.plugin_api import StakeholderSuggestion
from tracker.safe.dates import today

from .domain import Details, Group, Kind, Quadrant, Reach, Stance, Way
from .models import Stakeholder, StakeholderLink

LONGEST = 120
STANCES = tuple(Option(stance, stance.label) for stance in Stance)
REACHES = (Option(Reach.HIGH, "High"), Option(Reach.LOW, "Low"))
AFTER = "The day after which the page says that it is overdue."


class Standing:
    """What moves from week to week."""

    now = Dropdown[Stance](
        "Where do they stand now?", options=STANCES, coerce=Stance, blank="Not said yet"
    )
    needed = Dropdown[Stance](
        "Where does the project need them?", options=STANCES, coerce=Stance, blank="Not said yet"
    )
    action = Text("Next action", max_length=200)
    next_contact_on = Day("Next contact")


class Written(Standing):
    """Everything about a stakeholder."""

    kind = Choice[Kind](
        "Is it a person or a group?",
        options=(Option(Kind.GROUP, "A group"), Option(Kind.PERSON, "A person")),
        coerce=Kind,
        required="Say whether it is a person or a group",
    )
    name = Text(
        "Name",
        required="Enter a name",
        hint="What you call them, such as “Theatre team”.",
        max_length=LONGEST,
        autocomplete="off",
    )
    organisation = Text("Organisation or department", max_length=LONGEST, autocomplete="off")
    role = Text("What do they do there?", max_length=LONGEST, autocomplete="off")
    group = Dropdown[Group](
        "What are they to the project?",
        options=tuple(Option(group, f"{group.label}: {group.hint}") for group in Group),
        coerce=Group,
        blank="Not said yet",
    )
    team_role = Dropdown[str](
        "Do they play a part on the team?",
        hint="If so the map says when nobody does.",
        blank="No",
    )
    influence = Choice[Reach]("How much influence do they have?", options=REACHES, coerce=Reach)
    interest = Choice[Reach]("How much interest do they take?", options=REACHES, coerce=Reach)
    owner = Text("Who will do it?", max_length=LONGEST, autocomplete="off")
    next_contact_on = Day("Next contact", hint=AFTER)
    rhythm = Text(
        "How often do you speak with them?", hint="Such as “monthly”.", max_length=40, width=10
    )
    lived_experience = Tick(
        "They bring lived experience, as patients, families or carers",
    )
    notes = LongText("Notes", rows=3, max_length=2000)

    def offer(self, roles: Iterable[str], held: str = "") -> None:
        """List the parts on the team; what was chosen once stays among them."""
        titles = dict.fromkeys([*roles, *([held] if held else [])])
        self.team_role.options = [Option(title, title) for title in titles]

    @property
    def details(self) -> Details:
        """The form as it was typed."""
        return Details(
            name=self.name.data,
            kind=self.kind.filled,
            organisation=self.organisation.data,
            role=self.role.data,
            team_role=self.team_role.data or "",
            group=self.group.data,
            influence=self.influence.data,
            interest=self.interest.data,
            now=self.now.data,
            needed=self.needed.data,
            action=self.action.data,
            owner=self.owner.data,
            next_contact_on=self.next_contact_on.data,
            rhythm=self.rhythm.data,
            lived_experience=self.lived_experience.data,
            notes=self.notes.data,
        )


class AddForm(Written, Created):
    """Put somebody on the map."""


class EditForm(Written, Edited):
    """Change what is written about somebody."""


class QuickForm(Standing, Edited):
    """Stance, action and next contact, changed in the table."""


class MoveForm(Form):
    """Put somebody in another quarter of the grid."""

    stakeholder = Dropdown[int]("Who?", coerce=int, required="Choose who moves", blank="Choose one")
    to = Dropdown[Quadrant](
        "Where to?",
        options=tuple(Option(q, f"{q.label}: {q.means.lower()}") for q in Quadrant),
        coerce=Quadrant,
        required="Choose where to",
        blank="Choose one",
    )


class ContactForm(Created):
    """Write down that somebody was spoken to."""

    on = Day("When was it?", required="Enter the day", latest=today)
    who = Text("Who of the team?", required="Say who spoke to them", max_length=LONGEST)
    way = Choice[Way](
        "How?",
        options=tuple(Option(way, way.label) for way in Way),
        coerce=Way,
        required="Say how",
    )
    outcome = LongText("What came of it?", required="Say what came of it", rows=3, max_length=2000)
    now = Dropdown[Stance](
        "Where do they stand now?", options=STANCES, coerce=Stance, blank="Where they stood before"
    )
    next_contact_on = Day(
        "Next contact", hint="Leave it empty if none is planned, or to keep a later day."
    )


class LinkFields:
    """What flows between whom."""

    source = Text(
        "From",
        required="Say where it comes from",
        hint="Somebody on the map, or the name of a service.",
        max_length=LONGEST,
        autocomplete="off",
        attributes={"list": "on-the-map"},
    )
    target = Text(
        "To",
        required="Say where it goes",
        max_length=LONGEST,
        autocomplete="off",
        attributes={"list": "on-the-map"},
    )
    flows = Text(
        "What flows?",
        required="Say what flows",
        hint="Such as referrals, figures, advice or money.",
        max_length=LONGEST,
    )


class AddLinkForm(LinkFields, Created):
    """Add a flow to the system map."""


class EditLinkForm(LinkFields, Edited):
    """Change a flow."""


class SuggestionsForm(Form):
    """Which suggestions of the programme come on the map."""

    chosen = Ticks[str]("Who matters to your project?", required="Tick at least one")


def suggestion_options(suggestions: Sequence[StakeholderSuggestion]) -> list[Option]:
    """A programme's suggestions, to tick."""
    return [
        Option(one.key, one.title, ". ".join(filter(None, [one.group, one.note.rstrip(".")])))
        for one in suggestions
    ]


def values_of(row: Stakeholder) -> dict[str, Any]:
    """The fields of a form as the stakeholder stands."""
    held = {field.name: getattr(row, field.name) for field in fields(Details)}
    return held | {"version": row.version}


def values_of_link(link: StakeholderLink) -> dict[str, Any]:
    """The fields of a form as the flow stands."""
    return {
        "source": link.source_called,
        "target": link.target_called,
        "flows": link.flows,
        "version": link.version,
    }
