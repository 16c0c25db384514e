"""What of a cycle can be commented on."""

from __future__ import annotations

from tracker.comments.models import Fields

from .models import PdsaCycle

SHORT = 60


def fields_of(cycle: PdsaCycle) -> Fields:
    """Every field of the worksheet in the order it is read, each prediction on its own."""
    return (
        ("objective", "Plan: what we want to learn"),
        ("questions", "Plan: questions"),
        ("theory", "Plan: our theory"),
        ("scale", "Plan: scale"),
        ("tasks", "Plan: who does what"),
        ("data_plan", "Plan: data"),
        ("done_as_planned", "Do: done as planned"),
        ("observations", "Do: what we saw"),
        ("problems", "Do: problems and surprises"),
        *(
            (
                f"prediction:{p.id}",
                f"Prediction {p.position}" + (f": {p.text[:SHORT]}" if p.text else ""),
            )
            for p in cycle.predictions
        ),
        ("learned", "Study: what we learned"),
        ("decision", "Act: the decision"),
        ("next_change", "Act: the next change"),
    )
