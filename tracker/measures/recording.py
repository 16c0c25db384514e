"""Points going in, and the state of the chart that follows from them, in one unit of work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from tracker import audit
from tracker.db import StaleRecord, Versioned, db, utcnow
from tracker.projects.services import touch
from tracker.safe.dates import first_day
from tracker.safe.numbers import plain

from . import domain, queries
from .models import ImportColumns, Measure, Point, PointChange, PointKind
from .queries import Figure

if TYPE_CHECKING:
    from tracker.auth.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one period, named by any day in it.

    A measure with a denominator takes numerator and denominator, and its value is worked out;
    any other takes the value. `note` None keeps what is noted.
    """

    period: date
    kind: PointKind = PointKind.VALUE
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    note: str | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one batch."""

    added: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Everything was held already."""
        return not (self.added or self.changed or self.removed)

    @property
    def words(self) -> str:
        """`3 added, 1 changed, 57 held already`."""
        said = [
            f"{number:,} {word}"
            for number, word in (
                (self.added, "added"),
                (self.changed, "changed"),
                (self.removed, "removed"),
                (self.same, "held already"),
            )
            if number
        ]
        return ", ".join(said)


class Figures:
    """The figures of a measure as a row with a version: what a form of points is drawn from.

    A form's version starts at 1, the data's at 0.
    """

    def __init__(self, measure: Measure) -> None:
        self.measure = measure

    @property
    def version(self) -> int:
        """The measure's `data_version`, from 1."""
        return self.measure.data_version + 1

    @property
    def id(self) -> int:
        return self.measure.id

    @property
    def project_id(self) -> int:
        return self.measure.project_id

    __tablename__ = Measure.__tablename__
    TOLD_AS = ("points.", "phase.", "baseline.")


def figures(measure: Measure) -> Versioned:
    """The same, as the forms and `expect_version` take it."""
    return cast(Versioned, Figures(measure))


def add_points(
    measure: Measure,
    rows: Iterable[Row],
    *,
    by: User,
    source: str,
    remove: Collection[date] = (),
) -> Counts:
    """Take in what is known of some periods; the same again changes nothing.

    One step of `data_version`, one event in the history with counts and `source` ("grid",
    "paste", "file"), and a predecessor kept of every point that is replaced or removed. Raises
    ValueError for a row that cannot be, or two rows for one period; StaleRecord when somebody
    else changed the figures since the measure was read.
    """
    lock(measure)
    held = {figure.period: figure for figure in queries.points(measure)}
    wanted: dict[date, Figure] = {}
    for row in rows:
        figure = _figure(measure, row, held)
        if figure.period in wanted:
            raise ValueError(f"two rows for {figure.period}")
        wanted[figure.period] = figure
    gone = {first_day(day, measure.cadence) for day in remove} & held.keys()
    new = [f for period, f in wanted.items() if period not in held]
    changed = [f for period, f in wanted.items() if period in held and f != held[period]]
    counts = Counts(len(new), len(changed), len(wanted) - len(new) - len(changed), len(gone))
    if counts.changes_nothing:
        return counts
    _write(measure, new, changed)
    if gone:
        db.session.execute(
            delete(Point).where(Point.id.in_([held[period].id for period in gone])),
            execution_options={"synchronize_session": False},
        )
    _keep(measure, [held[f.period] for f in changed] + [held[p] for p in sorted(gone)], by)
    periods = [*(f.period for f in new), *(f.period for f in changed), *gone]
    audit.record(
        "points.recorded",
        of=measure,
        by=by,
        detail={
            "added": counts.added,
            "changed": counts.changed,
            "removed": counts.removed,
            "same": counts.same,
            "source": source,
            "from": min(periods).isoformat(),
            "to": max(periods).isoformat(),
        },
    )
    kept = {period: f for period, f in (held | wanted).items() if period not in gone}
    step(measure, [kept[period] for period in sorted(kept)])
    return counts


def remember_columns(measure: Measure, body: dict[str, Any]) -> None:
    """Keep how the columns of an import were read, in place of the time before."""
    kept = db.session.get(ImportColumns, measure.id)
    if kept is None:
        kept = ImportColumns(measure_id=measure.id, project_id=measure.project_id)
        db.session.add(kept)
    kept.body = body
    db.session.flush()


def lock(measure: Measure) -> None:
    """Let nobody else change the figures until this unit of work ends.

    Raises StaleRecord when they have been changed since the measure was read.
    """
    now = db.session.scalar(
        select(Measure.data_version).where(Measure.id == measure.id).with_for_update()
    )
    if now != measure.data_version:
        raise StaleRecord(figures(measure))


