"""What kind of document it is, what a link may be, and sizes in words."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

MOST_IN_A_PROJECT = 100 * 1024 * 1024
"""Bytes of all files of a project, older versions and deleted ones among them."""
LONGEST_LINK = 1000


class PaperKind(StrEnum):
    """What a document is for."""

    LOGIC_MODEL = "logic_model"
    SYSTEM_MAP = "system_map"
    PROCESS_MAP = "process_map"
    PAPER = "paper"
    POLICY = "policy"
    FORM = "form"
    MINUTES = "minutes"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            PaperKind.LOGIC_MODEL: "Logic model",
            PaperKind.SYSTEM_MAP: "System map",
            PaperKind.PROCESS_MAP: "Process map",
            PaperKind.PAPER: "Paper or evidence",
            PaperKind.POLICY: "Policy or guideline",
            PaperKind.FORM: "Form or tool",
            PaperKind.MINUTES: "Notes of a meeting",
            PaperKind.OTHER: "Something else",
        }[self]


class NotALink(ValueError):
    """The text is no address that may be linked to. The message is for the person."""


def checked_link(text: str) -> str:
    """The address, if it is one on the web that is safe to follow. Raises NotALink."""
    if len(text) > LONGEST_LINK:
        raise NotALink("Use a shorter address")
    if any(mark.isspace() or not mark.isprintable() or mark in '\\<>"' for mark in text):
        raise NotALink("The address has a space or a sign in it that no address has")
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
        _ = parts.port
    except ValueError:
        raise NotALink("This is not an address") from None
    if parts.scheme != "https":
        raise NotALink("The address must begin with https://")
    if user is not None or parts.password is not None:
        raise NotALink("Take the name and password out of the address")
    if not host or "." not in host.strip("."):
        raise NotALink("The address must name a site, such as https://www.england.nhs.uk/")
    return text


def host_of(link: str) -> str:
    """The site that a link leads to, as people should see it before they follow it.

    >>> host_of("https://www.england.nhs.uk/patient-safety/")
    'www.england.nhs.uk'
    """
    return urlsplit(link).hostname or ""


def size_in_words(size: int) -> str:
    """`310 KB`, `1.4 MB`.

    >>> size_in_words(1_468_006)
    '1.4 MB'
    """
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024)):,} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"
