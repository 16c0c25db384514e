"""Figures as the overview page reports them. None is worked out here."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import ImpactCalculator, Reported
from tracker.plugin_api.common import OVERVIEW

P = "medsip_ambitions"
NO_METHOD = "The page gives neither a period nor a method."
LIVES, HARMS, STAYS = "medsip_lives", "medsip_harms", "medsip_admissions"

CALCULATORS = tuple(
    ImpactCalculator(
        key=key,
        programme=P,
        title=title,
        unit=unit,
        formula=Reported(figure=Decimal(figure), printed=printed),
        measure=measure,
        period="Not stated",
        caveat=f"{NO_METHOD} {caveat}".strip(),
        overlap_group=group,
        source=OVERVIEW,
    )
    for key, title, unit, figure, printed, measure, caveat, group in (
        (
            "lives_all",
            "Lives saved by all medicines safety work",
            "lives",
            518,
            "an estimated 518 lives",
            "",
            "It is the sum of 68, 36, and the 414 of opioids.",
            LIVES,
        ),
        (
            "lives_anticoagulants",
            "Lives saved by better dosing of oral anticoagulants",
            "lives",
            68,
            "68 lives",
            "ac_dose_right_pct",
            "Part of the 518.",
            LIVES,
        ),
        (
            "lives_nsaid",
            "Lives saved by fewer NSAIDs without gastro-protection",
            "lives",
            36,
            "36 lives",
            "nsaid_no_gastro",
            "Part of the 518.",
            LIVES,
        ),
        (
            "bleeds_fewer",
            "Fewer major bleeds, by fewer NSAIDs with an anticoagulant",
            "bleeds",
            24,
            "24 fewer major bleeds",
            "ac_nsaid_bleed_risk",
            "",
            HARMS,
        ),
        (
            "methotrexate_fewer",
            "Fewer people at risk of a methotrexate overdose",
            "people",
            2255,
            "2255 fewer people",
            "mtx_overdose_risk",
            "Being at risk is no harm yet.",
            HARMS,
        ),
        (
            "aki_fewer",
            "Fewer acute kidney injuries from the three-drug combination",
            "injuries",
            1979,
            "1,979 fewer (printed twice)",
            "aki_triple_count",
            "The page prints the line twice; it is listed once.",
            HARMS,
        ),
        (
            "severe_harms",
            "Severe harms prevented",
            "harms",
            4676,
            "4,676 severe harms",
            "",
            "The items that are listed add up to 418 fewer.",
            HARMS,
        ),
        (
            "readmissions_avoided",
            "Hospital readmissions avoided",
            "readmissions",
            24_128,
            "24,128",
            "",
            "It does not share a base with the avoided costs.",
            STAYS,
        ),
        (
            "cost_avoided",
            "Avoided costs of admissions",
            "GBP",
            9_600_000,
            "£9.6M",
            "",
            "It does not share a base with the readmissions.",
            STAYS,
        ),
    )
)
