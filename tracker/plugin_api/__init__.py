"""All that a plugin may import from the tracker: types of definitions, and the hooks."""

from .case_study import Block, CaseStudyTemplate, Heading
from .definitions import Basis, Definition, Source, as_json, from_json
from .fields import DefinitionError
from .hookspecs import API_VERSION, DEFINITION_HOOKS, KINDS, hookimpl
from .measure import NEEDS_DENOMINATOR, Cadence, Chart, Direction, Measure, MeasureKind
from .plugin import PluginInfo, ProgrammePlugin
from .programme import Programme, ProgrammeAim, ProgrammeStatus
from .rubric import AppliesTo, Replaces, Rubric, Stage

__all__ = [
    "API_VERSION",
    "DEFINITION_HOOKS",
    "KINDS",
    "NEEDS_DENOMINATOR",
    "AppliesTo",
    "Basis",
    "Block",
    "Cadence",
    "CaseStudyTemplate",
    "Chart",
    "Definition",
    "DefinitionError",
    "Direction",
    "Heading",
    "Measure",
    "MeasureKind",
    "PluginInfo",
    "Programme",
    "ProgrammeAim",
    "ProgrammePlugin",
    "ProgrammeStatus",
    "Replaces",
    "Rubric",
    "Source",
    "Stage",
    "as_json",
    "from_json",
    "hookimpl",
]
