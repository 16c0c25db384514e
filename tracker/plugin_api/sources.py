"""Where statements come from, and the parts of a definition that carry a source of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .fields import Wording


class Basis(StrEnum):
    """What a statement rests on. Shown beside it, so that nobody takes our choice for policy."""

    DOCUMENT = "document"
    """A document that was read."""
    PUBLIC_PAGE = "public_page"
    """A public page, named in the title; to be confirmed by a domain owner."""
    DERIVED = "derived"
    """Worked out by arithmetic from a cited figure."""
    DESIGN = "design"
    """A decision of this product, not a claim about the NHS."""
    UNSOURCED = "unsourced"
    """General knowledge, no page read; must be confirmed before a release claims it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a statement comes from.

    `code` is short, for a table cell ("S002", "OpenPrescribing"); `note` says what in the
    definition does not come from here.
    """

    code: str
    title: str
    basis: Basis = Basis.DOCUMENT
    published: date | None = None
    url: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a definition that a person can point at: a stage, a phase, a driver, an input.

    It rests on the definition's source unless it names its own.
    """

    key: str
    provisional: Wording[bool] = False
    source: Wording[Source | None] = None
