"""The diagram that a trust's project starts from."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Driver, DriverDiagramTemplate

from . import change_ideas as ideas
from .sources import DESIGN, P


def _secondary(key: str, text: str, *change_ideas: str) -> Driver:
    return Driver(key=key, text=text, change_ideas=change_ideas)


DIAGRAM = DriverDiagramTemplate(
    key="start",
    programme=P,
    title="Time critical medicines on time",
    aim="Reduce delayed and omitted doses of time critical medicines in {areas} by {target} by "
    "{date}",
    primary=(
        Driver(
            key="p1",
            text=ideas.P1,
            drivers=(
                _secondary(
                    "s11",
                    "Known before or on arrival",
                    "ci_ed_triage_prompt",
                    "ci_alert_card",
                ),
                _secondary(
                    "s12", "The flag follows the person", "ci_epma_flag", "ci_specialist_alert"
                ),
            ),
        ),
        Driver(
            key="p2",
            text=ideas.P2,
            drivers=(
                _secondary("s21", "Medicines history taken quickly", "ci_pharm_priority"),
                _secondary(
                    "s22", "Exact times, not drug rounds", "ci_first_dose_stat", "ci_custom_times"
                ),
                _secondary("s23", "Another route when nil by mouth", "ci_nbm_guide"),
            ),
        ),
        Driver(
            key="p3",
            text=ideas.P3,
            drivers=(
                _secondary("s31", "Stock in the area", "ci_stock_list"),
                _secondary("s32", "Own medicines used", "ci_pod_bring"),
                _secondary("s33", "A route out of hours", "ci_ooh_cupboard"),
            ),
        ),
        Driver(
            key="p4",
            text=ideas.P4,
            drivers=(
                _secondary("s41", "A reminder at the moment", "ci_epma_alert", "ci_alarm"),
                _secondary(
                    "s42",
                    "Protected and shared responsibility",
                    "ci_safety_huddle",
                    "ci_missed_dose_escalation",
                ),
                _secondary("s43", "People give themselves their medicines", "ci_self_admin"),
            ),
        ),
        Driver(
            key="p5",
            text=ideas.P5,
            drivers=(
                _secondary("s51", "Voice of patients in the design", "ci_psp_codesign"),
                _secondary("s52", "Knowledge and skills", "ci_training", "ci_story_video"),
            ),
        ),
        Driver(
            key="p6",
            text=ideas.P6,
            drivers=(
                _secondary("s61", "A live dashboard", "ci_dashboard"),
                _secondary("s62", "Reasons are coded", "ci_reason_codes"),
                _secondary("s63", "Learning from incidents through PSIRF", "ci_aar"),
            ),
        ),
    ),
    source=replace(
        DESIGN,
        code="S000, PK, DES",
        note="Ours: no public diagram of this collaborative was found. It rests on the stages "
        "prescribing, supplying, administering and monitoring of an article of the NHS Specialist "
        "Pharmacy Service (sps.nhs.uk), and on what the invitation says of partnership, governance "
        "and data. Which idea hangs on which secondary driver is ours.",
    ),
)
