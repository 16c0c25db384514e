"""Reading the published lists of organisations: a folder of CSV files to one `Listing`. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tracker.safe.dates import NotADate, parse_day
from tracker.safe.text import clean

from .domain import ALWAYS, EVER, FOREVER, Link, LinkKind, OrganisationKind, ServiceKind, Span

SHIPPED = Path(__file__).parent / "data"
NATIONAL_BODY = "X24"
"""NHS England: every region is part of it."""
NO_PCN = "U"
"""How the practice list writes that a practice is in no primary care network."""
UNIT_PREFIX = "PERI-"
"""Perinatal unit codes are local; this keeps them apart from national ones."""

Row = dict[str, str]


class BadList(ValueError):
    """A list cannot be read. The message names the file and the row."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation as its list has it."""

    code: str
    name: str
    kind: OrganisationKind
    as_at: str
    """Month of the list, `2025-07`, or a year for a yearly one."""
    span: Span = EVER
    sector: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service an organisation gives, for the days of `span`."""

    code: str
    service: ServiceKind
    span: Span = EVER


@dataclass(slots=True)
class Listing:
    """All lists of a folder together, by code."""

    organisations: dict[str, Listed] = field(default_factory=dict)
    parents: dict[str, list[Link[str]]] = field(default_factory=dict)
    """Child to its links."""
    services: list[ListedService] = field(default_factory=list)

    def add(self, listed: Listed) -> None:
        """Raises `BadList` where two lists use one code for different organisations."""
        if listed.code in self.organisations:
            raise BadList(f"The code {listed.code} is in the lists twice")
        self.organisations[listed.code] = listed

    def link(self, child: str, parent: str, kind: LinkKind, *, is_lead: bool = True) -> None:
        """Link two listed organisations for as long as the child exists."""
        for code in (child, parent):
            if code not in self.organisations:
                raise BadList(f"{child} is listed under {parent}, but {code} is in no list")
        span = self.organisations[child].span
        self.parents.setdefault(child, []).append(Link(child, parent, kind, is_lead, span))

    @property
    def links(self) -> list[Link[str]]:
        """All links, in the order of the lists."""
        return [link for links in self.parents.values() for link in links]


def read_lists(folder: Path = SHIPPED) -> Listing:
    """Read every list in `folder`, which has the files of the shipped one.

    A list says who is under whom on its date and not since when, so a link holds from the day the
    organisation opened, or always. Raises `BadList`.
    """
    listing = Listing()
    for name, read in _LISTS:
        path = folder / f"{name}.csv"
        for number, row in read_rows(path):
            try:
                read(listing, row)
            except (BadList, NotADate) as fault:
                raise BadList(f"{path.name}, row {number}: {fault}") from fault
            except KeyError as fault:
                raise BadList(f"{path.name} has no column {fault}") from fault
    return listing


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows, numbered as a spreadsheet numbers them, cells trimmed. Raises `BadList`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            for number, row in enumerate(reader, 2):
                if None in row:
                    raise BadList(f"{path.name}, row {number}: more cells than columns")
                yield number, {column: clean(cell).strip() for column, cell in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise BadList(f"{path.name} cannot be read: {fault}") from fault


def _listed(
    listing: Listing, row: Row, kind: OrganisationKind, *, span: Span = EVER, code: str = ""
) -> str:
    code = code or row["ods_code"]
    if not code or not row["name"]:
        raise BadList("an organisation needs a code and a name")
    listing.add(
        Listed(
            code=code,
            name=row["name"],
            kind=kind,
            as_at=row["as_at"],
            span=span,
            sector=row.get("sector") or None,
            postcode=row.get("postcode") or None,
        )
    )
    return code


def _national(listing: Listing, row: Row) -> None:
    _listed(listing, row, OrganisationKind.NATIONAL)


def _region(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.REGION)
    listing.link(code, NATIONAL_BODY, LinkKind.PART_OF)


def _psc(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.PSC)
    listing.link(code, row["parent_code"], LinkKind.PART_OF)


def _icb(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.ICB)
    listing.link(code, row["parent_code"], LinkKind.PART_OF)
    listing.link(code, row["psc_code"], LinkKind.SUPPORTED_BY)
    for psc in filter(None, row["other_psc_codes"].split(";")):
        listing.link(code, psc, LinkKind.SUPPORTED_BY, is_lead=False)


def _trust(listing: Listing, row: Row) -> None:
    opened, closed = row["open_date"], row["close_date"]
    span = Span(
        parse_day(opened) if opened else ALWAYS,
        parse_day(closed) if closed else FOREVER,
    )
    code = _listed(listing, row, OrganisationKind.TRUST, span=span)
    listing.link(code, row["parent_code"], LinkKind.PART_OF)


def _sub_icb(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.SUB_ICB)
    listing.link(code, row["icb_code"], LinkKind.PART_OF)


def _pcn(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.PCN)
    listing.link(code, row["sub_icb_code"], LinkKind.PART_OF)


def _practice(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.PRACTICE)
    network, location = row["pcn_code"], row["sub_icb_code"]
    if network == NO_PCN:
        listing.link(code, location, LinkKind.PART_OF)
        return
    # A few networks reach across a border: their practice still counts where it is.
    is_near = Link(network, location, LinkKind.PART_OF) in listing.parents.get(network, ())
    listing.link(code, network, LinkKind.PART_OF, is_lead=is_near)
    if not is_near:
        listing.link(code, location, LinkKind.PART_OF)


_YEARS = {
    f"deliveries_{first}_{last}": Span(date(first, 4, 1), date(first + 1, 3, 31))
    for first, last in ((2020, 21), (2021, 22), (2022, 23))
}


def _maternity(listing: Listing, row: Row) -> None:
    """A maternity service of a trust, or of a provider that had closed before the trust list."""
    years = [span for column, span in _YEARS.items() if row[column]]
    if not years:
        raise BadList("a maternity provider needs deliveries in one year at least")
    first = min(_YEARS.values()).start
    # The publication begins in 2020: who is in its first year gave the service before.
    start = ALWAYS if years[0].start == first else years[0].start
    code = row["ods_code"]
    trust = listing.organisations.get(code)
    if trust is None:
        # It left before the 2025 list; the last year with deliveries is the last known of it.
        span = Span(start, FOREVER if row["status_2025"] == "open" else years[-1].end)
        _listed(listing, row, OrganisationKind.PROVIDER, span=span)
    else:
        span = Span(max(start, trust.span.start), trust.span.end)
    listing.services.append(ListedService(code, ServiceKind.MATERNITY, span))


def _perinatal_unit(listing: Listing, row: Row) -> None:
    code = _listed(listing, row, OrganisationKind.SITE, code=UNIT_PREFIX + row["unit_code"])
    listing.link(code, row["trust_code"], LinkKind.PART_OF)
    listing.services.append(ListedService(code, ServiceKind.PERINATAL))


# In an order that lists parents before what is part of them.
_LISTS = (
    ("national", _national),
    ("regions", _region),
    ("pscs", _psc),
    ("icbs", _icb),
    ("trusts", _trust),
    ("sub_icb_locations", _sub_icb),
    ("pcns", _pcn),
    ("gp_practices", _practice),
    ("maternity_providers", _maternity),
    ("perinatal_units_south_west", _perinatal_unit),
)
