"""The programme that every organisation has: none in particular."""

from __future__ import annotations

from tracker.plugin_api import Basis, Programme, Source

DESIGN = Source(
    code="DES",
    title="QI Tracker",
    basis=Basis.DESIGN,
)

PROGRAMME = Programme(
    key="generic",
    programme="generic",
    title="Any improvement project",
    purpose="For improvement work that belongs to no national programme: the team writes its own "
    "aim and its own measures.",
    lead="The team and its organisation",
    unit_of_adoption="project",
    settings="Any",
    source=DESIGN,
    on_by_default=True,
)
