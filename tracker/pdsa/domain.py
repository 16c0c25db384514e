"""What a PDSA cycle is made of, and how its predictions are scored."""

from __future__ import annotations

from enum import StrEnum


class CycleKind(StrEnum):
    """What the cycle is for."""

    COLLECT = "collect"
    DEVELOP = "develop"
    TEST = "test"
    IMPLEMENT = "implement"


class DoneAsPlanned(StrEnum):
    """Whether the test was carried out as it was planned."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Decision(StrEnum):
    """What the team does with the change idea after Act."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"
