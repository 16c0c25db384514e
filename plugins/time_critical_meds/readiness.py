"""What a trust says about itself at the start, and what coaches look at between workshops."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import AppliesTo, Domain, SelfAssessment, Statement
from tracker.plugin_api.common import coach_review, key_enablers

from .sources import (
    DESIGN,
    EPRESCRIBING_TOOLKIT,
    PARKINSONS_CAMPAIGN,
    PARKINSONS_GET_INVOLVED,
    P,
    public,
)

CAMPAIGN = public(PARKINSONS_CAMPAIGN)
GET_INVOLVED = public(PARKINSONS_GET_INVOLVED)
TOOLKIT = public(EPRESCRIBING_TOOLKIT)

READINESS = SelfAssessment(
    key="readiness",
    programme=P,
    title="Readiness of the trust",
    applies_to=AppliesTo.ORGANISATION,
    answered_by="trust lead",
    domains=(
        Domain(
            key="readiness",
            title="A benchmark to start from",
            statements=(
                Statement(
                    key="rd_policy",
                    text="The policy defines the list of time critical medicines and their windows",
                    source=DESIGN,
                ),
                Statement(
                    key="rd_self_admin",
                    text="The policy lets people take their own medicines",
                    source=CAMPAIGN,
                ),
                Statement(
                    key="rd_epma_report",
                    text="Reports of the ePMA system show how many doses are on time",
                    help="Public context: 81% of trusts have the system, 58% report from it.",
                    source=CAMPAIGN,
                ),
                Statement(
                    key="rd_training",
                    text="Staff are required to train",
                    source=CAMPAIGN,
                ),
                Statement(
                    key="rd_flag",
                    text="The record carries an electronic flag",
                    source=GET_INVOLVED,
                ),
                Statement(
                    key="rd_alert_specialist",
                    text="The specialist nurse is told of each admission",
                    source=GET_INVOLVED,
                ),
                Statement(
                    key="rd_carer",
                    text="Carers may help with giving medicines outside visiting hours",
                    source=GET_INVOLVED,
                ),
                Statement(
                    key="rd_alarms",
                    text="There are timers or alarms for doses outside the drug rounds",
                    source=GET_INVOLVED,
                ),
                Statement(
                    key="rd_stock",
                    text="Critical medicines are in stock, and can be had out of hours",
                    source=TOOLKIT,
                ),
                Statement(
                    key="rd_incidents",
                    text="Omissions and delays are reported and reviewed",
                    source=GET_INVOLVED,
                ),
            ),
        ),
    ),
    source=replace(
        DESIGN,
        note="The list is ours, from public pages named at each statement. It is not the list of "
        "recommendations of Parkinson's UK, which was not read.",
    ),
)

SELF_ASSESSMENTS = (READINESS, coach_review(P), key_enablers(P))
