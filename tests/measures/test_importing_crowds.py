"""Several rows for one period: real files of many organisations, and rows about people."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.measures.importing import (
    Amount,
    Filter,
    Mapping,
    MeasureFacts,
    PointKind,
    Preview,
    Reason,
    Refused,
    Table,
    plan_import,
    read_csv,
)
from tracker.safe.dates import DateStyle

DATA = Path(__file__).parent / "data"
SHARE = MeasureFacts("monthly", True, is_share=True, whole_numerator=True, whole_denominator=True)
RATE = MeasureFacts("monthly", True)
COUNT = MeasureFacts("monthly", False, whole_numerator=True)
SEEN = Mapping("month", DateStyle.MONTH_ISO, Amount(("seen",)), Amount(("all",)))


def table(*rows: str, header: str = "month,seen,all") -> Table:
    return read_csv("\n".join([header, *rows]).encode())


def plan(read: Table, mapping: Mapping = SEEN, facts: MeasureFacts = SHARE) -> Preview:
    return plan_import(read, mapping, facts, {}, today=date(2026, 3, 29))


class TestPeople:
    """One row per person is refused; many places in one file are not people."""

    def test_rows_of_nought_and_one_for_one_month_are_people(self) -> None:
        rows = [f"2024-06-{day:02d},{day % 2}" for day in range(1, 29)]
        mapping = Mapping("seen on", DateStyle.DAY_ISO, value=Amount(("clamped",)))
        with pytest.raises(Refused) as refused:
            plan(table(*rows, header="seen on,clamped"), mapping, COUNT)
        assert refused.value.reason is Reason.PERSON

    def test_yes_and_no_and_a_code_of_ones_own_are_people_too(self) -> None:
        rows = [f"2024-06,P{at},{'YN'[at % 2]},1" for at in range(30)]
        with pytest.raises(Refused):
            plan(table(*rows, header="month,code,seen,all"))

    def test_small_counts_by_ward_ask_which_rows_to_keep(self) -> None:
        rows = [f"2024-{month:02d},{ward},{month % 2}" for month in range(1, 13) for ward in "ABC"]
        mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("falls",)))
        preview = plan(table(*rows, header="month,ward,falls"), mapping, COUNT)
        assert preview.filter_columns == ("ward",)
        assert preview.problems[0].message == (
            "3 rows for January 2024: choose which rows to keep, by “ward”"
        )

    def test_one_row_a_month_of_nought_or_one_is_a_count(self) -> None:
        rows = [f"2024-{month:02d},{month % 2}" for month in range(1, 13)]
        mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)))
        assert plan(table(*rows, header="month,n"), mapping, COUNT).ready


class TestRealFiles:
    """Excerpts of the published files, as a team would import them."""

    def test_opioid_prescribing_asks_for_organisation_and_measure(self) -> None:
        read = read_csv((DATA / "opioid_prescribing_excerpt.csv").read_bytes())
        mapping = Mapping(
            "month", DateStyle.DAY_ISO, Amount(("numerator",)), Amount(("denominator",))
        )
        preview = plan(read, mapping, RATE)
        assert preview.filter_columns == ("org_code", "measure_id") or preview.filter_columns == (
            "org_name",
            "measure_id",
        )

    def test_opioid_prescribing_of_one_organisation_and_measure(self) -> None:
        read = read_csv((DATA / "opioid_prescribing_excerpt.csv").read_bytes())
        mapping = Mapping(
            "month",
            DateStyle.DAY_ISO,
            Amount(("numerator",)),
            Amount(("denominator",)),
            filters=(Filter("org_code", "00C"), Filter("measure_id", "opioidome")),
        )
        preview = plan(read, mapping, RATE)
        assert preview.ready
        assert preview.summary == "6 new, 30 left out by your choice of rows"
        first = preview.rows[0]
        assert (first.numerator, first.denominator) == (Decimal("4353974.4"), Decimal("107.232"))

    def test_four_hour_wait_by_trust_is_attendances_less_breaches(self) -> None:
        read = read_csv((DATA / "ae_trust_excerpt.csv").read_bytes())
        mapping = Mapping(
            "period",
            DateStyle.DAY_ISO,
            Amount(("attendances",), ("breaches",)),
            Amount(("attendances",)),
            filters=(Filter("org_code", "RF4"), Filter("type", "1")),
        )
        preview = plan(read, mapping)
        assert preview.ready
        assert preview.left_out == 24
        first = preview.rows[0]
        assert (first.numerator, first.denominator) == (Decimal(18788 - 4082), Decimal(18788))

    def test_four_hour_wait_by_provider_takes_columns_apart_and_together(self) -> None:
        read = read_csv((DATA / "ae_provider_excerpt.csv").read_bytes())
        kinds = ("type1", "type2", "other")
        every = tuple(f"attendances_{kind}" for kind in kinds)
        late = tuple(f"over4h_{kind}" for kind in kinds)
        mapping = Mapping(
            "month",
            DateStyle.DAY_ISO,
            Amount(every, late),
            Amount(every),
            filters=(Filter("org_code", "RF4"),),
        )
        first = plan(read, mapping).rows[0]
        assert first.denominator == Decimal(13032 + 2325 + 13414)
        assert first.numerator == Decimal(13032 + 2325 + 13414 - 5452 - 321 - 162)

    def test_a_provider_without_attendances_has_no_eligible_cases(self) -> None:
        read = read_csv((DATA / "ae_provider_excerpt.csv").read_bytes())
        mapping = Mapping(
            "month",
            DateStyle.DAY_ISO,
            Amount(("attendances_type1",), ("over4h_type1",)),
            Amount(("attendances_type1",)),
            filters=(Filter("org_code", "8J094"),),
        )
        assert {row.kind for row in plan(read, mapping).rows} == {PointKind.NO_ELIGIBLE_CASES}


def test_a_national_file_is_answered_in_time_whether_filtered_or_not() -> None:
    rows = [
        f"{2010 + month // 12}-{month % 12 + 1:02d},C{place:03d},{kind},{place + month}.5,106.6"
        for place in range(190)
        for kind in ("items", "share", "total")
        for month in range(60)
    ]
    began = time.process_time()
    read = table(*rows, header="month,org,measure,numerator,denominator")
    mapping = Mapping(
        "month", DateStyle.MONTH_ISO, Amount(("numerator",)), Amount(("denominator",))
    )
    assert plan(read, mapping, RATE).filter_columns == ("org", "measure")
    one = replace(mapping, filters=(Filter("org", "C007"), Filter("measure", "share")))
    preview = plan(read, one, RATE)
    assert preview.ready
    assert (len(preview.rows), preview.left_out) == (60, 34_140)
    # It takes a fifth of a second; the rest is room for a slow machine.
    assert time.process_time() - began < 3
