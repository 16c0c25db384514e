"""Improvement work of any kind, for teams outside the national programmes."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .case_studies import TEMPLATES
from .programme import PROGRAMME

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="generic",
        title="Any improvement project",
        version="1.0",
        api=(1, 0),
        maintainer="QI Tracker maintainers",
    ),
    programmes=[PROGRAMME],
    case_study_templates=TEMPLATES,
)
