"""Medicines Safety Assurance Model: a system assesses itself in five domains."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin
from tracker.plugin_api.common import workshop

from .assessment import ASSESSMENTS
from .change import CHANGE_IDEAS, DIAGRAMS
from .measures import CALCULATORS, MEASURES
from .people import STAKEHOLDERS, TERMS
from .programme import EVENTS, PROGRAMME

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="medicines_safety_assurance",
        title="Medicines safety assurance",
        version="1.0",
        api=(1, 1),
        maintainer="MedSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    events=EVENTS,
    measures=MEASURES,
    impact_calculators=CALCULATORS,
    self_assessments=ASSESSMENTS,
    change_ideas=CHANGE_IDEAS,
    driver_diagrams=DIAGRAMS,
    case_study_templates=[workshop("medicines_safety_assurance")],
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
