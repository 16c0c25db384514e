"""Learning response methods: a list to choose from, and elements whose adoption can be rated."""

from __future__ import annotations

from tracker.plugin_api import Element, ReferenceItem, ReferenceList, Source

from .sources import DESIGN, INVESTIGATION, METHODS, REPORT, UNSOURCED, noted

NAMED = noted(METHODS, "The report names the method; when to use it is from this page.")
SEIPS = noted(UNSOURCED, 'The report names it and expands it as "in Patient Safety".')


def _method(key: str, title: str, text: str, source: Source) -> ReferenceItem:
    return ReferenceItem(key=key, title=title, text=text, provisional=True, source=source)


RESPONSE_METHODS = ReferenceList(
    key="response_methods",
    title="Learning response methods",
    text="Which method, and when, in our words. The report tells of a swarm huddle on a misplaced "
    "nasogastric tube, looked at with SEIPS, on the Isle of Wight.",
    items=(
        _method(
            "swarm_huddle",
            "Swarm huddle",
            "The staff involved are there now: a quick look soon after.",
            NAMED,
        ),
        _method(
            "aar",
            "After action review",
            "A wider group can say why the work differed from the plan.",
            NAMED,
        ),
        _method(
            "mdt_review",
            "MDT review",
            "Several events, or several parties, some time after.",
            NAMED,
        ),
        _method("thematic_review", "Thematic review", "A theme across events.", NAMED),
        _method(
            "psii",
            "Patient safety incident investigation",
            "A complex event with much to learn from.",
            INVESTIGATION,
        ),
        _method(
            "seips",
            "SEIPS",
            "A lens used inside the others: people, tasks, tools, organisation, environment.",
            SEIPS,
        ),
        _method("other", "Local method", "Describe it.", DESIGN),
    ),
    source=REPORT,
)

METHOD_ELEMENTS = tuple(
    Element(
        key=one.key,
        title=one.title,
        definition=one.text,
        eligible="Providers whose plan names it",
        provisional=True,
        source=one.source,
    )
    for one in RESPONSE_METHODS.items
    if one.key != "other"
)
"""A local method is not the same one everywhere, so it is not rated."""
