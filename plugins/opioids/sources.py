"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Basis, Source

REPORT = Source(
    code="S002",
    title="National Patient Safety Improvement Programmes progress report, Q2 2023/24",
)
REPORT_AND_OVERVIEW = replace(
    REPORT,
    code="S002, S004",
    title=f"{REPORT.title}, and the programmes overview page of NHS England",
)
WEST_MIDLANDS = Source(
    code="PK",
    title='Health Innovation West Midlands, "Reducing harm from opioids"',
    basis=Basis.PUBLIC_PAGE,
    url="https://healthinnovationwestmidlands.org",
)
DESIGN = Source(
    code="DES",
    title="QI Tracker",
    basis=Basis.DESIGN,
)
PHASES_BY_ANALOGY = Source(
    code="PK:unsourced",
    title="By analogy with the public whole systems approach to obesity",
    basis=Basis.UNSOURCED,
    note="The report names phase 6 and two groupings only. To be confirmed.",
)


def open_prescribing(measure: str, note: str = "") -> Source:
    """A measure of OpenPrescribing, by its id there."""
    return Source(
        code="OpenPrescribing",
        title=f"OpenPrescribing, measure {measure}",
        url=f"https://openprescribing.net/measure/{measure}/",
        licence="MIT; from NHSBSA prescribing data, Open Government Licence v3.0",
        note=note,
    )
