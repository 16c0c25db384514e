"""Bytes and pastes: a table, or a refusal with its row."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures.importing import (
    Limits,
    Reason,
    Refused,
    Source,
    distinct,
    read_csv,
    read_paste,
)

DATA = Path(__file__).parent / "data"
PLAIN = "month,seen,all\r\n2024-06-01,10,12\r\n"


def refusal(data: bytes | str, limits: Limits | None = None) -> Refused:
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(Refused) as refused:
        read_csv(data, limits or Limits())
    return refused.value


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        b'month,seen,all\r\n\n2024-06-01,"10",12',
        b"month,seen,all,\r\n2024-06-01,10,12,\r\n,,,\r\n",
    ],
)
def test_every_usual_way_to_write_the_same_table(data: bytes) -> None:
    table = read_csv(data)
    assert table.headers == ("month", "seen", "all")
    assert [list(row) for row in table.rows] == [["2024-06-01", "10", "12"]]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    table = read_csv(b'\nmonth,note\n2024-06,"two\nlines"\n\n2024-07,x\n')
    assert list(table.numbers) == [3, 5]
    assert table.address(1, "note") == "B5"


def test_address_counts_empty_columns() -> None:
    table = read_csv(b"month,,seen\n2024-06,,1\n")
    assert table.headers == ("month", "seen")
    assert table.address(0, "seen") == "C2"


def test_cp1252_is_refused_with_its_row() -> None:
    found = refusal(b"month,note\r\n2024-06,ok\r\n2024-07,\xa312\r\n")
    assert (found.reason, found.row) == (Reason.ENCODING, 3)


def test_nul_is_refused_with_its_row() -> None:
    found = refusal(b"month,seen\n2024-06,1\x002\n")
    assert (found.reason, found.row) == (Reason.ENCODING, 2)


def test_utf_16_without_its_mark_is_refused() -> None:
    assert refusal(PLAIN.encode("utf-16-le")).reason is Reason.ENCODING


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
def test_other_kinds_of_file_are_told_by_content(start: bytes) -> None:
    assert refusal(start + b"\x00" * 50).reason is Reason.NOT_THIS_KIND


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('month,seen\n2024-06,"12\n2024-07,3\n', 2),
        ('month,seen\n2024-06,1\n2024-07,"3"4\n', 3),
        ('month,"seen\n', 1),
    ],
)
def test_unbalanced_quote_is_refused_where_it_opens(text: str, row: int) -> None:
    found = refusal(text)
    assert (found.reason, found.row) == (Reason.SHAPE, row)
    assert "quotation mark" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "month,seen\n2024-06,1,200\n",
        "month,seen,all\n2024-06,1,2\n2024-07,1\n",
        "A title\nmonth,seen\n2024-06,1\n",
        "month,seen;all\n2024-06,1\n",
        "month,Seen,seen\n2024-06,1,2\n",
        "month,,seen\n2024-06,x,2\n",
        "2024-06-01,12,13\n2024-07-01,12,13\n",
        "month\n2024-06\n",
        "month,seen\n",
        "month,seen\n,\n",
        "",
        "\n\n",
    ],
)
def test_tables_out_of_shape_are_refused(text: str) -> None:
    assert refusal(text).reason is Reason.SHAPE


def test_sixty_columns_are_too_many() -> None:
    def wide(count: int) -> str:
        return ",".join(f"c{at}" for at in range(count)) + "\n" + ",".join(["1"] * count)

    assert refusal(wide(60)).reason is Reason.TOO_BIG
    assert len(read_csv(wide(50).encode()).headers) == 50


def test_limits_hold() -> None:
    rows = "month,seen\n" + "2024-06,1\n" * 11
    assert refusal(rows, Limits(rows_read=10)).reason is Reason.TOO_BIG
    assert len(read_csv(rows.encode(), Limits(rows_read=11)).rows) == 11
    assert refusal(rows, Limits(size=len(rows) - 1)).reason is Reason.TOO_BIG
    long = refusal("month,note\n2024-06,1\n2024-07," + "x" * 5001)
    assert (long.reason, long.address) == (Reason.TOO_BIG, "B3")
    assert refusal("month,note\n2024-06," + "x" * 200_000).reason is Reason.TOO_BIG


def test_empty_rows_count_as_read() -> None:
    assert refusal("month,seen\n" + ",\n" * 11, Limits(rows_read=10)).reason is Reason.TOO_BIG


def test_paste_is_split_at_tabs_and_short_last_row_is_filled() -> None:
    table = read_paste("Mth\telig <34\tnote\r\nJul-22\t1,200\tfine, so far\r\nAug-22\t12")
    assert table.source is Source.PASTE
    assert [list(row) for row in table.rows] == [
        ["Jul-22", "1,200", "fine, so far"],
        ["Aug-22", "12", ""],
    ]


def test_paste_without_tabs_is_read_as_csv() -> None:
    assert read_paste(PLAIN).source is Source.CSV


def test_paste_with_lone_surrogate_is_refused() -> None:
    with pytest.raises(Refused):
        read_paste("month\tseen\n2024-06\t\ud800\n")


@pytest.mark.parametrize("header", ["NHS number", "DOB", "Surname", "Hospital No", "Name"])
def test_a_personal_heading_refuses_the_file_even_where_nobody_maps_it(header: str) -> None:
    found = refusal(f"month,seen,all,{header}\n2024-06-01,10,12,\n")
    assert found.reason is Reason.PERSON
    assert "counts, never patients" in found.message


def test_nhs_number_in_any_cell_refuses_the_file_and_is_masked() -> None:
    text = "month,seen,note\n2024-06-01,10,\n2024-07-01,11,re 943 476 5919\n"
    found = refusal(text)
    assert (found.reason, found.address) == (Reason.NHS_NUMBER, "C3")
    assert "943 •••" in found.message
    assert "476" not in found.message
    assert len(read_csv(text.encode(), not_nhs_numbers=True).rows) == 2


def test_measured_amounts_with_a_point_are_not_nhs_numbers() -> None:
    assert len(read_csv(b"month,mg\n2024-06-01,943476.5919\n").rows) == 1
    assert refusal("month,mg\n2024-06-01,9434765919\n").reason is Reason.NHS_NUMBER


def test_distinct_values_are_counted_and_bounded() -> None:
    table = read_csv((DATA / "ae_trust_excerpt.csv").read_bytes())
    assert distinct(table.cells("type")).values == (("1", 12), ("2", 6), ("other", 12))
    cut = distinct(table.cells("attendances"), limit=3)
    assert len(cut.values) == 3
    assert cut.more


def test_a_hundred_thousand_rows_are_read_in_a_few_seconds() -> None:
    row = "2014-12-01,00C,NHS DARLINGTON CCG,,opioidome,4842819.0,106.624\n"
    data = "month,org_code,org_name,icb_code,measure_id,numerator,denominator\n" + row * 100_000
    began = time.process_time()
    assert len(read_csv(data.encode()).rows) == 100_000
    assert time.process_time() - began < 5


@settings(deadline=None, max_examples=300)
@given(
    st.binary()
    | st.text().map(str.encode)
    | st.text(alphabet='ab12,;\t"\r\n.-= é\ufeff').map(str.encode)
    | st.text(alphabet='ab12,;\t"\r\n.-= é').map(lambda text: text.encode("utf-16"))
)
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    try:
        table = read_csv(data)
    except Refused:
        return
    assert len(set(map(str.casefold, table.headers))) == len(table.headers)
    assert all(len(row) == len(table.headers) for row in table.rows)
    assert len(table.rows) == len(table.numbers) > 0


@settings(deadline=None)
@given(st.text() | st.text(alphabet='ab1\t"\r\n,'))
def test_any_paste_gives_a_table_or_a_refusal(text: str) -> None:
    try:
        read_paste(text)
    except Refused:
        return
