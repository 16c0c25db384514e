"""The charter on paper."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.documents import CannotSet, pdf
from tracker.downloads import attachment, noted
from tracker.pages import done, notice
from tracker.permissions import Permission, requires
from tracker.projects import queries as projects
from tracker.projects.models import Project
from tracker.safe.dates import name_day, today

from .blueprint import PROJECT, bp
from .views import all_of, home

PRINT = """
@page { size: A4; margin: 16mm 18mm 18mm;
  @bottom-right {
    content: "Page " counter(page) " of " counter(pages);
    font-family: "Liberation Sans"; font-size: 9pt;
  }
}
body { margin: 0; font-family: "Liberation Sans"; font-size: 10.5pt; color: #212b32; }
h1 { margin: 0 0 2mm; font-size: 18pt; }
h2 { margin: 5mm 0 1mm; font-size: 12pt; color: #003087; break-after: avoid; }
p { margin: 0 0 1.5mm; }
.pre { white-space: pre-line; }
.meta { color: #4c6272; font-size: 9pt; }
.state { font-weight: bold; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1mm 3mm 1mm 0; border-top: 0.3mm solid #d8dde0; text-align: left;
  vertical-align: top; }
tr { break-inside: avoid; }
"""


@bp.get(f"{PROJECT}/charter.pdf")
@requires(Permission.DATA_EXPORT, Project)
def paper(project: Project) -> ResponseReturnValue:
    """The charter with team, equality and co-production, on A4."""
    html = render_template(
        "charter/paper.html",
        **all_of(project, projects.everybody(project)),
        made=f"{project.title}, {project.organisation.name}. QI Tracker, {name_day(today())}",
    )
    try:
        body = pdf(html, PRINT)
    except CannotSet as error:
        notice(str(error), kind="information")
        return done(home(project))
    answer = attachment(body, "application/pdf", f"{project.title} charter", "pdf")
    return noted(answer, {"what": "charter", "as": "pdf"}, project.id)
