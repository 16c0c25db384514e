"""Two calculators, and the figures that the overview page reports."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import (
    CalculatorInput,
    ImpactCalculator,
    Product,
    Ratio,
    Reported,
    Reproduced,
    Rounding,
    WorkedExample,
)
from tracker.plugin_api.common import OVERVIEW

P = "adoption_spread"
SAVING = Decimal(1_920_000)

FOLD_CHANGE = ImpactCalculator(
    key="fold_change",
    programme=P,
    title="Times as many with the whole bundle",
    unit="times",
    measure="copd_acs",
    formula=Ratio(top="after", bottom="before"),
    inputs=(
        CalculatorInput(key="after", title="share after", unit="%"),
        CalculatorInput(key="before", title="share before", unit="%"),
    ),
    rounding=Rounding.ONE_DECIMAL,
    caveat="Print both shares beside it: three times a small share is still a small share.",
    examples=(
        WorkedExample(
            given={"after": Decimal(24), "before": Decimal(8)},
            result=Decimal("3.0"),
            printed="three-fold",
            note="COPD, 2021-22.",
        ),
    ),
    source=OVERVIEW,
)

TRACHE_SAVING = ImpactCalculator(
    key="trache_saving",
    programme=P,
    title="Saved by tracheostomy safety",
    unit="GBP",
    formula=Product(of=("hospitals", "saving")),
    inputs=(
        CalculatorInput(key="hospitals", title="Hospitals", at_least=Decimal(0)),
        CalculatorInput(
            key="saving",
            title="saving for each hospital",
            unit="GBP",
            value=SAVING,
            period="2020-21",
        ),
    ),
    caveat="The saving for each hospital is an estimate of the evaluation. Never multiply it by "
    "all hospitals in a report.",
    examples=(
        WorkedExample(
            given={"hospitals": Decimal(10)},
            result=Decimal(19_200_000),
            reproduced=Reproduced.SYNTHETIC,
        ),
    ),
    overlap_group="tracheostomy_saving",
    source=OVERVIEW,
)

REPORTED = tuple(
    ImpactCalculator(
        key=key,
        programme=P,
        title=title,
        unit=unit,
        formula=Reported(figure=Decimal(figure), printed=printed),
        period=period,
        caveat=caveat,
        overlap_group=group,
        source=OVERVIEW,
    )
    for key, title, unit, figure, printed, period, caveat, group in (
        (
            "copd_reported",
            "COPD patients with every element",
            "%",
            24,
            "8% to 24%",
            "2021-22",
            "All or none. The ambition was 80%.",
            "",
        ),
        (
            "asthma_reported",
            "Asthma patients with every element",
            "%",
            56,
            "56% (1 in 2)",
            "Not stated",
            "All or none. The ambition was 80%.",
            "",
        ),
        (
            "trache_sites_reported",
            "Hospital sites with tracheostomy safety",
            "%",
            92,
            "92%",
            "2020-21",
            "A share of sites.",
            "",
        ),
        (
            "patients_reached",
            "Patients with a tracheostomy reached",
            "patients",
            15_000,
            "an estimated 15,000",
            "2020-21",
            "An estimate of the page; nothing says how it was made.",
            "",
        ),
        (
            "trache_saving_reported",
            "Saved for each hospital by tracheostomy safety",
            "GBP",
            1_920_000,
            "an estimated £1.92m per hospital",
            "2020-21",
            "An estimate of the evaluation, for each hospital.",
            "tracheostomy_saving",
        ),
        (
            "elap_hospitals_reported",
            "Hospitals with more whole bundles for emergency laparotomy",
            "%",
            97,
            "97% of eligible hospitals",
            "2021-22",
            "A share of hospitals with an increase, not of patients with the bundle.",
            "",
        ),
    )
)

CALCULATORS = (FOLD_CHANGE, TRACHE_SAVING, *REPORTED)
