"""The starting driver diagram. It hangs the change ideas on what they help."""

from __future__ import annotations

from tracker.plugin_api import Driver, DriverDiagramTemplate

from .limits import CORD_LIMIT
from .sources import BUNDLE, noted

PRETERM = DriverDiagramTemplate(
    key="preterm",
    programme="matneo",
    title="Every element for every preterm baby",
    aim="All babies born before {cord_limit} get every element for which they are eligible: "
    "{element} from {x}% to {y}% by {date}",
    primary=(
        Driver(
            key="p1",
            text="Predict and prepare",
            drivers=(
                Driver(
                    key="s11",
                    text="Threatened preterm labour is recognised",
                    change_ideas=("ci_preterm_proforma",),
                ),
                Driver(
                    key="s12",
                    text="Birth is in the right place",
                    change_ideas=("ci_inutero_transfer",),
                ),
                Driver(
                    key="s13",
                    text="Parents are informed",
                    change_ideas=("ci_passport", "ci_antenatal_education"),
                ),
            ),
        ),
        Driver(
            key="p2",
            text="Before birth",
            change_ideas=("ci_bundle_prescription", "ci_prompt_card"),
            drivers=(
                Driver(key="s21", text="Steroids"),
                Driver(key="s22", text="Magnesium sulphate", change_ideas=("ci_precept_pack",)),
                Driver(key="s23", text="Antibiotics"),
            ),
        ),
        Driver(
            key="p3",
            text="At birth",
            drivers=(
                Driver(
                    key="s31",
                    text="Cord",
                    change_ideas=("ci_bedside_trolley", "ci_dcc_policy", "ci_simulation"),
                ),
                Driver(
                    key="s32",
                    text="Temperature",
                    change_ideas=("ci_temp_checklist", "ci_prewarm"),
                ),
            ),
        ),
        Driver(
            key="p4",
            text="First hours",
            drivers=(
                Driver(
                    key="s41",
                    text="Milk",
                    change_ideas=(
                        "ci_colostrum_pack",
                        "ci_support_worker",
                        "ci_infant_feeding_team",
                    ),
                ),
                Driver(key="s42", text="Caffeine", change_ideas=("ci_caffeine_order",)),
                Driver(key="s43", text="Ventilation", change_ideas=("ci_vtv_default",)),
            ),
        ),
        Driver(
            key="p5",
            text="Team and culture",
            drivers=(
                Driver(key="s51", text="One perinatal team", change_ideas=("ci_mdt_group",)),
                Driver(
                    key="s52",
                    text="Learning and debriefs",
                    change_ideas=("ci_learning_set", "ci_culture_debrief"),
                ),
            ),
        ),
        Driver(
            key="p6",
            text="Data",
            drivers=(
                Driver(
                    key="s61",
                    text="What is done is recorded",
                    change_ideas=("ci_documentation_fix",),
                ),
                Driver(
                    key="s62",
                    text="Teams see their figures",
                    change_ideas=("ci_dashboard", "ci_share_case"),
                ),
            ),
        ),
        Driver(
            key="p7",
            text="Deterioration",
            drivers=(
                Driver(key="s71", text="National tools", change_ideas=("ci_mews", "ci_newtt2")),
                Driver(
                    key="s72",
                    text="Escalate and respond",
                    change_ideas=("ci_bsots", "ci_escalation_toolkit"),
                ),
            ),
        ),
    ),
    parameters=(CORD_LIMIT,),
    provisional=True,
    source=noted(
        BUNDLE,
        "Made from the case studies of S002, the elements of S004, this table and the page of NHS "
        "England on PReCePT. The official national diagram was not read; under which secondary "
        "driver an idea stands is ours.",
    ),
)

DRIVER_DIAGRAMS = (PRETERM,)
