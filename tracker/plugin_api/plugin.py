"""What a plugin is: information about itself, and what it defines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .case_study import CaseStudyTemplate
from .change import ChangeIdea, DriverDiagramTemplate
from .collaborative import ExpressionOfInterest, ProgrammeEvent
from .composite import CompositeMeasure
from .hookspecs import hookimpl
from .impact import ImpactCalculator
from .measure import Measure
from .pathway import Pathway
from .people import GlossaryTerm, StakeholderSuggestion
from .programme import Programme
from .rubric import Rubric
from .self_assessment import SelfAssessment


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginInfo:
    """What the plugins page shows. `name` is the name of the folder or of the entry point.

    `version` is the plugin's own, `api` the plugin API it was written for, `maintainer` the person
    or team that a coach can ring.
    """

    name: str
    title: str
    version: str
    api: tuple[int, int]
    maintainer: str


class ProgrammePlugin:
    """A plugin made of definitions alone; most programmes need nothing else.

    One that also has code subclasses this and adds `@hookimpl` methods.

    >>> from tracker.plugin_api import PluginInfo, Programme, ProgrammePlugin
    >>> plugin = ProgrammePlugin(
    ...     info=PluginInfo(
    ...         name="falls", title="Falls", version="1.0", api=(1, 0), maintainer="Falls team"
    ...     ),
    ...     programmes=[Programme(key="falls", programme="falls", title="Preventing falls")],
    ... )
    >>> [programme.title for programme in plugin.tracker_programmes()]
    ['Preventing falls']
    """

    def __init__(
        self,
        *,
        info: PluginInfo,
        programmes: Iterable[Programme] = (),
        measures: Iterable[Measure] = (),
        rubrics: Iterable[Rubric] = (),
        case_study_templates: Iterable[CaseStudyTemplate] = (),
        composites: Iterable[CompositeMeasure] = (),
        self_assessments: Iterable[SelfAssessment] = (),
        pathways: Iterable[Pathway] = (),
        driver_diagrams: Iterable[DriverDiagramTemplate] = (),
        change_ideas: Iterable[ChangeIdea] = (),
        expressions_of_interest: Iterable[ExpressionOfInterest] = (),
        events: Iterable[ProgrammeEvent] = (),
        impact_calculators: Iterable[ImpactCalculator] = (),
        glossary_terms: Iterable[GlossaryTerm] = (),
        stakeholder_suggestions: Iterable[StakeholderSuggestion] = (),
    ) -> None:
        self.info = info
        self._programmes = tuple(programmes)
        self._measures = tuple(measures)
        self._rubrics = tuple(rubrics)
        self._case_study_templates = tuple(case_study_templates)
        self._composites = tuple(composites)
        self._self_assessments = tuple(self_assessments)
        self._pathways = tuple(pathways)
        self._driver_diagrams = tuple(driver_diagrams)
        self._change_ideas = tuple(change_ideas)
        self._expressions_of_interest = tuple(expressions_of_interest)
        self._events = tuple(events)
        self._impact_calculators = tuple(impact_calculators)
        self._glossary_terms = tuple(glossary_terms)
        self._stakeholder_suggestions = tuple(stakeholder_suggestions)

    @hookimpl
    def tracker_programmes(self) -> Iterable[Programme]:
        """See the hook of this name; so for all below."""
        return self._programmes

    @hookimpl
    def tracker_measures(self) -> Iterable[Measure]:
        return self._measures

    @hookimpl
    def tracker_rubrics(self) -> Iterable[Rubric]:
        return self._rubrics

    @hookimpl
    def tracker_case_study_templates(self) -> Iterable[CaseStudyTemplate]:
        return self._case_study_templates

    @hookimpl
    def tracker_composites(self) -> Iterable[CompositeMeasure]:
        return self._composites

    @hookimpl
    def tracker_self_assessments(self) -> Iterable[SelfAssessment]:
        return self._self_assessments

    @hookimpl
    def tracker_pathways(self) -> Iterable[Pathway]:
        return self._pathways

    @hookimpl
    def tracker_driver_diagrams(self) -> Iterable[DriverDiagramTemplate]:
        return self._driver_diagrams

    @hookimpl
    def tracker_change_ideas(self) -> Iterable[ChangeIdea]:
        return self._change_ideas

    @hookimpl
    def tracker_expressions_of_interest(self) -> Iterable[ExpressionOfInterest]:
        return self._expressions_of_interest

    @hookimpl
    def tracker_events(self) -> Iterable[ProgrammeEvent]:
        return self._events

    @hookimpl
    def tracker_impact_calculators(self) -> Iterable[ImpactCalculator]:
        return self._impact_calculators

    @hookimpl
    def tracker_glossary_terms(self) -> Iterable[GlossaryTerm]:
        return self._glossary_terms

    @hookimpl
    def tracker_stakeholder_suggestions(self) -> Iterable[StakeholderSuggestion]:
        return self._stakeholder_suggestions
