"""Everything held about one person, from whatever table holds it: to hand out, and to erase.

Found through the tables themselves, so that a table added later is not forgotten; those of plugins
in use too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    String,
    Table,
    Text,
    cast,
    delete,
    func,
    inspect,
    or_,
    select,
    update,
)

from tracker import audit
from tracker.audit.models import AuditEvent
from tracker.db import Base, db, indexing, utcnow
from tracker.plugin_host import current_host
from tracker.safe.dates import today

from . import services
from .domain import ERASED
from .models import User

SECRET = frozenset({"password_hash", "token_hash", "seed", "seed_check"})
OF_A_PERSON = "user_id"
"""A row with this column is about the person; any other reference to an account is an act."""
OWN_TEXT = frozenset({"comment"})
"""Tables whose rows a person wrote as a whole."""
LEFT_ALONE = frozenset({"audit_event", "audit_head", "definition", "search_entry"})
"""The sealed history holds no name; definitions are national, and other words are made anew."""
GONE = ("draft", "idempotency_key", "login_session", "one_time_link", "calendar_feed")


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a person: what stands in their place, and the texts that named them."""

    name: str
    texts: int
    namesakes: int
    """Other accounts of the same name: texts with the name were left, for they may mean them."""


def export(user: User) -> dict[str, Any]:
    """What the tracker holds about a person, as JSON can hold it. Without secrets."""
    acts: dict[str, list[Any]] = {}
    about: dict[str, list[Any]] = {}
    for table in _tables():
        for column in _references(table):
            whole = column.name == OF_A_PERSON or (
                table.name in OWN_TEXT and column.name == "by_id"
            )
            rows = db.session.execute(select(table).where(column == user.id)).mappings().all()
            if rows and (whole or "id" not in table.c):
                about.setdefault(table.name, []).extend(_shown(table, row) for row in rows)
            elif rows:
                acts[f"{table.name}.{column.name}"] = [row["id"] for row in rows]
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.user_id == user.id).order_by(AuditEvent.seq)
    )
    account = Base.metadata.tables["user"]
    own = db.session.execute(select(account).where(account.c.id == user.id)).mappings().one()
    return {
        "account": _shown(account, own),
        "about": about,
        "acts": acts,
        "history": [
            {
                "at": event.at.isoformat(),
                "action": event.action,
                "subject": f"{event.subject_kind} {event.subject_id or ''}".strip(),
                "project": event.project_id,
            }
            for event in events
        ],
    }


def erase(user: User) -> Erased:
    """Put a pseudonym in a person's place wherever their name or e-mail stands.

    Their roles and sign-ins end; drafts and links go. What they did stays in the history, which
    holds their number and hashes. Inside a unit of work.
    """
    name, email = user.name, user.email
    pseudonym, address = f"Former colleague {user.id}", f"erased-{user.id}@{ERASED}"
    disable(user)
    for membership in list(user.memberships):
        services.end_membership(membership, on=today(), by=None)
    for table in _tables():
        if table.name in GONE:
            _run(delete(table).where(table.c.user_id == user.id))
        elif table.name == "outgoing_mail":
            _run(delete(table).where(table.c.recipient == email))
        elif table.name == "project_member":
            _run(update(table).where(table.c.user_id == user.id).values(name=pseudonym))
    user.name, user.email, user.job, user.password_hash = pseudonym, address, "", None
    db.session.flush()
    same = select(func.count(User.id)).where(func.lower(User.name) == name.lower())
    namesakes = db.session.scalar(same) or 0
    swaps = [(email, address)]
    if not namesakes:
        swaps.append((name, pseudonym))
    texts = sum(_replace(table, swaps) for table in _tables())
    audit.record("user.erased", of=user, by=None)
    db.session.flush()
    return Erased(pseudonym, texts, namesakes)


def disable(user: User) -> None:
    """Let an account in no more, from now on; its roles stay for the day it is let in again."""
    if user.disabled_at is None:
        user.disabled_at = utcnow()
        audit.record("user.disabled", of=user, by=None)
    services.end_all(user, by=None)
    links = Base.metadata.tables["one_time_link"]
    _run(delete(links).where(links.c.user_id == user.id, links.c.used_at.is_(None)))


def enable(user: User) -> None:
    """Let an account in again."""
    if user.disabled_at is not None:
        user.disabled_at = None
        audit.record("user.enabled", of=user, by=None)
        db.session.flush()


def _tables() -> Iterator[Table]:
    yield from (t for t in Base.metadata.sorted_tables if t.name not in LEFT_ALONE)
    there: set[str] = set()
    for plugin in current_host().active.values():
        if plugin.code.tables is not None:
            there = there or set(inspect(db.session.connection()).get_table_names())
            # A plugin may be here before its tables are.
            yield from (t for t in plugin.code.tables.metadata.sorted_tables if t.name in there)


def _references(table: Table) -> list[Column[Any]]:
    return [c for c in table.c if any(key.column.table.name == "user" for key in c.foreign_keys)]


def _shown(table: Table, row: Any) -> dict[str, Any]:
    return {
        # The history keeps long text as its hash; a person gets what they wrote.
        c.name: row[c.name] if isinstance(row[c.name], str) else audit.plain(row[c.name])
        for c in table.c
        if c.name not in SECRET
    }


def _replace(table: Table, swaps: list[tuple[str, str]]) -> int:
    """Put each second text in the place of the first in a table; how many rows held one."""
    columns = [c for c in table.c if isinstance(c.type, String | Text | JSON)]
    if not columns or "id" not in table.c:
        return 0
    holds = or_(
        *(
            cast(c, Text).icontains(written, autoescape=True)
            for c in columns
            for old, _ in swaps
            # JSON holds a letter with an accent as its number.
            for written in {old, json.dumps(old)[1:-1]}
        )
    )
    changed_ids = []
    for row in db.session.execute(select(table).where(holds)).mappings().all():
        new = {c.name: _swapped(row[c.name], swaps) for c in columns}
        changed = {name: value for name, value in new.items() if value != row[name]}
        if changed and isinstance(row.get("version"), int):
            # A form open on the old text must not write the name back.
            changed["version"] = row["version"] + 1
        if changed:
            _run(update(table).where(table.c.id == row["id"]).values(**changed))
            changed_ids.append(row["id"])
    indexing.again_in_table(table.name, changed_ids)
    return len(changed_ids)


def _swapped(value: Any, swaps: list[tuple[str, str]]) -> Any:
    if isinstance(value, dict):
        return {key: _swapped(each, swaps) for key, each in value.items()}
    if isinstance(value, list):
        return [_swapped(each, swaps) for each in value]
    if type(value) is not str:
        return value
    for old, new in swaps:
        at = value.casefold().find(old.casefold()) if old else -1
        while at >= 0 and len(value.casefold()) == len(value):
            value = value[:at] + new + value[at + len(old) :]
            at = value.casefold().find(old.casefold(), at + len(new))
    return value


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})
