"""Several rows for one period: many places in one file, one row for each person, or a slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from tracker.safe.dates import name_period
from tracker.safe.numbers import PLAIN

from .mapping import Mapping, MeasureFacts
from .people import COUNTS_ONLY, one_row_per_person
from .periods import Period
from .preview import Part, Problem
from .table import Reason, Refused, Table


def find_crowd(
    table: Table,
    mapping: Mapping,
    facts: MeasureFacts,
    kept: Sequence[int],
    periods: Sequence[Period],
) -> tuple[Problem, tuple[str, ...]] | None:
    """What to say where periods recur because rows of several places, or people, stand together.

    None where periods recur seldom enough that each is a slip, told by row.
    """
    counts = Counter(each.first for each in periods if each.first is not None)
    sharing = sum(count for count in counts.values() if count > 1)
    if sharing < 0.3 * len(kept):
        return None
    columns = telling_columns(table, mapping, kept, periods)
    if not columns:
        amounts = [
            [table.rows[position][table.column(column)] for position in kept]
            for _, amount in mapping.amounts()
            for column in amount.columns
        ]
        if one_row_per_person(amounts, sharing):
            raise Refused(
                f"This looks like one row for each person, each a 0 or a 1. {COUNTS_ONLY}",
                Reason.PERSON,
            )
        return None
    first, most = counts.most_common(1)[0]
    named = " and ".join(f"“{column}”" for column in columns)
    return (
        Problem(
            Part.FILTERS,
            f"{most:,} rows for {name_period(first, facts.cadence)}:"
            f" choose which rows to keep, by {named}",
        ),
        columns,
    )


def telling_columns(
    table: Table, mapping: Mapping, kept: Sequence[int], periods: Sequence[Period]
) -> tuple[str, ...]:
    """Up to three columns, as few as will do, that with the period tell every kept row apart.

    Columns with a value of its own for most rows are not among them: those number the rows, or
    the people. Empty where no columns will do.
    """
    fixed = {each.column for each in mapping.filters} | mapping.columns()
    values: dict[str, list[str]] = {}
    for at, header in enumerate(table.headers):
        if header in fixed:
            continue
        cells = [table.rows[position][at].strip() for position in kept]
        if 1 < len(set(cells)) <= len(kept) // 2:
            values[header] = cells
    firsts = [each.first for each in periods]
    fullest = Counter(firsts).most_common(1)[0][0]
    crowd = [at for at, first in enumerate(firsts) if first == fullest]

    def tell_apart(columns: Sequence[str], among: Sequence[int]) -> bool:
        keys = {(firsts[at], *(values[column][at] for column in columns)) for at in among}
        return len(keys) >= 0.98 * len(among)

    # Words before figures, then fewest values first: a type or a code is likelier than a count.
    likely = sorted(
        values, key=lambda header: (_is_figures(values[header]), len(set(values[header])))
    )
    for size in (1, 2, 3):
        for columns in combinations(likely[:8], size):
            if tell_apart(columns, crowd) and tell_apart(columns, range(len(kept))):
                return tuple(header for header in table.headers if header in columns)
    return ()


def _is_figures(cells: Sequence[str]) -> bool:
    return all(PLAIN.fullmatch(cell) for cell in cells[:200] if cell)
