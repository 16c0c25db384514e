"""Everything a reader sees of a case study, as one JSON value: what is published is this.

Texts are rendered and charts are drawn here, with the figures that readers outside may see. Pages,
print and PDF only lay the value out, so nothing that changes later can change what was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.charts.domain import Event, Mark
from tracker.charts.words import alternative, finding
from tracker.documents import rendered
from tracker.measures import drawing, figures
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.pdsa import queries as pdsa
from tracker.plugin_api import Block, CaseStudyTemplate
from tracker.programmes.queries import programme_title
from tracker.projects.models import Project
from tracker.safe.dates import today

from .checks import Caught, names_in, small_counts
from .domain import authors_in, name_of
from .drafting import shows_results
from .models import CaseStudy, Picture

FORMAT = 1
DID_NOT_WORK = "What did not work"
CHARTS = "charts"


def chosen_measures(case_study: CaseStudy) -> list[Measure]:
    """The measures whose charts stand in it and that are still there, in the project's order."""
    held = measures.of_projects([case_study.project_id])
    return [m for m in held if m.id in case_study.measures]


def frozen(case_study: CaseStudy, template: CaseStudyTemplate) -> dict[str, Any]:
    """The body. Slow (it draws charts), so before any unit of work."""
    project = case_study.project
    home = chart_heading(template)
    marks = _tests_of(project)
    charts = [_chart(m, marks) for m in chosen_measures(case_study)]
    keys = {heading.key for heading in template.headings}
    parts = [
        {
            "key": heading.key,
            "heading": heading.text,
            "is_list": heading.block is Block.LIST,
            "html": str(rendered(text))
            if (text := case_study.answers.get(heading.key, ""))
            else "",
            "charts": [c for c in charts if c] if heading.key == home else [],
            "pictures": _pictures(case_study, heading.key),
        }
        for heading in template.headings
    ]
    return {
        "format": FORMAT,
        "form": template.title,
        "title": case_study.title,
        "key_learning": case_study.key_learning,
        "authors": [{"name": a.name, "job": a.job} for a in authors_in(case_study.authors)],
        "programme": programme_title(project.programme) if project.programme else "",
        "organisation": project.organisation.name,
        "psc": project.psc.name if project.psc else "",
        "setting": case_study.setting.label if case_study.setting else "",
        "intervention": case_study.intervention.label if case_study.intervention else "",
        "outcome": case_study.outcome.label if case_study.outcome else "",
        "outcome_state": case_study.outcome.state if case_study.outcome else "",
        "period": period_in_words(case_study.period_from, case_study.period_to),
        "parts": [p for p in parts if p["html"] or p["charts"] or p["pictures"]],
        "did_not_work": str(rendered(case_study.did_not_work)) if case_study.did_not_work else "",
        "pictures": [p for p in _pictures(case_study, None) if p["heading"] not in keys],
        "is_demo": project.is_demo,
    }


def chart_heading(template: CaseStudyTemplate) -> str:
    """The heading under which charts stand: the one made for it, else about results, else last."""
    made = [h for h in template.headings if h.block is Block.CHART]
    asking = [h for h in template.headings if shows_results(h)]
    return (made or asking or template.headings[-1:])[0].key


def caught_in(
    case_study: CaseStudy, template: CaseStudyTemplate, team: Sequence[str]
) -> list[Caught]:
    """Small counts and names in all that a reader would see, each with its place."""
    texts = _texts(case_study, template)
    authors = [a.name for a in authors_in(case_study.authors)]
    found = [*small_counts(texts), *names_in(texts, team, authors)]
    places = list(texts)
    return sorted(found, key=lambda caught: places.index(caught.heading))


def _texts(case_study: CaseStudy, template: CaseStudyTemplate) -> Mapping[str, str]:
    """Every text by the place a person finds it at."""
    texts = {"Title": case_study.title, "Key learning": case_study.key_learning}
    for heading in template.headings:
        texts[name_of(heading)] = str(case_study.answers.get(heading.key, ""))
    texts[DID_NOT_WORK] = case_study.did_not_work
    texts["Pictures"] = ". ".join(f"{p.alt}. {p.caption}" for p in case_study.pictures)
    texts["Charts"] = ". ".join(_written_on_charts(case_study))
    return {place: text for place, text in texts.items() if text.strip()}


def _written_on_charts(case_study: CaseStudy) -> Iterator[str]:
    chosen = chosen_measures(case_study)
    if not chosen:
        return
    yield from (mark.label for mark in _tests_of(case_study.project))
    for measure in chosen:
        yield from (measure.title, measure.caption)
        yield from (event.text for event in measures.events(measure))


def _tests_of(project: Project) -> list[Mark]:
    """The cycles under the charts, without their addresses: readers cannot go there."""
    return [Mark(c.number, c.title, c.starts_on, c.ends_on) for c in pdsa.cycles(project)]


def _chart(measure: Measure, marks: Sequence[Mark]) -> dict[str, Any] | None:
    held, phases, chart = measures.seen(measure, outside=True)
    if not any(p.y is not None for p in chart.points):
        return None
    named = [(p.starts_on, p.name) for p in phases]
    events: list[Event] = drawing.lettered(measures.events(measure))
    drawings = drawing.whole_chart(
        measure,
        chart,
        held,
        phases=drawing.phase_names(chart, named),
        marks=marks,
        events=events,
        on=today(),
    )
    lines = figures.lines(measure, chart, held, on=today())
    counted = measure.has_denominator
    head = ["Period", *(["Counted", "Out of"] if counted else [])]
    head += [measure.unit if measure.unit != "%" else "Percentage", "Reading"]
    rows = [
        [
            line.name[:1].upper() + line.name[1:],
            *([line.numerator, line.denominator] if counted else []),
            line.value,
            line.reading,
        ]
        for line in reversed(lines)
        if line.reading not in (figures.LATE, figures.NOT_DUE)
    ]
    return {
        "title": measure.title,
        "kind": drawing.KINDS[measure.kind.value],
        "finding": finding(chart, measure.words),
        "alternative": alternative(chart, measure.words),
        "large": str(drawings.large),
        "small": str(drawings.small),
        "tests": [f"{m.number}. {m.label}" for m in marks],
        "events": [f"{e.letter}. {e.label}" for e in events],
        "source": measure.data_source,
        "caption": measure.caption,
        "head": head,
        "rows": rows,
        "has_hidden": any(f.hidden for f in held),
    }


def _pictures(case_study: CaseStudy, heading: str | None) -> list[dict[str, Any]]:
    return [_picture(p) for p in case_study.pictures if heading is None or p.heading == heading]


def _picture(picture: Picture) -> dict[str, Any]:
    blob = picture.blob
    return {
        "heading": picture.heading,
        "sha256": blob.sha256,
        "alt": picture.alt,
        "caption": picture.caption,
        "width": blob.width,
        "height": blob.height,
    }


def period_in_words(first: date | None, last: date | None) -> str:
    """`January 2022 to June 2023`; with one end missing as far as it is known."""
    named = [f"{day:%B} {day.year}" for day in (first, last) if day is not None]
    if len(named) == 2:
        return named[0] if named[0] == named[1] else " to ".join(named)
    if first is not None:
        return f"From {named[0]}"
    return f"Until {named[0]}" if named else ""


def words_of_project(project: Project) -> str:
    """What a project is found by besides the words of its case study."""
    named = [project.organisation.name, project.psc.name if project.psc else ""]
    return " ".join([*named, programme_title(project.programme) if project.programme else ""])
