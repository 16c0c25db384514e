"""The house stands: imports point downward, the ground floor is pure, and there are no circles."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

GROUND, FIRST, FEATURES, DOORS = range(4)
FLOORS = {
    GROUND: ("spc", "plugin_api", "safe", "charts", "measures.importing", "config"),
    FIRST: (
        "db",
        "audit",
        "blobs",
        "documents",
        "limits",
        "mail",
        "permissions",
        "plugin_host",
        "pages",
        "downloads",
        "drafts",
    ),
    FEATURES: (
        "organisations",
        "auth",
        "people",
        "programmes",
        "projects",
        "comments",
        "measures",
        "drivers",
        "stakeholders",
        "pdsa",
        "tasks",
        "risks",
        "attachments",
        "charter",
        "sustaining",
        "storyboard",
        "agenda",
        "overview",
        "history",
        "adoption",
        "case_studies",
        "deleted",
        "search",
        "copying",
    ),
    DOORS: ("backup", "web", "cli", "demo", "testing", "plugin_api.models", "plugin_api.web"),
}
HEAVY_PARTS = ("flask", "sqlalchemy", "werkzeug", "wtforms", "jinja2", "alembic", "psycopg")
PRIVATE_PARTS = ("views", "forms", "blueprint")
"""Modules of a feature that no other feature may use: its pages are its own."""


@dataclass(frozen=True)
class Import:
    """One import statement: who, what, and where in the file it stands."""

    importer: str
    imported: str
    line: int
    is_deferred: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_name(path): path for path in sorted((ROOT / "tracker").rglob("*.py"))}


def targets(node: ast.Import | ast.ImportFrom, importer: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
        return
    base = node.module or ""
    if node.level:
        package = importer.split(".")
        if PATHS.get(importer, Path("x.py")).name != "__init__.py":
            package = package[:-1]
        kept = package[: len(package) - node.level + 1]
        base = ".".join([*kept, *([node.module] if node.module else [])])
    for name in node.names:
        inner = f"{base}.{name.name}"
        yield inner if inner in PATHS else base


def walk(node: ast.AST, *, deferred: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node that runs, and whether it runs only when a function is called."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from walk(other, deferred=deferred)
            continue
        inside = deferred or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, deferred
        yield from walk(child, deferred=inside)


def imports_of(path: Path, importer: str) -> list[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Import(importer, target, node.lineno, is_deferred)
        for node, is_deferred in walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for target in targets(node, importer)
    ]


IMPORTS = [found for name, path in PATHS.items() for found in imports_of(path, name)]


def floor(module: str) -> int:
    """The floor a module of ours stands on; the longest name that fits decides."""
    if module == "tracker":
        return GROUND  # `create_app` imports its door when it is called
    if module.endswith(".domain"):
        return GROUND
    inner = module.removeprefix("tracker.")
    fitting = [
        (len(room), number)
        for number, rooms in FLOORS.items()
        for room in rooms
        if inner == room or inner.startswith(f"{room}.")
    ]
    assert fitting, f"{module} is in no room: give its package a floor in {Path(__file__).name}"
    return max(fitting)[1]


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def is_wiring(found: Import) -> bool:
    """A package's `init(app)`, which puts the app together and names whatever that takes."""
    return found.is_deferred and PATHS[found.importer].name == "__init__.py"


def ours(found: Import) -> bool:
    return found.imported.split(".")[0] == "tracker"


def test_the_reader_of_imports_sees_what_it_must() -> None:
    path = PATHS["tracker"]
    found = {(i.imported, i.is_deferred) for i in imports_of(path, "tracker")}
    assert ("tracker.web.app", True) in found
    assert not any(name == "flask" for name, _ in found), "only imported for its types"


def test_imports_point_downward() -> None:
    upward = [
        str(found)
        for found in IMPORTS
        if ours(found)
        and found.importer != "tracker"
        and floor(found.imported) > floor(found.importer)
    ]
    assert not upward, "\n".join(upward)


def test_the_ground_floor_names_no_web_or_database_library() -> None:
    impure = [
        str(found)
        for found in IMPORTS
        if floor(found.importer) == GROUND and found.imported.split(".")[0].startswith(HEAVY_PARTS)
    ]
    assert not impure, "\n".join(impure)


def test_the_ground_floor_loads_without_web_or_database_library(
    fresh_python: Callable[[str], str],
) -> None:
    modules = [name for name in PATHS if floor(name) == GROUND]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(*sorted(set(sys.modules) & set({HEAVY_PARTS!r})))"
    )
    assert fresh_python(code).split() == []


def test_features_keep_their_views_to_themselves() -> None:
    private = [
        str(found)
        for found in IMPORTS
        if ours(found)
        and floor(found.importer) == floor(found.imported) == FEATURES
        and room(found.importer) != room(found.imported)
        and found.imported.split(".")[-1] in PRIVATE_PARTS
        and not is_wiring(found)
    ]
    assert not private, "\n".join(private)


def circle(edges: list[tuple[str, str]]) -> list[str]:
    """Names around the first circle found, or nothing."""
    graph: dict[str, set[str]] = {}
    for start, end in edges:
        if start != end:
            graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_a_circle_is_noticed() -> None:
    assert circle([("a", "b"), ("b", "c"), ("c", "a")])
    assert not circle([("a", "b"), ("b", "c"), ("a", "c")])


def test_modules_import_each_other_in_no_circle() -> None:
    edges = [
        (found.importer, found.imported)
        for found in IMPORTS
        if ours(found) and not (found.is_deferred and PATHS[found.importer].name == "__init__.py")
    ]
    assert not circle(edges)


def test_features_use_each_other_in_no_circle() -> None:
    # Models refer to each other by relationship, and thinking is on the ground floor.
    edges = [
        (room(found.importer), room(found.imported))
        for found in IMPORTS
        if ours(found)
        and floor(found.importer) == floor(found.imported) == FEATURES
        and not found.imported.endswith(".models")
    ]
    assert not circle(edges)


@pytest.mark.parametrize("plugin", [p.name for p in (ROOT / "plugins").iterdir() if p.is_dir()])
def test_a_plugin_sees_the_plugin_api_only(plugin: str) -> None:
    files = [
        path
        for path in (ROOT / "plugins" / plugin).rglob("*.py")
        if "tests" not in path.relative_to(ROOT).parts
    ]
    seen = [
        str(found)
        for path in files
        for found in imports_of(path, module_name(path))
        if ours(found) and not found.imported.startswith("tracker.plugin_api")
    ]
    assert not seen, "\n".join(seen)
