"""How far a site has come: stages of adoption, readiness for Martha's Rule, the coach's review."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import (
    AppliesTo,
    Cadence,
    Domain,
    Element,
    Reading,
    Rubric,
    SelfAssessment,
    Stage,
    Statement,
)
from tracker.plugin_api.common import (
    DESIGN,
    OVERVIEW,
    coach_review,
    key_enablers,
    stage_of_adoption,
)

from .sources import APPENDIX_A, MARTHAS_RULE, PHASE_1_LETTER

P = "managing_deterioration"

ELEMENTS = tuple(
    Element(key=key, title=title, definition=definition, grouping=grouping, source=source)
    for key, title, definition, grouping, source in (
        (
            "component_1",
            "Martha's Rule: patients asked daily",
            "Patients are asked at least once a day how they feel, and the answers are acted on",
            "Martha's Rule",
            MARTHAS_RULE,
        ),
        (
            "component_2",
            "Martha's Rule: staff can call",
            "Every member of staff can at any time ask a different team for a review",
            "Martha's Rule",
            MARTHAS_RULE,
        ),
        (
            "component_3",
            "Martha's Rule: families can call",
            "Patients, families and carers have the same route at any time, and it is advertised",
            "Martha's Rule",
            MARTHAS_RULE,
        ),
        ("news2", "NEWS2", "National Early Warning Score 2", "Acute and ambulance", OVERVIEW),
        ("pews", "PEWS", "National Paediatric Early Warning System", "Children", OVERVIEW),
        ("restore2", "RESTORE2", "RESTORE2", "Outside acute hospitals", OVERVIEW),
        ("restore2_mini", "RESTORE2 mini", "RESTORE2 mini", "Outside acute hospitals", OVERVIEW),
        ("stop_and_watch", "Stop and Watch", "Stop and Watch", "Outside acute hospitals", OVERVIEW),
        (
            "pcsp",
            "PCSP",
            "Personalised care and support planning",
            "Outside acute hospitals",
            OVERVIEW,
        ),
    )
)

READINGS = {
    "testing": ("one patient", "one resident", "one patient"),
    "partial_use": ("some wards", "one unit of a home", "for example 2 of 5 GPs"),
    "full_use": ("all wards", "the whole home", "for example 5 of 5 GPs"),
    "embedded": (
        "every patient every time",
        "every resident every time",
        "every patient every time",
    ),
}
"""Stage to its reading in an acute ward or site, a care home and a GP practice."""


def _read(stage: Stage) -> Stage:
    settings = ("Acute ward or site", "Care home", "GP practice")
    texts = READINGS.get(stage.key, ())
    readings = tuple(Reading(setting=s, text=t) for s, t in zip(settings, texts, strict=False))
    evidence = stage.evidence
    if stage.key == "committed":
        evidence = (*evidence, "Plan for training when staff change")
    return replace(stage, readings=readings, evidence=evidence)


def _stages() -> Rubric:
    common = stage_of_adoption(P, elements=ELEMENTS)
    return replace(
        common,
        stages=tuple(_read(stage) for stage in common.stages),
        source=replace(
            APPENDIX_A,
            code="S002, DES",
            note="Stages are those of the appendix, in our words. What has to be shown for stages "
            "4, 6 and 7 is ours, as are six months and the readings for acute wards.",
        ),
    )


READINESS = SelfAssessment(
    key="mr_readiness",
    programme=P,
    title="Ready for Martha's Rule",
    applies_to=AppliesTo.SITE,
    answered_by="site lead",
    repeated=Cadence.QUARTERLY,
    domains=(
        Domain(
            key="site",
            title="At this site",
            statements=(
                Statement(
                    key="outreach",
                    text="A critical care outreach team, adult or paediatric, works on this site "
                    "at every hour",
                    help="This was a condition of phase 1.",
                    source=PHASE_1_LETTER,
                ),
                Statement(key="executive", text="There is an executive lead"),
                Statement(key="poster", text="There is a poster with a telephone number"),
                Statement(key="interpreter", text="People who need an interpreter have a route"),
                Statement(key="data_lead", text="There is a data lead"),
                Statement(key="briefing", text="Staff have been briefed"),
            ),
        ),
    ),
    source=DESIGN,
)

COACH_REVIEW = coach_review(
    P, more=(Statement(key="cr_component", text="The status of each component has been updated"),)
)

RUBRICS = (_stages(),)
ASSESSMENTS = (READINESS, COACH_REVIEW, key_enablers(P))
