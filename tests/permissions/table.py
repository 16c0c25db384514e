"""The table of permissions: for every route, method and access role what the app answers."""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).parents[1] / "permissions.csv"
ROWS = {
    (row.pop("endpoint"), row.pop("method")): row
    for row in csv.DictReader(TABLE.read_text("ascii").splitlines())
}
ROLES = [column for column in next(iter(ROWS.values())) if column != "permission"]
