"""Figures as their sources print them. No formula here reproduces them, so none is applied."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import ImpactCalculator, Reported, Source

from .impact import CEREBRAL_PALSY, LIVES
from .sources import OVERVIEW, REPORT, noted

TO_Q2 = "To Q2 2023/24; the start is not printed"
TO_PAGE = "Since 2021, to the date of the page"


def _reported(
    key: str,
    title: str,
    figure: int,
    unit: str,
    *,
    printed: str,
    period: str,
    caveat: str,
    source: Source,
    group: str = "",
    is_up_to: bool = False,
) -> ImpactCalculator:
    return ImpactCalculator(
        key=key,
        programme="matneo",
        title=title,
        unit=unit,
        formula=Reported(figure=Decimal(figure), printed=printed),
        period=period,
        is_up_to=is_up_to,
        overlap_group=group,
        caveat=caveat,
        source=source,
    )


REPORTED = (
    _reported(
        "cp_avoided_reported_420",
        "Cerebral palsy avoided, as reported at Q2 2023/24",
        420,
        "cases",
        printed="up to 420 cases",
        period=TO_Q2,
        caveat="At one in 37 it would be 15,540 women; the report does not say how many. Never in "
        "one picture with 385 or 431.",
        source=noted(REPORT, "Infographic, text and Figure 8."),
        group=CEREBRAL_PALSY,
        is_up_to=True,
    ),
    _reported(
        "cp_avoided_reported_385",
        "Cerebral palsy avoided, as in the overall infographic",
        385,
        "cases",
        printed="385 cases",
        period="Not printed; April 2018 to March 2023 fits a public figure",
        caveat="The same report says 420: this looks like an older figure. The calculator gives it "
        "with 14,270 women.",
        source=noted(REPORT, "Figure 11."),
        group=CEREBRAL_PALSY,
    ),
    _reported(
        "cp_avoided_reported_431",
        "Cerebral palsy avoided, as the overview has it",
        431,
        "cases",
        printed="an estimated 431",
        period=TO_PAGE,
        caveat="At one in 37 it would be 15,947 women; the page does not say how many.",
        source=OVERVIEW,
        group=CEREBRAL_PALSY,
    ),
    _reported(
        "cp_savings_reported_420m",
        "Cost saved, as reported at Q2 2023/24",
        420_000_000,
        "GBP",
        printed="up to £420 million",
        period=TO_Q2,
        caveat="Exactly one million for each of 420 cases.",
        source=noted(REPORT, "Figure 9."),
        group=CEREBRAL_PALSY,
        is_up_to=True,
    ),
    _reported(
        "cp_savings_reported_441m",
        "Cost saved, as the overview has it",
        441_000_000,
        "GBP",
        printed="up to £441m",
        period=TO_PAGE,
        caveat="1.023 million for each of 431 cases.",
        source=OVERVIEW,
        group=CEREBRAL_PALSY,
        is_up_to=True,
    ),
    _reported(
        "ocm_lives_reported",
        "Lives saved by cord management, as reported",
        627,
        "lives",
        printed="up to 627 lives",
        period="Since April 2020 (S004)",
        caveat="Cord management alone in Figure 10 and in S004; the text of S002 counts "
        "antibiotics in. Here: cord management alone.",
        source=noted(REPORT, "Figure 10; also S004."),
        group=LIVES,
        is_up_to=True,
    ),
    _reported(
        "total_lives_reported",
        "Lives saved by cord management and antibiotics, as reported",
        645,
        "lives",
        printed="up to 645 lives",
        period=TO_Q2,
        caveat="627 and 16 make 643.",
        source=noted(REPORT, "Figure 11."),
        group=LIVES,
        is_up_to=True,
    ),
    _reported(
        "antibiotic_lives_reported",
        "Lives saved by antibiotics in labour, as reported",
        16,
        "lives",
        printed="an estimated 16 lives",
        period=TO_PAGE,
        caveat="S002 implies 18.",
        source=OVERVIEW,
        group=LIVES,
    ),
    _reported(
        "ocm_lives_month_reported",
        "Lives saved by cord management each month, as reported",
        17,
        "lives a month",
        printed="up to 17 lives a month",
        period="A month at Q2 2023/24",
        caveat="9 more than the baseline, so a baseline of 8; neither is derived.",
        source=REPORT,
        group=LIVES,
        is_up_to=True,
    ),
    _reported(
        "ocm_lives_month_gain_reported",
        "More lives saved by cord management each month, as reported",
        9,
        "lives a month",
        printed="9 more than baseline",
        period="A month at Q2 2023/24, against a baseline without a date",
        caveat="17 less 9 is a baseline of 8, which is not printed.",
        source=REPORT,
        group=LIVES,
    ),
    _reported(
        "strep_reported",
        "Group B strep avoided, as reported",
        71,
        "cases",
        printed="71 cases",
        period=TO_Q2,
        caveat="Only in S002, without a formula.",
        source=REPORT,
    ),
    _reported(
        "stillbirths_fewer_reported",
        "Fewer stillbirths, as reported",
        752,
        "stillbirths",
        printed="752 fewer stillbirths",
        period="2020 against 2010",
        caveat="What the national rate did; the page claims no part of it for the programme alone.",
        source=OVERVIEW,
    ),
    _reported(
        "neonatal_deaths_fewer_reported",
        "Fewer neonatal deaths, as reported",
        412,
        "deaths",
        printed="412 fewer neonatal deaths",
        period="2020 against 2010",
        caveat="What the national rate did. The babies are some of those counted as lives saved.",
        source=OVERVIEW,
    ),
)
