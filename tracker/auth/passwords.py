"""Which passwords are good enough, and how they are kept.

The rule follows NIST SP 800-63B and OWASP ASVS 5.0: long, no rules of composition, no expiry,
nothing that people try first. Hashing takes a fifth of a second: do it before a unit of work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST = 12
LONGEST = 128
FEWEST_DIFFERENT = 5
FEWEST_LEFT = 8
"""Characters that must remain when everything a stranger would try has been taken out."""

METHOD = "scrypt:32768:8:3"
NOBODYS_HASH = (
    "scrypt:32768:8:3$XAOa6V9lomW9S6vw$"
    "10340c930c72a4a9a7b0cd6ca7458ee5069e98531bbd5bb5ce14be9a45d88fc1"
    "7389e3e259e74a50240e029612f771d340b47b4672e0a4ba08cb069d66d8578c"
)
"""Checked when there is no such account, so that the answer takes as long. Made from random bytes
that nobody kept."""

_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "12345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujmik",
    "qweasdzxc",
    '!"£$%^&*()',
    "!@#$%^&*()",
)
_SHORTEST_WALK = 4
_WALKS = tuple(row[::step] for row in _ROWS for step in (1, -1))
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](19|20)?\d\d(?!\d)")
_AGAIN = re.compile(r"(.{2,}?)[\W_\d]*(?:\1[\W_\d]*)+|(.)\2{2,}")
_SPELT_WITH = str.maketrans("013457@$!|", "oieastasii")
_TOO_SMALL = 3
_LINKING = frozenset({"the", "and", "for", "www", "com", "net"})


def why_refused(
    password: str, *, about: Iterable[str] = (), here: Iterable[str] = ()
) -> str | None:
    """A sentence for the person when the password is not good enough, None when it is.

    `about` is what is known of them (name, e-mail address), `here` the names of their
    organisations and programmes. A word is not forbidden: what is left without such words has to
    be long enough.
    """
    password = normal(password)
    if len(password) < SHORTEST:
        return f"Password must have {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Password must have {LONGEST} characters or fewer"
    if len(set(password)) < FEWEST_DIFFERENT:
        return f"Password must have at least {FEWEST_DIFFERENT} different characters"
    own, place = _words(about), _words(here)
    if _left(password, own | place | common()) >= FEWEST_LEFT:
        return None
    if _left(password, own) < FEWEST_LEFT <= _left(password, frozenset()):
        return "Password must not be made from your name or e-mail address"
    if _left(password, place) < FEWEST_LEFT <= _left(password, frozenset()):
        return "Password must not be made from the name of your organisation or programme"
    return "This password is easy to guess. Try three or four words that do not belong together"


def normal(password: str) -> str:
    """Composed (NFC), so that é typed on a phone and on a PC is one character; else untouched."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """Slow on purpose: call it before `unit_of_work`."""
    return generate_password_hash(normal(password), METHOD)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether it is the password of the account; takes the same time when there is none.

    Slow on purpose: call it before `unit_of_work`.
    """
    right = check_password_hash(password_hash or NOBODYS_HASH, normal(password))
    return right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Kept with other parameters than today's: hash again when the password is next seen."""
    return not password_hash.startswith(f"{METHOD}$")


@cache
def common() -> frozenset[str]:
    """Words and phrases that passwords are made of, folded as `_fold` does."""
    text = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(_fold(line) for line in lines if line and not line.startswith("#"))


def _words(texts: Iterable[str]) -> frozenset[str]:
    found = set()
    for text in texts:
        folded = _fold(text)
        parts = re.findall(r"[^\W_]+", folded)
        found |= {folded, "".join(parts), *parts}
    return frozenset(w for w in found if len(w) >= _TOO_SMALL and w not in _LINKING)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _left(password: str, words: frozenset[str]) -> int:
    """How many characters of the password a list of words, walks and years does not explain."""
    text = _YEAR.sub(" ", _fold(password))
    text = _without(_without_walks(text), words)
    text = _without(text.translate(_SPELT_WITH), words)
    text = _AGAIN.sub(lambda again: again[1] or again[2], text)
    return sum(not mark.isspace() and mark not in "-_.,!" for mark in text)


def _without(text: str, words: frozenset[str]) -> str:
    inside = sorted((w for w in words if w in text), key=len, reverse=True)
    for word in inside:
        text = text.replace(word, " ")
    return text


def _without_walks(text: str) -> str:
    kept, at = [], 0
    while at < len(text):
        length = _walk_at(text, at)
        if length >= _SHORTEST_WALK:
            kept.append(" ")
            at += length
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def _walk_at(text: str, at: int) -> int:
    longest = 0
    for walk in _WALKS:
        while text[at : at + longest + 1] in walk and at + longest < len(text):
            longest += 1
    return longest
