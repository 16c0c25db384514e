"""Change ideas, and the driver diagram that they hang on."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import ChangeIdea, Driver, DriverDiagramTemplate
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED

from .sources import APPENDIX_A, EAST_LANCASHIRE, MARTHAS_RULE

P = "managing_deterioration"
ONE_NUMBER = replace(
    EAST_LANCASHIRE, code="S004, PK", title=f"{OVERVIEW.title}, and {EAST_LANCASHIRE.title}"
)
COMPONENT_1, BOTH_ROUTES = ("component_1",), ("component_2", "component_3")
FAMILIES = ("component_3",)
ALL: tuple[str, ...] = ()

CHANGE_IDEAS = tuple(
    ChangeIdea(
        key=key,
        programme=P,
        title=title,
        summary=summary,
        elements=elements,
        theme=theme,
        source=source,
        provisional=source is UNSOURCED,
    )
    for key, title, summary, elements, theme, source in (
        (
            "ci_daily_question",
            "Daily question",
            "Ask each patient each day how they feel, and act on the answer in a structured way",
            COMPONENT_1,
            "Identify",
            MARTHAS_RULE,
        ),
        (
            "ci_one_number",
            "One number",
            "One telephone number for families and staff, at every hour",
            BOTH_ROUTES,
            "Escalate",
            ONE_NUMBER,
        ),
        (
            "ci_poster",
            "Posters",
            "A poster by every bed, in the languages most spoken",
            FAMILIES,
            "Escalate",
            EAST_LANCASHIRE,
        ),
        (
            "ci_outreach",
            "Separate review team",
            "A team that does not look after the patient comes and reviews",
            BOTH_ROUTES,
            "Respond",
            OVERVIEW,
        ),
        (
            "ci_tool_train",
            "Champions",
            "Train one champion for each shift, and again when staff change",
            ALL,
            "Identify",
            APPENDIX_A,
        ),
        (
            "ci_restore2",
            "RESTORE2 in care homes",
            "RESTORE2 or RESTORE2 mini in care homes",
            ("restore2", "restore2_mini"),
            "Across the system",
            OVERVIEW,
        ),
        (
            "ci_stop_watch",
            "Stop and Watch",
            "Stop and Watch for care staff",
            ("stop_and_watch",),
            "Across the system",
            OVERVIEW,
        ),
        (
            "ci_pcsp",
            "Personalised care plan",
            "Agree with the person what matters and what to do when things get worse",
            ("pcsp",),
            "Prevent",
            OVERVIEW,
        ),
        (
            "ci_common_language",
            "Common language",
            "The same words of the tool from home to hospital",
            ALL,
            "Across the system",
            replace(OVERVIEW, note="The page speaks of better communication."),
        ),
        ("ci_sbar", "Structured call", "Escalate in SBAR form", ALL, "Escalate", UNSOURCED),
        (
            "ci_eobs",
            "Electronic observations",
            "Electronic observations with a field for worry",
            ALL,
            "Identify",
            DESIGN,
        ),
        (
            "ci_tep",
            "Treatment escalation plan",
            "Agree and write down how far treatment should go",
            ALL,
            "Prevent",
            UNSOURCED,
        ),
        (
            "ci_review_bundle",
            "Review bundle",
            "What is always done at a review after a call",
            BOTH_ROUTES,
            "Respond",
            DESIGN,
        ),
        (
            "ci_codesign",
            "Families design the route",
            "Families design the call route with staff",
            FAMILIES,
            "Voice and equity",
            OVERVIEW,
        ),
        (
            "ci_translate",
            "Translated and easy-read",
            "Translated and easy-read material",
            FAMILIES,
            "Voice and equity",
            DESIGN,
        ),
    )
)

DIAGRAM = DriverDiagramTemplate(
    key="less_harm",
    programme=P,
    title="Less harm from deterioration",
    aim="{measure} from {baseline} to {target} by {date}",
    primary=tuple(
        Driver(
            key=f"p{number}",
            text=text,
            drivers=(Driver(key=f"s{number}1", text=secondary, change_ideas=ideas),),
        )
        for number, text, secondary, ideas in (
            (1, "Prevent", "Care plans and ceilings of care", ("ci_pcsp", "ci_tep")),
            (
                2,
                "Identify",
                "The tool everywhere, and worry captured",
                ("ci_tool_train", "ci_daily_question", "ci_eobs"),
            ),
            (
                3,
                "Escalate",
                "A clear route, and nobody afraid to use it",
                ("ci_one_number", "ci_sbar", "ci_poster"),
            ),
            (
                4,
                "Respond",
                "Outreach at every hour, and timed review",
                ("ci_outreach", "ci_review_bundle"),
            ),
            (5, "Voice and equity", "Families and languages", ("ci_codesign", "ci_translate")),
            (
                6,
                "Across the system",
                "From care home to hospital",
                ("ci_restore2", "ci_stop_watch", "ci_common_language"),
            ),
        )
    ),
    source=replace(OVERVIEW, code="S004, DES", note="Drivers 1 to 4 are PIER; the rest is ours."),
)

DIAGRAMS = (DIAGRAM,)
