"""Reducing harm from opioids: measures, phases, collaborative, forms and calculators."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .calculators import CALCULATORS
from .case_studies import TEMPLATES
from .change_ideas import CHANGE_IDEAS
from .collaborative import ELIGIBILITY, EVENTS, SELF_ASSESSMENTS
from .derived_measures import OPIOID_4M_RATE, OPIOID_4M_ROLL6
from .driver_diagram import DIAGRAM
from .glossary import GLOSSARY
from .local_measures import LOCAL_MEASURES
from .measures import MEASURES
from .programme import PROGRAMME
from .reported import REPORTED
from .rubrics import RUBRICS
from .stakeholders import STAKEHOLDERS
from .system_measures import SYSTEM_MEASURES

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="opioids",
        title="Opioids",
        version="1.1",
        api=(1, 1),
        maintainer="MedSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=[*MEASURES, OPIOID_4M_RATE, *SYSTEM_MEASURES, *LOCAL_MEASURES],
    composites=[OPIOID_4M_ROLL6],
    rubrics=RUBRICS,
    self_assessments=SELF_ASSESSMENTS,
    driver_diagrams=[DIAGRAM],
    change_ideas=CHANGE_IDEAS,
    expressions_of_interest=[ELIGIBILITY],
    events=EVENTS,
    case_study_templates=TEMPLATES,
    stakeholder_suggestions=STAKEHOLDERS,
    impact_calculators=[*CALCULATORS, *REPORTED],
    glossary_terms=GLOSSARY,
)
