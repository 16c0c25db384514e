"""Sources that several programmes rest on, and how to name a public page."""

from __future__ import annotations

from ..sources import Basis, Source

LAUNCH = Source(
    code="S003",
    title="Launch of the patient safety collaboratives, 2014",
)
PROGRESS_REPORT = Source(
    code="S002",
    title="National Patient Safety Improvement Programmes progress report, Q2 2023/24",
)
OVERVIEW = Source(
    code="S004",
    title="National Patient Safety Improvement Programmes overview page, NHS England",
)
DESIGN = Source(code="DES", title="QI Tracker", basis=Basis.DESIGN)
UNSOURCED = Source(
    code="PK:unsourced",
    title="General knowledge, no page read",
    basis=Basis.UNSOURCED,
    note="To be confirmed before a release claims it.",
)


def public_page(title: str, site: str = "", note: str = "") -> Source:
    """A public page that was read but that no owner of the programme has confirmed.

    >>> public_page("Martha's Rule", "england.nhs.uk").code
    'PK'
    """
    return Source(
        code="PK",
        title=title,
        basis=Basis.PUBLIC_PAGE,
        url=f"https://{site}" if site else "",
        note=note,
    )
