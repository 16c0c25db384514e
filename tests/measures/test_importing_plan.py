"""What an import would do, row by row."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.importing import (
    Amount,
    Existing,
    Filter,
    Limits,
    Mapping,
    MeasureFacts,
    Part,
    PointKind,
    Preview,
    Refused,
    Source,
    Status,
    Table,
    plan_import,
    read_csv,
    read_paste,
    suggest,
)
from tracker.safe.dates import DateStyle

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 29)
SHARE = MeasureFacts("monthly", True, is_share=True, whole_numerator=True, whole_denominator=True)
RATE = MeasureFacts("monthly", True)
COUNT = MeasureFacts("monthly", False, whole_numerator=True)
SEEN = Mapping("month", DateStyle.MONTH_ISO, Amount(("seen",)), Amount(("all",)))


def table(*rows: str, header: str = "month,seen,all") -> Table:
    return read_csv("\n".join([header, *rows]).encode())


def plan(read: Table, mapping: Mapping = SEEN, facts: MeasureFacts = SHARE) -> Preview:
    return plan_import(read, mapping, facts, {}, today=TODAY)


def messages(preview: Preview) -> list[tuple[str, str]]:
    return [(fault.address, fault.message) for row in preview.faulty for fault in row.faults]


def held(preview: Preview) -> dict[date, Existing]:
    return {
        row.period: Existing(row.kind, row.numerator, row.denominator, row.value, row.note)
        for row in preview.to_write
        if row.period and row.kind
    }


def test_rows_are_read_exactly() -> None:
    preview = plan(table("2024-06,10,12", "2024-07,11,12"))
    assert preview.ready
    assert preview.summary == "2 new"
    first = preview.rows[0]
    assert (first.number, first.period, first.status) == (2, date(2024, 6, 1), Status.NEW)
    assert (first.numerator, first.denominator) == (Decimal(10), Decimal(12))


def test_the_same_file_again_changes_nothing() -> None:
    read = table("2024-06,10,12", "2024-07,-,-", "2024-08,*,30", "2024-09,0,0")
    once = plan(read)
    again = plan_import(read, SEEN, SHARE, held(once), today=TODAY)
    assert len(once.to_write) == 4
    assert again.changes_nothing
    assert again.summary == "4 already held"


def test_a_changed_value_is_told_with_what_is_held() -> None:
    once = plan(table("2024-06,10,12", "2024-07,11,12"))
    again = plan_import(
        table("2024-06,10,12", "2024-07,9,12"), SEEN, SHARE, held(once), today=TODAY
    )
    assert [row.status for row in again.rows] == [Status.HELD, Status.CHANGES]
    assert again.rows[1].held == Existing(PointKind.VALUE, Decimal(11), Decimal(12))


def test_one_fault_and_nothing_is_ready() -> None:
    preview = plan(table("2024-06,10,12", "2024-07,13,12"))
    assert not preview.ready
    assert preview.summary == "1 new, 1 to fix"
    assert messages(preview) == [("B3", "13 seen is more than 12 all")]


@pytest.mark.parametrize(
    ("row", "address", "message"),
    [
        ("2024-13,1,2", "A2", "not a month in the calendar"),
        ("June,1,2", "A2", "“June” is not a month"),
        (",1,2", "A2", "Enter a month"),
        ("=A1,1,2", "A2", "formula"),
        ("2024-06,=1+1,2", "B2", "formula"),
        ("2024-06,+SUM(A1),2", "B2", "formula"),
        ("2024-06,1,@x", "C2", "formula"),
        ("2024-06,1,＝2", "C2", "formula"),
        ("2024-06,'=1,2", "B2", "not a number"),
        ("2024-06,-1,2", "B2", "below zero"),
        ("2024-06,1.5,2", "B2", "not a whole number"),
        ("2024-06,nan,2", "B2", "not a number"),
        ("2024-06,inf,2", "B2", "not a number"),
        ("2024-06,1e400,2", "B2", "powers of ten"),
        ("2024-06,1_000,2000", "B2", "not a number"),
        ("2024-06,١٢,20", "B2", "not a number"),
        ("2024-06,TRUE,2", "B2", "not a number"),
        ("2024-06,#DIV/0!,2", "B2", "spreadsheet error"),
        ('2024-06,"1,200",2000', "B2", "without the comma"),
        ("2024-06,83%,100", "B2", "without the % sign"),
        ("2024-06,3,0", "B2", "3 seen out of none"),
        ("2024-06,3,", "C2", "no number for all"),
    ],
)
def test_faults_name_the_cell_and_the_reason(row: str, address: str, message: str) -> None:
    found = messages(plan(table(row)))
    assert [where for where, _ in found] == [address]
    assert message in found[0][1]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("2024-06,1,2", PointKind.VALUE),
        ("2024-06,0,2", PointKind.VALUE),
        ("2024-06,,", PointKind.NOT_REPORTED),
        ("2024-06,-,-", PointKind.NOT_REPORTED),
        ("2024-06,'-,–", PointKind.NOT_REPORTED),
        ("2024-06,,12", PointKind.NOT_REPORTED),
        ("2024-06,*,12", PointKind.SUPPRESSED),
        ("2024-06,<5,12", PointKind.SUPPRESSED),
        ("2024-06,<5,*", PointKind.SUPPRESSED),
        ("2024-06,0,0", PointKind.NO_ELIGIBLE_CASES),
        ("2024-06,,0", PointKind.NO_ELIGIBLE_CASES),
    ],
)
def test_marks_stand_for_kinds_of_point(row: str, kind: PointKind) -> None:
    preview = plan(table(row))
    assert preview.ready
    assert preview.rows[0].kind is kind
    assert (preview.rows[0].numerator is not None) == (kind is PointKind.VALUE)


def test_empty_rows_of_months_to_come_are_left_out() -> None:
    preview = plan(table("2026-02,,", "2026-03,,", "2026-04,,", "2026-05,-,-"))
    assert [row.status for row in preview.rows] == [
        Status.NEW,
        Status.NOT_DUE,
        Status.NOT_DUE,
        Status.NEW,
    ]
    assert [row.is_partial for row in preview.rows] == [False, True, True, True]


def test_a_period_twice_is_a_fault_naming_the_first_row() -> None:
    rows = [f"2024-{month:02d},1,2" for month in range(1, 13)]
    preview = plan(table(*rows, "2024-03,1,2"))
    assert messages(preview) == [("A14", "March 2024 is in row 4 already")]


def test_days_of_one_month_are_one_period() -> None:
    mapping = Mapping("month", DateStyle.DAY_SLASHED, Amount(("seen",)), Amount(("all",)))
    preview = plan(table("30/06/2024,1,2", "31/07/2024,1,2"), mapping)
    assert [row.period for row in preview.rows] == [date(2024, 6, 1), date(2024, 7, 1)]


def test_dates_are_read_in_the_one_style_of_the_file() -> None:
    mapping = Mapping("month", DateStyle.DAY_SLASHED, Amount(("seen",)), Amount(("all",)))
    preview = plan(table("01/02/2024,1,2", "2024-03-01,1,2", "04/13/2024,1,2"), mapping)
    assert [where for where, _ in messages(preview)] == ["A3", "A4"]


def test_month_is_no_answer_for_a_weekly_measure() -> None:
    facts = MeasureFacts("weekly", True)
    assert "needs the day" in messages(plan(table("2024-06,1,2"), facts=facts))[0][1]


def test_odd_years_and_moved_days_warn_but_do_not_stop() -> None:
    mapping = Mapping("month", DateStyle.DAY_ISO, Amount(("seen",)), Amount(("all",)))
    facts = MeasureFacts("quarterly", True)
    preview = plan(table("1924-01-01,1,2", "2024-05-07,1,2", "2062-01-01,1,2"), mapping, facts)
    assert preview.ready
    assert "before the NHS" in preview.rows[0].warnings[0]
    assert "kept under April to June 2024" in preview.rows[1].warnings[0]
    assert "more than a year ahead" in preview.rows[2].warnings[0]


def test_paste_reads_commas_and_percent_and_says_so() -> None:
    read = read_paste("Mth\trate\nJul-22\t1,083.5\nAug-22\t83%\n")
    mapping = Mapping(
        "Mth",
        DateStyle.MONTH_NAMED,
        value=Amount(("rate",)),
        allow_thousands=True,
        allow_percent=True,
    )
    preview = plan(read, mapping, MeasureFacts("monthly", False))
    assert [row.value for row in preview.rows] == [Decimal("1083.5"), Decimal(83)]
    assert preview.reads == (
        "Text separated by tabs",
        "Mth: “Jul-22” read as July 2022",
        "rate: a thousands comma left out of 1 cells",
        "rate: a % sign left out of 1 cells",
    )


def test_notes_are_cleaned_and_formulas_in_them_refused() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)), note="note")
    read = table(
        "2024-06,1,- staff away",
        "2024-07,1,'@home",
        "2024-08,1,=HYPERLINK(1)",
        header="month,n,note",
    )
    preview = plan(read, mapping, COUNT)
    assert [row.note for row in preview.rows[:2]] == ["- staff away", "@home"]
    assert messages(preview) == [("C4", "This cell holds a formula: paste the result instead")]


def test_an_empty_note_keeps_the_note_held() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)), note="note")
    has = {date(2024, 6, 1): Existing(PointKind.VALUE, value=Decimal(1), note="new ward")}
    read = table("2024-06,1,", header="month,n,note")
    preview = plan_import(read, mapping, COUNT, has, today=TODAY)
    assert preview.changes_nothing
    assert preview.rows[0].note == "new ward"


def test_another_note_is_a_change() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)), note="note")
    has = {date(2024, 6, 1): Existing(PointKind.VALUE, value=Decimal(1), note="new ward")}
    read = table("2024-06,1,old ward", header="month,n,note")
    preview = plan_import(read, mapping, COUNT, has, today=TODAY)
    assert [row.status for row in preview.to_write] == [Status.CHANGES]
    assert preview.to_write[0].note == "old ward"


def test_decimals_beyond_what_is_kept_are_a_fault_not_a_rounding() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)))
    read = table("2024-06,0.123456789", "2024-07,0.1234567891", header="month,n")
    found = messages(plan(read, mapping, MeasureFacts("monthly", False)))
    assert [where for where, _ in found] == ["B3"]


def test_negative_values_where_the_measure_has_them() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("n",)))
    preview = plan(
        table("2024-06,-2.5", header="month,n"),
        mapping,
        MeasureFacts("monthly", False, signed=True),
    )
    assert preview.rows[0].value == Decimal("-2.5")


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        (Mapping("", None, Amount(("seen",)), Amount(("all",))), Part.PERIOD),
        (Mapping("gone", DateStyle.MONTH_ISO, Amount(("seen",)), Amount(("all",))), Part.PERIOD),
        (Mapping("month", None, Amount(("seen",)), Amount(("all",))), Part.PERIOD),
        (Mapping("month", DateStyle.MONTH_ISO, Amount(("seen",))), Part.DENOMINATOR),
        (Mapping("month", DateStyle.MONTH_ISO, Amount(("x",)), Amount(("all",))), Part.NUMERATOR),
        (Mapping("month", DateStyle.MONTH_ISO, Amount(()), Amount(("all",))), Part.NUMERATOR),
        (
            Mapping("month", DateStyle.MONTH_ISO, Amount(("all",), ("all",)), Amount(("seen",))),
            Part.NUMERATOR,
        ),
        (
            Mapping("month", DateStyle.MONTH_ISO, Amount(("all",)), Amount(("all",))),
            Part.DENOMINATOR,
        ),
        (
            Mapping("month", DateStyle.MONTH_ISO, Amount(("month",)), Amount(("all",))),
            Part.NUMERATOR,
        ),
    ],
)
def test_a_mapping_that_cannot_be_read_is_told_beside_its_field(
    mapping: Mapping, part: Part
) -> None:
    preview = plan(table("2024-06,1,2"), mapping)
    assert [problem.part for problem in preview.problems] == [part]
    assert not preview.ready


def test_a_filter_without_rows_is_told() -> None:
    mapping = Mapping(
        "month",
        DateStyle.MONTH_ISO,
        Amount(("seen",)),
        Amount(("all",)),
        filters=(Filter("all", "9"),),
    )
    preview = plan(table("2024-06,1,2"), mapping)
    assert preview.problems[0].message == "No row has all = 9"
    assert preview.left_out == 1


def test_too_many_rows_kept_is_told() -> None:
    mapping = Mapping("day", DateStyle.DAY_ISO, value=Amount(("n",)))
    read = table("2024-06-01,7", "2024-06-02,7", "2024-06-03,7", header="day,n")
    facts = MeasureFacts("per_event", False)
    preview = plan_import(read, mapping, facts, {}, today=TODAY, limits=Limits(rows_kept=2))
    assert "3 rows are more than the 2" in preview.problems[0].message


def test_difference_below_zero_is_a_fault() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, Amount(("a",), ("b",)), Amount(("a",)))
    preview = plan(table("2024-06,1,2", header="month,a,b"), mapping)
    assert messages(preview) == [("B2", "a - b is -1, below zero")]


def test_a_part_without_a_number_leaves_no_sum() -> None:
    mapping = Mapping("month", DateStyle.MONTH_ISO, value=Amount(("a", "b")))
    read = table("2024-06,1,2", "2024-07,1,", "2024-08,*,", header="month,a,b")
    preview = plan(read, mapping, COUNT)
    assert [row.kind for row in preview.rows] == [
        PointKind.VALUE,
        PointKind.NOT_REPORTED,
        PointKind.SUPPRESSED,
    ]
    assert preview.rows[0].value == 3


CELLS = st.text(alphabet="0123456789.,%-+=<*e_٣ '\"n", max_size=6) | st.text(max_size=4)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12), st.booleans())
def test_no_number_is_kept_but_what_was_typed(cells: list[tuple[str, str]], lenient: bool) -> None:
    rows = [[f"{1990 + at}-01", *pair] for at, pair in enumerate(cells)]
    read = Table(Source.CSV, ("m", "a", "b"), rows, range(2, len(rows) + 2), range(3), "")
    mapping = Mapping(
        "m",
        DateStyle.MONTH_ISO,
        Amount(("a",)),
        Amount(("b",)),
        allow_thousands=lenient,
        allow_percent=lenient,
    )
    preview = plan(read, mapping, RATE)
    for row, (over, under) in zip(preview.rows, cells, strict=True):
        for number, typed in ((row.numerator, over), (row.denominator, under)):
            if number is not None:
                typed = typed.strip()
                if lenient:
                    typed = typed.removesuffix("%").replace(",", "").strip()
                assert Decimal(typed) == number
                assert typed.isascii()


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.lists(CELLS | st.sampled_from(["2024-06", "Jul-22", "1", "0"]), min_size=3), min_size=1
    ),
    st.sampled_from([SHARE, RATE, COUNT]),
)
def test_any_table_is_planned_or_refused(cells: list[list[str]], facts: MeasureFacts) -> None:
    rows = [row[:3] for row in cells]
    read = Table(Source.PASTE, ("month", "x", "y"), rows, range(2, len(rows) + 2), range(3), "")
    try:
        preview = plan(read, suggest(read, facts), facts)
    except Refused:
        return
    assert preview.problems or len(preview.rows) == len(rows)
