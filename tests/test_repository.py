"""What holds for every file of the repository, and for the package that is built from it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TOP_LEVEL = {
    *("tracker", "plugins", "migrations", "tests", "docs", "changes", "tools", ".ci"),
    *("Makefile", "LICENSE", "NOTICE", "README.md", ".gitignore", "pyproject.toml"),
    *("requirements.lock", "requirements-dev.lock"),
}
REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs"),
    ("deb", "debian"),
    ("unpkg", "com"),
    ("cdn", "jsdelivr"),
)

MARKUP_MODULES = {
    "tracker/case_studies/showing.py",
    "tracker/charts/svg.py",
    "tracker/documents/markdown.py",
    "tracker/pages/forms.py",
    # Examples of how a plugin makes a section.
    "docs/plugins/tracker_report_sections.md",
    "tracker/plugin_api/code_hooks.py",
}
"""Where text may be declared safe; everything else is escaped by the templates."""

SHIPPED = {"tracker": "tracker", "plugins": "tracker_plugins", "migrations": "tracker_migrations"}
"""Folders of the tree, and the packages that hold them in the wheel."""

HEAVY_LIBRARIES = (
    "alembic",
    "openpyxl",
    "xlsxwriter",
    "numpy",
    "markdown_it",
    "nh3",
    "PIL",
    "pptx",
    "resvg_py",
    "weasyprint",
    "hypothesis",
    "playwright",
)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern: str, *, skip: tuple[Path, ...] = (Path(__file__),)) -> list[str]:
    looked_for = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path not in skip
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if looked_for.search(line)
    ]


def test_the_top_level_holds_what_was_agreed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def test_no_file_names_a_package_registry() -> None:
    # An address would bind every build to one registry; the lock files carry hashes instead.
    hosts = "|".join(r"\.".join(words) for words in REGISTRIES)
    assert lines_with(hosts) == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert lines_with(r"(?<![\w.])/(work|root|Users)/|/home/[a-z]+/|\.\./shared") == []


def test_text_is_declared_safe_in_the_listed_modules_only() -> None:
    listed = tuple(ROOT / name for name in MARKUP_MODULES)
    found = lines_with(
        r"\bMarkup\((?!\"\"\))|\|\s*safe\b|autoescape\s+false", skip=(Path(__file__), *listed)
    )
    assert [line for line in found if not line.startswith("tests/")] == []


def test_every_module_that_may_declare_text_safe_still_does() -> None:
    assert [m for m in sorted(MARKUP_MODULES) if "Markup(" not in (ROOT / m).read_text()] == []


def test_the_clock_is_asked_in_two_places_only() -> None:
    # `utcnow()` and `today()`: a test can stop those, and "today" is London's.
    clock = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(\)\.date\(")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tracker").rglob("*.py")
        if clock.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "tracker/db/moments.py",
        "tracker/safe/dates.py",
        # When a server looked at its plugins: known before there is a database.
        "tracker/plugin_host/host.py",
    }


def test_every_package_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = set(project["tool"]["setuptools"]["packages"])
    found = {
        ".".join([SHIPPED[folder], *path.parent.relative_to(ROOT / folder).parts])
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("__init__.py")
        if "tests" not in path.parts
    }
    assert found == declared


def test_no_heavy_library_is_loaded_before_it_is_used(fresh_python: Callable[[str], str]) -> None:
    code = (
        "import sys\n"
        "from tracker import create_app\n"
        "from tracker.config import Settings\n"
        "create_app(Settings(database_url='sqlite://', secret_key='x' * 32, dev=True))\n"
        f"print(*sorted(set(sys.modules) & set({HEAVY_LIBRARIES!r})))"
    )
    assert fresh_python(code).split() == []


def test_lock_files_agree_and_carry_hashes() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        found = re.findall(r"^([a-z0-9-]+)==([^\s;]+)[^\\]*\\\n    --hash=sha256:", text, re.M)
        assert len(found) == len(re.findall(r"^[a-z0-9-]+==", text, re.M)), "a pin has no hash"
        return dict(found)

    served, developed = pins("requirements.lock"), pins("requirements-dev.lock")
    assert served.items() <= developed.items()
    assert "setuptools" in served, "the checkout itself is installed with it, without an index"


@pytest.mark.heavy
def test_the_wheel_holds_what_the_tree_holds(tmp_path: Path) -> None:
    built = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", str(tmp_path), str(copy_of_tree(tmp_path))),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = {name.rpartition("/")[2] for name in archive.namelist() if "/licenses/" in name}
    expected = {
        "/".join([SHIPPED[path.relative_to(ROOT).parts[0]], *path.relative_to(ROOT).parts[1:]])
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in SHIPPED
        and "tests" not in path.relative_to(ROOT).parts
    }
    assert inside == expected
    assert licences == {"LICENSE", "NOTICE"}


def copy_of_tree(folder: Path) -> Path:
    """The tracked files alone: a build leaves its traces in the folder it is made from."""
    copy = folder / "tree"
    for path in tracked():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return copy
