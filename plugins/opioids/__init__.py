"""Reducing harm from opioids: national measures, prescribing data, phases, case study form."""

from tracker.plugin_api import PluginInfo, ProgrammePlugin

from .case_studies import TEMPLATES
from .measures import MEASURES
from .programme import PROGRAMME
from .rubrics import RUBRICS

plugin = ProgrammePlugin(
    info=PluginInfo(
        name="opioids",
        title="Opioids",
        version="1.0",
        api=(1, 0),
        maintainer="MedSIP national workstream lead",
    ),
    programmes=[PROGRAMME],
    measures=MEASURES,
    rubrics=RUBRICS,
    case_study_templates=TEMPLATES,
)
