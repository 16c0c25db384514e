"""One line a request, with the id that the page shows and without what anybody typed."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask import Flask, Response, g
from flask.testing import FlaskClient
from sqlalchemy.orm import DeclarativeBase, Mapped, make_transient_to_detached, mapped_column
from sqlalchemy.orm.exc import DetachedInstanceError

from tracker.web.requests import Stdout

from .conftest import SECRET


class Own(DeclarativeBase):
    """Apart from the tables of the product."""


class Person(Own):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.readouterr().out.splitlines()]


def test_a_request_is_one_line(browser: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = browser.get(f"/record/7?q={SECRET}")
    (line,) = lines(capsys)
    assert line.pop("utc").endswith("Z")
    assert 0 <= line.pop("ms") < 60_000
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": answer.headers["X-Request-ID"],
        "user_id": None,
        "method": "GET",
        "route": "/record/<id:number>",
        "status": 200,
    }


def test_the_person_is_named_by_number_without_asking_the_database(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    user = Person(id=7)
    make_transient_to_detached(user)
    with pytest.raises(DetachedInstanceError):
        _ = user.name
    with site.test_request_context("/help"):
        site.preprocess_request()
        g._login_user = user
        site.process_response(Response("ok"))
    (line,) = lines(capsys)
    assert line["user_id"] == 7


def test_ids_differ_and_none_is_taken_from_the_browser(browser: FlaskClient) -> None:
    given = {"X-Request-ID": "mine"}
    ids = {browser.get("/help", headers=given).headers["X-Request-ID"] for _ in range(20)}
    assert len(ids) == 20
    assert not any("mine" in each for each in ids)


@pytest.mark.parametrize("path", ["/fail/fault", "/fail/no-table", "/fail/locked"])
def test_a_fault_is_logged_by_kind_and_place_without_its_message(
    browser: FlaskClient, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    token = {"csrf_token": "x", "title": SECRET}
    answer = browser.get(path, query_string={"q": SECRET}, data=token)
    written = capsys.readouterr().out
    assert SECRET not in written
    assert "jo.smith" not in written
    fault, line = (json.loads(each) for each in written.splitlines())
    assert fault["request_id"] == line["request_id"] == answer.headers["X-Request-ID"]
    assert fault["level"] == line["level"] == "error"
    assert fault["error"] in {"ValueError", "OperationalError"}
    assert any("conftest.py" in place and place.endswith("fail") for place in fault["at"])


def test_an_address_that_holds_a_token_is_not_logged(
    browser: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.get("/invitations/s3cr3t-token")
    assert "s3cr3t" not in capsys.readouterr().out


def test_a_plugin_is_named_when_it_is_at_work(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    with site.test_request_context():
        g.plugin = "opioids"
        logging.getLogger("tracker.plugin_host").warning("slow hook")
    (line,) = lines(capsys)
    assert (line["plugin"], line["event"], line["level"]) == ("opioids", "slow hook", "warning")


def test_health_checks_and_static_files_are_not_logged(
    browser: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.get("/healthz")
    browser.get("/static/nothing.css")
    assert lines(capsys) == []


def test_several_apps_in_one_process_log_once(site: Flask) -> None:
    from tracker.web.requests import init_requests

    init_requests(Flask("other"))
    handlers = logging.getLogger("tracker").handlers
    assert len([each for each in handlers if isinstance(each, Stdout)]) == 1
