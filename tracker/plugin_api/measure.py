"""A measure: what is counted, over what, for whom, how often, and how it is charted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, key_faults
from .fields import Wording
from .sources import Part


class MeasureKind(StrEnum):
    """What a measure tells: the result, whether the work was done, or harm done elsewhere."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Cadence(StrEnum):
    """How often there is a point; on a rubric, how often it is rated."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    PER_EVENT = "per_event"


class Chart(StrEnum):
    """Charts, by the names of the analysis rules."""

    XMR = "xmr"
    RUN = "run"
    I = "i"  # noqa: E741
    MR = "mr"
    XBAR = "xbar"
    S = "s"
    P = "p"
    PP = "pp"
    U = "u"
    UP = "up"
    C = "c"
    G = "g"
    T = "t"
    IP = "ip"


NEEDS_DENOMINATOR = frozenset({Chart.P, Chart.PP, Chart.U, Chart.UP, Chart.IP})
"""Charts whose limits follow the size of each denominator."""


class DataQuality(StrEnum):
    """How far the data of a measure can be relied on."""

    GOOD = "good"
    DEVELOPING = "developing"
    POOR = "poor"


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline(Part):
    """A named period to compare with. A claim says which one it uses; none are subtracted."""

    title: str
    starts: date
    ends: date
    figure: Decimal | None = None


class EventKind(StrEnum):
    """What something that shows on a chart is."""

    INTERVENTION = "intervention"
    CALENDAR = "calendar"
    DATA_QUALITY = "data_quality"
    POLICY = "policy"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent(Part):
    """What shows on every chart of a measure, so that nobody looks for the reason again.

    Between two days, or in some `months` of every year, or neither where the source gives no time.
    """

    text: str
    kind: EventKind
    starts: date | None = None
    ends: date | None = None
    months: tuple[int, ...] = ()
    """1 for January."""

    def faults(self) -> Iterator[str]:
        """A sentence for each thing that cannot be drawn."""
        if not self.text.strip():
            yield "has no text"
        if self.starts and self.ends and self.ends < self.starts:
            yield "ends before it starts"
        if self.ends and not self.starts:
            yield "ends without a start"
        if any(not 1 <= month <= 12 for month in self.months):
            yield "names a month that is none of 1 to 12"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Definition):
    """An operational definition, complete enough for two people to count the same thing.

    With a denominator the figure shown is numerator / denominator x `multiplier`: 100 for a
    percentage, 1000 for a rate per 1,000 where people are entered one by one.
    """

    kind_name: ClassVar[str] = "measure"

    title: Wording[str]
    kind: MeasureKind
    unit: str
    better: Direction
    chart: Chart
    cadence: Cadence
    numerator: str
    denominator: str | None = None
    exclusions: tuple[str, ...] = ()
    multiplier: Decimal = Decimal(1)
    target: Decimal | None = None
    data_source: Wording[str] = ""
    lag_months: Wording[int] = 0
    """Months until a period's data arrive: until then it is not yet due, not missing."""
    notes: Wording[tuple[str, ...]] = ()
    """What a reader must know before quoting a figure, one sentence or two each."""
    baselines: Wording[tuple[Baseline, ...]] = ()
    data_quality: Wording[DataQuality | None] = None
    split_by: Wording[tuple[str, ...]] = ()
    """What to look at it by: area, day of the week, deprivation."""
    known_events: Wording[tuple[KnownEvent, ...]] = ()

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        for name in ("title", "unit", "numerator"):
            if not getattr(self, name).strip():
                yield f"has no {name}"
        if self.chart in NEEDS_DENOMINATOR and not (self.denominator or "").strip():
            yield f"a {self.chart} chart needs a denominator"
        if self.multiplier <= 0:
            yield f"multiplier is {self.multiplier}; it must be above 0"
        if self.multiplier != 1 and not self.denominator:
            yield f"multiplier is {self.multiplier}, but there is no denominator"
        if self.lag_months < 0:
            yield f"lag_months is {self.lag_months}; it must be 0 or more"
        yield from key_faults("baseline", (baseline.key for baseline in self.baselines))
        for baseline in self.baselines:
            if baseline.ends < baseline.starts:
                yield f"baseline {baseline.key!r} ends before it starts"
        yield from key_faults("known event", (one.key for one in self.known_events))
        for one in self.known_events:
            yield from (f"known event {one.key!r} {fault}" for fault in one.faults())
