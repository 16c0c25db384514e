"""The list of changes of 2025 to 2026, worked out against the lists before it. No database."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tracker.organisations.changelist import Known, Plan, plan, read_changes
from tracker.organisations.domain import (
    FOREVER,
    Link,
    LinkKind,
    OrganisationKind,
    QuestionAbout,
    Span,
)
from tracker.organisations.lists import SHIPPED, BadList, Listing, read_lists

ON, LAST = date(2026, 4, 1), date(2026, 3, 31)
NEW_BOARDS = {"D7T5G", "S1Y5D", "T6Y0W", "Z9B2Z", "S0E4D", "S9B9J"}
ENDED = {"QH8", "QHG", "QJG", "QM7", "QMJ", "QMM", "QNQ", "QNX", "QRV", "QU9", "QUE", "QXU"}


@pytest.fixture(scope="module")
def listing() -> Listing:
    return read_lists()


@pytest.fixture
def known(listing: Listing) -> dict[str, Known]:
    return {
        code: Known(each.name, each.kind, each.span) for code, each in listing.organisations.items()
    }


@pytest.fixture
def made(listing: Listing, known: dict[str, Known]) -> Plan:
    return plan(read_changes("2026-04"), known, listing.links)


def begun(made: Plan, child: str, kind: LinkKind) -> list[tuple[str, bool]]:
    return [
        (link.parent, link.is_lead)
        for link in made.changes.begins
        if (link.child, link.kind) == (child, kind)
    ]


def test_twelve_boards_end_six_begin_and_three_of_them_are_split(made: Plan) -> None:
    assert made.changes.closes == dict.fromkeys(ENDED, LAST)
    icbs = {each.code for each in made.openings if each.kind is OrganisationKind.ICB}
    assert icbs == NEW_BOARDS
    assert made.successors.keys() == ENDED
    assert {code: made.successors[code] for code in made.splits} == {
        "QJG": ("D7T5G", "T6Y0W"),
        "QM7": ("S1Y5D", "D7T5G"),
        "QNQ": ("S0E4D", "S9B9J"),
    }


def test_every_open_trust_of_the_list_moves_and_the_closed_ones_stay(made: Plan) -> None:
    listed = {step.code: step.new_icb for step in read_changes("2026-04").of("icb changed")}

    assert len(listed) == 59
    assert listed.keys() - set(made.moved) == {"RAP", "RRP"}
    for code in made.moved:
        assert begun(made, code, LinkKind.PART_OF) == [(listed[code], True)]
    assert not begun(made, "RAP", LinkKind.PART_OF)


def test_a_board_whose_one_trust_moves_goes_on(made: Plan) -> None:
    assert begun(made, "RPG", LinkKind.PART_OF) == [("QKS", True)]
    assert begun(made, "RXK", LinkKind.PART_OF) == [("QUA", True)]
    assert not {"QKK", "QHL"} & made.changes.closes.keys()


def test_names_change_and_the_online_trust_begins(made: Plan) -> None:
    assert len(made.renames) == 7
    assert made.renames["RA7"] == "Bristol NHS Foundation Trust"
    assert begun(made, "K0N6A", LinkKind.PART_OF) == [("QKK", True)]


def test_the_psc_of_each_new_board_is_that_of_most_of_its_trusts(made: Plan) -> None:
    leads = {each.code: each.supported_by[0] for each in made.openings if each.code in NEW_BOARDS}

    assert leads == {
        "D7T5G": "PSC-UCLP",
        "S1Y5D": "PSC-EAST",
        "T6Y0W": "PSC-EAST",
        "Z9B2Z": "PSC-UCLP",
        "S0E4D": "PSC-OXTV",
        "S9B9J": "PSC-KSS",
    }
    for code in NEW_BOARDS:
        assert [lead for _, lead in begun(made, code, LinkKind.SUPPORTED_BY)].count(True) == 1


def test_what_the_sources_leave_open_is_asked(made: Plan) -> None:
    asked = Counter(question.about for question in made.questions)

    assert asked == {
        QuestionAbout.LEAD_PSC: 3,
        QuestionAbout.LEAD_SUCCESSOR: 3,
        QuestionAbout.SOURCES: 2,
    }
    (essex,) = [question for question in made.questions if question.code == "D7T5G"]
    assert "UCLPartners led those of 2 trusts" in essex.text
    assert "Health Innovation East led those of 2 trusts" in essex.text


def test_sub_icb_locations_of_split_boards_are_for_a_person_to_place(
    made: Plan, listing: Listing
) -> None:
    assert set(made.changes.unplaced) == {"06K", "06L", "06N", "06T", "07H", "07K", "D4U1Y"}
    for code in made.changes.unplaced:
        (link,) = listing.parents[code]
        assert made.changes.ends[link] == LAST
        assert not begun(made, code, LinkKind.PART_OF)


def test_those_of_a_merged_board_go_with_it(made: Plan, listing: Listing) -> None:
    under = [code for code, links in listing.parents.items() if links[0].parent == "QMJ"]

    for code in under:
        if listing.organisations[code].span.end == FOREVER:
            assert begun(made, code, LinkKind.PART_OF) == [("Z9B2Z", True)], code


def test_a_second_time_there_is_nothing_to_do(
    made: Plan, listing: Listing, known: dict[str, Known]
) -> None:
    for each in made.openings:
        known[each.code] = Known(each.name, each.kind, Span(ON, FOREVER))
    for code in ENDED:
        known[code] = Known(known[code].name, OrganisationKind.ICB, Span(end=LAST))

    again = plan(read_changes("2026-04"), known, listing.links)

    assert again.is_nothing_new
    assert not again.changes.begins


def test_a_half_done_base_is_refused_with_the_row(
    listing: Listing, known: dict[str, Known]
) -> None:
    known["D7T5G"] = Known("NHS Essex", OrganisationKind.ICB, Span(ON, FOREVER))

    with pytest.raises(BadList, match="row 2: part of this list has been done before"):
        plan(read_changes("2026-04"), known, listing.links)


@pytest.mark.parametrize(
    ("code", "becomes", "says"),
    [
        ("QMJ", None, r"row 10: QMJ is not in the lists as Integrated care board"),
        ("QMJ", Span(end=date(2025, 12, 31)), r"row 10: QMJ was not open on 31 March 2026"),
        ("RGN", None, r"row 38: RGN is not in the lists as NHS trust"),
    ],
)
def test_a_base_that_does_not_fit_is_refused_with_the_row(
    listing: Listing, known: dict[str, Known], code: str, becomes: Span | None, says: str
) -> None:
    if becomes is None:
        del known[code]
    else:
        known[code] = Known(known[code].name, known[code].kind, becomes)

    with pytest.raises(BadList, match=says):
        plan(read_changes("2026-04"), known, listing.links)


def test_a_trust_of_another_board_is_refused_with_the_row(
    listing: Listing, known: dict[str, Known]
) -> None:
    links = [
        Link(x.child, "QKK", x.kind, x.is_lead, x.span) if x.child == "RAL" else x
        for x in listing.links
    ]

    with pytest.raises(BadList, match=r"row 27: RAL was not part of QMJ"):
        plan(read_changes("2026-04"), known, links)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",10 trusts moved", ",9 trusts moved", "row 10: it says 9 trusts moved, and 10"),
        (",icb changed", ",closed", "row 19: 'closed' is not a change that is known"),
        ("kind,code", "sort,code", "has no column 'kind'"),
        ("\nicb,QH8", "\nccg,QH8", "row 2: 'ccg' is not a kind"),
        ("\nicb,QH8", "\nicb,", "row 2: a change needs a code"),
    ],
)
def test_a_spoilt_list_of_changes_is_refused_with_the_row(
    tmp_path: Path, listing: Listing, known: dict[str, Known], old: str, new: str, says: str
) -> None:
    path = Path(shutil.copy(SHIPPED / "changes_2025_to_2026.csv", tmp_path))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadList, match=says):
        plan(read_changes("2026-04", tmp_path), known, listing.links)


def test_the_plan_says_in_words_what_it_will_do(made: Plan, known: dict[str, Known]) -> None:
    said = "\n".join(made.lines({code: each.name for code, each in known.items()}))

    assert "6 integrated care boards begin on 1 April 2026:" in said
    assert "12 end on 31 March 2026:" in said
    assert "(QNQ) is split between NHS Thames Valley Integrated Care Board and NHS Surrey" in said
    assert "57 trusts are part of another integrated care board." in said
    assert "7 parts of split boards are for a person to place:" in said
    assert "8 questions are for a person to settle:" in said
