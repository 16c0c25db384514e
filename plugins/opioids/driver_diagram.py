"""The diagram that an ICB, a place or a PCN starts from."""

from __future__ import annotations

from tracker.plugin_api import Driver, DriverDiagramTemplate

from . import change_ideas as ideas
from .sources import UCLPARTNERS, P, noted


def _secondary(key: str, text: str, *change_ideas: str) -> Driver:
    return Driver(key=key, text=text, change_ideas=change_ideas)


DIAGRAM = DriverDiagramTemplate(
    key="start",
    programme=P,
    title="Fewer people harmed by opioids",
    aim="Fewer people harmed by long-term and high-dose opioids for chronic non-cancer pain",
    primary=(
        Driver(
            key="p1",
            text=ideas.P1,
            drivers=(
                _secondary("s11", "Alternatives at first contact", "ci_first_line_nonopioid"),
                _secondary("s12", "Short supply after surgery or injury", "ci_discharge_limit"),
            ),
        ),
        Driver(
            key="p2",
            text=ideas.P2,
            drivers=(
                _secondary("s21", "Searches and dashboards", "ci_epact_search", "ci_data_pack"),
                _secondary("s22", "Equity lens", "ci_deprivation_split"),
            ),
        ),
        Driver(
            key="p3",
            text=ideas.P3,
            drivers=(
                _secondary(
                    "s31",
                    "Biopsychosocial support",
                    "ci_lwwp_training",
                    "ci_social_prescribing",
                    "ci_health_coaching",
                ),
                _secondary("s32", "Peer support and movement", "ci_pain_cafe"),
            ),
        ),
        Driver(
            key="p4",
            text=ideas.P4,
            drivers=(
                _secondary(
                    "s41",
                    "Planned review",
                    "ci_florey",
                    "ci_review_template",
                    "ci_taper_guide",
                ),
                _secondary("s42", "Shared action plan", "ci_action_plan"),
            ),
        ),
        Driver(
            key="p5",
            text=ideas.P5,
            drivers=(
                _secondary("s51", "Feedback to practices", "ci_quarterly_feedback"),
                _secondary("s52", "Governance", "ci_cdlin"),
            ),
        ),
        Driver(
            key="p6",
            text=ideas.P6,
            drivers=(
                _secondary("s61", "ICB sponsor and chief pharmacist", "ci_sponsor", "ci_bts"),
                _secondary(
                    "s62", "Lived experience leads", "ci_lived_experience", "ci_logic_model"
                ),
            ),
        ),
        Driver(
            key="p7",
            text=ideas.P7,
            drivers=(
                _secondary("s71", "Mapping in each place", "ci_system_map"),
                _secondary("s72", "Business cases for gaps", "ci_business_case"),
            ),
        ),
    ),
    source=noted(
        UCLPARTNERS,
        "The first five drivers are its groups of interventions, the last two are from the whole "
        "systems approach in the national report. Which idea hangs on which secondary driver is "
        "ours.",
        also="S002, DES",
    ),
)
