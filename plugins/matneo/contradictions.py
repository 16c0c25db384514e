"""Where sources disagree: what each says, and how the tracker goes about it.

Keys are the numbers of the register of contradictions.
"""

from __future__ import annotations

from tracker.plugin_api import Claim, Contradiction

from .sources import (
    BUNDLE,
    DERIVED,
    NORTH_EAST,
    ONE_PSC,
    OVERVIEW,
    PRECEPT,
    PRESS,
    REPORT,
    noted,
)

CONTRADICTIONS = (
    Contradiction(
        key="inc_03",
        title="Cerebral palsy avoided: 420, 385 or 431",
        claims=(
            Claim(text="420: infographic, text and Figure 8", source=REPORT),
            Claim(text="385: Figure 11", source=REPORT),
            Claim(text="431", source=OVERVIEW),
            Claim(
                text="14,270 women from April 2018 to March 2023, which at one in 37 gives 385",
                source=PRECEPT,
            ),
        ),
        handling="Probably different days of counting. Each is held as reported, with its own "
        "period; two of them never stand in one picture.",
    ),
    Contradiction(
        key="inc_04",
        title="What a case of cerebral palsy costs",
        claims=(
            Claim(text="£420 million for 420 cases: £1.000 million each", source=REPORT),
            Claim(text="£441 million for 431 cases: £1.023 million each", source=OVERVIEW),
        ),
        handling="The cost is an input that carries a date; it starts at £1.0 million.",
    ),
    Contradiction(
        key="inc_05",
        title="Whose lives are the 627",
        claims=(
            Claim(text="627 by antibiotics and cord management, in the text", source=REPORT),
            Claim(
                text="627 by cord management, in Figure 10; 645 by both, in Figure 11",
                source=REPORT,
            ),
            Claim(text="627 by cord management, and 16 by antibiotics", source=OVERVIEW),
        ),
        handling="627 is taken as cord management alone, antibiotics apart. The total is worked "
        "out from what is put in; 645 stays as reported.",
    ),
    Contradiction(
        key="inc_06",
        title="Antibiotics: 71 cases, 16 or 18 lives",
        claims=(
            Claim(
                text="71 cases of Group B strep avoided; 645 less 627 is 18 lives", source=REPORT
            ),
            Claim(text="16 lives, and no cases of Group B strep", source=OVERVIEW),
        ),
        handling="Held as reported. No formula.",
    ),
    Contradiction(
        key="inc_07",
        title="How many babies for one life",
        claims=(
            Claim(
                text="13,956 babies, a third fewer deaths, 627 lives: true only if 13.5% would "
                "have died, one life in 22.3 babies",
                source=OVERVIEW,
            ),
            Claim(text="One life in 30 to 50 babies, 20 for the least mature", source=NORTH_EAST),
        ),
        handling="The number of babies for one life is an input; the page shows the range.",
    ),
    Contradiction(
        key="inc_13",
        title="Figures 2 and 3",
        claims=(
            Claim(text="List of figures: 2 is steroids, 3 is place of birth", source=REPORT),
            Claim(text="Text: 2 is place of birth, 3 is steroids", source=REPORT),
        ),
        handling="The tracker numbers figures from one list when it makes a report.",
    ),
    Contradiction(
        key="inc_14",
        title="What stage 4 is",
        claims=(
            Claim(text="Text on the A&S score: implementation", source=REPORT),
            Claim(text="Appendix A: testing", source=REPORT),
        ),
        handling="Stage 4 is testing, as in the appendix that defines it.",
    ),
    Contradiction(
        key="inc_15",
        title="Dates that cannot be",
        claims=(
            Claim(text='"Q1 2023/34" for the start of phase 3', source=REPORT),
            Claim(
                text="A change to the electronic record that will go live in January 2023, in a "
                "report on July to September 2023",
                source=REPORT,
            ),
            Claim(text="Phase 4 uses the learning of phase 4 (surely 3)", source=REPORT),
        ),
        handling="Milestones are shown as printed, with this note. Dates that are entered are "
        "checked against their period.",
    ),
    Contradiction(
        key="inc_17",
        title="Posters with corrupted text",
        claims=(
            Claim(
                text="Five posters with the same headings: aim, background, introduction, methods, "
                "results, conclusion",
                source=REPORT,
            ),
            Claim(
                text="The same posters with 31 June and 31 September, one conclusion four times, "
                "one aim repeated, a trust that does not exist, and 20 babies both in a month and "
                "in four months",
                source=REPORT,
            ),
        ),
        handling="Only the order of the headings is used. No number of a poster is shown as a "
        "result or used in the demonstration.",
    ),
    Contradiction(
        key="inc_19",
        title="How far rates fell",
        claims=(
            Claim(
                text="Stillbirths 25.2%, neonatal deaths 36.0% fewer",
                source=OVERVIEW,
            ),
            Claim(
                text="From 5.1 to 3.8 is 25.5%; from 2.0 to 1.3 is 35.0%",
                source=noted(DERIVED, "Worked out from the rates that the overview prints."),
            ),
        ),
        handling="The page was worked out from rates with more decimals. Rates are kept with two.",
    ),
    Contradiction(
        key="inc_20",
        title="By when 6% preterm births",
        claims=(
            Claim(text="By 2025", source=REPORT),
            Claim(text="By 2025", source=OVERVIEW),
            Claim(text="By 2030", source=ONE_PSC),
        ),
        handling="The date is a value that an organisation may set; it starts at the end of 2025.",
    ),
    Contradiction(
        key="inc_22",
        title="How many providers",
        claims=(
            Claim(text="134 maternity and neonatal providers", source=OVERVIEW),
            Claim(text="152 maternity units", source=PRESS),
        ),
        handling="Providers and units are different things. Denominators come from the table of "
        "organisations, on a date.",
    ),
    Contradiction(
        key="inc_24",
        title="Cord management's baseline",
        claims=(
            Claim(
                text="A 100% improvement to 66.5%, which makes a baseline of about 33%",
                source=REPORT,
            ),
            Claim(
                text="Up to 17 lives a month, 9 more than baseline, which makes a baseline of 8",
                source=REPORT,
            ),
        ),
        handling="Held as reported; no baseline is entered for either.",
    ),
    Contradiction(
        key="inc_26",
        title='"Total getting all interventions"',
        claims=(
            Claim(text="Title of Figure 7: babies who got all", source=REPORT),
            Claim(text="Text on Figure 7: interventions delivered a month", source=REPORT),
        ),
        handling="Three composites: everything given, opportunities met, interventions delivered. "
        "1,213 and 1,722 belong to the last.",
    ),
    Contradiction(
        key="inc_28",
        title="Which babies: before 34 weeks or all preterm",
        claims=(
            Claim(text="Before 34 weeks, in case studies and expected outcomes", source=REPORT),
            Claim(
                text="All preterm babies, for cord, temperature and milk",
                source=OVERVIEW,
            ),
            Claim(
                text="The national audit of 2021: before 32 weeks for cord and temperature",
                source=BUNDLE,
            ),
        ),
        handling="The limit is a value of each element that an organisation may set; it starts "
        "before 34+0.",
    ),
)
