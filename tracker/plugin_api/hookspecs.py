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
from .change import ChangeIdea, DriverDiagramTemplate
from .collaborative import ExpressionOfInterest, ProgrammeEvent
from .composite import CompositeMeasure
from .definitions import Definition
from .impact import ImpactCalculator
from .measure import Measure
from .pathway import Pathway
from .people import GlossaryTerm, StakeholderSuggestion
from .programme import Programme
from .rubric import Rubric
from .self_assessment import SelfAssessment

PROJECT = "tracker"
API_VERSION = (1, 1)
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


@hookspec
def tracker_composites() -> Iterable[CompositeMeasure]:
    """Figures made of several measures. Added in 1.1.

    >>> from tracker.plugin_api import CompositeMeasure, Pooling, hookimpl
    >>> ALL = CompositeMeasure(
    ...     key="all_given",
    ...     programme="falls",
    ...     title="Everything given",
    ...     components=("assessed", "shoes", "bed_low"),
    ...     pooling=Pooling.ALL_OR_NONE,
    ...     definition="Patients who got everything that they needed",
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_composites(self):
    ...         return [ALL]
    """
    return ()


@hookspec
def tracker_self_assessments() -> Iterable[SelfAssessment]:
    """Checklists and maturity models that teams answer. Added in 1.1.

    >>> from tracker.plugin_api import AppliesTo, Domain, SelfAssessment, Statement, hookimpl
    >>> READY = SelfAssessment(
    ...     key="ready",
    ...     programme="falls",
    ...     title="Ready to begin",
    ...     applies_to=AppliesTo.ORGANISATION,
    ...     domains=(
    ...         Domain(
    ...             key="people",
    ...             title="People",
    ...             statements=(Statement(key="lead", text="A lead is named"),),
    ...         ),
    ...     ),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_self_assessments(self):
    ...         return [READY]
    >>> [response.label for response in READY.responses]
    ['Yes', 'Part', 'No']
    """
    return ()


@hookspec
def tracker_pathways() -> Iterable[Pathway]:
    """Phases that may overlap, each with a status and dates. Added in 1.1.

    >>> from tracker.plugin_api import AppliesTo, Pathway, Phase, hookimpl
    >>> ROLL_OUT = Pathway(
    ...     key="roll_out",
    ...     programme="falls",
    ...     title="Roll-out",
    ...     applies_to=AppliesTo.ORGANISATION,
    ...     phases=(
    ...         Phase(key="plan", title="Plan", starts_month=1, ends_month=3),
    ...         Phase(key="use", title="Use", starts_month=2),
    ...     ),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_pathways(self):
    ...         return [ROLL_OUT]
    """
    return ()


@hookspec
def tracker_driver_diagrams() -> Iterable[DriverDiagramTemplate]:
    """Driver diagrams that projects start from. Added in 1.1.

    >>> from tracker.plugin_api import Driver, DriverDiagramTemplate, hookimpl
    >>> DIAGRAM = DriverDiagramTemplate(
    ...     key="start",
    ...     programme="falls",
    ...     title="Fewer falls",
    ...     aim="Fewer falls in {ward} from {baseline} to {target} by {date}",
    ...     primary=(
    ...         Driver(
    ...             key="p1",
    ...             text="Risk is known",
    ...             drivers=(Driver(key="s11", text="On arrival", change_ideas=("huddle",)),),
    ...         ),
    ...     ),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_driver_diagrams(self):
    ...         return [DIAGRAM]
    """
    return ()


@hookspec
def tracker_change_ideas() -> Iterable[ChangeIdea]:
    """Ideas for tests of change. Added in 1.1.

    >>> from tracker.plugin_api import ChangeIdea, hookimpl
    >>> HUDDLE = ChangeIdea(
    ...     key="huddle",
    ...     programme="falls",
    ...     title="Safety huddle",
    ...     summary="Name everyone at risk of a fall at the start of the shift",
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_change_ideas(self):
    ...         return [HUDDLE]
    """
    return ()


@hookspec
def tracker_expressions_of_interest() -> Iterable[ExpressionOfInterest]:
    """Calls to join a programme. Added in 1.1.

    >>> from datetime import datetime
    >>> from tracker.plugin_api import LONDON, Criterion, ExpressionOfInterest, hookimpl
    >>> COHORT = ExpressionOfInterest(
    ...     key="cohort_1",
    ...     programme="falls",
    ...     title="First collaborative",
    ...     opens=datetime(2026, 5, 1, tzinfo=LONDON),
    ...     closes=datetime(2026, 6, 1, 9, tzinfo=LONDON),
    ...     criteria=(Criterion(key="sponsor", text="Is there an executive sponsor?"),),
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_expressions_of_interest(self):
    ...         return [COHORT]
    """
    return ()


