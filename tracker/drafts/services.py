"""Keeping and dropping drafts, and remembering creates that have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from tracker.db import db, utcnow
from tracker.pages.fields import NOT_NHS_NUMBER
from tracker.safe.text import clean, mask_nhs_numbers

from .models import Draft, IdempotencyKey

if TYPE_CHECKING:
    from tracker.auth.models import User

NOT_KEPT = frozenset({"csrf_token", "form_key", "idem_key", "password", "old_password", "autosave"})
OWN = "own:"
"""Begins the keys of drafts that the tracker writes itself: no form may name one."""
KEPT_FOR = timedelta(days=30)
REMEMBERED_FOR = timedelta(hours=24)

Fields = Mapping[str, Sequence[str]]


def keep(user: User, form_key: str, fields: Fields) -> Draft:
    """Keep what a person has typed into a form, in place of what was kept before.

    `fields` maps each field's name to the texts posted for it; secrets and tokens are left out,
    and so are the digits of what looks like an NHS number, unless a person said it is none.
    """
    form_key = clean(form_key)
    draft = find(user, form_key)
    if draft is None:
        draft = Draft(user_id=user.key, form_key=form_key)
        db.session.add(draft)
    said = frozenset(fields.get(NOT_NHS_NUMBER, ()))
    draft.body = {
        name: [text if name in said else mask_nhs_numbers(text) for text in texts]
        for name, texts in fields.items()
        if name not in NOT_KEPT
    }
    draft.updated_at = utcnow()
    db.session.flush()
    return draft


def find(user: User, form_key: str) -> Draft | None:
    """A person's draft of a form, if there is one."""
    return db.session.scalar(
        select(Draft).where(Draft.user_id == user.key, Draft.form_key == form_key)
    )


def drop(user: User, form_key: str) -> None:
    """Forget a draft: its text is in the record now, or its writer does not want it."""
    db.session.execute(delete(Draft).where(Draft.user_id == user.key, Draft.form_key == form_key))


def result_of(user: User, key: str) -> str | None:
    """Where the create with this key led, when it has happened already."""
    return db.session.scalar(
        select(IdempotencyKey.url).where(
            IdempotencyKey.user_id == user.key, IdempotencyKey.key == key
        )
    )


def is_done(user: User, key: str) -> bool:
    """Whether the create with this key has happened."""
    return bool(key) and result_of(user, clean(key)) is not None


def remember(user: User, key: str, url: str) -> None:
    """Note in the same transaction that the create with this key has happened."""
    db.session.add(IdempotencyKey(user_id=user.key, key=key, url=url))
    db.session.flush()


def prune(now: datetime) -> None:
    """Drop drafts nobody came back for, and keys too old for a double press."""
    db.session.execute(delete(Draft).where(Draft.updated_at < now - KEPT_FOR))
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.at < now - REMEMBERED_FOR))
