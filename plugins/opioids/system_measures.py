"""How many ICBs take part, and how far they are: process measures from quarterly reporting."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, Parameter

from .sources import REPORT, P

_count = partial(
    Measure,
    programme=P,
    kind=MeasureKind.PROCESS,
    better=Direction.UP,
    chart=Chart.RUN,
    cadence=Cadence.QUARTERLY,
    data_source="QART, the quarterly report of each PSC",
    source=REPORT,
)

SYSTEM_MEASURES = (
    _count(
        key="wsa_icb_count",
        title="ICBs on the whole systems approach",
        unit="ICBs",
        numerator="ICBs that take the whole systems approach and are in phase 1 of it or beyond",
        target=Decimal(15),
        notes=(
            "National aim: 15 of the 42 ICBs at least, with an aspiration of half.",
            "Reported for Q2 2023/24: 29 in three places and 28 in one. Neither is used here.",
        ),
    ),
    _count(
        key="wsa_icb_full_by_phase",
        title="ICBs with full support of a PSC, by phase",
        unit="ICBs",
        numerator="ICBs in the phase whose support by a PSC is full",
        exclusions=("ICBs whose support is not full",),
        split_by=("Phase",),
        notes=(
            "Reported for Q2 2023/24: 5 in phases 2 and 3, 6 in phases 4 and 5, 14 in phase 6.",
        ),
    ),
    _count(
        key="icb_engaged_pct",
        title="ICBs engaged in any way",
        unit="%",
        multiplier=Decimal(100),
        numerator="ICBs with full or light support, with shared learning only, or on the whole "
        "systems approach",
        denominator="ICBs at the end of the quarter: {icbs}",
        parameters=(
            Parameter(key="icbs", label="ICBs in 2023/24", value="42", unit="ICBs", source=REPORT),
        ),
        notes=("Reported for Q2 2023/24: 37 of 42, which is 88%.",),
    ),
)
