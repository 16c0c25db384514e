"""Downloads: a chart as a picture, figures as a table, the measures of a project as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from tracker.charts.png import png
from tracker.charts.svg import framed, standalone
from tracker.downloads import CSV, XLSX, attachment, csv_text, noted, workbook
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.dates import name_day, today

from . import drawing, exporting, queries
from .blueprint import BASE, ONE, bp
from .exporting import Export
from .models import Measure

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"


@bp.get(f"{ONE}/chart.svg")
@requires(Permission.DATA_EXPORT, Measure)
def chart_svg(measure: Measure) -> ResponseReturnValue:
    """The large drawing as a file of its own."""
    return _file(measure, standalone(_picture(measure)), SVG, "svg")


@bp.get(f"{ONE}/chart.png")
@requires(Permission.DATA_EXPORT, Measure)
def chart_png(measure: Measure) -> ResponseReturnValue:
    """The same for programs that take no drawings, such as most for slides."""
    return _file(measure, png(standalone(_picture(measure))), PNG, "png")


@bp.get(f"{ONE}/data.csv")
@requires(Permission.DATA_EXPORT, Measure)
def data_csv(measure: Measure) -> ResponseReturnValue:
    """Every figure with the lines that hold at it, safe to open in a spreadsheet."""
    (export,) = _exports(measure.project, [measure])
    return _file(measure, csv_text(exporting.figures_sheet(export)), CSV, "csv")


@bp.get(f"{ONE}/data.xlsx")
@requires(Permission.DATA_EXPORT, Measure)
def data_xlsx(measure: Measure) -> ResponseReturnValue:
    """The same as a workbook, with the definition and where it came from."""
    exports = _exports(measure.project, [measure])
    return _file(measure, _workbook(measure.project, exports, measure.title), XLSX, "xlsx")


@bp.get(f"{BASE}.csv")
@requires(Permission.DATA_EXPORT, Project)
def all_csv(project: Project) -> ResponseReturnValue:
    """The figures of every measure of a project, one under the other."""
    exports = _exports(project, queries.of_projects([project.id]))
    return _whole(project, csv_text(exporting.whole_sheet(exports)), CSV, "csv")


@bp.get(f"{BASE}.xlsx")
@requires(Permission.DATA_EXPORT, Project)
def all_xlsx(project: Project) -> ResponseReturnValue:
    """The same as a workbook: a sheet for each measure, the definitions, where it came from."""
    exports = _exports(project, queries.of_projects([project.id]))
    return _whole(project, _workbook(project, exports, "All its measures"), XLSX, "xlsx")


def _exports(project: Project, measures: Sequence[Measure]) -> list[Export]:
    return exporting.exports(measures, outside=is_outside(project, current_user))


def _workbook(project: Project, exports: Sequence[Export], what: str) -> bytes:
    about = exporting.about_sheet(project, what, by=current_user.name, on=today())
    definitions = exporting.definitions_sheet(exports)
    return workbook([about, definitions, *map(exporting.figures_sheet, exports)])


def _picture(measure: Measure) -> Markup:
    """The chart with its title above it, and below it what it must not be seen without."""
    figures, phases, chart = queries.seen(
        measure, outside=is_outside(measure.project, current_user)
    )
    drawings = drawing.whole_chart(
        measure,
        chart,
        figures,
        phases=drawing.phase_names(chart, [(p.starts_on, p.name) for p in phases]),
        marks=drawing.marks_of(measure.project),
        events=drawing.lettered(queries.events(measure)),
        on=today(),
    )
    source = f"Source: {measure.data_source}" if measure.data_source else ""
    project = measure.project
    made = f"{project.title}, {project.organisation.name}. QI Tracker, {name_day(today())}"
    return framed(
        drawings.large, measure.title, list(filter(None, [measure.caption, source, made]))
    )


def _file(measure: Measure, body: str | bytes, kind: str, ending: str) -> Response:
    answer = attachment(body, kind, measure.title, ending)
    return noted(answer, {"measure": measure.id, "as": ending}, measure.project_id)


def _whole(project: Project, body: str | bytes, kind: str, ending: str) -> Response:
    answer = attachment(body, kind, f"{project.title} measures", ending)
    return noted(answer, {"as": ending}, project.id)
