"""What of a measure can be commented on."""

from __future__ import annotations

from tracker.comments.models import Fields

from . import queries
from .models import Measure

SHORT = 60


def fields_of(measure: Measure) -> Fields:
    """How it is counted, its chart and figures, and each baseline, phase and event."""
    return (
        ("chart", "The chart"),
        ("figures", "The figures"),
        ("numerator", "Counted"),
        *([("denominator", "Out of")] if measure.has_denominator else []),
        ("exclusions", "Left out"),
        ("unit", "Unit"),
        ("better", "Better is"),
        ("target", "Target"),
        ("data_source", "Source of the figures"),
        ("owner", "Owner"),
        *((f"baseline:{b.id}", f"Baseline {b.name}") for b in queries.baselines(measure)),
        *(
            (f"phase:{p.id}", f"Phase {p.name or p.reason[:SHORT]}")
            for p in queries.phases(measure)
        ),
        *((f"event:{e.id}", f"Event {e.text[:SHORT]}") for e in queries.events(measure)),
    )
