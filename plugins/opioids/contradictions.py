"""Where sources disagree: what each says, and how the tracker goes about it.

Keys are the numbers of the register of contradictions.
"""

from __future__ import annotations

from tracker.plugin_api import Claim, Contradiction
from tracker.plugin_api.common import public_page

from .sources import DESIGN, OVERVIEW, REPORT, WEST_MIDLANDS, noted

TWO_PAGES = public_page(
    "Two public pages on high dose opioids; which is not written down",
    note="To be confirmed by a domain owner.",
)
DATA_SITE = public_page(
    "A public data site; which is not written down",
    note="To be confirmed by a domain owner.",
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_01",
        title="ICBs on the whole systems approach: 29 or 28",
        claims=(
            Claim(
                text="29 (69%): executive summary, chapter summary and process measures",
                source=REPORT,
            ),
            Claim(text='28 (67%): "Detailed information"', source=REPORT),
            Claim(text="25 with full support and 3 with light support, which is 28", source=REPORT),
            Claim(
                text="37 engaged (88%) in both places: 29 and 8 is 37, 28 and 8 is 36 (86%)",
                source=REPORT,
            ),
        ),
        handling="Counted from rows; neither figure is used. Rows of 25 with full support, 3 with "
        "light support, 1 on the approach without support, 8 with shared learning only and 5 not "
        "engaged give 42, 29 (69%) and 37 (88%). That the 29th had no support is our guess.",
    ),
    Contradiction(
        key="inc_02",
        title="How many PSCs work in phase 6",
        claims=(
            Claim(text="14 PSCs with 14 ICBs", source=REPORT),
            Claim(text="10 of these 14 PSCs with 14 ICBs", source=REPORT),
            Claim(text="14 PSCs with 6 ICBs in phases 4 and 5", source=REPORT),
            Claim(text="4 PSCs with 5 ICBs in phases 2 and 3", source=REPORT),
        ),
        handling="The counts of ICBs agree: 14, 6 and 5 are 25. Those of PSCs overlap, as 14 and 4 "
        "are more than the 15 there are. PSCs are counted once in each grouping.",
    ),
    Contradiction(
        key="inc_08",
        title="How long is long-term",
        claims=(
            Claim(text="More than 3 months", source=REPORT),
            Claim(text="4 or more consecutive months", source=REPORT),
            Claim(text="Longer than 4 months: figures 13 and 14", source=REPORT),
        ),
        handling="The tracker counts people prescribed in the reporting month and in each of the 3 "
        "months before.",
    ),
    Contradiction(
        key="inc_09",
        title="What a high dose is",
        claims=(
            Claim(text="More than 120 mg a day", source=REPORT),
            Claim(text="120 mg a day or more", source=TWO_PAGES),
            Claim(
                text="A public data site moved a similar measure to 90 mg or more",
                source=DATA_SITE,
            ),
        ),
        handling="The national count is of more than 120 mg. The measures of OpenPrescribing keep "
        "their own limit, and measures of a team's own have it as a value that can be set.",
    ),
    Contradiction(
        key="inc_10",
        title="From where 30,000 fewer is counted",
        claims=(
            Claim(text="The aim is 30,000 fewer than on 31 March 2023", source=REPORT),
            Claim(
                text="25,693 and 7,217 fewer were reached against a baseline of 2021", source=REPORT
            ),
            Claim(text="The same 30,000 for March 2023", source=WEST_MIDLANDS),
        ),
        handling="Each figure names its baseline. One is never subtracted from the other.",
    ),
    Contradiction(
        key="inc_11",
        title="To which period the 414 lives belong",
        claims=(
            Claim(
                text="July 2022 to March 2023, over the next 2 years; from people on any dose",
                source=REPORT,
            ),
            Claim(
                text="Printed beside the high dose figure of September 2022 to July 2023",
                source=OVERVIEW,
            ),
        ),
        handling="The two periods are kept apart. 414 stands with the first, from which it "
        "follows.",
    ),
    Contradiction(
        key="inc_12",
        title="Where 2,570 moderate harms a year come from",
        claims=(
            Claim(text="2,570 moderate harms avoided a year, without a ratio", source=REPORT),
            Claim(
                text="25,693 divided by 10, to the nearest 10, is 2,570",
                source=noted(DESIGN, "Our arithmetic; no source states the ratio."),
            ),
        ),
        handling="The calculator has the ratio as an input and says that it is implied.",
    ),
    Contradiction(
        key="inc_18",
        title="Severe harms prevented by the whole medicines safety programme",
        claims=(
            Claim(text="4,676", source=OVERVIEW),
            Claim(
                text="The items listed are 24, 2,255 and 1,979, which is 4,258: 418 short",
                source=OVERVIEW,
            ),
            Claim(
                text="The line on acute kidney injury is printed twice, and being at risk of an "
                "overdose is not harm",
                source=OVERVIEW,
            ),
        ),
        handling="Held as reported and never worked out. Each item counts once.",
    ),
    Contradiction(
        key="area_of_kent",
        title="The size of Kent and Medway",
        claims=(
            Claim(text='"Approximately 1400 miles"', source=REPORT),
            Claim(
                text="An area is in square miles",
                source=noted(DESIGN, "Presumably square miles were meant."),
            ),
        ),
        handling="The figure is quoted as printed, with this remark.",
    ),
)
