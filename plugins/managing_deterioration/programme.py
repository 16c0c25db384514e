"""The programme: its purpose, its three workstreams, its tools, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Basis,
    Claim,
    Contradiction,
    Parameter,
    ParameterKind,
    Programme,
    ProgrammeAim,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
    Workstream,
)
from tracker.plugin_api.common import OVERVIEW, PROGRESS_REPORT, UNSOURCED

from .sources import APPENDIX_A, EAST, LONDONER, MARTHAS_RULE, OVERVIEW_AND_REPORT, WEST

AIMS = (
    ProgrammeAim(
        key="less_harm",
        title="Less harm from deterioration",
        text="Less harm linked to deterioration, through better prevention, identification, "
        "escalation and response, better co-ordination between services, and safe and reliable "
        "pathways.",
        source=OVERVIEW,
    ),
    ProgrammeAim(
        key="less_harm_2027",
        title="Less harm from deterioration: by when",
        text="By 2027. One page of a PSC gives this year; it names no figure.",
        source=EAST,
        provisional=True,
    ),
    ProgrammeAim(
        key="phase_1_sites",
        title="Martha's Rule, phase 1",
        text="At least 100 adult and paediatric acute sites where staff, patients, families and "
        "carers can reach a rapid review by a separate team at any hour, from April 2024.",
        figure=Decimal(100),
        unit="sites",
        source=OVERVIEW,
    ),
)

WORKSTREAMS = (
    Workstream(
        key="marthas_rule",
        title="Martha's Rule, phase 1",
        text="Round-the-clock rapid review by a separate team, open to patients, families, carers "
        "and staff, at 100 acute sites or more. Reached: 143 sites. Extended to all 210 acute "
        "inpatient hospitals from August 2025.",
        opened_on=date(2024, 4, 1),
        source=replace(
            WEST,
            code="S004, PK",
            title=f"{OVERVIEW.title}; {WEST.title}; statistics of NHS England",
            note="The aim is of the overview page; sites reached and the extension are of public "
            "pages.",
        ),
    ),
    Workstream(
        key="national_tools",
        title="National deterioration tools",
        text="Standardised tools for adults, children, maternity and newborns across settings, "
        "with the concerns of patients, families and carers in them.",
        source=OVERVIEW,
    ),
    Workstream(
        key="pier",
        title="The PIER framework",
        text="Publish, implement and spread it: prevent, identify, escalate, respond.",
        source=OVERVIEW,
    ),
)

TOOLS = ReferenceList(
    key="tools",
    title="Tools",
    text="The tracker never works out a clinical score.",
    items=tuple(
        ReferenceItem(key=key, title=title, text=text, source=source)
        for key, title, text, source in (
            ("news2", "National Early Warning Score 2", "Adults: acute, ambulance", OVERVIEW),
            ("pews", "National Paediatric Early Warning System", "Children: inpatient", OVERVIEW),
            (
                "mews",
                "Maternity Early Warning Score",
                "Maternity: see the maternity and neonatal programme",
                OVERVIEW_AND_REPORT,
            ),
            (
                "newtt2",
                "Newborn Early Warning Trigger and Track 2",
                "Newborn: see the maternity and neonatal programme",
                PROGRESS_REPORT,
            ),
            ("restore2", "RESTORE2", "Adults: care homes, community", OVERVIEW),
            ("restore2_mini", "RESTORE2 mini", "Adults: care homes", OVERVIEW),
            ("stop_and_watch", "Stop and Watch", "Adults: care homes, home care", OVERVIEW),
            (
                "pcsp",
                "Personalised care and support planning",
                "Adults: outside acute hospitals",
                OVERVIEW,
            ),
        )
    ),
)

NEWS2_BANDS = ReferenceList(
    key="news2_bands",
    title="NEWS2 bands",
    text="To be confirmed by the owner of the programme before anyone relies on them. The tracker "
    "never works out a clinical score.",
    provisional=True,
    source=UNSOURCED,
    items=(
        ReferenceItem(key="low", title="Low", text="{news2_low}"),
        ReferenceItem(key="single", title="Raises the urgency", text="{news2_single}"),
        ReferenceItem(key="urgent", title="Urgent review", text="{news2_urgent}"),
        ReferenceItem(key="emergency", title="Emergency", text="{news2_emergency}"),
    ),
)

PIER = ReferenceList(
    key="pier_levels",
    title="PIER",
    source=OVERVIEW,
    items=(
        ReferenceItem(
            key="prevent", title="P: prevent", text="Stop deterioration where that is possible"
        ),
        ReferenceItem(
            key="identify", title="I: identify", text="See it early, worry and concern included"
        ),
        ReferenceItem(key="escalate", title="E: escalate", text="Tell the right person fast"),
        ReferenceItem(key="respond", title="R: respond", text="Act reliably"),
    ),
)

COMPONENTS = ReferenceList(
    key="marthas_rule_components",
    title="Components of Martha's Rule",
    source=MARTHAS_RULE,
    items=(
        ReferenceItem(
            key="component_1",
            title="Component 1",
            text="Patients are asked at least once a day how they feel and whether they are better "
            "or worse, and the answers are acted on in a structured way",
        ),
        ReferenceItem(
            key="component_2",
            title="Component 2",
            text="Every member of staff can at any time ask a different team for a review",
        ),
        ReferenceItem(
            key="component_3",
            title="Component 3",
            text="Patients, families and carers always have the same route, and it is advertised",
        ),
    ),
)

EARLIER = ReferenceList(
    key="earlier",
    title="What came before",
    source=OVERVIEW,
    items=(
        ReferenceItem(key="news2_rollout", title="NEWS2 in all acute and ambulance settings"),
        ReferenceItem(
            key="covid",
            title="COVID Oximetry@home and COVID virtual wards",
            text="Monitoring at home, and earlier discharge with monitoring",
        ),
        ReferenceItem(
            key="pews_pilots",
            title="National PEWS",
            text="Pilots, then rolled out in November 2023",
        ),
        ReferenceItem(
            key="non_acute",
            title="Tools outside acute hospitals",
            text="January 2021 to March 2023: 11,621 care homes engaged, 9,164 of them adopted a "
            "tool",
        ),
        ReferenceItem(
            key="worry_and_concern",
            title="Worry and Concern Improvement Collaborative",
            text="Seven regional pilots from 2023, the forerunner of Martha's Rule",
        ),
    ),
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_14",
        title="Stage 4: testing or implementation",
        claims=(
            Claim(text="Stage 4 is called implementation in the text", source=PROGRESS_REPORT),
            Claim(text="Stage 4 is testing, once with one person", source=APPENDIX_A),
        ),
        handling="The tracker uses appendix A.",
    ),
    Contradiction(
        key="inc_25",
        title="Whether the report covers deterioration",
        claims=(
            Claim(
                text="Glossary and appendix A are of tools that spot deterioration",
                source=APPENDIX_A,
            ),
            Claim(text="There is no chapter on this programme", source=PROGRESS_REPORT),
        ),
        handling="A report lists what is there, and a programme may have a summary alone.",
    ),
    Contradiction(
        key="changed_calls",
        title="Share of calls that led to a change of care, to July 2025",
        claims=(
            Claim(text="47%", source=LONDONER),
            Claim(
                text="1,058 of 2,277 calls, which is 46%",
                source=replace(
                    LONDONER, basis=Basis.DERIVED, note="Worked out from the two counts."
                ),
            ),
        ),
        handling="The tracker divides the counts and prints 46%.",
    ),
    Contradiction(
        key="tool_names",
        title="What the letters of NEWS2 and PEWS stand for",
        claims=(
            Claim(
                text="National Early Warning System 2; Paediatric Early Warning Score",
                source=PROGRESS_REPORT,
            ),
            Claim(
                text="National Early Warning Score version 2; National Paediatric Early Warning "
                "System",
                source=OVERVIEW,
            ),
        ),
        handling="The tracker writes them as the overview page does.",
    ),
)

PROGRAMME = Programme(
    key="managing_deterioration",
    programme="managing_deterioration",
    title="Managing deterioration",
    purpose="Less harm from physical deterioration: prevent it, see it early, tell the right "
    "person fast and act reliably, in every setting and with the worries of patients and families "
    "heard.",
    parent="Managing Deterioration Safety Improvement Programme (ManDetSIP)",
    lead="National Patient Safety Improvement Programmes team, with 15 Patient Safety "
    "Collaboratives",
    unit_of_adoption="site for Martha's Rule; practice, care home or team for tools",
    settings="Acute wards for adults and for children, ambulance, care homes, community, general "
    "practice and mental health. Maternity is in the maternity and neonatal programme.",
    status=ProgrammeStatus.ACTIVE,
    status_note="Martha's Rule joined in April 2024. What follows after the changes at NHS England "
    "has not been confirmed.",
    aims=AIMS,
    aim_template="Reduce {measure} in {place} from {baseline} to {target} by {date}",
    workstreams=WORKSTREAMS,
    reference_lists=(TOOLS, NEWS2_BANDS, PIER, COMPONENTS, EARLIER),
    contradictions=CONTRADICTIONS,
    open_questions=(
        (
            "Status of the programme after the changes at NHS England. Asked of the national "
            "workstream lead."
        ),
        "NEWS2 bands: to be entered and confirmed by the owner of the programme.",
        (
            "National definitions of the measures of Martha's Rule: those here are working "
            "definitions of this product."
        ),
        (
            "The overview page names a case study, Supporting care homes to identify "
            "deterioration, whose text was not found."
        ),
    ),
    parameters=tuple(
        Parameter(
            key=key,
            label=label,
            value=value,
            kind=ParameterKind.TEXT,
            provisional=True,
            source=UNSOURCED,
        )
        for key, label, value in (
            ("news2_low", "NEWS2, low", "0 to 4"),
            ("news2_single", "NEWS2, raises the urgency", "3 in one item"),
            ("news2_urgent", "NEWS2, urgent review", "5 or 6"),
            ("news2_emergency", "NEWS2, emergency", "7 or more"),
        )
    ),
    source=replace(
        OVERVIEW_AND_REPORT,
        note="Reference lists, aims and workstreams name their own source where it is another.",
    ),
)
