"""Figures as sources print them. No formula gives them, so none is ever worked out."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import ImpactCalculator, Reported, Source

from .sources import OVERVIEW, REPORT, P

AGAINST_2021 = "2021"
NOT_WORKED_OUT = "As reported; the source does not say how it was worked out."


def _reported(
    key: str,
    title: str,
    unit: str,
    figure: str,
    printed: str,
    *,
    source: Source,
    caveat: str,
    measure: str = "",
    baseline: str = "",
    period: str = "",
    overlap_group: str = "",
) -> ImpactCalculator:
    return ImpactCalculator(
        key=key,
        programme=P,
        title=title,
        unit=unit,
        formula=Reported(figure=Decimal(figure), printed=printed),
        measure=measure,
        baseline=baseline,
        period=period,
        overlap_group=overlap_group,
        caveat=caveat,
        source=source,
    )


REPORTED = (
    _reported(
        "fewer_long_term_reported",
        "Fewer people a month on long-term opioids",
        "people",
        "25693",
        "25,693 (P=0.015)",
        measure="opioid_4m_count",
        baseline=AGAINST_2021,
        period="July 2022 to March 2023",
        overlap_group="opioid_long_term",
        caveat="Against 2021. The aim of 30,000 fewer is against 31 March 2023; one is never "
        "subtracted from the other.",
        source=REPORT,
    ),
    _reported(
        "fewer_high_dose_reported",
        "Fewer people a month on a high dose",
        "people",
        "7217",
        "7,217",
        measure="high_dose_count",
        baseline=AGAINST_2021,
        period="September 2022 to July 2023",
        overlap_group="opioid_high_dose",
        caveat="Not the period of the 414 lives, although the two are printed together in one "
        "place.",
        source=REPORT,
    ),
    _reported(
        "medsip_severe_harms",
        "Severe harms prevented by the whole medicines safety programme",
        "severe harms",
        "4676",
        "4,676",
        overlap_group="medsip_harms",
        caveat="The items listed come to 4,258, which is 418 short, and one of them is not harm.",
        source=OVERVIEW,
    ),
    _reported(
        "medsip_readmissions",
        "Readmissions avoided by the whole medicines safety programme",
        "readmissions",
        "24128",
        "24,128",
        caveat=NOT_WORKED_OUT,
        source=OVERVIEW,
    ),
    _reported(
        "medsip_cost_avoided",
        "Cost avoided by the whole medicines safety programme",
        "£ million",
        "9.6",
        "£9.6M",
        caveat=NOT_WORKED_OUT,
        source=OVERVIEW,
    ),
)
