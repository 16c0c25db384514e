"""Taking up a newer version of a measure's national definition, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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

from . import queries
from .models import FormerDefinition, Measure, Phase
from .recording import lock
from .services import remove_phase, set_phase

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
    former = FormerDefinition(
        project_id=measure.project_id,
        measure_id=measure.id,
        definition_id=measure.definition_id,
        until=starts,
        by_id=by.id,
    )
    db.session.add(former)
    rewritten = _phase_at(measure, starts)
    before = {
        "target": None if measure.target is None else str(measure.target),
        "data_source": measure.data_source,
        "phase": rewritten and [rewritten.name, rewritten.reason],
    }
    measure.definition_id = copy.id
    _count_by(measure, new)
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
    former.undo = {**before, "data_version": measure.data_version}
    db.session.flush()
    return measure


def undoable(measure: Measure) -> FormerDefinition | None:
    """What a measure can go back to: its version before, while nothing of its figures changed."""
    former = db.session.scalars(
        select(FormerDefinition)
        .where(FormerDefinition.measure_id == measure.id)
        .order_by(FormerDefinition.id.desc())
        .limit(1)
    ).one_or_none()
    if former is None or not former.undo:
        return None
    return former if former.undo["data_version"] == measure.data_version else None


def undo(measure: Measure, *, by: User) -> Measure:
    """Count a measure by its version before again, as if none had been taken up.

    Raises CannotUpgrade once its figures, phases or baselines have changed.
    """
    lock(measure)
    former = undoable(measure)
    old = programmes.definition_of(former.definition_id) if former else None
    if former is None or former.undo is None or not isinstance(old, MeasureDefinition):
        raise CannotUpgrade("its figures have changed since")
    measure.definition_id = former.definition_id
    _count_by(measure, old)
    target, phase = former.undo["target"], _phase_at(measure, former.until)
    measure.target = None if target is None else Decimal(target)
    measure.data_source = former.undo["data_source"]
    db.session.delete(former)
    audit.record("measure.upgrade_undone", of=measure, by=by, detail={"definition": old.ident})
    if former.undo["phase"]:
        name, reason = former.undo["phase"]
        set_phase(measure, starts_on=former.until, name=name, reason=reason, by=by)
    elif phase is not None:
        remove_phase(measure, phase, by=by)
    return measure


def _count_by(measure: Measure, definition: MeasureDefinition) -> None:
    measure.title, measure.kind = definition.title, definition.kind
    measure.better, measure.chart = definition.better, definition.chart
    measure.numerator, measure.denominator = definition.numerator, definition.denominator or ""
    measure.exclusions = "\n".join(definition.exclusions)
    measure.lag_months = definition.lag_months


def _phase_at(measure: Measure, day: date) -> Phase | None:
    return next((p for p in queries.phases(measure) if p.starts_on == day), None)
