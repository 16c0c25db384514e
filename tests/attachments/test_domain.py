"""Addresses that may be linked to."""

from __future__ import annotations

import pytest

from tracker.attachments.domain import NotALink, checked_link


@pytest.mark.parametrize(
    "text",
    [
        "https://www.england.nhs.uk/patient-safety/?a=1#b",
        "https://future.nhs.uk:443/connect.ti/MatNeo",
        "https://example.org",
    ],
)
def test_an_address_of_the_web_is_kept_as_it_is(text: str) -> None:
    assert checked_link(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org/",
        "javascript:alert(1)//example.org",
        "data:text/html,<script>",
        "//example.org/a",
        "example.org",
        "file:///etc/passwd",
        "https://",
        "https://localhost/",
        "https://jo:secret@example.org/",
        "https://example.org/a b",
        "https://example.org\\@evil.org/",
        'https://example.org/">',
        "https://[::1",
        "https://example.org:port/",
        "https://example.org/" + "a" * 1000,
    ],
)
def test_any_other_is_refused(text: str) -> None:
    with pytest.raises(NotALink):
        checked_link(text)
