"""The lists as they ship, and lists that are wrong."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tracker.organisations.domain import (
    ALWAYS,
    FOREVER,
    Link,
    LinkKind,
    OrganisationKind,
    ServiceKind,
    Span,
)
from tracker.organisations.lists import SHIPPED, BadList, Listing, read_lists

PART, SUPPORT = LinkKind.PART_OF, LinkKind.SUPPORTED_BY


@pytest.fixture(scope="module")
def listing() -> Listing:
    return read_lists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lists, to spoil."""
    shutil.copytree(SHIPPED, tmp_path / "lists")
    return tmp_path / "lists"


def rows(name: str) -> list[dict[str, str]]:
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def links(listing: Listing, child: str) -> set[tuple[str, LinkKind, bool]]:
    return {(link.parent, link.kind, link.is_lead) for link in listing.parents[child]}


def test_there_are_as_many_of_each_kind_as_in_the_files(listing: Listing) -> None:
    found = Counter(each.kind for each in listing.organisations.values())

    files = {
        OrganisationKind.NATIONAL: "national",
        OrganisationKind.REGION: "regions",
        OrganisationKind.PSC: "pscs",
        OrganisationKind.ICB: "icbs",
        OrganisationKind.TRUST: "trusts",
        OrganisationKind.SUB_ICB: "sub_icb_locations",
        OrganisationKind.PCN: "pcns",
        OrganisationKind.PRACTICE: "gp_practices",
        OrganisationKind.SITE: "perinatal_units_south_west",
    }
    for kind, name in files.items():
        assert found[kind] == len(rows(name)), name
    assert found[OrganisationKind.ICB] == 42
    assert found[OrganisationKind.REGION] == 7
    assert found[OrganisationKind.PSC] == 15


def test_closed_trusts_have_their_last_day(listing: Listing) -> None:
    closed = [
        each.code
        for each in listing.organisations.values()
        if each.kind is OrganisationKind.TRUST and each.span.end != FOREVER
    ]

    assert sorted(closed) == sorted(r["ods_code"] for r in rows("trusts") if r["status"] != "open")
    assert listing.organisations["RAP"].span == Span(date(1991, 4, 1), date(2024, 12, 31))
    assert listing.parents["RAP"] == [
        Link("RAP", "QMJ", PART, True, Span(date(1991, 4, 1), date(2024, 12, 31)))
    ]


def test_every_maternity_provider_is_a_dated_service(listing: Listing) -> None:
    services = {s.code: s.span for s in listing.services if s.service is ServiceKind.MATERNITY}

    assert set(services) == {row["ods_code"] for row in rows("maternity_providers")}
    assert services["RTE"] == listing.organisations["RTE"].span
    assert services["RAP"].end == date(2024, 12, 31)
    assert services["RM3"].start >= date(2021, 4, 1)


def test_maternity_providers_that_left_before_the_trust_list_are_closed(listing: Listing) -> None:
    left = {
        each.code: each.span.end
        for each in listing.organisations.values()
        if each.kind is OrganisationKind.PROVIDER
    }

    assert left == {
        "RA4": date(2023, 3, 31),
        "RBZ": date(2022, 3, 31),
        "RVY": date(2023, 3, 31),
        "RW6": date(2021, 3, 31),
        "RXH": date(2021, 3, 31),
    }


def test_an_icb_has_one_lead_psc_and_the_others_support_it(listing: Listing) -> None:
    assert links(listing, "QNQ") == {
        ("Y59", PART, True),
        ("PSC-OXTV", SUPPORT, True),
        ("PSC-KSS", SUPPORT, False),
        ("PSC-WESX", SUPPORT, False),
    }
    for row in rows("icbs"):
        leads = [x for x in listing.parents[row["ods_code"]] if x.kind is SUPPORT and x.is_lead]
        assert [link.parent for link in leads] == [row["psc_code"]]


def test_every_region_is_part_of_nhs_england(listing: Listing) -> None:
    for row in rows("regions"):
        assert links(listing, row["ods_code"]) == {("X24", PART, True)}


def test_a_practice_is_part_of_its_network_only(listing: Listing) -> None:
    assert links(listing, "A81001") == {("U89141", PART, True)}


def test_a_practice_without_a_network_is_part_of_its_location(listing: Listing) -> None:
    alone = [row for row in rows("gp_practices") if row["pcn_code"] == "U"]

    assert len(alone) == 68
    for row in alone:
        assert links(listing, row["ods_code"]) == {(row["sub_icb_code"], PART, True)}


def test_a_practice_in_a_network_across_the_border_counts_where_it_is(listing: Listing) -> None:
    where = {row["ods_code"]: row["sub_icb_code"] for row in rows("pcns")}
    across = [
        row
        for row in rows("gp_practices")
        if row["pcn_code"] != "U" and where[row["pcn_code"]] != row["sub_icb_code"]
    ]

    assert len(across) == 15
    for row in across:
        assert links(listing, row["ods_code"]) == {
            (row["sub_icb_code"], PART, True),
            (row["pcn_code"], PART, False),
        }


def test_perinatal_units_are_sites_of_their_trust(listing: Listing) -> None:
    assert links(listing, "PERI-MUS") == {("RH5", PART, True)}
    assert links(listing, "PERI-YEO") == {("RH5", PART, True)}


def test_the_place_that_ships_the_lists_names_their_licence() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")

    assert (
        "Contains public sector information licensed under the Open Government Licence v3.0."
        in readme
    )
    for path in SHIPPED.glob("*.csv"):
        assert f"| {path.name} | {len(rows(path.stem)):,} |" in readme


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("icbs", ",Y62,PSC-NWC,", ",Y99,PSC-NWC,", "icbs.csv, row 2: .*Y99 is in no list"),
        ("trusts", "2024-11-01,,open", "1 Nov 2024,,open", "trusts.csv, row 2: .*is not a date"),
        ("regions", "Y58,NHS England South West", "Y56,South West", "row 3: .*Y56 is in the lists"),
        ("regions", "Y58,NHS England South West", ",South West", "row 3: .*a code and a name"),
        ("pcns", "sub_icb_code", "location", "pcns.csv has no column 'sub_icb_code'"),
        ("regions", "2025-07\n", "2025-07,extra\n", "row 2: more cells than columns"),
        ("maternity_providers", "7975,16470,14120,", ",,,", "row 2: .*deliveries in one year"),
    ],
)
def test_a_spoilt_list_is_refused_with_file_and_row(
    folder: Path, name: str, old: str, new: str, says: str
) -> None:
    spoil(folder / f"{name}.csv", old, new)

    with pytest.raises(BadList, match=says):
        read_lists(folder)


def test_a_missing_list_is_refused_by_name(folder: Path) -> None:
    (folder / "pscs.csv").unlink()

    with pytest.raises(BadList, match=r"pscs\.csv cannot be read"):
        read_lists(folder)


def test_a_list_in_another_encoding_is_refused(folder: Path) -> None:
    path = folder / "regions.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("London", "Lôndon").encode("latin-1"))

    with pytest.raises(BadList, match=r"regions\.csv cannot be read"):
        read_lists(folder)


def test_a_list_may_begin_with_a_byte_order_mark(folder: Path) -> None:
    path = folder / "regions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read_lists(folder).organisations["Y56"].name == "NHS England London"


def test_links_hold_from_the_day_an_organisation_opened_or_always(listing: Listing) -> None:
    assert listing.parents["G6V2S"][0].span == Span(date(2024, 11, 1), FOREVER)
    assert listing.parents["QE1"][0].span == Span(ALWAYS, FOREVER)
