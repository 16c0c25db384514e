"""The database: the declarative base, the one way to write, and the column types rows share."""

from .base import Base, Exact, SoftDeleted, Uid, Utc, Versioned, db, utcnow, word
from .unit_of_work import (
    FlushOutsideUnitOfWork,
    StaleRecord,
    after_begin,
    after_commit,
    before_commit,
    expect_version,
    unit_of_work,
)

__all__ = [
    "Base",
    "Exact",
    "FlushOutsideUnitOfWork",
    "SoftDeleted",
    "StaleRecord",
    "Uid",
    "Utc",
    "Versioned",
    "after_begin",
    "after_commit",
    "before_commit",
    "db",
    "expect_version",
    "unit_of_work",
    "utcnow",
    "word",
]
