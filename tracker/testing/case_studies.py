"""Case studies for tests, made the way people make them. See `factories`."""

from __future__ import annotations

import hashlib
import uuid
from base64 import b64decode
from collections.abc import Sequence
from itertools import count
from typing import Any, Final

from tracker.auth.models import User
from tracker.blobs.pictures import redrawn
from tracker.case_studies import drafting, freezing, queries, services
from tracker.case_studies.checks import Caught
from tracker.case_studies.domain import Intervention, Outcome, Readers, ReviewDecision, Setting
from tracker.case_studies.models import CaseStudy, Picture, Published
from tracker.db import unit_of_work
from tracker.plugin_api.common import poster
from tracker.projects.models import Project

from . import factories
from .factories import STARTED, person

DOT: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest PNG."""

_numbers = count(1)


def dot_hash() -> str:
    """The hash of the dot as it is kept: drawn anew."""
    return hashlib.sha256(redrawn(DOT).data).hexdigest()


def add_dot(case_study: CaseStudy, *, by: User, heading: str = "") -> Picture:
    """A picture of one dot, inside a unit of work."""
    return services.add_picture(
        case_study, redrawn(DOT), alt="A dot", caption="", heading=heading, by=by
    )


def draft(project: Project, *, by: User) -> CaseStudy:
    """A poster as it is begun, inside a unit of work."""
    offered = queries.forms_for(project).values()
    template = next(t for t in offered if t.ident == poster("generic").ident)
    return services.begin(project, template, drafting.facts_of(project), by=by)


def case_study(
    project: Project | None = None, *, by: User | None = None, **written: Any
) -> CaseStudy:
    """A case study as a poster, with words everywhere that needs them."""
    home = project or factories.project()
    who = by or person()
    with unit_of_work():
        begun = draft(home, by=who)
        answers = {h.key: f"Words about {h.text}." for h in poster("generic").headings}
        words: dict[str, Any] = {
            "title": f"Example case study {next(_numbers)}",
            "answers": answers,
            "did_not_work": "The trolley did not fit.",
            "key_learning": "Ask those who push the trolley.",
            "authors": "Example Author, ward manager",
            "setting": Setting.MATERNITY,
            "intervention": Intervention.EQUIPMENT,
            "outcome": Outcome.PARTLY,
            "period_from": STARTED,
            "period_to": None,
            "measures": begun.measures,
            "readers": Readers.ORGANISATION,
        }
        return services.write(begun, by=who, **{**words, **written})


def rewrite(case_study: CaseStudy, *, by: User, **changed: Any) -> CaseStudy:
    """The same case study with other words."""
    names = (
        "title answers did_not_work key_learning authors setting intervention outcome "
        "period_from period_to measures readers"
    )
    held = {name: getattr(case_study, name) for name in names.split()}
    with unit_of_work():
        return services.write(case_study, by=by, **{**held, **changed})


def published(
    case_study: CaseStudy | None = None,
    *,
    by: User | None = None,
    cleared: Sequence[tuple[Caught, str]] = (),
    **written: Any,
) -> Published:
    """A case study that was sent, reviewed, agreed to by a sponsor, and published."""
    who = by or person()
    study = case_study or _new(by=who, **written)
    reviewer = person()
    with unit_of_work():
        services.send(study, by=who)
        services.review(study, ReviewDecision.APPROVE, note="", notes={}, by=reviewer)
        services.record_consent(
            study, who="Example Sponsor", role="Sponsor", readers=study.readers, on=STARTED, by=who
        )
    body = freezing.frozen(study, queries.template_of(study))
    uid = uuid.uuid4()
    with unit_of_work():
        return services.publish(
            study,
            body,
            uid=uid,
            address=f"https://tracker.example/case-studies/{uid}",
            cleared=cleared,
            by=who,
        )


def photo(case_study: CaseStudy, *, by: User | None = None, heading: str = "") -> Picture:
    """A picture of one dot in a draft."""
    with unit_of_work():
        return add_dot(case_study, by=by or person(), heading=heading)


# An argument of the same name hides the factory.
_new = case_study