def step(measure: Measure, held: Iterable[Figure] | None = None) -> None:
    """Raise `data_version` and work out the latest point and the state of the chart anew."""
    _set(measure, {"data_version": measure.data_version + 1, **_state(measure, held)})
    touch(measure.project_id)


def redraw(measure: Measure) -> None:
    """Work out the state of the chart anew because the definition changed, not the figures."""
    _set(measure, _state(measure, None))


def _set(measure: Measure, values: Mapping[str, Any]) -> None:
    # Not through the row: figures have a version of their own, and a form open on the definition
    # must not go stale because somebody added a month.
    db.session.execute(
        update(Measure)
        .where(Measure.id == measure.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    for name, value in values.items():
        set_committed_value(measure, name, value)


def _state(measure: Measure, held: Iterable[Figure] | None) -> dict[str, Any]:
    points = queries.points(measure) if held is None else list(held)
    chart = domain.analyse(measure.shape, queries.drawn(points), queries.phase_starts(measure))
    whole = [f for f in points if not f.is_partial]
    told = queries.shown(measure, points, outside=True)
    latest = next((f for f in reversed(whole) if f.value is not None), None)
    return {
        "points_count": sum(f.value is not None for f in whole),
        # What is suppressed or not reported is in, as far as the calendar is concerned.
        "latest_period": whole[-1].period if whole else None,
        "latest_value": latest.value if latest else None,
        "latest_numerator": latest.numerator if latest else None,
        "latest_denominator": latest.denominator if latest else None,
        "chart_state": domain.state_of(chart, measure.words, is_stand_in=not measure.shape.is_built)
        | {"outside": _outside(measure, told) if any(f.hidden for f in told) else None},
    }


def _outside(measure: Measure, told: Sequence[Figure]) -> dict[str, Any]:
    """The same for who reads from outside, where small numbers are hidden."""
    chart = queries.chart_of(measure, told, queries.phase_starts(measure))
    last = next((f for f in reversed(told) if _is_known(f)), None)
    state = domain.state_of(chart, measure.words, is_stand_in=not measure.shape.is_built)
    return state | {
        "value": None if last is None or last.value is None else plain(last.value),
        "hidden": last.hidden.value if last is not None and last.hidden else None,
    }


def _is_known(figure: Figure) -> bool:
    return not figure.is_partial and (figure.value is not None or figure.hidden is not None)


def _figure(measure: Measure, row: Row, held: Mapping[date, Figure]) -> Figure:
    """A row as it will be held, under the id of the point it replaces."""
    period = first_day(row.period, measure.cadence)
    before = held.get(period)
    numerator, denominator, value = row.numerator, row.denominator, row.value
    if row.kind is not PointKind.VALUE:
        if value is not None:
            raise ValueError(f"{period} is {row.kind}, but has a value")
    elif measure.has_denominator and numerator is not None and denominator is not None:
        value = domain.ratio(numerator, denominator, measure.multiplier)
    elif numerator is not None or denominator is not None or value is None:
        raise ValueError(f"{period} lacks a number")
    note = row.note if row.note is not None else before.note if before else ""
    return Figure(
        before.id if before else 0,
        period,
        row.kind,
        numerator,
        denominator,
        before.value if before and before.value == value else value,
        row.is_partial,
        note,
    )


def _write(measure: Measure, new: list[Figure], changed: list[Figure]) -> None:
    if new:
        db.session.execute(
            insert(Point),
            [
                {
                    **{k: v for k, v in _columns(f).items() if k != "id"},
                    "measure_id": measure.id,
                    "project_id": measure.project_id,
                }
                for f in new
            ],
        )
    if changed:
        db.session.execute(update(Point), [_columns(f) for f in changed])


def _columns(figure: Figure) -> dict[str, Any]:
    """A figure as a row of its table."""
    return {name: value for name, value in figure._asdict().items() if name != "hidden"}


def _keep(measure: Measure, before: list[Figure], by: User) -> None:
    if before:
        db.session.execute(
            insert(PointChange),
            [
                {
                    "project_id": measure.project_id,
                    "measure_id": measure.id,
                    "period": f.period,
                    "before": {
                        "kind": f.kind.value,
                        "numerator": _text(f.numerator),
                        "denominator": _text(f.denominator),
                        "value": _text(f.value),
                        "is_partial": f.is_partial,
                        "note": f.note,
                    },
                    "data_version": measure.data_version,
                    "at": utcnow(),
                    "by_id": by.id,
                }
                for f in before
            ],
        )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
