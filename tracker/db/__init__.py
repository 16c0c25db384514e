"""The database: the declarative base, the one way to write, and the column types rows share."""

from .base import (
    RESTORABLE_FOR,
    Base,
    Exact,
    SoftDeleted,
    Uid,
    Utc,
    Versioned,
    db,
    is_restorable,
    word,
)
from .moments import utcnow
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
    "RESTORABLE_FOR",
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
    "is_restorable",
    "unit_of_work",
    "utcnow",
    "word",
]
