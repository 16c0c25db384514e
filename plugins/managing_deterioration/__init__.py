"""Managing deterioration: Martha's Rule, early warning tools, and the PIER framework."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin
from tracker.plugin_api.common import codevelopment

from .change import CHANGE_IDEAS, DIAGRAMS
from .impact import CALCULATORS
from .measures import MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME
from .ratings import ASSESSMENTS, RUBRICS
from .schedule import CALLS, EVENTS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="managing_deterioration",
        title="Managing deterioration",
        version="1.0",
        api=(1, 1),
        maintainer="ManDetSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
    rubrics=RUBRICS,
    self_assessments=ASSESSMENTS,
    change_ideas=CHANGE_IDEAS,
    driver_diagrams=DIAGRAMS,
    case_study_templates=[codevelopment("managing_deterioration")],
    expressions_of_interest=CALLS,
    events=EVENTS,
    impact_calculators=CALCULATORS,
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
