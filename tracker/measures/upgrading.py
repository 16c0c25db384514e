"""Taking up a newer version of a measure's national definition, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from tracker import audit
from tracker.db import db
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.programmes import queries as programmes
from tracker.programmes import services as adopting
from tracker.programmes.models import StoredDefinition
from tracker.programmes.upgrading import Difference, differences, newer_than
from tracker.safe.dates import first_day

from .models import FormerDefinition, Measure
from .recording import lock
from .services import set_phase

if TYPE_CHECKING:
    from tracker.auth.models import User


class CannotUpgrade(ValueError):
    """The newer version counts something that cannot stand on the same chart. Says why."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version of the definition that a measure was taken from."""

    old: MeasureDefinition
    new: MeasureDefinition

    @property
    def differences(self) -> list[Difference]:
        """What reads otherwise."""
        return differences(self.old, self.new)

    @property
    def why_apart(self) -> str:
        """Why its figures cannot go on the same chart; empty where they can."""
        old, new = self.old, self.new
        if old.cadence is not new.cadence:
            return "it is counted at another rhythm"
        if bool(old.denominator) != bool(new.denominator):
            return "one is out of a number, the other is not"
        if (old.unit, old.multiplier) != (new.unit, new.multiplier):
            return "its figures are on another scale"
        return ""


def offer_for(measure: Measure) -> Offer | None:
    """The newer version that a measure can take up; None when it has the newest."""
    old = programmes.definition_of(measure.definition_id) if measure.definition_id else None
    if not isinstance(old, MeasureDefinition):
        return None
    new = newer_than(old)
    return None if new is None else Offer(old, new)


def offers(measures: Sequence[Measure]) -> list[tuple[Measure, MeasureDefinition]]:
    """Measures of which a newer national definition is there, each with it. One statement."""
    ids = {m.definition_id for m in measures if m.definition_id is not None}
    if not ids:
        return []
    held = programmes.definitions_of(ids)
    found = []
    for measure in measures:
        old = held.get(measure.definition_id) if measure.definition_id else None
        new = newer_than(old) if isinstance(old, MeasureDefinition) else None
        if new is not None:
            found.append((measure, new))
    return found


class Former(NamedTuple):
    """A version that a measure was counted by until a day."""

    definition_id: int
    version: int
    until: date


def formers(measure: Measure) -> list[Former]:
    """The versions a measure was counted by before, the earliest first."""
    rows = db.session.execute(
        select(FormerDefinition.definition_id, StoredDefinition.version, FormerDefinition.until)
        .join(StoredDefinition, StoredDefinition.id == FormerDefinition.definition_id)
        .where(FormerDefinition.measure_id == measure.id)
        .order_by(FormerDefinition.until, FormerDefinition.id)
    )
    return [Former(*row) for row in rows]


def take_up(measure: Measure, offer: Offer, *, on: date, by: User) -> Measure:
    """Count a measure by the newer version from the period of a day; its chart splits there.

    Points before keep their figures, and the label of the version that counted them. Raises
    CannotUpgrade.
    """
    if offer.why_apart:
        raise CannotUpgrade(offer.why_apart)
    lock(measure)
    old, new = offer.old, offer.new
    starts = first_day(on, new.cadence)
    copy = adopting.adopt(new, by=by)
    if measure.definition_id is None:
        raise CannotUpgrade("the measure is the team's own")
    db.session.add(
        FormerDefinition(
            project_id=measure.project_id,
            measure_id=measure.id,
            definition_id=measure.definition_id,
            until=starts,
            by_id=by.id,
        )
    )
    measure.definition_id = copy.id
    measure.title, measure.kind, measure.better = new.title, new.kind, new.better
    measure.chart, measure.numerator = new.chart, new.numerator
    measure.denominator = new.denominator or ""
    measure.exclusions, measure.lag_months = "\n".join(new.exclusions), new.lag_months
    # What the team set itself stays; what it had from the old version follows the new one.
    if measure.target == old.target:
        measure.target = new.target
    if measure.data_source == old.data_source:
        measure.data_source = new.data_source
    db.session.flush()
    audit.record(
        "measure.upgraded",
        of=measure,
        by=by,
        detail={"definition": [old.ident, new.ident], "from": starts.isoformat()},
    )
    set_phase(
        measure,
        starts_on=starts,
        name=f"version {new.version}",
        reason=f"Counted by version {new.version} of the national definition from here; "
        f"by version {old.version} before.",
        by=by,
    )
    return measure
