"""Who is signing in and from where: the thinking, without a database."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from tracker.limits.domain import Limit

LONGEST_EMAIL = 254
EXAMPLE = "name@example.nhs.uk"
ERASED = "erased.invalid"
"""Where the e-mail addresses of people are who were erased: no message ever gets there."""
SIGN_IN_PER_ACCOUNT = Limit("sign_in.account", most=10, within=timedelta(minutes=15))
SIGN_IN_PER_ADDRESS = Limit("sign_in.address", most=200, within=timedelta(minutes=15))
"""Refused sign-ins. Whole trusts share one address."""
RESET_PER_ACCOUNT = Limit("reset.account", most=5, within=timedelta(hours=1))
RESET_PER_ADDRESS = Limit("reset.address", most=50, within=timedelta(hours=1))
"""Links asked for by people who forgot their password, whether the account exists or not."""
NEW_EMAIL_PER_PERSON = Limit("email.person", most=5, within=timedelta(hours=1))
"""Links that a person has sent to what is to be their new e-mail address."""
NOTE_SEEN_EVERY = timedelta(minutes=5)

_EMAIL = re.compile(
    r"[^\s@<>\"'(),:;\\\[\]]+@[^\s@.<>\"'(),:;\\\[\]]+(\.[^\s@.<>\"'(),:;\\\[\]]+)+"
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


class LinkPurpose(StrEnum):
    """What a one-time link is for; it decides how long the link lasts."""

    FIRST_ADMINISTRATOR = "first_administrator"
    INVITATION = "invitation"
    RESET = "reset"
    NEW_EMAIL = "new_email"
    """Sent to the new address of somebody who has a password; the others set one."""

    @property
    def lasts(self) -> timedelta:
        return timedelta(hours=1) if self is LinkPurpose.RESET else timedelta(hours=24)


class EmailTaken(ValueError):
    """Somebody already has an account with this e-mail address."""


class LinkNotUsable(ValueError):
    """A one-time link that is unknown, used, out of date or belongs to a disabled account."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in that a request came with."""

    id: int
    user_id: int
    last_seen_at: datetime
    created_at: datetime

    def left(self, now: datetime, *, idle: timedelta, longest: timedelta) -> timedelta:
        """How long it still lasts when nothing more is asked; this request is being noted."""
        seen = now if self.is_due(now) else self.last_seen_at
        return min(seen + idle, self.created_at + longest) - now

    def is_due(self, now: datetime) -> bool:
        """It is time to note again that this person is here."""
        return now - self.last_seen_at >= NOTE_SEEN_EVERY


def normal_email(text: str) -> str:
    """The address as it is kept: composed, lower case, no spaces around it.

    Raises ValueError with a sentence for the person when it cannot be an e-mail address.
    """
    if not is_email(text):
        raise ValueError(f"Enter an e-mail address in the format {EXAMPLE}")
    return as_kept(text)


def is_email(text: str) -> bool:
    """It can be an e-mail address."""
    email = as_kept(text)
    return len(email) <= LONGEST_EMAIL and email.isprintable() and bool(_EMAIL.fullmatch(email))


def as_kept(email: str) -> str:
    """One spelling for one address, whether it is an address or not."""
    return unicodedata.normalize("NFC", email).strip().lower()


def new_token() -> str:
    """32 random bytes as text for a cookie or a link."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the database keeps of a token. No salt is needed: a token has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def network_of(address: str | None) -> str:
    """The network part of an address: `192.0.2.0/24`, `2001:db8::/48`; empty when unknown."""
    return _network(address, four=24, six=48)


def limited_address(address: str | None) -> str:
    """What counts as one address in the limits: an IPv4 address, or the /64 of one home or ward."""
    return _network(address, four=32, six=64)


def _network(address: str | None, *, four: int, six: int) -> str:
    try:
        ip = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ip_network((ip, four if ip.version == 4 else six), strict=False))


def browser_name(user_agent: str) -> str:
    """Enough for a person to recognise their own sign-in: "Edge on Windows"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Another browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
