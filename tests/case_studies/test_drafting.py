"""A draft is made of what the project holds, says where from, and never overwrites a person."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.case_studies import drafting, freezing, queries, showing
from tracker.db import db, unit_of_work
from tracker.drivers import services as drivers
from tracker.pdsa import queries as pdsa_queries
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.plugin_api import CaseStudyTemplate, Heading
from tracker.plugin_host import current_host
from tracker.stakeholders import services as stakeholders
from tracker.stakeholders.domain import Details, Kind
from tracker.testing import case_studies as made
from tracker.testing import factories
from tracker.testing.statements import count_statements

from .conftest import Ward


def heading(text: str) -> Heading:
    return Heading(key="a", text=text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("SMART aim", "from 75% to 95% by 30 June 2025"),
        ("What problem were you trying to solve?", "Cords were clamped too soon."),
        ("Background", "Where we began: cord clamping at 60 seconds, 75%."),
        (
            "What did you do?",
            "- Cycle 1, January 2025: Trolley at the bedside. One shift. Adopted.",
        ),
        ("Methods", "Trolley at the bedside"),
        ("What worked well?", "Part of induction"),
        ("What was challenging?", "Short cords did not reach"),
        ("How did it go?", "Clamped at 60 seconds:"),
        ("What did you learn?", "- Cycle 1: The side of the bed matters"),
    ],
)
def test_a_heading_is_filled_by_what_it_asks_for(ward: Ward, text: str, holds: str) -> None:
    draft = drafting.draft_of(heading(text), drafting.facts_of(ward.project))
    assert draft is not None
    assert holds in draft.text
    assert draft.sources


def test_a_heading_that_asks_for_something_else_is_left_to_a_person(ward: Ward) -> None:
    assert drafting.draft_of(heading("Thanks"), drafting.facts_of(ward.project)) is None


def test_an_empty_project_makes_an_empty_draft(ward: Ward) -> None:
    bare = factories.project(by=ward.lead, organisation=ward.trust, programme="generic")
    template = next(iter(queries.forms_for(bare).values()))
    drafts = drafting.drafts(template, drafting.facts_of(bare))
    assert all(key not in drafts for key in ("aim", "results", "methods", "conclusion"))


def test_ideas_come_with_what_became_of_them_and_of_stakeholders_groups_alone(ward: Ward) -> None:
    cycle = pdsa_queries.cycles(ward.project)[0]
    with unit_of_work():
        tested = drivers.add_idea(ward.project, "Trolley", by=ward.lead)
        drivers.add_idea(ward.project, "Leaflet", by=ward.lead)
        db.session.get_one(PdsaCycle, cycle.id).change_idea_id = tested.id
        for who in (
            Details(name="Maternity voices", organisation="Example Trust"),
            Details(name="Sister Example", kind=Kind.PERSON),
        ):
            stakeholders.add(ward.project, who, on=date(2025, 1, 1), by=ward.lead)
    facts = drafting.facts_of(ward.project)
    did = drafting.draft_of(heading("What did you do?"), facts)
    involved = drafting.draft_of(heading("Who was involved?"), facts)
    assert did is not None
    assert "- Trolley: adopted." in did.text
    assert "Leaflet" not in did.text
    assert involved is not None
    assert "- Maternity voices, Example Trust" in involved.text
    assert "Sister Example" not in involved.text


def test_no_small_number_comes_into_a_draft(ward: Ward) -> None:
    draft = drafting.draft_of(heading("Results"), drafting.facts_of(ward.project))
    assert draft is not None
    # 2 of 30 is 6.7%, and is hidden from readers outside.
    assert "6.7" not in draft.text


def test_every_form_of_every_plugin_can_be_drafted(ward: Ward) -> None:
    facts = drafting.facts_of(ward.project)
    forms = current_host().of(CaseStudyTemplate)
    assert len(forms) >= 2
    for form in forms:
        assert drafting.drafts(form, facts), form.title
        assert freezing.chart_heading(form) in {h.key for h in form.headings}


def test_a_project_is_offered_the_forms_of_its_programme_first(ward: Ward) -> None:
    project = factories.project(by=ward.lead, organisation=ward.trust, programme="opioids")
    offered = [form.programme for form in queries.forms_for(project).values()]
    assert offered[0] == "opioids"
    assert offered[-1] == "generic"


def test_words_of_a_person_stay_when_the_project_moves_on(ward: Ward) -> None:
    case_study = made.case_study(ward.project, by=ward.lead)
    template = queries.template_of(case_study)
    with unit_of_work():
        pdsa.plan(
            ward.project,
            pdsa.CyclePlan(title="Trolley on the left", starts_on=factories.STARTED),
            by=ward.lead,
        )
    told = {
        t.heading.key: t
        for t in showing.headings_of(case_study, template, drafting.facts_of(ward.project))
    }
    methods = told["methods"]
    assert (methods.words, methods.has_moved_on) == ("Written", True)
    assert methods.draft is not None
    assert "Trolley on the left" in methods.draft.text
    assert case_study.answers["methods"] == "Words about Methods."
    assert re.search("aim", told["aim"].name, re.IGNORECASE)


def test_the_facts_are_read_in_a_constant_number_of_statements(ward: Ward) -> None:
    def asked() -> int:
        with count_statements() as counted:
            drafting.facts_of(ward.project)
        return len(counted)

    few = asked()
    for _ in range(3):
        factories.cycle(ward.project, by=ward.lead)
        factories.points(factories.measure(ward.project, by=ward.lead), [9, 8, 7], by=ward.lead)
    assert asked() <= few + 1
