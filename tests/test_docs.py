"""Documentation that the code can check is checked."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRITTEN: dict[Path, str] = runpy.run_path(str(ROOT / "tools" / "docs.py"))["written"]()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_what_is_written_from_the_code_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path], "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_makefile_lists_its_targets_by_default() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    declared = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split()) - {"help"}
    assert declared <= listed
    assert ".DEFAULT_GOAL := help" in makefile


def test_every_setting_is_in_the_table_of_operations() -> None:
    read = set(re.findall(r'"(TRACKER_[A-Z_]+)"', (ROOT / "tracker/config.py").read_text()))
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(TRACKER_[A-Z_]+)` \|", page, re.M)
    assert sorted(told) == sorted(read)