@hookspec
def tracker_events() -> Iterable[ProgrammeEvent]:
    """Events that teams come to. Added in 1.1.

    >>> from datetime import datetime
    >>> from tracker.plugin_api import LONDON, ProgrammeEvent, hookimpl
    >>> WORKSHOP = ProgrammeEvent(
    ...     key="workshop_1",
    ...     programme="falls",
    ...     title="Workshop 1",
    ...     starts=datetime(2026, 7, 15, 10, tzinfo=LONDON),
    ...     ends=datetime(2026, 7, 15, 13, tzinfo=LONDON),
    ...     people_per_team=3,
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_events(self):
    ...         return [WORKSHOP]
    """
    return ()


@hookspec
def tracker_impact_calculators() -> Iterable[ImpactCalculator]:
    """Estimates of impact, and figures as reported. Added in 1.1.

    >>> from decimal import Decimal
    >>> from tracker.plugin_api import CalculatorInput, ImpactCalculator, NumberNeeded, hookimpl
    >>> FRACTURES = ImpactCalculator(
    ...     key="fractures",
    ...     programme="falls",
    ...     title="Fractures avoided",
    ...     unit="fractures",
    ...     formula=NumberNeeded(people="fewer", needed="nnt"),
    ...     inputs=(
    ...         CalculatorInput(key="fewer", title="Fewer falls"),
    ...         CalculatorInput(key="nnt", title="falls to one fracture", value=Decimal(20)),
    ...     ),
    ...     caveat="Assumes that falls are alike before and after.",
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_impact_calculators(self):
    ...         return [FRACTURES]
    >>> FRACTURES.work_out({"fewer": Decimal(90)})
    Decimal('5')
    >>> FRACTURES.formula_in_words()
    'Fewer falls ÷ falls to one fracture'
    """
    return ()


@hookspec
def tracker_glossary_terms() -> Iterable[GlossaryTerm]:
    """Terms that the programme's people use. Added in 1.1.

    >>> from tracker.plugin_api import GlossaryTerm, hookimpl
    >>> NEWS2 = GlossaryTerm(
    ...     key="news2",
    ...     programme="falls",
    ...     title="NEWS2",
    ...     expansion="National Early Warning Score 2",
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_glossary_terms(self):
    ...         return [NEWS2]
    """
    return ()


@hookspec
def tracker_stakeholder_suggestions() -> Iterable[StakeholderSuggestion]:
    """People to think of for the stakeholder map. Added in 1.1.

    >>> from tracker.plugin_api import Level, StakeholderSuggestion, hookimpl
    >>> THERAPIST = StakeholderSuggestion(
    ...     key="physiotherapist",
    ...     programme="falls",
    ...     title="Physiotherapist",
    ...     group="Ward team",
    ...     influence=Level.MEDIUM,
    ...     interest=Level.HIGH,
    ... )
    >>> class Falls:
    ...     @hookimpl
    ...     def tracker_stakeholder_suggestions(self):
    ...         return [THERAPIST]
    """
    return ()


DEFINITION_HOOKS: Mapping[str, type[Definition]] = MappingProxyType(
    {
        tracker_programmes.__name__: Programme,
        tracker_measures.__name__: Measure,
        tracker_rubrics.__name__: Rubric,
        tracker_case_study_templates.__name__: CaseStudyTemplate,
        tracker_composites.__name__: CompositeMeasure,
        tracker_self_assessments.__name__: SelfAssessment,
        tracker_pathways.__name__: Pathway,
        tracker_driver_diagrams.__name__: DriverDiagramTemplate,
        tracker_change_ideas.__name__: ChangeIdea,
        tracker_expressions_of_interest.__name__: ExpressionOfInterest,
        tracker_events.__name__: ProgrammeEvent,
        tracker_impact_calculators.__name__: ImpactCalculator,
        tracker_glossary_terms.__name__: GlossaryTerm,
        tracker_stakeholder_suggestions.__name__: StakeholderSuggestion,
    }
)
"""Each hook for definitions, with the one type it returns."""

KINDS: Mapping[str, type[Definition]] = MappingProxyType(
    {kind.kind_name: kind for kind in DEFINITION_HOOKS.values()}
)
"""Definition types by the word that stored copies and lock files use for them."""
