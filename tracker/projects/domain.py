"""The thinking about projects: aim statements and what a team should do next."""

from __future__ import annotations

from enum import StrEnum


class AimDirection(StrEnum):
    """Which way the aim moves the measure."""

    INCREASE = "increase"
    REDUCE = "reduce"
