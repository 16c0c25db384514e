"""Valproate: as safe as it can be for those who take it, and no harm to babies in the womb."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .change import CHANGE_IDEAS, DIAGRAMS
from .impact import CALCULATORS
from .measures import MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME
from .ratings import ASSESSMENTS, RUBRICS
from .schedule import CALLS, EVENTS
from .stories import TEMPLATES

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="valproate",
        title="Valproate",
        version="1.0",
        api=(1, 1),
        maintainer="MedSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
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
