"""Balancing measures: what might get worse while the elements get better. None should rise."""

from __future__ import annotations

from tracker.plugin_api import Cadence, Chart, Direction, Measure, MeasureKind, Source

from .limits import CORD_SECONDS, NORMOTHERMIA_LIMIT, TEMPERATURE_TO
from .process_measures import HUNDRED
from .sources import DESIGN, UNSOURCED

NO_RISE = "It should not rise."


def _share(key: str, title: str, counts: tuple[str, str], data: str, source: Source) -> Measure:
    return Measure(
        key=key,
        programme="matneo",
        title=title,
        kind=MeasureKind.BALANCING,
        unit="%",
        better=Direction.NEITHER,
        chart=Chart.P,
        cadence=Cadence.MONTHLY,
        numerator=counts[0],
        denominator=counts[1],
        multiplier=HUNDRED,
        data_source=data,
        notes=(NO_RISE,),
        parameters=tuple(
            one
            for one in (CORD_SECONDS, NORMOTHERMIA_LIMIT, TEMPERATURE_TO)
            if f"{{{one.key}}}" in " ".join(counts)
        ),
        provisional=True,
        source=source,
    )


BALANCING_MEASURES = (
    _share(
        "bal_term_admission",
        "Term babies admitted to the neonatal unit",
        ("Term babies admitted to the neonatal unit", "Term births"),
        "Neonatal record",
        UNSOURCED,
    ),
    _share(
        "bal_polycythaemia_jaundice",
        "Jaundice or too many red cells after late clamping",
        (
            "Babies with jaundice or polycythaemia",
            "Babies whose cord was clamped {cord_seconds} or more after birth",
        ),
        "Audit of the unit",
        UNSOURCED,
    ),
    Measure(
        key="bal_maternal_side_effect",
        programme="matneo",
        title="Adverse events from magnesium or antibiotics",
        kind=MeasureKind.BALANCING,
        unit="events",
        better=Direction.NEITHER,
        chart=Chart.C,
        cadence=Cadence.MONTHLY,
        numerator="Adverse events reported from magnesium sulphate or antibiotics",
        data_source="Incident system",
        notes=(NO_RISE,),
        provisional=True,
        source=UNSOURCED,
    ),
    _share(
        "bal_hyperthermia",
        "Babies admitted too warm",
        (
            "Babies whose first temperature was above {temperature_to}",
            "Babies born before {normothermia_limit}",
        ),
        "Neonatal record",
        DESIGN,
    ),
)
