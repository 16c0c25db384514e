"""Every hook is documented, and its example runs. One test a hook, named for it."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

from tracker.plugin_api import (
    DEFINITION_HOOKS,
    KINDS,
    CaseStudyTemplate,
    ChangeIdea,
    CompositeMeasure,
    Definition,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    GlossaryTerm,
    ImpactCalculator,
    Measure,
    Pathway,
    Programme,
    ProgrammeEvent,
    Rubric,
    SelfAssessment,
    StakeholderSuggestion,
    definitions,
    evidence,
    formulas,
    hookspecs,
    parameters,
    plugin,
)
from tracker.plugin_api.common import forms, scales, sources
from tracker.plugin_host import PluginHost, given
from tracker.testing import samples

GUIDE = Path(__file__).parents[2] / "docs/plugins"
HOOKS = [
    name
    for name, value in vars(hookspecs).items()
    if inspect.isfunction(value) and name.startswith("tracker_")
]


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_says_what_it_is_with_an_example(hook: str) -> None:
    text = inspect.getdoc(getattr(hookspecs, hook))
    assert text is not None
    assert re.search(r"Added in \d+\.\d+\.", text)
    assert ">>>" in text
    assert f"def {hook}(self):" in text


@pytest.mark.parametrize(
    "module",
    [definitions, evidence, formulas, hookspecs, parameters, plugin, forms, scales, sources],
)
def test_the_examples_run(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_page_with_its_example_that_the_guide_leads_to(hook: str) -> None:
    assert f"[`{hook}`](hooks/{hook}.md)" in (GUIDE / "README.md").read_text(encoding="utf-8")
    page = (GUIDE / "hooks" / f"{hook}.md").read_text(encoding="utf-8")
    assert f"    def {hook}(self):" in page.partition("```python")[2].partition("```")[0]


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_test_of_its_name(hook: str) -> None:
    assert f"test_hook_{hook}" in globals()


def test_hooks_for_definitions_are_all_hooks_there_are() -> None:
    assert list(DEFINITION_HOOKS) == HOOKS
    assert list(KINDS) == [
        "programme",
        "measure",
        "rubric",
        "case_study_template",
        "composite",
        "self_assessment",
        "pathway",
        "driver_diagram",
        "change_idea",
        "expression_of_interest",
        "event",
        "impact_calculator",
        "glossary_term",
        "stakeholder",
    ]


def brought(hook: str, kind: type[Definition]) -> bool:
    """Whether a hook hands exactly the definitions of its own kind to the host."""
    sample = samples.falls_plugin()
    host = PluginHost(strict=True).load([given(sample)])
    returned = list(getattr(sample, hook)())
    return DEFINITION_HOOKS[hook] is kind and bool(returned) and host.of(kind) == returned


def test_hook_tracker_programmes() -> None:
    assert brought("tracker_programmes", Programme)


def test_hook_tracker_measures() -> None:
    assert brought("tracker_measures", Measure)


def test_hook_tracker_rubrics() -> None:
    assert brought("tracker_rubrics", Rubric)


def test_hook_tracker_case_study_templates() -> None:
    assert brought("tracker_case_study_templates", CaseStudyTemplate)


def test_hook_tracker_composites() -> None:
    assert brought("tracker_composites", CompositeMeasure)


def test_hook_tracker_self_assessments() -> None:
    assert brought("tracker_self_assessments", SelfAssessment)


def test_hook_tracker_pathways() -> None:
    assert brought("tracker_pathways", Pathway)


def test_hook_tracker_driver_diagrams() -> None:
    assert brought("tracker_driver_diagrams", DriverDiagramTemplate)


def test_hook_tracker_change_ideas() -> None:
    assert brought("tracker_change_ideas", ChangeIdea)


def test_hook_tracker_expressions_of_interest() -> None:
    assert brought("tracker_expressions_of_interest", ExpressionOfInterest)


def test_hook_tracker_events() -> None:
    assert brought("tracker_events", ProgrammeEvent)


def test_hook_tracker_impact_calculators() -> None:
    assert brought("tracker_impact_calculators", ImpactCalculator)


def test_hook_tracker_glossary_terms() -> None:
    assert brought("tracker_glossary_terms", GlossaryTerm)


def test_hook_tracker_stakeholder_suggestions() -> None:
    assert brought("tracker_stakeholder_suggestions", StakeholderSuggestion)
