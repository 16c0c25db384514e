"""The programme that every organisation has: none in particular.

There are no measures here. A definition says what exactly is counted, and for work of no programme
only the team can say that.
"""

from __future__ import annotations

from tracker.plugin_api import Programme
from tracker.plugin_api.common import DESIGN

PROGRAMME = Programme(
    key="generic",
    programme="generic",
    title="Any improvement project",
    purpose="For improvement work that belongs to no national programme: the team writes its own "
    "aim and its own measures.",
    lead="The team and its organisation",
    unit_of_adoption="project",
    settings="Any",
    aim_template="{verb} {measure} for {population} in {place} from {baseline} "
    "({baseline_period}) to {target} by {date}",
    open_questions=(
        (
            "Whether the Progression Assessment Score (PAS), which the glossary of the national "
            "report names, is the project progress score of its appendix B."
        ),
    ),
    source=DESIGN,
    on_by_default=True,
)
