"""From a file or a paste to rows a person can check: pure, all rows or none.

`read_file` or `read_paste` makes a `Table`, `suggest` guesses a `Mapping`, `plan_import` says what
would happen to each row. Nothing here knows of a database, a request or the clock.
"""

from .cells import PointKind, RowFault
from .files import read_file
from .mapping import (
    Amount,
    Filter,
    Mapping,
    MeasureFacts,
    parse_amount,
    suggest,
    unused_because,
)
from .plan import plan_import
from .preview import Existing, Part, Preview, PreviewRow, Problem, Status
from .reading import read_csv, read_paste
from .table import LIMITS, Distinct, Limits, Reason, Refused, Source, Table, distinct

__all__ = [
    "LIMITS",
    "Amount",
    "Distinct",
    "Existing",
    "Filter",
    "Limits",
    "Mapping",
    "MeasureFacts",
    "Part",
    "PointKind",
    "Preview",
    "PreviewRow",
    "Problem",
    "Reason",
    "Refused",
    "RowFault",
    "Source",
    "Status",
    "Table",
    "distinct",
    "parse_amount",
    "plan_import",
    "read_csv",
    "read_file",
    "read_paste",
    "suggest",
    "unused_because",
]
