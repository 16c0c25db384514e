"""Where sources disagree: what each says, and how the tracker goes about it.

Keys `inc_` are the numbers of the register of contradictions; the others were found on reading.
"""

from __future__ import annotations

from tracker.plugin_api import Claim, Contradiction

from .sources import GUIDE, OVERVIEW, REPORT, UNSOURCED

CONTRADICTIONS = (
    Contradiction(
        key="inc_15",
        title="Q2 and June 2023",
        claims=(
            Claim(text='The deliverable is due "by Q2 (June 2023)"', source=REPORT),
            Claim(text="Q2 is July to September everywhere else", source=REPORT),
        ),
        handling="The milestone stands as printed, without a day.",
    ),
    Contradiction(
        key="inc_16",
        title="Months, dates and number of phases",
        claims=(
            Claim(text="Phase 1: months 1-3, and Sep-Dec 22, which names four", source=REPORT),
            Claim(text="Seven phases", source=REPORT),
            Claim(text="Six phases", source=GUIDE),
        ),
        handling="Both months and calendar dates are kept. All seven are there; the seventh says "
        "that it is the report's.",
    ),
    Contradiction(
        key="inc_22",
        title="How many providers",
        claims=(
            Claim(text='"Around 270+" NHS providers, without independent ones', source=REPORT),
            Claim(text="All health and care settings; no number", source=OVERVIEW),
        ),
        handling="Denominators come from the table of organisations, on a date.",
    ),
    Contradiction(
        key="who_by_autumn",
        title="Who transitions by autumn 2023",
        claims=(
            Claim(
                text="Key tasks: all providers of NHS-funded care by the end of autumn 2023",
                source=REPORT,
            ),
            Claim(
                text="Progress: all NHS provider trusts by autumn 2023",
                source=REPORT,
            ),
            Claim(text="Its case study: a trust that goes live on 1 April 2024", source=REPORT),
        ),
        handling="The national date is held against NHS trusts; independent providers are shown "
        "apart, and a provider's own date stands before the national one.",
    ),
    Contradiction(
        key="seips_name",
        title="What SEIPS stands for",
        claims=(
            Claim(text="Systems Engineering in Patient Safety", source=REPORT),
            Claim(
                text="Systems Engineering Initiative for Patient Safety",
                source=UNSOURCED,
            ),
        ),
        handling="The glossary gives the second and says that it is unsourced.",
    ),
)
