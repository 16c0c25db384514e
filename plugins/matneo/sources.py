"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Basis, Source

REPORT = Source(
    code="S002",
    title="National Patient Safety Improvement Programmes progress report, Q2 2023/24",
)
OVERVIEW = Source(
    code="S004",
    title="National Patient Safety Improvement Programmes, overview page of NHS England",
)
REPORT_AND_OVERVIEW = replace(
    REPORT,
    code="S002, S004",
    title=f"{REPORT.title}, and the programmes overview page of NHS England",
)
DERIVED = replace(
    REPORT, code="S002, D", basis=Basis.DERIVED, note="Worked out from figures of the report."
)
DESIGN = Source(code="DES", title="QI Tracker", basis=Basis.DESIGN)
UNSOURCED = Source(
    code="PK:unsourced",
    title="General knowledge; no page read",
    basis=Basis.UNSOURCED,
    note="To be confirmed by a domain owner.",
)


def public_page(where: str, title: str, note: str = "") -> Source:
    """A public page that was read, and that a domain owner has still to confirm."""
    return Source(
        code=f"PK:{where}",
        title=title,
        basis=Basis.PUBLIC_PAGE,
        url=f"https://{where}",
        note=note or "To be confirmed by a domain owner.",
    )


BUNDLE = public_page(
    "bmjopenquality.bmj.com", "Table of a published perinatal bundle, BMJ Open Quality"
)
NORTH_EAST = public_page(
    "impact.healthinnovationnenc.org.uk", "Health Innovation North East and North Cumbria, impact"
)
PRECEPT = public_page("england.nhs.uk", "NHS England, page on PReCePT")
TOOLKIT = public_page("medscape.co.uk", "Contents of the PReCePT toolkit, as described there")
EAST = public_page("healthinnovationeast.co.uk", "Health Innovation East")
TRIGGER = public_page("bmjmedicine.bmj.com", "BMJ Medicine, e000748")
REVIEWS = public_page("publications.aap.org", "Pediatrics, volume 147, number 3")


def noted(source: Source, note: str) -> Source:
    """The same source, with what in the definition does not come from it."""
    return replace(source, note=note)
