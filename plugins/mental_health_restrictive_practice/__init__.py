"""Reducing restrictive practice in mental health: closed in September 2023, and readable."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .change import CHANGE_IDEAS, DIAGRAMS
from .impact import CALCULATORS
from .measures import COMPOSITES, MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME
from .ratings import ASSESSMENTS, RUBRICS
from .schedule import CALLS, EVENTS
from .stories import TEMPLATES

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="mental_health_restrictive_practice",
        title="Restrictive practice in mental health",
        version="1.0",
        api=(1, 1),
        maintainer="QI Tracker maintainers",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
    composites=COMPOSITES,
    rubrics=RUBRICS,
    self_assessments=ASSESSMENTS,
    change_ideas=CHANGE_IDEAS,
    driver_diagrams=DIAGRAMS,
    case_study_templates=TEMPLATES,
    expressions_of_interest=CALLS,
    events=EVENTS,
    impact_calculators=CALCULATORS,
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
