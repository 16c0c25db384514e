"""The history in words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tracker.history.domain import ACTIONS, details, sentence

TRACKER = Path(__file__).parents[2] / "tracker"
OF_NO_PROJECT = {
    "adoption",
    "definition",
    "link",
    "organisation",
    "organisations",
    "password",
    "programme",
    "reset",
    "sign_in",
    "user",
}


def recorded_actions() -> set[str]:
    """First argument of every `audit.record(...)` in the tracker that is written out."""
    found = set()
    for path in TRACKER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "record"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def test_every_action_on_a_project_has_words() -> None:
    actions = {a for a in recorded_actions() if a.partition(".")[0] not in OF_NO_PROJECT}
    assert len(actions) > 20
    assert actions - set(ACTIONS) == set()


def test_an_action_nobody_named_is_still_readable() -> None:
    assert sentence("cup_of_tea.made") == "cup of tea made"


@pytest.mark.parametrize(
    ("detail", "lines"),
    [
        ({"target": ["95", "98"]}, ["Target: 95 became 98"]),
        ({"target": [None, "98"]}, ["Target: 98"]),
        ({"target": ["95", None]}, ["Target: 95 became empty"]),
        ({"theory": ["sha256:abc", "sha256:def"]}, ["Theory: a long text became a long text"]),
        ({"psc_id": [None, None]}, []),
        ({"number": 3}, ["Number: 3"]),
        ({"added": 0, "same": 2}, ["Added: 0", "Same: 2"]),
        ({"tasks": [[], [["Tell the team", "", "Lead"]]]}, ["Tasks: Tell the team; Lead"]),
    ],
)
def test_details_in_words(detail: dict[str, object], lines: list[str]) -> None:
    assert details(detail) == lines
