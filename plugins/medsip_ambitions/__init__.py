"""Five more ambitions for medicines safety, from anticoagulants to Medication Safety Officers."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin
from tracker.plugin_api.common import codevelopment, poster

from .change import CHANGE_IDEAS, DIAGRAMS
from .impact import CALCULATORS
from .measures import MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME
from .ratings import ASSESSMENTS, RUBRICS
from .schedule import CALLS, EVENTS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="medsip_ambitions",
        title="Medicines safety ambitions",
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
    case_study_templates=[codevelopment("medsip_ambitions"), poster("medsip_ambitions")],
    expressions_of_interest=CALLS,
    events=EVENTS,
    impact_calculators=CALCULATORS,
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
