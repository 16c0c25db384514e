"""The seven phases, with months from the start and calendar dates. They overlap by design."""

from __future__ import annotations

from datetime import date

from tracker.plugin_api import (
    AppliesTo,
    Arrival,
    Cadence,
    Milestone,
    Parameter,
    ParameterKind,
    Pathway,
    Phase,
)

from .sources import GUIDE, REPORT, noted

AUTUMN_2023 = date(2023, 11, 30)
AUTUMN = noted(REPORT, "Autumn is read as September to November.")

PSIRF_PHASE = Pathway(
    key="psirf_phase",
    programme="psirf",
    title="Phases of PSIRF",
    applies_to=AppliesTo.ORGANISATION,
    phases=(
        Phase(
            key="orientation",
            title="Orientation",
            purpose="Leads at all levels get to know the framework and what it needs",
            starts_month=1,
            ends_month=3,
            starts_on=date(2022, 9, 1),
            ends_on=date(2022, 12, 31),
            evidence=("Leads named", "Reading done"),
            note="Printed as months 1-3 and Sep-Dec 22: three months, and four names of months.",
        ),
        Phase(
            key="diagnostic_discovery",
            title="Diagnostic and discovery",
            purpose="Find out how well today's systems respond for learning and improvement",
            starts_month=4,
            ends_month=7,
            starts_on=date(2022, 12, 1),
            ends_on=date(2023, 3, 31),
            evidence=("Gap analysis", "Input of stakeholders"),
            note="Printed as months 4-7 and Dec 22 - Mar 23.",
        ),
        Phase(
            key="governance_quality",
            title="Governance and quality monitoring",
            purpose="Provider, ICB and region begin to define oversight for after the transition",
            starts_month=6,
            ends_month=9,
            starts_on=date(2023, 2, 1),
            ends_on=date(2023, 7, 31),
            evidence=("Map of governance",),
            note="Printed as months 6-9 and Feb/Mar - May/Jul 2023: the widest reading is used.",
        ),
        Phase(
            key="response_planning",
            title="Patient safety incident response planning",
            purpose="Know the incident profile, the improvement profile and the resources",
            starts_month=7,
            ends_month=10,
            starts_on=date(2023, 4, 1),
            ends_on=date(2023, 7, 31),
            evidence=("Data of the profiles",),
            note="Printed as months 7-10 and Apr - Jul 23.",
        ),
        Phase(
            key="policy_plan",
            title="Curation and agreement of the policy and plan",
            purpose="Write and agree both from what was found before",
            starts_month=9,
            ends_month=12,
            starts_on=date(2023, 7, 1),
            ends_on=AUTUMN_2023,
            evidence=("Drafts", "The ICB's sign-off"),
            note="Printed as months 9-12 and Jul to Autumn 2023.",
            source=AUTUMN,
        ),
        Phase(
            key="transition",
            title="Transition: working under the policy and plan",
            purpose="Adapt and learn as the new system runs",
            starts_month=12,
            starts_on=date(2023, 9, 1),
            evidence=("First learning responses",),
            note="Printed as months 12+ and Sep/Oct 23 onwards.",
        ),
        Phase(
            key="embedding",
            title="Embedding sustainable change and improvement",
            purpose="It becomes business as usual across local systems",
            starts_month=12,
            starts_on=date(2023, 10, 1),
            ends_on=date(2024, 3, 31),
            evidence=("Review of the plan", "Measures"),
            note="Printed as months 12+ and Q3-Q4 23/4. The report adds this phase; the public "
            "guide has six.",
        ),
    ),
    arrival=Arrival(title="Transitioned", complete=("policy_plan",), begun=("transition",)),
    milestones=(
        Milestone(
            key="need_identified",
            text="Collaboratives know which systems and providers need focused support, and have "
            "a plan for it",
            printed="Q2 (June 2023)",
            source=noted(REPORT, "June is in Q1; the date stands as printed."),
        ),
        Milestone(
            key="all_transitioned",
            text="All NHS trusts have transitioned",
            by=AUTUMN_2023,
            printed="End of autumn 2023",
            source=AUTUMN,
        ),
        Milestone(
            key="approach_to_embed",
            text="All collaboratives use an approach, such as coaching, to embed change",
            by=date(2024, 3, 31),
            printed="Q3-Q4 (Oct 23 - Mar 24)",
        ),
    ),
    rated_by="lead of the provider; confirmed by the ICB, seen by the collaborative",
    rated=Cadence.QUARTERLY,
    notes=(
        "Several phases may be in progress at once, for a provider, an ICB or a region.",
        (
            "The current phase is the highest that is in progress or complete. Complete through "
            "is the last phase up to which all are complete."
        ),
        (
            "A provider's own target date stands before the national one: the trust of the "
            "report's case study chose 1 April 2024."
        ),
        (
            "Rolled up: the share of providers that have transitioned, by ICB, region and kind of "
            "provider; providers past their date; providers that need focused support."
        ),
    ),
    parameters=(
        Parameter(
            key="transition_by",
            label="Transitioned by, where a provider has no date of its own",
            value="2023-11-30",
            kind=ParameterKind.DATE,
            source=AUTUMN,
        ),
    ),
    source=noted(
        REPORT,
        f"Six of the seven are those of the {GUIDE.title}. Purposes are in our words; the evidence "
        "expected is ours.",
    ),
)

PATHWAYS = (PSIRF_PHASE,)
