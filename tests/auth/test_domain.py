from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.auth import domain

NOW = datetime(2025, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jo.Smith@Example.NHS.uk", "jo.smith@example.nhs.uk"),
        ("  jo@example.nhs.uk\n", "jo@example.nhs.uk"),
        ("o'neil+qi@example.org", None),
        ("jo+qi@example.org", "jo+qi@example.org"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("jo@example", None),
        ("jo@.org", None),
        ("jo@example.org, ann@example.org", None),
        ("jo@exa mple.org", None),
        ("jo@example.org\r\nBcc: a@b.org", None),
        ("", None),
        ("j" * 250 + "@example.org", None),
    ],
)
def test_an_address_is_kept_in_one_spelling_or_refused(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ValueError, match="e-mail"):
            domain.normal_email(typed)
    else:
        assert domain.normal_email(typed) == kept


def test_only_the_network_part_of_an_address_is_kept() -> None:
    assert domain.network_of("192.0.2.77") == "192.0.2.0/24"
    assert domain.network_of("::ffff:192.0.2.77") == "192.0.2.0/24"
    assert domain.network_of("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert domain.network_of("fe80::1%eth0") == "fe80::/48"
    assert domain.network_of(None) == domain.network_of("somewhere") == ""


def test_one_home_on_ipv6_counts_as_one_address_and_one_ipv4_address_as_itself() -> None:
    assert domain.limited_address("2001:db8:1:2::9") == domain.limited_address("2001:db8:1:2::7")
    assert domain.limited_address("192.0.2.77") != domain.limited_address("192.0.2.78")


def test_a_token_has_32_bytes_and_is_never_its_fingerprint() -> None:
    token = domain.new_token()
    assert len(token) == 43
    assert token != domain.new_token()
    assert domain.fingerprint(token) != token
    assert len(domain.fingerprint(token)) == 64


EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (f"{EDGE} Edg/126.0", "Edge on Windows"),
        (EDGE, "Chrome on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0", "Firefox on Linux"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_so_that_its_owner_knows_it(header: str, name: str) -> None:
    assert domain.browser_name(header) == name


def test_a_reset_lasts_an_hour_and_an_invitation_a_day() -> None:
    assert domain.LinkPurpose.RESET.lasts == timedelta(hours=1)
    assert domain.LinkPurpose.INVITATION.lasts == timedelta(hours=24)
    assert domain.LinkPurpose.FIRST_ADMINISTRATOR.lasts == timedelta(hours=24)
