"""The poster: the form that fits any project.

There are no measures here. A definition says what exactly is counted, and for work of no programme
only the team can say that.
"""

from __future__ import annotations

from tracker.plugin_api import Block, CaseStudyTemplate, Heading, Source

REPORT = Source(
    code="S002",
    title="National Patient Safety Improvement Programmes progress report, Q2 2023/24",
    note="Headings are those of the posters in the report; the guidance under each is ours.",
)

POSTER = CaseStudyTemplate(
    key="poster",
    programme="generic",
    title="Poster",
    headings=(
        Heading(
            key="aim",
            text="SMART aim",
            prompt="Measure, from, to, by when. It may hold two.",
        ),
        Heading(
            key="background",
            text="Background",
            prompt="The team or unit, how much it does in a year, and who it serves.",
        ),
        Heading(
            key="introduction",
            text="Introduction",
            prompt="Why it matters, the baseline, what existed already, and the project group.",
        ),
        Heading(
            key="methods",
            text="Methods",
            prompt="What data, over what period; the PDSA cycles and what they changed.",
        ),
        Heading(
            key="results",
            text="Results",
            prompt="The chart with its notes, and numbers with their denominators.",
            block=Block.CHART,
        ),
        Heading(
            key="conclusion",
            text="Conclusion",
            prompt="What changed, what comes next, and thanks to the team.",
        ),
    ),
    source=REPORT,
)

TEMPLATES = (POSTER,)
