"""What happens to figures: one step a batch, the same again nothing, and the chart's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, update

from tracker import spc
from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import StaleRecord, unit_of_work
from tracker.measures import queries, services
from tracker.measures.models import AnnotationKind, Measure, PointChange, PointKind
from tracker.measures.services import HasFigures, Keeping, Row
from tracker.plugin_api import Cadence, Chart, Direction, MeasureKind
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.plugin_host import current_host
from tracker.projects.models import Project
from tracker.spc.values import Direction as SpcDirection
from tracker.spc.values import Plan
from tracker.testing import factories
from tracker.testing.plugin import Clock

JAN, FEB, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
SHARE: dict[str, Any] = {
    "unit": "%",
    "denominator": "Babies born before 34 weeks",
    "multiplier": Decimal(100),
    "better": Direction.UP,
}
FALLING = [20, 21, 19, 20, 22, 20, 21, 19, 20, 21, 20, 19, 12, 11, 10, 9, 8, 7, 6]


@pytest.fixture
def lead(app: object) -> User:
    return factories.person()


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead)


@pytest.fixture
def measure(project: Project) -> Measure:
    return factories.measure(project)


def record(measure: Measure, lead: User, *rows: Row, **more: object) -> services.Counts:
    with unit_of_work():
        return services.add_points(measure, rows, by=lead, source="test", **more)  # type: ignore[arg-type]


def events(db: SQLAlchemy, action: str) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == action)))


def test_a_batch_is_one_step_and_one_event(measure: Measure, lead: User, db: SQLAlchemy) -> None:
    counts = record(measure, lead, *(Row(date(2025, m, 1), value=Decimal(m)) for m in range(1, 7)))
    assert counts == services.Counts(added=6)
    assert measure.data_version == 1
    [event] = events(db, "points.recorded")
    assert event.detail == {
        "added": 6,
        "changed": 0,
        "removed": 0,
        "same": 0,
        "source": "test",
        "from": "2025-01-01",
        "to": "2025-06-01",
    }


def test_the_same_again_changes_nothing(measure: Measure, lead: User, db: SQLAlchemy) -> None:
    rows = [Row(JAN, value=Decimal("1.50"), note="First"), Row(FEB, kind=PointKind.SUPPRESSED)]
    record(measure, lead, *rows)
    counts = record(measure, lead, *rows)
    assert counts == services.Counts(same=2)
    assert counts.changes_nothing
    assert measure.data_version == 1
    assert len(events(db, "points.recorded")) == 1
    assert db.session.scalars(select(PointChange)).all() == []


def test_a_replaced_figure_keeps_its_predecessor(
    measure: Measure, lead: User, db: SQLAlchemy
) -> None:
    record(measure, lead, Row(JAN, value=Decimal(4), note="Typed"), Row(FEB, value=Decimal(2)))
    counts = record(measure, lead, Row(JAN, value=Decimal(5)), Row(FEB, value=Decimal(2)))
    assert counts == services.Counts(changed=1, same=1)
    [change] = db.session.scalars(select(PointChange)).all()
    assert change.period == JAN
    assert change.data_version == 1
    assert change.by_id == lead.id
    assert change.before["value"] == "4"
    first = queries.points(measure)[0]
    assert (first.value, first.note) == (Decimal(5), "Typed"), "no note given keeps the old one"


def test_a_removed_figure_keeps_its_predecessor(
    measure: Measure, lead: User, db: SQLAlchemy
) -> None:
    record(measure, lead, Row(JAN, value=Decimal(4)), Row(FEB, value=Decimal(2)))
    counts = record(measure, lead, remove=[FEB, MARCH])
    assert counts == services.Counts(removed=1)
    assert [f.period for f in queries.points(measure)] == [JAN]
    assert measure.latest_period == JAN
    assert len(db.session.scalars(select(PointChange)).all()) == 1


def test_any_day_names_its_period(project: Project, lead: User) -> None:
    quarterly = factories.measure(project, cadence=Cadence.QUARTERLY)
    record(quarterly, lead, Row(date(2025, 5, 17), value=Decimal(1)))
    assert [f.period for f in queries.points(quarterly)] == [date(2025, 4, 1)]
    with pytest.raises(ValueError, match="two rows"):
        record(
            quarterly,
            lead,
            Row(date(2025, 7, 1), value=Decimal(1)),
            Row(date(2025, 8, 1), value=Decimal(1)),
        )


def test_a_share_is_worked_out_exactly(project: Project, lead: User) -> None:
    share = factories.measure(project, **SHARE)
    record(share, lead, Row(JAN, numerator=Decimal(11), denominator=Decimal(12)))
    exact = Decimal(11) / Decimal(12) * 100
    assert share.latest_value == exact
    assert (share.latest_numerator, share.latest_denominator) == (Decimal(11), Decimal(12))
    assert queries.observed([(share.id, JAN), (share.id, FEB)], outside=False) == {
        (share.id, JAN): exact
    }
    again = record(share, lead, Row(JAN, numerator=Decimal(11), denominator=Decimal(12)))
    assert again.changes_nothing, "a repeating decimal comes back from the database as it went in"


@pytest.mark.parametrize(
    "row",
    [
        Row(JAN),
        Row(JAN, numerator=Decimal(1)),
        Row(JAN, numerator=Decimal(1), denominator=Decimal(0)),
        Row(JAN, kind=PointKind.SUPPRESSED, value=Decimal(3)),
    ],
)
def test_a_row_that_cannot_be_changes_nothing(project: Project, lead: User, row: Row) -> None:
    share = factories.measure(project, **SHARE)
    with pytest.raises(ValueError):  # noqa: PT011 - the wording is for programmers
        record(share, lead, Row(FEB, numerator=Decimal(1), denominator=Decimal(2)), row)
    assert queries.points(share) == []
    assert share.data_version == 0


def test_observed_asks_once_for_any_number(
    project: Project, lead: User, count_statements: object
) -> None:
    held = [factories.points(factories.measure(project), range(1, 13)) for _ in range(4)]
    pairs = [(m.id, date(2024, month, 1)) for m in held for month in (1, 5)]
    with count_statements() as statements:  # type: ignore[operator]
        found = queries.observed(pairs, outside=False)
    assert len(statements) == 1, statements
    assert found == {pair: Decimal(pair[1].month) for pair in pairs}


def test_part_of_a_period_is_held_and_not_judged(
    measure: Measure, lead: User, stop_clock: Clock
) -> None:
    record(measure, lead, Row(JAN, value=Decimal(9)))
    record(measure, lead, Row(FEB, value=Decimal(2), is_partial=True))
    assert measure.latest_period == JAN
    assert measure.latest_value == 9
    assert measure.points_count == 1
    assert queries.observed([(measure.id, FEB)], outside=False) == {}
    counts = record(measure, lead, Row(FEB, value=Decimal(2)))
    assert counts.changed == 1, "the same number is news once the period has ended"
    assert measure.latest_period == FEB


@pytest.mark.parametrize("chart", [Chart.XMR, Chart.RUN, Chart.I])
def test_the_stored_state_is_that_of_the_analysis(
    project: Project, lead: User, chart: Chart
) -> None:
    measure = factories.measure(project, chart=chart, keeping=Keeping(target=Decimal(15)))
    factories.points(measure, FALLING)
    start = date(2024, 9, 1)
    with unit_of_work():
        services.set_phase(measure, starts_on=date(2024, 9, 17), reason="New template", by=lead)
    wanted = spc.analyse(
        queries.series(measure),
        Plan(
            chart=chart.value,
            direction=SpcDirection.DECREASE,
            target=15.0,
            rebase=(start,),
            part=(8,),
        ),
    )
    assert len(wanted.parts) == 2
    state = measure.chart_state
    assert state["chart"] == chart.value
    assert state["centre"] == wanted.parts[-1].centre
    assert (state["lcl"], state["ucl"]) == (wanted.parts[-1].lcl, wanted.parts[-1].ucl)
    assert state["variation"] == wanted.variation
    assert state["assurance"] == wanted.assurance
    assert state["runs_signal"] == wanted.runs_signal
    assert state["phases"] == 2
    assert queries.charts_of([measure], outside=False)[measure.id] == wanted


def test_a_missing_figure_is_a_gap_in_every_chart(project: Project) -> None:
    for chart in (Chart.XMR, Chart.RUN):
        measure = factories.measure(project, chart=chart)
        factories.points(measure, [5, 6, None, 7, 8])
        drawn = queries.charts_of([measure], outside=False)[measure.id]
        assert [p.y for p in drawn.points] == [5, 6, None, 7, 8]


def test_charts_of_many_cost_two_statements(
    project: Project, lead: User, count_statements: object
) -> None:
    held = [factories.points(factories.measure(project), FALLING) for _ in range(5)]
    with unit_of_work():
        services.set_phase(held[0], starts_on=date(2024, 9, 1), reason="x", by=lead)
    held = list(queries.of_projects([project.id]))
    assert [m.position for m in held] == [1, 2, 3, 4, 5]
    with count_statements() as statements:  # type: ignore[operator]
        assert len(queries.charts_of(held, outside=False)) == 5
    assert len(statements) == 2, statements


def test_a_changed_target_or_direction_changes_the_state(measure: Measure, lead: User) -> None:
    factories.points(measure, FALLING)
    assert measure.chart_state["words"] == "Improving"
    assert measure.chart_state["assurance"] is None
    before = measure.data_version
    with unit_of_work():
        services.set_target(measure, Decimal(-100), by=lead)
    assert measure.chart_state["assurance"] == "consistent_fail"
    assert measure.data_version == before, "the figures are as they were"


def test_how_it_is_counted_is_fixed_under_figures(measure: Measure, lead: User) -> None:
    wanted = services.Counting(
        title="Another name",
        kind=MeasureKind.PROCESS,
        unit="people",
        better=Direction.UP,
        chart=Chart.RUN,
        cadence=Cadence.MONTHLY,
        numerator="People",
    )
    factories.points(measure, FALLING)
    with unit_of_work():
        services.change(measure, Keeping(), by=lead, counting=wanted)
    assert measure.chart_state["chart"] == "run"
    weekly = replace(wanted, cadence=Cadence.WEEKLY)
    with pytest.raises(HasFigures), unit_of_work():
        services.change(measure, Keeping(), by=lead, counting=weekly)


def test_a_programmes_definition_is_copied_and_not_for_the_team_to_change(
    project: Project, lead: User
) -> None:
    definition = current_host().get(MeasureDefinition, "opioids/opioidspercent@1")
    assert definition is not None
    with unit_of_work():
        taken = services.add_from_definition(project, definition, by=lead)
        second = services.add_from_definition(project, definition, by=lead)
    assert taken.definition_id == second.definition_id
    assert taken.denominator == definition.denominator
    assert taken.multiplier == 100
    assert (taken.position, second.position) == (1, 2)
    counting = services.Counting(
        title="Mine",
        kind=taken.kind,
        unit="%",
        better=taken.better,
        chart=taken.chart,
        cadence=taken.cadence,
        numerator="x",
    )
    with pytest.raises(ValueError, match="programme"), unit_of_work():
        services.change(taken, Keeping(), by=lead, counting=counting)


def test_a_measure_is_taken_with_the_limits_of_the_day_in_its_words(
    project: Project, lead: User
) -> None:
    definition = current_host().get(MeasureDefinition, "time_critical_meds/pd_on_time_pct@1")
    assert definition is not None
    with unit_of_work():
        taken = services.add_from_definition(project, definition, by=lead)
    assert taken.numerator == (
        "Parkinson's doses given no more than 30 minutes before or after the prescribed time"
    )


def test_what_a_programme_knows_to_show_is_marked_on_the_chart(
    project: Project, lead: User
) -> None:
    definition = current_host().get(MeasureDefinition, "opioids/high_dose_count@1")
    assert definition is not None
    with unit_of_work():
        taken = services.add_from_definition(project, definition, by=lead)
    marked = [(one.kind, one.starts_on, one.ends_on) for one in queries.events(taken)]
    # What has no day, or comes back every year, is told beside the definition instead.
    assert marked == [
        (AnnotationKind.POLICY, date(2023, 4, 1), date(2024, 3, 31)),
        (AnnotationKind.CALENDAR, date(2023, 5, 1), date(2023, 5, 31)),
    ]


def test_a_named_baseline_is_the_centre_line_of_its_periods(measure: Measure, lead: User) -> None:
    factories.points(measure, [1, 2, 6, 100])
    with unit_of_work():
        mean = services.set_baseline(
            measure, name="A", first_on=date(2024, 1, 9), last_on=date(2024, 3, 2), by=lead
        )
        said = services.set_baseline(
            measure, name="B", first_on=JAN, last_on=MARCH, by=lead, figure=Decimal("7.5")
        )
        empty = services.set_baseline(measure, name="C", first_on=JAN, last_on=MARCH, by=lead)
    assert (mean.figure, said.figure, empty.figure) == (Decimal(3), Decimal("7.5"), None)
    assert (mean.first_on, mean.last_on) == (date(2024, 1, 1), date(2024, 3, 31))
    with unit_of_work():
        moved = services.set_baseline(
            measure, name="A", first_on=date(2024, 4, 1), last_on=date(2024, 4, 1), by=lead
        )
    assert moved.id == mean.id
    assert moved.figure == 100


def test_a_phase_on_the_same_day_is_rewritten(measure: Measure, lead: User) -> None:
    factories.points(measure, FALLING)
    with unit_of_work():
        services.set_phase(measure, starts_on=date(2024, 9, 3), reason="Guess", by=lead)
        phase = services.set_phase(measure, starts_on=date(2024, 9, 1), reason="Known", by=lead)
    assert [p.reason for p in queries.phases(measure)] == ["Known"]
    version = measure.data_version
    with unit_of_work():
        services.remove_phase(measure, phase, by=lead)
    assert measure.data_version == version + 1
    assert measure.chart_state["phases"] == 1


def test_figures_changed_since_they_were_read_are_stale(
    measure: Measure, lead: User, db: SQLAlchemy
) -> None:
    def overtaken() -> None:
        with unit_of_work():
            assert measure.data_version == 0
            others = update(Measure).values(data_version=1)
            db.session.execute(others.execution_options(synchronize_session=False))
            services.add_points(measure, [Row(JAN, value=Decimal(1))], by=lead, source="test")

    with pytest.raises(StaleRecord):
        overtaken()
    assert queries.points(measure) == []


def test_figures_do_not_move_the_version_of_the_definition(measure: Measure, lead: User) -> None:
    before = measure.version
    record(measure, lead, Row(JAN, value=Decimal(1)))
    assert measure.version == before


def test_events_are_of_one_measure_or_of_all(
    project: Project, measure: Measure, lead: User
) -> None:
    other = factories.measure(project)
    with unit_of_work():
        for name, of in (("all", None), ("one", measure), ("other", other)):
            services.annotate(
                project,
                kind=AnnotationKind.POLICY,
                starts_on=JAN,
                text=name,
                measure=of,
                by=lead,
            )
    assert [a.text for a in queries.events(measure)] == ["all", "one"]
