"""Lists to look things up in: outcomes, tools, policy, examples, and what a quarter's report says.

The part of the quarterly report is what each heading is fed by, so that nothing is written twice.
"""

from __future__ import annotations

from tracker.plugin_api import ReferenceItem, ReferenceList

from .sources import OVERVIEW, REPORT, REPORT_AND_OVERVIEW, noted

EXPECTED_OUTCOMES = ReferenceList(
    key="expected_outcomes",
    title="Expected outcomes",
    text="For babies born before 34 weeks, for women on MEWS and for babies on NEWTT2.",
    items=(
        ReferenceItem(
            key="preterm",
            title="Preterm babies",
            text="More go home alive; less brain injury, necrotising enterocolitis and "
            "bronchopulmonary dysplasia.",
        ),
        ReferenceItem(
            key="mews",
            title="MEWS",
            text="Fewer severe complications and critical interventions, one language between "
            "staff, a better experience because worry and concern count.",
        ),
        ReferenceItem(
            key="newtt2",
            title="NEWTT2",
            text="Deterioration recognised earlier (low blood sugar, cold, early Group B strep), "
            "one language between staff, a better experience, more admitted babies who were on "
            "NEWTT2.",
        ),
    ),
    source=REPORT,
)
TOOLS = ReferenceList(
    key="also_supported",
    title="Also supported",
    items=(
        ReferenceItem(
            key="bsots", title="BSOTS", text="Maternity triage by symptoms.", source=REPORT
        ),
        ReferenceItem(
            key="escalation_toolkit",
            title="Each Baby Counts Learn and Support: escalation toolkit",
            text="The E and R of PIER: escalate and respond.",
            source=REPORT,
        ),
        ReferenceItem(
            key="preterm_passport",
            title="Preterm passport",
            text="What was given, and what comes next, for families and staff. Regional, of the "
            "trust, or another.",
            source=REPORT,
        ),
    ),
    source=REPORT,
)
POLICY = ReferenceList(
    key="aligned_policy",
    title="Policy it is aligned with",
    items=(
        ReferenceItem(
            key="three_year_plan",
            title="Three year delivery plan for maternity and neonatal services",
            text="March 2023.",
            source=OVERVIEW,
        ),
        ReferenceItem(
            key="saving_babies_lives",
            title="Saving Babies' Lives, version 3",
            source=REPORT,
        ),
        ReferenceItem(key="better_births", title="Better Births", source=REPORT_AND_OVERVIEW),
        ReferenceItem(
            key="safer_maternity_care", title="Safer Maternity Care", source=REPORT_AND_OVERVIEW
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
EXAMPLES = ReferenceList(
    key="worked_examples",
    title="Case studies in the report",
    text="What they tell. Neither gives a number, so none is made up here.",
    items=(
        ReferenceItem(
            key="cord_wythenshawe",
            title="Cord management, Wythenshawe (Manchester University NHS Foundation Trust)",
            text="Babies born before 34 weeks, no clamping before 60 seconds. A new policy, a "
            "business case for a bedside trolley, the trolley on two maternity units, training and "
            "simulation. Hard: a short cord, vaginal births with ultrasound near the bed, twins by "
            "section. A clear positive effect on the data.",
        ),
        ReferenceItem(
            key="milk_wythenshawe",
            title="Early breast milk, Wythenshawe (Manchester University NHS Foundation Trust)",
            text="Babies born before 34 weeks get their mother's milk within 24 hours. An action "
            "plan with support workers, talks with parents in clinics for those at higher risk, "
            "pumps and colostrum packs. Hard: staffing. A marked improvement by the end of the "
            "year.",
        ),
    ),
    source=noted(REPORT, "The report abbreviates the trust's name as MFT."),
)
QUARTERLY_REPORT = ReferenceList(
    key="quarterly_report",
    title="Part of the quarterly report",
    text="Headings in the order of the report, and what feeds each.",
    items=(
        ReferenceItem(
            key="outcomes_deliverables",
            title="Expected outcomes; deliverables",
            text="Lists for the preterm pathway, MEWS and NEWTT2. From this programme.",
        ),
        ReferenceItem(
            key="progress",
            title="Progress and contribution to ambitions",
            text="A&S score and its trend, as an XmR or run chart. From the ratings. Figure 1.",
        ),
        ReferenceItem(
            key="updates_preterm",
            title="Key updates: preterm",
            text="Narrative, new elements, passports. From the quarter's return.",
        ),
        ReferenceItem(
            key="updates_deterioration",
            title="Key updates: deterioration",
            text="Table of phases, a stacked bar each for MEWS and NEWTT2. From the pathways. Two "
            "figures without a number.",
        ),
        ReferenceItem(
            key="context",
            title="Context, challenges",
            text="Text. From the quarter's return.",
        ),
        ReferenceItem(
            key="process_measures",
            title="Process measures",
            text="Charts of five elements and of interventions delivered. From the measures. "
            "Figures 2 to 7.",
        ),
        ReferenceItem(
            key="outcome_measures",
            title="Outcome measures",
            text="Pictures of cerebral palsy avoided, saving, lives by cord management, total. "
            "From the calculators. Figures 8 to 11.",
        ),
        ReferenceItem(
            key="learnings",
            title="Key learnings",
            text="One point for each collaborative. From the quarter's return.",
        ),
        ReferenceItem(
            key="case_studies",
            title="Case studies",
            text="Two narratives and posters. From the published case studies.",
        ),
    ),
    source=REPORT,
)

REFERENCE_LISTS = (EXPECTED_OUTCOMES, TOOLS, POLICY, EXAMPLES, QUARTERLY_REPORT)
