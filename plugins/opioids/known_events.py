"""What shows on the national charts, and on nobody's account is a signal to explain again."""

from __future__ import annotations

from datetime import date

from tracker.plugin_api import Baseline, EventKind, KnownEvent

from .sources import REPORT, noted

YEAR_2021 = Baseline(
    key="y2021",
    title="2021",
    starts=date(2021, 1, 1),
    ends=date(2021, 12, 31),
    source=noted(REPORT, 'The report says "2021 baseline"; that it is the calendar year is ours.'),
)
MARCH_2023 = Baseline(
    key="march_2023",
    title="31 March 2023",
    starts=date(2023, 3, 1),
    ends=date(2023, 3, 31),
    source=noted(REPORT, "The figure of the month that ends on that day."),
)

KNOWN_EVENTS = (
    KnownEvent(
        key="bank_holidays",
        text="Bank holidays: fewer prescriptions in April and May, more in June, every year",
        kind=EventKind.CALENDAR,
        months=(4, 5, 6),
        source=REPORT,
    ),
    KnownEvent(
        key="bank_holiday_2023",
        text="One more bank holiday in May 2023",
        kind=EventKind.CALENDAR,
        starts=date(2023, 5, 1),
        ends=date(2023, 5, 31),
        source=REPORT,
    ),
    KnownEvent(
        key="incentives_removed",
        text="Incentives for primary care removed (QoF and PCN IIF)",
        kind=EventKind.POLICY,
        starts=date(2023, 4, 1),
        ends=date(2024, 3, 31),
        source=noted(REPORT, "The report says 2023/24."),
    ),
    KnownEvent(
        key="restructuring",
        text="Restructuring of regions, ICBs and NHS England",
        kind=EventKind.POLICY,
        source=noted(REPORT, "The report gives no day."),
    ),
)
