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


PAPERS = ["README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))]
OURS = ("tests/", "tracker/", "tools/", "docs/", "plugins/", "migrations/")


@pytest.mark.parametrize("name", PAPERS)
def test_every_path_test_and_setting_that_a_paper_names_is_there(name: str) -> None:
    paper = (ROOT / name).read_text(encoding="utf-8")
    missing = []
    for path, _, test in (said.partition("::") for said in re.findall(r"`([^`\s]+)`", paper)):
        if path.startswith(OURS) and not re.search(r"[<*]", path):
            file = ROOT / path
            if not file.exists() or (test and f"def {test}(" not in file.read_text("utf-8")):
                missing.append(f"{path} {test}")
    settings = set(re.findall(r"TRACKER_[A-Z_]*[A-Z]", paper))
    read = (ROOT / "tracker/config.py").read_text("utf-8")
    missing += [setting for setting in sorted(settings) if f'"{setting}"' not in read]
    assert missing == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_command_that_a_paper_names_can_be_typed(name: str) -> None:
    from tracker.cli import VERBS

    paper = (ROOT / name).read_text(encoding="utf-8")
    typed = re.findall(r"(?:`|^ +|bin/)tracker ([a-z][a-z-]*)(?: ([a-z]+))?", paper, re.M)
    reference = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    assert [verb for verb, _ in typed if verb not in VERBS] == []
    grouped = set(re.findall(r"^## tracker ([a-z-]+) [a-z]", reference, re.M))
    unknown = [
        f"{verb} {word}"
        for verb, word in typed
        if verb in grouped and word and f"## tracker {verb} {word}\n" not in reference
    ]
    assert unknown == []


@pytest.mark.parametrize("name", PAPERS)
def test_links_to_a_heading_lead_to_one(name: str) -> None:
    page = ROOT / name
    lost = []
    for path, anchor in re.findall(r"\]\((?!\w+:)([^)#\s]*)#([^)\s]+)\)", page.read_text("utf-8")):
        to = page.parent / path if path else page
        headings = re.findall(r"^#+ (.+)$", to.read_text("utf-8"), re.M)
        names = [re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings]
        if anchor not in names:
            lost.append(f"{path}#{anchor}")
    assert lost == []


LEVELS = """1.1 22 1.2 1111122223 1.3 112222222223 1.4 222 1.5 123 2.1 122 2.2 112 2.3 12223
2.4 23 3.1 3 3.2 113 3.3 12223 3.4 11222233 3.5 11122333 3.6 3 3.7 22333 4.1 12233
4.2 23333 4.3 22 4.4 1222 5.1 2 5.2 112333 5.3 113 5.4 222 6.1 122 6.2 111111112222
6.3 11223333 6.4 112233 6.5 22222333 6.6 2223 6.7 33 6.8 2222 7.1 222 7.2 1111 7.3 22
7.4 11222 7.5 223 7.6 22 8.1 1233 8.2 1123 8.3 133 8.4 23 9.1 111 9.2 1222 10.1 22
10.2 223 10.3 22223 10.4 1111122222233333 10.5 22222 10.6 22 10.7 222 11.1 2233
11.2 22233 11.3 11233 11.4 1222 11.5 23 11.6 23 11.7 33 12.1 12233 12.2 11 12.3 22223
13.1 2333 13.2 222223 13.3 2233 13.4 1222233 14.1 22 14.2 12223333 14.3 122
15.1 12233 15.2 12233 15.3 1222222 15.4 3333 16.1 2 16.2 22222 16.3 2222 16.4 222
16.5 2223 17.1 23 17.2 22223333 17.3 22"""
"""ASVS 5.0.0: each section with the level of each of its requirements, in order."""


def test_the_asvs_statement_has_every_requirement_of_level_2_once() -> None:
    words = LEVELS.split()
    wanted = [
        f"{section}.{number}"
        for section, levels in zip(words[::2], words[1::2], strict=True)
        for number, level in enumerate(levels, 1)
        if level in "12"
    ]
    assert len(wanted) == 253
    told: list[str] = []
    statement = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    for number, verdict in re.findall(r"^\| ([\d.*]+) \|[^|]+\| ([^|]+) \|", statement, re.M):
        assert verdict in {"met", "partly", "not met", "n/a"}, number
        if number.endswith("*"):
            assert verdict == "n/a"
            told += [each for each in wanted if each.startswith(number.removesuffix("*"))]
        else:
            told.append(number)
    assert sorted(told) == sorted(wanted)
