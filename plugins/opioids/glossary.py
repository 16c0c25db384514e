"""Words of the programme."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, Source

from .sources import DESIGN, OVERVIEW, REPORT, UNSOURCED, P


def _term(
    key: str, title: str, source: Source, *, expansion: str = "", meaning: str = ""
) -> GlossaryTerm:
    return GlossaryTerm(
        key=key,
        programme=P,
        title=title,
        expansion=expansion,
        meaning=meaning,
        provisional=source is UNSOURCED,
        source=source,
    )


GLOSSARY = (
    _term(
        "wsa",
        "WSA",
        REPORT,
        expansion="Whole Systems Approach to High-Risk Opioid Prescribing",
        meaning="The framework of seven phases that an ICB works through.",
    ),
    _term(
        "long_term",
        "Long-term",
        REPORT,
        meaning="Prescribed in the reporting month and in each of the 3 months before.",
    ),
    _term(
        "high_dose",
        "High dose",
        REPORT,
        meaning="More than 120 mg oral morphine equivalent a day.",
    ),
    _term("ome", "OME", UNSOURCED, expansion="Oral morphine equivalent"),
    _term(
        "nnh",
        "NNH",
        UNSOURCED,
        expansion="Number needed to harm",
        meaning="How many people take a medicine for one of them to be harmed by it.",
    ),
    _term("icb", "ICB", REPORT, expansion="Integrated Care Board"),
    _term("ics", "ICS", REPORT, expansion="Integrated Care System"),
    _term("pcn", "PCN", REPORT, expansion="Primary Care Network"),
    _term("psc", "PSC", REPORT, expansion="Patient Safety Collaborative"),
    _term("medsip", "MedSIP", OVERVIEW, expansion="Medicines Safety Improvement Programme"),
    _term(
        "bts",
        "BTS",
        REPORT,
        expansion="Breakthrough Series Collaborative",
        meaning="A launch and a series of workshops, with work at home between them.",
    ),
    _term("cdlin", "CDLIN", REPORT, expansion="Controlled Drug Local Improvement Network"),
    _term("lwwp", "LWWP", REPORT, expansion="Live Well with Pain", meaning="A national charity."),
    _term(
        "florey",
        "Florey",
        REPORT,
        meaning="A questionnaire sent by text before a visit; the replies are filed in the record.",
    ),
    _term("nhsbsa", "NHSBSA", UNSOURCED, expansion="NHS Business Services Authority"),
    _term(
        "epact2",
        "ePACT2",
        REPORT,
        meaning="Prescribing data of the NHSBSA, which arrive late.",
    ),
    _term("qof", "QoF", UNSOURCED, expansion="Quality and Outcomes Framework"),
    _term("iif", "IIF", UNSOURCED, expansion="Investment and Impact Fund of PCNs"),
    _term("qart", "QART", DESIGN, meaning="The workbook in which each PSC reports each quarter."),
)
