"""What a plugin is: information about itself, and what it defines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .case_study import CaseStudyTemplate
from .hookspecs import hookimpl
from .measure import Measure
from .programme import Programme
from .rubric import Rubric


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
    ) -> None:
        self.info = info
        self._programmes = tuple(programmes)
        self._measures = tuple(measures)
        self._rubrics = tuple(rubrics)
        self._case_study_templates = tuple(case_study_templates)

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
