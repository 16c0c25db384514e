"""Adoption and spread: four bundles of a completed programme, kept for sites that sustain them."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin
from tracker.plugin_api.common import codevelopment, poster

from .change import CHANGE_IDEAS, DIAGRAMS
from .elements import RUBRICS
from .impact import CALCULATORS
from .measures import MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME
from .schedule import ASSESSMENTS, CALLS, EVENTS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="adoption_spread",
        title="Adoption and spread",
        version="1.0",
        api=(1, 1),
        maintainer="QI Tracker maintainers",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
    rubrics=RUBRICS,
    self_assessments=ASSESSMENTS,
    change_ideas=CHANGE_IDEAS,
    driver_diagrams=DIAGRAMS,
    case_study_templates=[poster("adoption_spread"), codevelopment("adoption_spread")],
    expressions_of_interest=CALLS,
    events=EVENTS,
    impact_calculators=CALCULATORS,
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
