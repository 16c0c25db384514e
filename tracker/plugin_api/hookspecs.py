"""The hooks. This module is the public contract of plugins.

Each hook for definitions is called once, when the tracker starts, and returns any number of
definitions of one type. A plugin that only defines things needs no hook at all: it is a
`ProgrammePlugin` (see plugin.py), which implements them from its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pluggy

from .case_study import CaseStudyTemplate
from .definitions import Definition
from .measure import Measure
from .programme import Programme
from .rubric import Rubric

PROJECT = "tracker"
API_VERSION = (1, 0)
"""Major, minor. Minor: a new hook or a new optional field. Major: what a plugin could notice."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def tracker_programmes() -> Iterable[Programme]:
    """Programmes that this plugin brings. Added in 1.0.

    >>> from tracker.plugin_api import Programme, hookimpl
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_programmes(self):
    ...         return [Programme(key="falls", programme="falls", title="Preventing falls")]
    """
    return ()


@hookspec
def tracker_measures() -> Iterable[Measure]:
    """Measures, for a programme of this plugin or of another. Added in 1.0.

    >>> from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, hookimpl
    >>> FALLS = Measure(
    ...     key="falls_per_1000",
    ...     programme="falls",
    ...     title="Falls per 1,000 bed days",
    ...     kind=MeasureKind.OUTCOME,
    ...     unit="falls per 1,000 bed days",
    ...     better=Direction.DOWN,
    ...     chart=Chart.U,
    ...     cadence=Cadence.MONTHLY,
    ...     numerator="Falls reported on the ward in the month",
    ...     denominator="Occupied bed days in the month, in thousands",
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_measures(self):
    ...         return [FALLS]
    >>> FALLS.ref
    'falls/falls_per_1000@1'
    """
    return ()


@hookspec
def tracker_rubrics() -> Iterable[Rubric]:
    """Rubrics: stages of adoption, progress scores, phases of which one is current. Added in 1.0.

    >>> from decimal import Decimal
    >>> from tracker.plugin_api import AppliesTo, Rubric, Stage, hookimpl
    >>> USE = Rubric(
    ...     key="use",
    ...     programme="falls",
    ...     title="Use of the falls assessment",
    ...     applies_to=AppliesTo.SITE,
    ...     stages=(
    ...         Stage(key="none", score=Decimal(0), label="Not used", descriptor="Never used"),
    ...         Stage(key="some", score=Decimal(1), label="Some", descriptor="Used for some"),
    ...         Stage(key="all", score=Decimal(2), label="All", descriptor="Used for all"),
    ...     ),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_rubrics(self):
    ...         return [USE]
    """
    return ()


@hookspec
def tracker_case_study_templates() -> Iterable[CaseStudyTemplate]:
    """Forms of a case study. Added in 1.0.

    >>> from tracker.plugin_api import CaseStudyTemplate, Heading, hookimpl
    >>> POSTER = CaseStudyTemplate(
    ...     key="poster",
    ...     programme="falls",
    ...     title="Poster",
    ...     headings=(Heading(key="aim", text="SMART aim", prompt="Measure, from, to, by"),),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_case_study_templates(self):
    ...         return [POSTER]
    """
    return ()


DEFINITION_HOOKS: Mapping[str, type[Definition]] = MappingProxyType(
    {
        tracker_programmes.__name__: Programme,
        tracker_measures.__name__: Measure,
        tracker_rubrics.__name__: Rubric,
        tracker_case_study_templates.__name__: CaseStudyTemplate,
    }
)
"""Each hook for definitions, with the one type it returns."""

KINDS: Mapping[str, type[Definition]] = MappingProxyType(
    {kind.kind_name: kind for kind in DEFINITION_HOOKS.values()}
)
"""Definition types by the word that stored copies and lock files use for them."""
