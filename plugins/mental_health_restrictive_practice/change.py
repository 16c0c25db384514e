"""Change ideas, and the driver diagram that they hang on."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import ChangeIdea, Driver, DriverDiagramTemplate
from tracker.plugin_api.common import DESIGN, UNSOURCED

from .sources import RCPSYCH

P = "mental_health_restrictive_practice"

CHANGE_IDEAS = tuple(
    ChangeIdea(
        key=key,
        programme=P,
        title=title,
        summary=summary,
        source=source,
        provisional=source is UNSOURCED,
    )
    for key, title, summary, source in (
        (
            "ci_dasa",
            "Daily risk tool",
            "A short tool each day, with what sets this person off",
            replace(RCPSYCH, note="From its list of tools."),
        ),
        ("ci_own_care_plan", "Own care plans", "People write their own plans", RCPSYCH),
        (
            "ci_lived_coach",
            "Coach with lived experience",
            "Somebody who has used the service coaches staff on rules",
            RCPSYCH,
        ),
        ("ci_rule_review", "Review of rules", "Look at every rule with people", RCPSYCH),
        (
            "ci_poster_data",
            "Posters and data",
            "Posters made together, with data that all can see",
            RCPSYCH,
        ),
        (
            "ci_activity",
            "Something to do every day",
            "Activity every day, evenings and weekends too",
            DESIGN,
        ),
        (
            "ci_calm_room",
            "Calm room",
            "A sensory or calm space, planned with people on the ward",
            DESIGN,
        ),
        (
            "ci_deescalation",
            "De-escalation practice",
            "The team practises, briefly and often",
            DESIGN,
        ),
        (
            "ci_debrief",
            "Debrief",
            "With the person and with staff, after each event",
            DESIGN,
        ),
        ("ci_huddle", "Safety huddle", "A huddle in each shift", UNSOURCED),
        (
            "ci_stable_team",
            "Known faces",
            "Rules for the rota that keep staff who are known on the ward",
            DESIGN,
        ),
    )
)

DIAGRAM = DriverDiagramTemplate(
    key="less_restrictive",
    programme=P,
    title="Less restrictive practice",
    aim="Less {measure} on {ward}: from {baseline} to {target} by {date}",
    primary=tuple(
        Driver(key=key, text=text, change_ideas=ideas)
        for key, text, ideas in (
            ("p1", "Understand and plan with people", ("ci_own_care_plan", "ci_dasa")),
            ("p2", "A day and a space with meaning", ("ci_activity", "ci_calm_room")),
            ("p3", "Skills and relations of staff", ("ci_deescalation", "ci_lived_coach")),
            ("p4", "Rules and blanket restrictions", ("ci_rule_review",)),
            ("p5", "Debrief and learn", ("ci_debrief", "ci_poster_data")),
            ("p6", "Leadership and staffing", ("ci_huddle", "ci_stable_team")),
        )
    ),
    source=replace(DESIGN, note="With items of public pages; each idea names its own source."),
)

DIAGRAMS = (DIAGRAM,)
