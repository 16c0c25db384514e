"""Safer use of time critical medicines: the first collaborative, its measures, phases and forms."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .calculators import IMPACT_CALCULATORS
from .care_measures import CARE_MEASURES
from .case_studies import TEMPLATES
from .change_ideas import CHANGE_IDEAS
from .collaborative import COHORT_1, EVENTS
from .dose_measures import DOSE_MEASURES
from .driver_diagram import DIAGRAM
from .glossary import GLOSSARY
from .programme import PROGRAMME
from .readiness import SELF_ASSESSMENTS
from .rubrics import RUBRICS
from .stakeholders import STAKEHOLDERS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="time_critical_meds",
        title="Time critical medicines",
        version="1.0",
        api=(1, 1),
        maintainer="Programme team of the NHS Specialist Pharmacy Service",
    ),
    programmes=[PROGRAMME],
    measures=[*DOSE_MEASURES, *CARE_MEASURES],
    rubrics=RUBRICS,
    self_assessments=SELF_ASSESSMENTS,
    driver_diagrams=[DIAGRAM],
    change_ideas=CHANGE_IDEAS,
    expressions_of_interest=[COHORT_1],
    events=EVENTS,
    case_study_templates=TEMPLATES,
    stakeholder_suggestions=STAKEHOLDERS,
    impact_calculators=IMPACT_CALCULATORS,
    glossary_terms=GLOSSARY,
)
