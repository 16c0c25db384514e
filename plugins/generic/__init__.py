"""Improvement work of any kind, for teams outside the national programmes."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin
from tracker.plugin_api.common import poster

from .checks import ASSESSMENTS, RUBRICS
from .people import STAKEHOLDERS, TERMS
from .programme import PROGRAMME

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="generic",
        title="Any improvement project",
        version="1.1",
        api=(1, 1),
        maintainer="QI Tracker maintainers",
    ),
    programmes=[PROGRAMME],
    rubrics=RUBRICS,
    self_assessments=ASSESSMENTS,
    case_study_templates=[poster("generic")],
    stakeholder_suggestions=STAKEHOLDERS,
    glossary_terms=TERMS,
)
