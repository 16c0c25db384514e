"""A first draft from what the project holds: a text for each heading, and where it came from.

What a heading asks for is told by its words, so that a form needs to say nothing and any form
works. Readers of a case study are outside the project, so a draft holds no small number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.charts.words import finding, known
from tracker.drivers import queries as drivers
from tracker.drivers.domain import IdeaStatus, status_of
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.pdsa import queries as pdsa
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle
from tracker.pdsa.study import Studied, studied_all
from tracker.plugin_api import CaseStudyTemplate, Heading, ProgrammeAim
from tracker.programmes.contents import contents_of
from tracker.projects import queries as projects
from tracker.projects.domain import amount, sentence
from tracker.projects.models import Project
from tracker.safe.dates import name_day, today
from tracker.safe.small_numbers import is_count, is_small
from tracker.spc.values import Chart
from tracker.stakeholders import queries as stakeholders
from tracker.stakeholders.domain import Kind

from .domain import name_of

MOST_AIMS = 3
MOST_CYCLES = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands under a heading before anybody wrote there. `sources` are pages of the project.

    A source is a name in words and the endpoint of the page of the project it is kept on.
    """

    text: str
    sources: tuple[tuple[str, str], ...]


AIM = ("your aim", "projects.aim")
PROGRAMME = ("the programme", "programmes.show")
PROJECT = ("the project", "overview.project")
CYCLES = ("your PDSA cycles", "pdsa.index")
MEASURES = ("your measures", "measures.index")
TEAM = ("your team", "projects.people")
DRIVERS = ("your driver diagram", "drivers.index")
STAKEHOLDERS = ("your stakeholder map", "stakeholders.index")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a draft is made of, read once."""

    project: Project
    aims: Sequence[ProgrammeAim]
    measures: Sequence[Measure]
    charts: Mapping[int, Chart]
    cycles: Sequence[PdsaCycle]
    predictions: Sequence[Studied]
    roles: Sequence[str] = field(default=())
    ideas: Sequence[tuple[str, IdeaStatus]] = field(default=())
    """Change ideas of the driver diagram, with what their cycles made of them."""
    groups: Sequence[str] = field(default=())
    """Groups on the stakeholder map: a person's name is for nobody outside."""


def facts_of(project: Project) -> Facts:
    """What the project holds, as readers outside it may see it: a constant number of statements."""
    held = measures.of_projects([project.id])
    # What is planned for a day to come has taught nobody anything yet.
    every = [c for c in pdsa.cycles_with_predictions(project) if c.starts_on <= today()]
    cycles = every[:MOST_CYCLES]
    decisions: dict[int | None, list[Decision | None]] = defaultdict(list)
    for cycle in every:
        decisions[cycle.change_idea_id].append(cycle.decision)
    contents = contents_of(project.programme) if project.programme else None
    programme = contents.programme if contents else None
    return Facts(
        project=project,
        aims=programme.aims[:MOST_AIMS] if programme else (),
        measures=held,
        charts=measures.charts_of(held, outside=True),
        cycles=cycles,
        predictions=[s for each in studied_all(cycles, held, outside=True).values() for s in each]
        if any(cycle.predictions for cycle in cycles)
        else [],
        ideas=[(one.text, status_of(decisions[one.id])) for one in drivers.ideas(project.id)],
        groups=[
            ", ".join(filter(None, (one.name, one.organisation)))
            for one in stakeholders.stakeholders(project.id)
            if one.kind is Kind.GROUP
        ],
        roles=list(dict.fromkeys(m.team_role for m in projects.team(project, today()))),
    )


def drafts(template: CaseStudyTemplate, facts: Facts) -> dict[str, Draft]:
    """A draft for each heading for which the project holds something."""
    found = {heading.key: draft_of(heading, facts) for heading in template.headings}
    return {key: draft for key, draft in found.items() if draft is not None}


def draft_of(heading: Heading, facts: Facts) -> Draft | None:
    """What the project holds for one heading; None when it holds nothing."""
    make = _maker(heading)
    parts = list(make(facts)) if make else []
    if not parts:
        return None
    sources = dict.fromkeys(source for _, source in parts)
    return Draft("\n\n".join(text for text, _ in parts), tuple(sources))


def what_did_not_work(facts: Facts) -> Draft | None:
    """Problems that were written down, and tests that were given up."""
    parts = list(_problems(facts))
    return Draft("\n\n".join(text for text, _ in parts), (CYCLES,)) if parts else None


def shows_results(heading: Heading) -> bool:
    """Whether charts belong under a heading of a form that does not say where they stand."""
    return _maker(heading) is _results


Part = tuple[str, tuple[str, str]]


def _aim(facts: Facts) -> Iterator[Part]:
    parts = facts.project.aim.parts
    if parts is not None:
        yield sentence(parts), AIM


def _national_aims(facts: Facts) -> Iterator[Part]:
    if facts.aims:
        yield "\n".join(f"- {aim.text}" for aim in facts.aims), PROGRAMME
    yield from _aim(facts)


