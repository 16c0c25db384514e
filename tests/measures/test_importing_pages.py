"""Bringing figures in by the pages: columns, rows, faults, and the real files."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from werkzeug.test import TestResponse

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.drafts.models import Draft
from tracker.measures import queries, services
from tracker.measures.models import Measure, PointKind
from tracker.plugin_api import Direction
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

from .workbooks import xlsx

DATA = Path(__file__).parent / "data"
GOOD = "month,clamped,eligible\n2025-01-01,9,12\n2025-02-01,10,12\n2025-03-01,,\n"


@pytest.fixture
def lead(app: object, stop_clock: Clock) -> User:
    stop_clock(date(2025, 7, 15))
    return factories.person()


@pytest.fixture
def share(lead: User) -> Measure:
    return factories.measure(
        factories.project(by=lead),
        title="Cord clamped",
        unit="%",
        numerator="Babies whose cord was clamped",
        denominator="Eligible babies",
        multiplier=Decimal(100),
        better=Direction.UP,
    )


@pytest.fixture
def page(lead: User, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def at(measure: Measure, rest: str = "") -> str:
    return f"/projects/{measure.project_id}/measures/{measure.id}/import{rest}"


def upload(page: TrackerClient, measure: Measure, text: str | bytes, **more: str) -> TestResponse:
    body = text.encode() if isinstance(text, str) else text
    return page.post(at(measure), data={"file": (io.BytesIO(body), "figures.csv"), **more})


def chosen(html: str) -> dict[str, str]:
    """What the check page would send as it stands."""
    data = {}
    for name, options in re.findall(
        r'<select class="nhsuk-select" id="[^"]+" name="([^"]+)">(.*?)</select>', html, re.S
    ):
        found = re.search(r'value="([^"]*)" selected', options)
        data[name] = found[1] if found else ""
    for name, text in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html):
        data[name] = text
    return data


def test_a_file_is_checked_then_saved_and_the_same_again_says_so(
    page: TrackerClient, share: Measure, db: SQLAlchemy
) -> None:
    assert upload(page, share, GOOD).location.endswith("/import/check")
    html = page.get(at(share, "/check")).text
    assert "3 new" in html
    assert "January 2025" in html
    assert "75%" in html
    assert queries.points(share) == [], "nothing is saved before it was checked"
    answer = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert answer.status_code == 303, answer.text
    assert [f.kind for f in queries.points(share)] == [
        PointKind.VALUE,
        PointKind.VALUE,
        PointKind.NOT_REPORTED,
    ]
    assert share.data_version == 1
    assert db.session.scalars(select(Draft)).all() == [], "the text is gone once it is saved"

    upload(page, share, GOOD)
    html = page.get(at(share, "/check")).text
    assert "All of it is held already" in html
    answer = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert "Nothing changed: all 3 rows were held already" in page.get(answer.location).text
    assert share.data_version == 1


def test_a_sheet_of_a_workbook_is_chosen_checked_and_saved(
    page: TrackerClient, share: Measure
) -> None:
    def figures(*counted: int) -> list[list[object]]:
        heads: list[list[object]] = [["Month", "clamped", "eligible"]]
        return heads + [[date(2025, n, 1), each, 12] for n, each in enumerate(counted, 1)]

    assert upload(page, share, xlsx(figures(9), figures(10, 11))).status_code == 303
    html = page.get(at(share, "/check")).text
    assert "Dates are read from cells that hold dates" in html
    assert "1 new" in html
    assert f'href="{at(share, "/check")}?sheet=1">Sheet2</a>' in html
    html = page.get(at(share, "/check?sheet=1")).text
    assert "2 new" in html
    refused = page.post(at(share, "/check"), data=chosen(html) | {"goes-0": "", "do": "save"})
    assert refused.status_code == 422
    assert "Choose the column that holds the period" in refused.text
    kept = page.get(at(share, "/check")).text
    assert 'aria-current="page">Sheet2</span>' in kept
    assert chosen(kept)["goes-0"] == ""
    answer = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert answer.status_code == 303, answer.text
    assert [f.numerator for f in queries.points(share)] == [10, 11]


def test_a_formula_in_a_workbook_is_put_right_on_the_page(
    page: TrackerClient, share: Measure
) -> None:
    rows: list[list[object]] = [["Month", "clamped", "eligible"], [date(2025, 1, 1), "=4+5", 12]]
    upload(page, share, xlsx([*rows, [date(2025, 2, 1), 9, 12]]))
    as_numbers = {"goes-0": "period", "goes-1": "numerator", "goes-2": "denominator"}
    html = page.post(at(share, "/check"), data=as_numbers | {"do": "save"}).text
    assert "clamped: This cell holds a formula: paste the result instead" in html
    page.post(at(share, "/check"), data=chosen(html) | {"fix-2-1": "9", "do": "save"})
    assert [f.numerator for f in queries.points(share)] == [9, 9]


def test_columns_are_read_as_the_last_time(page: TrackerClient, share: Measure) -> None:
    odd = "Mth,a,b,org\n2025-01-01,12,9,X\n2025-01-01,12,8,Y\n"
    upload(page, share, odd)
    html = page.get(at(share, "/check")).text
    assert "Remembered for next time" in html
    as_meant = {"goes-0": "period", "goes-1": "denominator", "goes-2": "numerator"}
    as_meant |= {"goes-3": "only", "only-3": "Y", "version": "1", "do": "save"}
    assert page.post(at(share, "/check"), data=as_meant).status_code == 303

    upload(page, share, "note,org,b,Mth,a\nx,Y,7,2025-02-01,12\n")
    html = page.get(at(share, "/check")).text
    assert "As last time" in html
    now = chosen(html)
    assert [now[f"goes-{column}"] for column in range(5)] == [
        *("", "only", "numerator", "period", "denominator"),
    ]  # fmt: skip
    assert now["only-1"] == "Y"

    upload(page, share, "month,clamped,eligible\n2025-03-01,9,12\n")
    assert "As last time" not in page.get(at(share, "/check")).text


def test_the_sheet_that_reads_like_figures_comes_first(page: TrackerClient, share: Measure) -> None:
    about: list[list[object]] = [["About", "this"], ["Made by", "us"]]
    figures: list[list[object]] = [["Month", "clamped", "eligible"], [date(2025, 1, 1), 9, 12]]
    upload(page, share, xlsx(about, figures))
    assert 'aria-current="page">Sheet2</span>' in page.get(at(share, "/check")).text


def test_rows_to_fix_are_taken_away_with_their_reasons(page: TrackerClient, share: Measure) -> None:
    assert page.get(at(share, "/faults.csv")).status_code == 303, "nothing waits"
    text = "month,clamped,eligible,who\n2025-01-01,9,12,a\n2025-02-01,13,12,=b()\nx,y,12,c\n"
    upload(page, share, text + "".join(f"2025-0{n}-01,9,12,d\n" for n in range(3, 7)))
    html = page.get(at(share, "/check")).text
    assert "Download the rows to fix" in html
    page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    answer = page.get(at(share, "/faults.csv"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=cord-clamped-to-fix.csv"
    lines = answer.get_data(as_text=True).split("\r\n")
    assert lines[0] == "\ufeffRow,Cell,Why,month,clamped,eligible,who"
    assert lines[1] == ("3,B3,clamped: 13 clamped is more than 12 eligible,2025-02-01,13,12,'=b()")
    assert lines[2].startswith('4,"A4, B4",month: “x” is not a')
    assert lines[2].endswith(",x,y,12,c")
    assert lines[3:] == [""]
    made = openpyxl.load_workbook(io.BytesIO(page.get(at(share, "/faults.xlsx")).data))
    assert [cell.value for cell in made["To fix"][2]][:2] == [3, "B3"]
    assert queries.points(share) == []


def test_a_paste_with_tabs_is_read(page: TrackerClient, share: Measure) -> None:
    cells = GOOD.replace(",", "\t")
    assert page.post(at(share), data={"paste": cells}).status_code == 303
    html = page.get(at(share, "/check")).text
    assert "3 new" in html
    page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert len(queries.points(share)) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste some cells, or choose a file"),
        ("month,clamped\n", "There are headings but no rows under them"),
        ("nhs number,month\n1,2025-01-01\n", "looks like an NHS number"),
        ("month,clamped,eligible\n2025-01-01,9434765919,12\n", "looks like an NHS number"),
    ],
)
def test_a_refused_paste_says_why_and_is_kept(
    page: TrackerClient, share: Measure, text: str, words: str
) -> None:
    answer = page.post(at(share), data={"paste": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert text.strip() in answer.text


def test_a_number_that_is_not_an_nhs_number_can_be_said_to_be_none(
    page: TrackerClient, share: Measure
) -> None:
    text = "month,clamped,eligible\n2025-01-01,9434765919,9434765920\n"
    assert "are not NHS numbers" in page.post(at(share), data={"paste": text}).text
    sure = page.post(at(share), data={"paste": text, "sure": "yes"})
    assert sure.status_code == 303
    html = page.get(at(share, "/check")).text
    answer = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert answer.status_code == 303, answer.text
    assert queries.points(share)[0].numerator == 9434765919


def test_one_row_for_each_person_is_refused(page: TrackerClient, share: Measure) -> None:
    rows = "".join(f"2025-0{1 + n % 2}-0{1 + n % 9},{n % 2},1\n" for n in range(60))
    upload(page, share, "month,clamped,eligible\n" + rows)
    answer = page.get(at(share, "/check"))
    assert answer.status_code == 422
    assert "one row for each person" in answer.text


def test_faulty_rows_are_put_right_in_place_and_none_is_saved_before(
    page: TrackerClient, share: Measure
) -> None:
    text = (
        "month,clamped,eligible\n2025-01-01,9,12\n2025-02-01,13,12\n2025-13-01,9,12\n"
        "2025-04-01,x,12\n2025-05-01,9,12\n2025-06-01,9,12\n"
    )
    upload(page, share, text)
    html = page.get(at(share, "/check")).text
    refused = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert refused.status_code == 422
    assert "Fix 3 of 6 rows before saving" in refused.text
    assert "Row 3: 13 clamped is more than 12 eligible" in refused.text
    assert queries.points(share) == []
    put_right = chosen(refused.text) | {"fix-3-1": "11", "fix-4-0": "2025-03-01", "fix-5-1": "y"}
    still = page.post(at(share, "/check"), data=put_right | {"do": "save"})
    assert still.status_code == 422
    assert "Fix 1 of 6 rows before saving" in still.text
    assert 'value="2025-03-01"' in still.text, "what was put right is not lost"
    assert 'value="y"' in still.text
    assert page.get(at(share, "/check")).text.count('value="11"') == 1, "kept as a draft"
    last = {**chosen(still.text), "skip": "5", "do": "save"}
    assert page.post(at(share, "/check"), data=last).status_code == 303
    assert {f.period.month: f.numerator for f in queries.points(share)} == {
        1: Decimal(9),
        2: Decimal(11),
        3: Decimal(9),
        5: Decimal(9),
        6: Decimal(9),
    }


def test_a_cell_put_right_is_searched_for_nhs_numbers_too(
    page: TrackerClient, share: Measure
) -> None:
    upload(page, share, "month,clamped,eligible\n2025-01-01,x,12\n")
    html = page.get(at(share, "/check")).text
    data = chosen(html) | {"fix-2-1": "943 476 5919", "do": "save"}
    answer = page.post(at(share, "/check"), data=data)
    assert answer.status_code == 422
    assert "this looks like an NHS number" in answer.text


def test_figures_changed_meanwhile_are_compared_again(
    page: TrackerClient, share: Measure, lead: User
) -> None:
    upload(page, share, GOOD)
    html = page.get(at(share, "/check")).text
    theirs = services.Row(date(2025, 1, 1), numerator=Decimal(1), denominator=Decimal(12))
    with unit_of_work():
        services.add_points(share, [theirs], by=lead, source="test")
    answer = page.post(at(share, "/check"), data=chosen(html) | {"do": "save"})
    assert answer.status_code == 409
    assert "Held now: 1 of 12" in answer.text
    assert queries.points(share)[0].numerator == 1
    again = page.post(at(share, "/check"), data=chosen(answer.text) | {"do": "save"})
    assert again.status_code == 303
    assert queries.points(share)[0].numerator == 9


def test_what_waits_is_offered_again_and_can_be_thrown_away(
    page: TrackerClient, share: Measure, client: TrackerClient
) -> None:
    assert page.get(at(share, "/check")).status_code == 303, "nothing waits yet"
    upload(page, share, GOOD)
    html = page.get(at(share)).text
    assert "Go on checking them" in html
    page.post("/drafts/discard", data={"form_key": f"own:import-text/{share.id}", "next": "/"})
    assert "Go on checking them" not in page.get(at(share)).text


def test_what_one_person_brings_waits_for_that_person_alone(
    page: TrackerClient, share: Measure, log_in: LogIn
) -> None:
    upload(page, share, GOOD)
    log_in(factories.member(share.project), on=page)
    assert page.get(at(share, "/check")).status_code == 303
    assert "Go on checking them" not in page.get(at(share)).text


def test_real_prescribing_figures_of_one_place_are_chosen_and_saved(
    page: TrackerClient, lead: User
) -> None:
    measure = factories.measure(
        factories.project(by=lead),
        unit="mg per 1,000",
        numerator="Milligrams of oral morphine equivalent of all opioid items in the month",
        denominator="Registered list, in thousands",
    )
    raw = (DATA / "opioid_prescribing_excerpt.csv").read_bytes()
    upload(page, measure, raw)
    html = page.get(at(measure, "/check")).text
    assert "Several rows stand for one period" in html
    data = chosen(html)
    only = {name for name in data if name.startswith("only-")}
    assert len(only) == 2, "place and measure tell the rows apart"
    refused = page.post(at(measure, "/check"), data=data | {"do": "save"})
    assert refused.status_code == 422
    assert "Choose which rows to keep" in refused.text
    for name in only:
        values = re.search(rf'name="{name}">(.*?)</select>', html, re.S)
        assert values
        found = re.findall(r'<option value="([^"]+)"', values[1])
        data[name] = "opioidome" if "opioidome" in found else found[0]
    checked = page.post(at(measure, "/check"), data=data | {"do": "check"})
    assert checked.status_code == 200, checked.text
    assert "left out by your choice of rows" in checked.text
    answer = page.post(at(measure, "/check"), data=chosen(checked.text) | {"do": "save"})
    assert answer.status_code == 303, answer.text
    found_points = queries.points(measure)
    assert found_points
    assert all(f.value is not None for f in found_points)


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        (
            "ae_trust_excerpt.csv",
            {"period": "period", "org_code": "only", "type": "only", "attendances": "both",
             "breaches": "less"},
        ),
        (
            "ae_provider_excerpt.csv",
            {"month": "period", "org_code": "only", "attendances_type1": "both",
             "attendances_type2": "both", "attendances_other": "both", "over4h_type1": "less",
             "over4h_type2": "less", "over4h_other": "less"},
        ),
    ],
)  # fmt: skip
def test_real_four_hour_figures_are_added_up_from_columns(
    page: TrackerClient, lead: User, name: str, goes: dict[str, str]
) -> None:
    measure = factories.measure(
        factories.project(by=lead),
        unit="%",
        numerator="Attendances of four hours or less",
        denominator="Attendances",
        multiplier=Decimal(100),
        better=Direction.UP,
    )
    text = (DATA / name).read_text()
    upload(page, measure, text)
    lines = [line.split(",") for line in text.splitlines()]
    headers, first = lines[0], lines[1]
    data = {f"goes-{headers.index(h)}": where for h, where in goes.items()}
    for header, where in goes.items():
        if where == "only":
            data[f"only-{headers.index(header)}"] = first[headers.index(header)]
    html = page.post(at(measure, "/check"), data=data | {"do": "check"}).text
    answer = page.post(at(measure, "/check"), data=chosen(html) | {"do": "save"})
    assert answer.status_code == 303, answer.text
    point = queries.points(measure)[0]
    over = [h for h, where in goes.items() if where == "both"]
    less = [h for h, where in goes.items() if where == "less"]
    row = next(
        line
        for line in lines[1:]
        if line[0][:10] == point.period.isoformat()
        and all(
            line[headers.index(h)] == first[headers.index(h)]
            for h, where in goes.items()
            if where == "only"
        )
    )
    under = sum(Decimal(row[headers.index(h)]) for h in over)
    assert point.denominator == under
    if point.numerator is not None:
        assert point.numerator == under - sum(Decimal(row[headers.index(h)]) for h in less)


def test_headings_with_markup_are_escaped(page: TrackerClient, share: Measure) -> None:
    upload(page, share, "month,<script>alert(1)</script>,eligible\n2025-01-01,<b>x</b>,12\n")
    html = page.get(at(share, "/check")).text
    assert "<script>alert" not in html
    assert "<b>x" not in html
