"""Phases of the maternity and the newborn early warning score, on paper and in digital records."""

from __future__ import annotations

from tracker.plugin_api import (
    AppliesTo,
    Cadence,
    Medium,
    Milestone,
    Pathway,
    Phase,
    PhaseStatus,
)

from .sources import REPORT, noted

EVIDENCE_OURS = noted(
    REPORT, "The phases are the report's, in our words; the evidence expected is ours."
)
PRINTED = noted(REPORT, "Dates as printed. Month names and quarters of the report slip in places.")

PHASES = (
    Phase(
        key="navigate",
        title="Navigating the tool",
        purpose="Many professions check that its words are consistent and that it leads them as "
        "meant",
        path=Medium.ANY,
        evidence=("Log of the test",),
        note="Complete at Q2 2023/24.",
    ),
    Phase(
        key="use_parallel",
        title="Using the tool in practice",
        purpose="Used beside the tools that are there, to see how people get on with it",
        path=Medium.PAPER,
        evidence=("Audit of charts kept side by side",),
        note="Complete in Q4 2022/23.",
    ),
    Phase(
        key="pathfinder",
        title="Early implementation with pathfinders",
        purpose="Pathfinder sites move to the national tool, with support in QI",
        path=Medium.PAPER,
        evidence=("Log of PDSA cycles",),
        note='Begun in Q1 2023/24; the report prints "Q1 2023/34".',
    ),
    Phase(
        key="paper_rollout",
        title="Remaining paper sites",
        purpose="The other sites on paper move, with what phase 3 taught",
        path=Medium.PAPER,
        evidence=("Readiness form",),
        note="Onboarding meetings under way at Q2 2023/24. The report says that it uses the "
        "learning of phase 4 itself; surely phase 3.",
    ),
    Phase(
        key="digital_test",
        title="Digital testing",
        purpose="Tested with suppliers of records, once the digital specification is there",
        path=Medium.DIGITAL,
        evidence=("Supplier's test",),
        note="Delayed at Q2 2023/24: the digital specification was not there.",
    ),
    Phase(
        key="digital_rollout",
        title="Digital implementation",
        purpose="Organisations use the digital tool, with what phases 3 to 5 taught",
        path=Medium.DIGITAL,
        evidence=("Day of go-live",),
        note="Not begun at Q2 2023/24.",
    ),
)
LOCAL_PLAN = Milestone(
    key="local_plan", text="A local plan for adoption and spread through phases 3 to 6"
)


def _phases(key: str, title: str, milestones: tuple[Milestone, ...]) -> Pathway:
    return Pathway(
        key=key,
        programme="matneo",
        title=title,
        applies_to=AppliesTo.ORGANISATION,
        phases=PHASES,
        statuses=(
            PhaseStatus.NOT_STARTED,
            PhaseStatus.ONBOARDING,
            PhaseStatus.IN_PROGRESS,
            PhaseStatus.COMPLETE,
            PhaseStatus.DELAYED,
        ),
        milestones=(*milestones, LOCAL_PLAN),
        rated_by="PSC workstream lead with the maternity and neonatal leads",
        rated=Cadence.QUARTERLY,
        notes=(
            (
                "Organisations are counted by phase and by path, paper or digital, for each tool "
                "and each collaborative."
            ),
        ),
        source=EVIDENCE_OURS,
    )


EWT_PHASE_MEWS = _phases(
    "ewt_phase_mews",
    "MEWS: phases of implementation",
    (
        Milestone(
            key="early_implementers",
            text="Early implementers identified, to begin at the start of April 2023",
            printed="Before Q2 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_4_identified",
            text="All sites of phase 4 identified",
            printed="June 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_5_identified",
            text="All digital sites of phase 5 identified",
            printed="July 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_6_identified",
            text="All sites of phase 6 identified",
            printed="December 2023",
            source=PRINTED,
        ),
    ),
)
EWT_PHASE_NEWTT2 = _phases(
    "ewt_phase_newtt2",
    "NEWTT2: phases of implementation",
    (
        Milestone(
            key="phase_3_embedded",
            text="Early implementers embedded in phase 3",
            printed="June 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_4_embedded",
            text="Sites of phase 4 embedded",
            printed="September 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_5_identified",
            text="All digital sites of phase 5 identified",
            printed="September 2023",
            source=PRINTED,
        ),
        Milestone(
            key="phase_6_embedded",
            text="Sites of phase 6 embedded",
            printed="January 2024",
            source=PRINTED,
        ),
    ),
)

PATHWAYS = (EWT_PHASE_MEWS, EWT_PHASE_NEWTT2)
