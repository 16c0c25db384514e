"""What a proxy in front says is believed as far as `TRACKER_PROXIES` goes, and from nobody else."""

from __future__ import annotations

import pytest
from flask import Flask, request

from tracker.testing.plugin import MakeApp

FORGED = {
    "X-Forwarded-For": "203.0.113.66, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example, tracker.example.nhs.uk",
}
HERE = "198.51.100.7"


def seen_from(app: Flask) -> str | None:
    """Where the app takes somebody to be who forges every header."""
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/help", headers=FORGED, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    return seen[0]


def test_without_a_proxy_no_header_says_where_somebody_is(make_app: MakeApp) -> None:
    assert seen_from(make_app()) == "192.0.2.1"


def test_one_proxy_is_believed_and_nobody_before_it(make_app: MakeApp) -> None:
    assert seen_from(make_app(proxies=1)) == HERE


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_host_that_is_not_ours_is_refused(make_app: MakeApp, proxies: int) -> None:
    app = make_app(proxies=proxies, trusted_hosts=("tracker.example.nhs.uk",))
    client = app.test_client()
    assert client.get("/help", base_url="https://tracker.example.nhs.uk").status_code == 200
    assert client.get("/help", base_url="https://evil.example").status_code == 400
    forged = {"X-Forwarded-Host": "evil.example"}
    refused = client.get("/help", base_url="https://tracker.example.nhs.uk", headers=forged)
    assert refused.status_code == (400 if proxies else 200)


def test_https_ends_at_the_proxy_and_is_known_to_the_app(make_app: MakeApp) -> None:
    seen: list[tuple[bool, str]] = []
    for proxies in (0, 1):
        app = make_app(proxies=proxies)
        app.before_request(lambda: seen.append((request.is_secure, request.host)))
        answer = app.test_client().get("/help", headers=FORGED)
        assert ("Strict-Transport-Security" in answer.headers) is bool(proxies)
    assert seen == [(False, "localhost"), (True, "tracker.example.nhs.uk")]
