"""The completed programme: four bundles, what each achieved, and how to read its figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    Workstream,
)
from tracker.plugin_api.common import OVERVIEW

from .sources import OXFORD

P = "adoption_spread"

BUNDLES = tuple(
    Workstream(key=key, title=title, text=text, status=ProgrammeStatus.CLOSED, source=OVERVIEW)
    for key, title, text in (
        (
            "copd_discharge",
            "COPD discharge bundle",
            (
                "2021-22. Patients in acute hospitals who got every element for which they were "
                "eligible rose from 8% to 24%: three times as many, 16 percentage points. All or "
                "none. Of the British Thoracic Society."
            ),
        ),
        (
            "asthma_discharge",
            "Asthma discharge bundle",
            (
                "No date is given. 56% of patients who were admitted got every element for which "
                "they were eligible; the page says 1 in 2. All or none. Of the British Thoracic "
                "Society."
            ),
        ),
        (
            "tracheostomy",
            "Tracheostomy safety",
            (
                "2020-21. Three interventions in 92% of hospital sites; about 15,000 patients; "
                "shorter stay; about £1.92 million saved for each hospital. A share of sites."
            ),
        ),
        (
            "emergency_laparotomy",
            "Emergency laparotomy bundle",
            (
                "2021-22. More patients got every element in 97% of eligible hospitals. A share of "
                "hospitals: it does not say how many patients got the whole bundle."
            ),
        ),
    )
)

AIMS = (
    ProgrammeAim(
        key="copd_80",
        title="COPD discharge bundle",
        text="80% of patients get every element, by March 2022. 24% was reached.",
        figure=Decimal(80),
        unit="%",
        by=date(2022, 3, 31),
        source=OXFORD,
        provisional=True,
    ),
    ProgrammeAim(
        key="asthma_80",
        title="Asthma discharge bundle",
        text="80% of patients get every element, by March 2023. 56% was reached; no date is given.",
        figure=Decimal(80),
        unit="%",
        by=date(2023, 3, 31),
        source=OXFORD,
        provisional=True,
    ),
)

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Adoption and spread",
    purpose="Find safe and effective practice that rests on evidence, and support its adoption "
    "across England: four bundles.",
    parent="Adoption and Spread Safety Improvement Programme (A&S-SIP)",
    lead="National team with the Patient Safety Collaboratives",
    unit_of_adoption="hospital site",
    settings="Acute hospitals",
    status=ProgrammeStatus.CLOSED,
    status_note="Completed; the last dates that are given are of 2021-22. It reached 24% of COPD "
    "and 56% of asthma patients with the whole bundle, tracheostomy safety in 92% of hospital "
    "sites, and more whole bundles for emergency laparotomy in 97% of eligible hospitals. It is "
    "kept for sites that sustain the bundles.",
    aims=AIMS,
    aim_template="Raise {measure} at {site} from {baseline} to {target} by {date}",
    workstreams=BUNDLES,
    open_questions=(
        "The day on which the programme was completed.",
        "The period of the asthma figure.",
        (
            "Elements of the COPD, asthma and laparotomy bundles: taken from public pages, to be "
            "confirmed."
        ),
        "The time within which a patient for laparotomy should be in theatre.",
    ),
    source=OVERVIEW,
)
