"""Parts of a URL."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map

from tracker.safe.numbers import LARGEST_ID


class IdConverter(IntegerConverter):
    """`<id:project_id>`: 1 to 2^31-1 in plain digits; anything else is a page not found.

    No row has a larger number, and PostgreSQL fails on one: its ids have four bytes.
    """

    regex = r"[1-9][0-9]{0,9}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_ID)