def _problem(facts: Facts) -> Iterator[Part]:
    if facts.project.problem.strip():
        yield facts.project.problem.strip(), PROJECT
    parts = facts.project.aim.parts
    if parts is None or parts.baseline is None or not parts.measure.strip():
        return
    if is_count(parts.unit) and is_small(parts.baseline):
        return
    text = f"Where we began: {parts.measure.strip()}, {amount(parts.baseline, parts.unit)}."
    if isinstance(parts.target, Decimal) and parts.by is not None:
        text += f" Our aim was {amount(parts.target, parts.unit)} by {name_day(parts.by)}."
    yield text, AIM


def _did(facts: Facts) -> Iterator[Part]:
    lines = [_line(cycle) for cycle in facts.cycles]
    if lines:
        yield "\n".join(lines), CYCLES
    tested = [
        f"- {text.rstrip('.')}: {status.value}."
        for text, status in facts.ideas
        if status is not IdeaStatus.PROPOSED
    ]
    if tested:
        yield "Change ideas that we tested:\n\n" + "\n".join(tested), DRIVERS


def _line(cycle: PdsaCycle) -> str:
    when = f"{cycle.starts_on:%B} {cycle.starts_on.year}"
    said = f"- Cycle {cycle.number}, {when}: {cycle.title.rstrip('.')}."
    if cycle.scale.strip():
        said += f" {cycle.scale.strip().rstrip('.')}."
    if cycle.decision is not None:
        said += f" {_DECIDED[cycle.decision]}."
    return said


_DECIDED = {
    Decision.ADOPT: "Adopted",
    Decision.ADAPT: "Adapted",
    Decision.ABANDON: "Abandoned",
}


def _kept(facts: Facts) -> Iterator[Part]:
    adopted = [c for c in facts.cycles if c.decision is Decision.ADOPT]
    lines = [
        f"- {c.title.rstrip('.')}." + (f" {c.next_change.strip()}" if c.next_change.strip() else "")
        for c in adopted
    ]
    if lines:
        yield "\n".join(lines), CYCLES


def _results(facts: Facts) -> Iterator[Part]:
    for measure in facts.measures:
        chart = facts.charts[measure.id]
        if known(chart.points):
            yield f"{measure.title}: {finding(chart, measure.words)}", MEASURES
    yield from _predicted(facts)


def _predicted(facts: Facts) -> Iterator[Part]:
    judged = [s.was_met for s in facts.predictions if s.was_met is not None]
    if judged:
        met = sum(judged)
        noun = "prediction" if len(judged) == 1 else "predictions"
        yield (
            f"Of {len(judged)} {noun} that we made before our tests, {met or 'none'} held.",
            CYCLES,
        )


def _learned(facts: Facts) -> Iterator[Part]:
    lines = [
        f"- Cycle {c.number}: {' '.join(c.learned.split())}"
        for c in facts.cycles
        if c.learned.strip()
    ]
    if lines:
        yield "\n".join(lines), CYCLES


def _problems(facts: Facts) -> Iterator[Part]:
    lines = [
        f"- Cycle {c.number}: {' '.join(c.problems.split())}"
        for c in facts.cycles
        if c.problems.strip()
    ]
    lines += [
        f"- Cycle {c.number}, {c.title.rstrip('.')}, was given up."
        for c in facts.cycles
        if c.decision is Decision.ABANDON and not c.problems.strip()
    ]
    if lines:
        yield "\n".join(lines), CYCLES


def _team(facts: Facts) -> Iterator[Part]:
    if facts.roles:
        yield "\n".join(f"- {role}" for role in facts.roles), TEAM
    if facts.groups:
        yield "\n".join(f"- {group}" for group in facts.groups), STAKEHOLDERS


def _learned_and_predicted(facts: Facts) -> Iterator[Part]:
    yield from _learned(facts)
    yield from _predicted(facts)


Maker = Callable[[Facts], Iterator[Part]]

ASKS: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"\b(?:programme|national)\b.*\baims?\b", _national_aims),
        (r"\baims?\b", _aim),
        (r"challeng|not work|less well|difficult|barrier|went wrong", _problems),
        (r"worked well|continue|sustain|spread|next steps?", _kept),
        (r"learn|advice|reflection|conclusion|summary", _learned_and_predicted),
        (r"involved|\bteam\b|\bgroup\b|stakeholder", _team),
        (r"results?\b|how did it go|impact|outcomes?\b|where are we now|benefit", _results),
        (r"did you do|happened|methods?\b|approach|actions?\b|timeline|interventions?\b", _did),
        (r"problem|background|introduction|\bwhy\b|context|\bneed\b|challenge", _problem),
    )
)
"""Words in a heading, and what of the project belongs under it; the first that fits decides."""


def _maker(heading: Heading) -> Maker | None:
    words = name_of(heading)
    return next((make for pattern, make in ASKS if pattern.search(words)), None)
