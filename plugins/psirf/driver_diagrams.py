"""The starting driver diagram. It hangs the change ideas on what they help."""

from __future__ import annotations

from tracker.plugin_api import Driver, DriverDiagramTemplate

from .sources import REPORT_AND_OVERVIEW, noted

TRANSITION = DriverDiagramTemplate(
    key="transition",
    programme="psirf",
    title="Learning that leads to improvement",
    aim="All providers in {ICS} work under an agreed plan by {date}, and learning leads to "
    "measured improvement",
    primary=(
        Driver(
            key="p1",
            text="Compassionate engagement",
            drivers=(
                Driver(
                    key="s11",
                    text="Families",
                    change_ideas=("ci_family_guide", "ci_engagement_lead", "ci_psp_input"),
                ),
                Driver(key="s12", text="Staff", change_ideas=("ci_staff_support",)),
            ),
        ),
        Driver(
            key="p2",
            text="System-based learning",
            drivers=(
                Driver(
                    key="s21",
                    text="Methods",
                    change_ideas=("ci_aar_pdsa", "ci_swarm_template"),
                ),
                Driver(
                    key="s22",
                    text="Skills",
                    change_ideas=("ci_seips_training", "ci_ask_expert"),
                ),
            ),
        ),
        Driver(
            key="p3",
            text="Proportionate response",
            drivers=(
                Driver(key="s31", text="Incident profile", change_ideas=("ci_profile",)),
                Driver(
                    key="s32",
                    text="Process of decision",
                    change_ideas=("ci_process_map", "ci_decision_tree"),
                ),
            ),
        ),
        Driver(
            key="p4",
            text="Supportive oversight",
            drivers=(
                Driver(key="s41", text="Board", change_ideas=("ci_roadmap",)),
                Driver(key="s42", text="ICB", change_ideas=("ci_oversight_map", "ci_sqg_slot")),
                Driver(
                    key="s43",
                    text="Region",
                    change_ideas=("ci_resource_pack", "ci_pan_regional"),
                ),
            ),
        ),
        Driver(
            key="p5",
            text="Culture and leadership",
            drivers=(
                Driver(
                    key="s51",
                    text="Psychological safety",
                    change_ideas=("ci_summit", "ci_appreciative", "ci_staff_comms"),
                ),
                Driver(
                    key="s52",
                    text="Just culture",
                    change_ideas=("ci_board_seminar", "ci_asset_stocktake"),
                ),
            ),
        ),
        Driver(
            key="p6",
            text="Improvement",
            drivers=(
                Driver(
                    key="s61",
                    text="Actions become projects",
                    change_ideas=("ci_qi_lens", "ci_action_measure", "ci_thematic"),
                ),
            ),
        ),
    ),
    provisional=True,
    source=noted(
        REPORT_AND_OVERVIEW,
        "Made from the four aims of S004 and what S002 tells. No public driver diagram was read; "
        "under which secondary driver an idea stands is ours.",
    ),
)

DRIVER_DIAGRAMS = (TRANSITION,)
