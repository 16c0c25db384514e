"""Parts of a URL."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map


class IdConverter(IntegerConverter):
    """`<id:project_id>`: 1 to 2^63-1 in plain digits; anything else is a page not found.

    A larger number would reach the database driver and fail there.
    """

    regex = r"[1-9][0-9]{0,18}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**63 - 1)
