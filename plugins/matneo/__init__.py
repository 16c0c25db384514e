"""Maternity and neonatal: nine preterm interventions, MEWS and NEWTT2."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .balancing_measures import BALANCING_MEASURES
from .case_studies import TEMPLATES
from .change_ideas import CHANGE_IDEAS
from .collaborative import EVENTS, ONBOARDING
from .composites import COMPOSITES
from .driver_diagrams import DRIVER_DIAGRAMS
from .glossary import GLOSSARY
from .impact import CALCULATORS
from .outcome_measures import OUTCOME_MEASURES
from .pathways import PATHWAYS
from .people import STAKEHOLDERS
from .process_measures import PROCESS_MEASURES
from .programme import PROGRAMME
from .reported import REPORTED
from .rubrics import RUBRICS
from .self_assessments import SELF_ASSESSMENTS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="matneo",
        title="Maternity and neonatal",
        version="1.0",
        api=(1, 1),
        maintainer="MatNeoSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=[*PROCESS_MEASURES, *OUTCOME_MEASURES, *BALANCING_MEASURES],
    composites=COMPOSITES,
    rubrics=RUBRICS,
    pathways=PATHWAYS,
    self_assessments=SELF_ASSESSMENTS,
    driver_diagrams=DRIVER_DIAGRAMS,
    change_ideas=CHANGE_IDEAS,
    case_study_templates=TEMPLATES,
    expressions_of_interest=[ONBOARDING],
    events=EVENTS,
    impact_calculators=[*CALCULATORS, *REPORTED],
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=GLOSSARY,
)
