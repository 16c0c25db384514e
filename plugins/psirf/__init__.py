"""PSIRF: phases of transition, learning responses, and improvement that follows from them."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .case_studies import TEMPLATES
from .change_ideas import CHANGE_IDEAS
from .collaborative import EVENTS, FOCUSED_SUPPORT
from .driver_diagrams import DRIVER_DIAGRAMS
from .glossary import GLOSSARY
from .impact import CALCULATORS
from .measures import MEASURES
from .pathways import PATHWAYS
from .people import STAKEHOLDERS
from .programme import PROGRAMME
from .rubrics import RUBRICS
from .self_assessments import SELF_ASSESSMENTS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="psirf",
        title="PSIRF",
        version="1.0",
        api=(1, 1),
        maintainer="System Safety national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
    rubrics=RUBRICS,
    pathways=PATHWAYS,
    self_assessments=SELF_ASSESSMENTS,
    driver_diagrams=DRIVER_DIAGRAMS,
    change_ideas=CHANGE_IDEAS,
    case_study_templates=TEMPLATES,
    expressions_of_interest=[FOCUSED_SUPPORT],
    events=EVENTS,
    impact_calculators=CALCULATORS,
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=GLOSSARY,
)
