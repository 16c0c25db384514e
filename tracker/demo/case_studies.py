"""A published case study and one that is being written. Both are made up, and say so."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import current_app

from tracker.case_studies import drafting, freezing, queries, services
from tracker.case_studies.domain import Intervention, Outcome, Readers, ReviewDecision, Setting

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.case_studies.models import CaseStudy
    from tracker.config import Settings
    from tracker.plugin_api import CaseStudyTemplate
    from tracker.projects.models import Project

UID = uuid.UUID("6f0c2a3e-5d1b-4c8f-9a47-2be1d0c7e915")
"""The same address in every demonstration."""
MADE_UP = "This case study is made up, for demonstration only."
REVIEWS = {
    "background": f"{MADE_UP} Demo Alder Place has nine practices. Repeat opioid prescriptions "
    "were renewed without a review, and nobody could say who had been on them for how long.",
    "who_was_involved": "- The practice pharmacist, who found people and called them\n"
    "- Practice managers, who kept time for reviews\n"
    "- People who live with pain, who wrote the letter with us",
    "where_now": "- The search runs every quarter in all practices\n"
    "- The pharmacist's calls are in the job plan",
    "summary": "A search finds people; a call from somebody they know brings them in. Any place "
    "with a practice pharmacist can do the same.",
}


def fill(reviews: Project, cord: Project, *, lead: User, coach: User, day: date) -> None:
    """Publish one of the reviews of opioids, and begin one of the cord."""
    study = _begun(reviews, "medsip_codevelopment", by=lead)
    if study is not None:
        _write(
            study,
            REVIEWS,
            title="Opioid reviews: a call brings people in",
            learned="Call people yourself: a letter alone does not bring them in.",
            setting=Setting.PRIMARY_CARE,
            intervention=Intervention.PATHWAY,
            outcome=Outcome.PARTLY,
            by=lead,
        )
        _publish(study, lead=lead, coach=coach, day=day)
    _begun(cord, "matneo_narrative", by=lead)


def _begun(project: Project, form: str, *, by: User) -> CaseStudy | None:
    """A draft in a form; None where its programme is not loaded."""
    offered = queries.forms_for(project).values()
    template: CaseStudyTemplate | None = next((t for t in offered if t.key == form), None)
    if template is None:
        return None
    return services.begin(project, template, drafting.facts_of(project), by=by)


def _write(
    study: CaseStudy,
    words: dict[str, str],
    *,
    title: str,
    learned: str,
    setting: Setting,
    intervention: Intervention,
    outcome: Outcome,
    by: User,
) -> None:
    services.write(
        study,
        by=by,
        title=title,
        answers={**study.answers, **words},
        did_not_work=study.did_not_work,
        key_learning=learned,
        authors=f"{by.name}, {by.job}",
        setting=setting,
        intervention=intervention,
        outcome=outcome,
        period_from=study.period_from,
        period_to=study.period_to,
        measures=study.measures,
        readers=Readers.NATIONAL,
    )


def _publish(study: CaseStudy, *, lead: User, coach: User, day: date) -> None:
    settings: Settings = current_app.extensions["tracker_settings"]
    template = queries.template_of(study)
    services.send(study, by=lead)
    services.review(
        study, ReviewDecision.APPROVE, note="Honest about the letter.", notes={}, by=coach
    )
    services.record_consent(
        study,
        who="Example Sponsor",
        role="Executive sponsor",
        readers=Readers.NATIONAL,
        on=day - timedelta(days=7),
        by=lead,
    )
    services.publish(
        study,
        freezing.frozen(study, template),
        uid=UID,
        address=f"{settings.base_url.rstrip('/')}/case-studies/{UID}",
        cleared=[],
        by=lead,
    )
