"""The plugin keeps to the contract of the tracker."""

from __future__ import annotations

from pathlib import Path

from tracker.testing.conformance import Conformance


class TestConformance(Conformance):
    folder = Path(__file__).parents[1]
