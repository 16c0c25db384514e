"""Words of the programme. Expansions are the report's where it has them."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, Source

from .sources import OVERVIEW, REPORT, UNSOURCED, noted

MEANING_OURS = noted(REPORT, "The report has the name; what it means is in our words.")


def _term(
    key: str, title: str, expansion: str, meaning: str, source: Source = MEANING_OURS
) -> GlossaryTerm:
    return GlossaryTerm(
        key=key,
        programme="matneo",
        title=title,
        expansion=expansion,
        meaning=meaning,
        provisional=source is UNSOURCED,
        source=source,
    )


GLOSSARY = (
    _term(
        "a_and_s",
        "A&S score",
        "Adoption and spread score",
        "The share of elements at sites, where they apply, that are at stage 5 or above.",
    ),
    _term(
        "acs",
        "ACS",
        "Appropriate Care Score",
        "The share of babies who got everything for which they were eligible.",
    ),
    _term(
        "cqs",
        "CQS",
        "Composite Quality Score",
        "The share of all that could have been given that was given.",
    ),
    _term(
        "bpd",
        "BPD",
        "Bronchopulmonary dysplasia",
        "Long-term lung disease of preterm babies: oxygen or breathing support at 36 weeks.",
    ),
    _term(
        "bsots",
        "BSOTS",
        "Birmingham Symptom-specific Obstetric Triage System",
        "Sorts women who come to maternity triage by how urgent their symptoms are.",
        UNSOURCED,
    ),
    _term(
        "cpvl",
        "cPVL",
        "Cystic periventricular leukomalacia",
        "A brain injury of preterm babies, seen on ultrasound.",
    ),
    _term(
        "ivh",
        "IVH",
        "Intraventricular haemorrhage",
        "A bleed in the brain; grades 3 and 4 are the severe ones.",
        UNSOURCED,
    ),
    _term("lmns", "LMNS", "Local maternity and neonatal system", "", UNSOURCED),
    _term(
        "matneosip",
        "MatNeoSIP",
        "Maternity and Neonatal Safety Improvement Programme",
        "This programme.",
        REPORT,
    ),
    _term(
        "mews",
        "MEWS",
        "Maternity Early Warning Score",
        "A national chart that shows when a pregnant woman or new mother is getting worse.",
    ),
    _term("msds", "MSDS", "Maternity Services Data Set", "National data on births.", UNSOURCED),
    _term(
        "nec",
        "NEC",
        "Necrotising enterocolitis",
        "A severe illness of the gut of preterm babies.",
    ),
    _term(
        "newtt2",
        "NEWTT2",
        "Newborn Early Warning Trigger and Track, version 2",
        "A national chart that shows when a newborn baby is getting worse. The report also prints "
        '"Track and Trigger".',
    ),
    _term("nicu", "NICU", "Neonatal intensive care unit", "", UNSOURCED),
    _term("nnap", "NNAP", "National Neonatal Audit Programme", "", UNSOURCED),
    _term(
        "ocm",
        "OCM",
        "Optimal cord management",
        "The cord is clamped late, so that the baby gets its blood.",
    ),
    _term(
        "odn",
        "ODN",
        "Operational delivery network",
        "The neonatal units of an area, which agree where babies are cared for.",
        UNSOURCED,
    ),
    _term(
        "periprem",
        "PERIPrem",
        "",
        "A preterm bundle with a passport, in use in several regions.",
    ),
    _term(
        "pier",
        "PIER",
        "Prevent, identify, escalate, respond",
        "What to do about deterioration, in four steps.",
        OVERVIEW,
    ),
    _term(
        "precept",
        "PReCePT",
        "Prevention of cerebral palsy in preterm labour",
        "The programme that brought magnesium sulphate to every unit.",
        UNSOURCED,
    ),
    _term(
        "qart",
        "QART",
        "",
        "The return that each collaborative makes every quarter.",
    ),
    _term(
        "quality_control",
        "Quality control",
        "",
        "A process that is reliable and is watched, no longer improved.",
    ),
    _term(
        "vtv",
        "VTV",
        "Volume-targeted ventilation",
        "The ventilator gives each breath a set volume.",
    ),
)
