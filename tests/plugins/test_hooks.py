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
    Measure,
    Programme,
    Rubric,
    definitions,
    hookspecs,
    plugin,
)

GUIDE = Path(__file__).parents[2] / "docs/plugins/README.md"
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


@pytest.mark.parametrize("module", [hookspecs, plugin, definitions])
def test_the_examples_run(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("hook", HOOKS)
def test_the_guide_names_each_hook(hook: str) -> None:
    assert f"`{hook}`" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_test_of_its_name(hook: str) -> None:
    assert f"test_hook_{hook}" in globals()


def test_hooks_for_definitions_are_all_hooks_there_are() -> None:
    assert list(DEFINITION_HOOKS) == HOOKS
    assert list(KINDS) == ["programme", "measure", "rubric", "case_study_template"]


def test_hook_tracker_programmes() -> None:
    assert DEFINITION_HOOKS["tracker_programmes"] is Programme


def test_hook_tracker_measures() -> None:
    assert DEFINITION_HOOKS["tracker_measures"] is Measure


def test_hook_tracker_rubrics() -> None:
    assert DEFINITION_HOOKS["tracker_rubrics"] is Rubric


def test_hook_tracker_case_study_templates() -> None:
    assert DEFINITION_HOOKS["tracker_case_study_templates"] is CaseStudyTemplate
