"""Whole bundles, their elements, what they should lead to, and what must not get worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind
from tracker.plugin_api.common import DESIGN, OVERVIEW

from .elements import BUNDLES, COPD, TRACHEOSTOMY
from .sources import MORTALITY, OXFORD, RCP_JOURNALS, overview

OUTCOME, PROCESS, BALANCING = MeasureKind.OUTCOME, MeasureKind.PROCESS, MeasureKind.BALANCING
UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
LEFT = ("Died", "Discharged themselves", "Transferred")
ALL_OR_NONE = (
    "Appropriate Care Score: all or none. Elements for which a patient was not eligible are left "
    "out for that patient."
)
NATIONAL_AUDIT = "National audit"
OVERVIEW_AND_OXFORD = replace(
    OXFORD, code="S004, PK", title=f"{OVERVIEW.title}, and {OXFORD.title}"
)

measure = partial(Measure, programme="adoption_spread", cadence=Cadence.MONTHLY)
percent = partial(measure, unit="%", multiplier=Decimal(100), chart=Chart.P)
whole_bundle = partial(
    percent, kind=PROCESS, better=UP, numerator="Patients with every element they were eligible for"
)
readmitted = partial(
    percent,
    kind=OUTCOME,
    better=DOWN,
    numerator="Patients readmitted within 30 days",
    exclusions=("Planned",),
    data_source="Hospital",
)

COPD_MEASURES = (
    whole_bundle(
        key="copd_acs",
        title="COPD: every element",
        denominator="Patients discharged after a flare of COPD",
        exclusions=LEFT,
        data_source=NATIONAL_AUDIT,
        notes=(
            "National figure reported: 8% to 24%, 2021-22. Ambition: 80% by March 2022.",
            ALL_OR_NONE,
        ),
        source=OVERVIEW_AND_OXFORD,
    ),
    *(
        percent(
            key=f"copd_element_pct_{key}",
            title=f"COPD: {name[0].lower()}{name[1:]}",
            kind=PROCESS,
            better=UP,
            numerator=f"Patients with the element {name[0].lower()}{name[1:]}",
            denominator="Patients eligible for it, discharged after a flare of COPD",
            exclusions=LEFT,
            data_source="Audit",
            source=DESIGN,
        )
        for key, name, _ in BUNDLES[COPD][2]
    ),
    readmitted(
        key="copd_readmit_30",
        title="COPD: readmitted within 30 days",
        denominator="Patients discharged after a flare of COPD",
        notes=("A public page says about a quarter.",),
        source=replace(
            RCP_JOURNALS, code="S004, PK", title=f"{OVERVIEW.title}, and {RCP_JOURNALS.title}"
        ),
    ),
)

ASTHMA_MEASURES = (
    whole_bundle(
        key="asthma_acs",
        title="Asthma: every element",
        denominator="Patients discharged after an admission for asthma",
        exclusions=LEFT,
        data_source=NATIONAL_AUDIT,
        notes=(
            "National figure reported: 56%, without a date. Ambition: 80% by March 2023.",
            ALL_OR_NONE,
        ),
        source=OVERVIEW_AND_OXFORD,
    ),
    readmitted(
        key="asthma_readmit_30",
        title="Asthma: readmitted within 30 days",
        denominator="Patients discharged after an admission for asthma",
        source=OVERVIEW,
    ),
)

TRACHEOSTOMY_MEASURES = (
    percent(
        key="trache_sites_pct",
        title="Tracheostomy: sites with all three",
        kind=PROCESS,
        better=UP,
        chart=Chart.RUN,
        cadence=Cadence.QUARTERLY,
        numerator="Sites at stage 5 or above on all three interventions",
        denominator="Sites in scope",
        data_source="Return of the PSC",
        notes=("National figure reported: 92% of hospital sites, 2020-21.",),
        source=overview("That stage 5 counts as adopted is this product's rule."),
    ),
    *(
        percent(
            key=f"trache_element_pct_{key}",
            title=f"Tracheostomy: sites with {name[0].lower()}{name[1:]}",
            kind=PROCESS,
            better=UP,
            chart=Chart.RUN,
            cadence=Cadence.QUARTERLY,
            numerator=f"Sites with {name[0].lower()}{name[1:]}",
            denominator="Sites in scope",
            data_source="Return of the PSC",
            notes=("National figure reported: all three in 92% of hospital sites, 2020-21.",),
            source=OVERVIEW,
        )
        for key, name, _ in BUNDLES[TRACHEOSTOMY][2]
    ),
    measure(
        key="trache_los",
        title="Tracheostomy: length of stay",
        kind=OUTCOME,
        unit="days",
        better=DOWN,
        chart=Chart.XMR,
        numerator="Days in hospital of patients with a tracheostomy",
        denominator="Patients with a tracheostomy",
        data_source="Hospital",
        source=OVERVIEW,
    ),
    measure(
        key="trache_days_harm",
        title="Tracheostomy: days between harm",
        kind=OUTCOME,
        unit="days",
        better=UP,
        chart=Chart.T,
        cadence=Cadence.PER_EVENT,
        numerator="Days since harm to a patient with a tracheostomy",
        data_source="Incident system",
        source=DESIGN,
    ),
)

LAPAROTOMY_MEASURES = (
    whole_bundle(
        key="elap_acs",
        title="Emergency laparotomy: every element",
        denominator="Patients with an emergency laparotomy",
        exclusions=("As in the national audit",),
        data_source="National laparotomy audit",
        notes=(
            (
                "National figure reported: more whole bundles in 97% of eligible hospitals. That "
                "is a share of hospitals, not of patients."
            ),
            ALL_OR_NONE,
        ),
        source=OVERVIEW,
    ),
    percent(
        key="elap_mortality",
        title="Emergency laparotomy: deaths within 30 days",
        kind=OUTCOME,
        better=DOWN,
        cadence=Cadence.QUARTERLY,
        numerator="Patients who died within 30 days, adjusted for risk",
        denominator="Patients with an emergency laparotomy",
        data_source=NATIONAL_AUDIT,
        notes=("A public example: 15.6% to 9.6%.",),
        source=MORTALITY,
        provisional=True,
    ),
)

BALANCING_MEASURES = (
    measure(
        key="bal_los",
        title="Length of stay",
        kind=BALANCING,
        unit="days",
        better=NEITHER,
        chart=Chart.XMR,
        numerator="Days in hospital",
        denominator="Patients",
        data_source="Hospital",
        notes=("It should not rise.",),
        source=DESIGN,
    ),
    measure(
        key="bal_discharge_delay",
        title="Discharge delayed by work on the bundle",
        kind=BALANCING,
        unit="minutes",
        better=NEITHER,
        chart=Chart.XMR,
        numerator="Median minutes of delay, over the patients of the month",
        data_source="Ward",
        notes=("It should not rise.",),
        source=DESIGN,
    ),
)

MEASURES = (
    *COPD_MEASURES,
    *ASTHMA_MEASURES,
    *TRACHEOSTOMY_MEASURES,
    *LAPAROTOMY_MEASURES,
    *BALANCING_MEASURES,
)
