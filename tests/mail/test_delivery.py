"""A message is delivered once what it tells of is saved, or waits until it can be."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from tracker.auth.models import User
from tracker.cli import main
from tracker.config import Protection
from tracker.db import db, unit_of_work
from tracker.mail import queries, writing
from tracker.mail.delivery import deliver
from tracker.mail.domain import CLAIMED_FOR, MARK, pause_after
from tracker.mail.models import OutgoingMail
from tracker.testing import factories
from tracker.testing.plugin import Clock, MakeApp

from .conftest import Sink, TextOf

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
TO = "jo@example.nhs.uk"


@pytest.fixture
def sends(make_app: MakeApp, sink: Sink) -> Iterator[Flask]:
    """An app whose messages go to the sink."""
    app = make_app(smtp=sink.smtp(), base_url="http://localhost:8000")
    with app.app_context():
        yield app


def write(name: str = "Jo", **more: object) -> str:
    """A message with a secret, in a unit of work; returns the secret."""
    with unit_of_work():
        secret = writing.secret()
        writing.write(
            TO,
            "Set a new password",
            "auth/mail/reset.txt",
            secret=secret,
            name=name,
            token=secret.text,
            **more,  # type: ignore[arg-type]
        )
    return secret.text


def rows() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail)))


def test_a_message_reaches_the_server_whole(sends: Flask, sink: Sink, text_of: TextOf) -> None:
    secret = write("Siân O’Brien & <Co>")
    assert deliver().sent == 1
    (message,) = sink.received
    assert sink.recipients == [TO]
    assert message["From"] == "qi@example.nhs.uk"
    assert message["To"] == TO
    assert message["Subject"] == "Set a new password"
    assert message["Auto-Submitted"] == "auto-generated"
    text = text_of(message)
    assert text.startswith("Hello Siân O’Brien & <Co>,")
    assert f"http://localhost:8000/set-password/{secret}" in text
    assert rows() == [], "nothing of it is kept"


def test_the_outbox_does_not_hold_the_secret(sends: Flask) -> None:
    secret = write()
    (row,) = rows()
    assert MARK in row.body
    assert secret not in "".join(map(str, vars(row).values()))


def test_a_secret_survives_a_change_of_the_key(
    make_app: MakeApp, sink: Sink, text_of: TextOf
) -> None:
    before = make_app(smtp=sink.smtp())
    with before.app_context():
        secret = write()
    after = make_app(
        smtp=sink.smtp(),
        secret_key="another-key-" * 4,
        secret_key_fallbacks=(str(before.secret_key),),
    )
    with after.app_context():
        assert deliver().sent == 1
    assert secret in text_of(sink.received[0])


def test_a_message_whose_secret_is_lost_waits_and_holds_up_no_other(
    make_app: MakeApp, sink: Sink
) -> None:
    with make_app(smtp=sink.smtp()).app_context():
        write()
    after = make_app(smtp=sink.smtp(), secret_key="another-key-" * 4)
    with after.app_context():
        write("Sam")
        done = deliver()
        assert (done.sent, done.failed) == (1, 1)
        (row,) = rows()
        assert row.last_fault == "SecretLost"
    assert len(sink.received) == 1


def test_nothing_is_sent_for_what_was_not_saved(sends: Flask, sink: Sink) -> None:
    def fail() -> None:
        with unit_of_work():
            writing.write(TO, "Hello", "mail/letter.txt", name="Jo")
            raise RuntimeError("not today")

    with pytest.raises(RuntimeError, match="not today"):
        fail()
    deliver()
    assert sink.received == []


def test_a_message_to_nobody_is_not_sent(sends: Flask, sink: Sink) -> None:
    with unit_of_work():
        writing.write(None, "Hello", "mail/letter.txt", name="Jo")
    deliver()
    assert sink.received == []
    assert rows() == []


def test_a_line_break_makes_no_header(sends: Flask, sink: Sink) -> None:
    with unit_of_work():
        writing.write(TO, "Hello\r\nBcc: all@example.org", "mail/letter.txt", name="Jo")
    deliver()
    assert sink.received[0]["Subject"] == "Hello Bcc: all@example.org"
    assert sink.received[0]["Bcc"] is None


def test_a_refused_message_waits_longer_each_time_and_arrives_in_the_end(
    sends: Flask, sink: Sink, stop_clock: Clock, text_of: TextOf
) -> None:
    stop_clock(NOON)
    secret = write(useful_for=timedelta(hours=24))
    sink.refuses = True
    when = NOON
    for tries in range(1, 5):
        stop_clock(when)
        assert deliver().failed == 1
        assert deliver().failed == 0, "it is not due yet"
        (row,) = rows()
        assert (row.tries, row.last_fault) == (tries, "SMTPRecipientsRefused")
        assert row.due_at == when + pause_after(tries)
        when = row.due_at
    sink.refuses = False
    stop_clock(when)
    assert deliver().sent == 1
    assert secret in text_of(sink.received[0])


def test_a_server_that_is_not_there_fails_nothing_but_the_try(make_app: MakeApp) -> None:
    sink = Sink(port=9)
    with make_app(smtp=sink.smtp()).app_context():
        write()
        assert deliver().failed == 1
        assert rows()[0].last_fault == "ConnectionRefusedError"


def test_without_the_protection_that_was_asked_for_nothing_is_said(
    make_app: MakeApp, sink: Sink
) -> None:
    with make_app(smtp=sink.smtp(Protection.STARTTLS)).app_context():
        write()
        assert deliver().failed == 1
    assert sink.received == []


def test_two_senders_do_not_take_the_same_message(
    sends: Flask, sink: Sink, stop_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(NOON)
    write()
    found = queries.next_due()
    answers = iter([found, None])
    assert found is not None
    with unit_of_work():
        db.session.get_one(OutgoingMail, found).due_at = NOON + CLAIMED_FOR
    # As the other sender read it a moment before.
    with monkeypatch.context() as patch:
        patch.setattr(queries, "next_due", lambda: next(answers))
        assert deliver().sent == 0
    assert deliver().sent == 0
    stop_clock(NOON + CLAIMED_FOR)
    assert deliver().sent == 1, "its sender was killed"


def test_a_message_that_helps_nobody_any_more_is_dropped(
    sends: Flask, sink: Sink, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    write(useful_for=timedelta(hours=1))
    stop_clock(NOON + timedelta(hours=1))
    assert deliver().dropped == 1
    assert rows() == []
    assert sink.received == []


def test_without_a_server_messages_become_files_nobody_else_can_read(
    make_app: MakeApp, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    with make_app(mail_folder=folder).app_context():
        secret = write()
        assert deliver().sent == 1
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["To"] == TO
    assert secret in message.get_content()


def test_the_command_delivers_and_says_what_is_wrong(
    sends: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.mail.app_from_env", lambda: sends)
    sink.refuses = True
    write()
    refused = CliRunner().invoke(main, ["mail", "send"])
    assert refused.exit_code == 1
    assert "Not delivered: 1" in refused.output
    assert "SMTPRecipientsRefused: 1" in refused.output
    assert TO not in refused.output
    sink.refuses = False
    with unit_of_work():
        rows()[0].due_at = NOON
    done = CliRunner().invoke(main, ["mail", "send"])
    assert done.exit_code == 0
    assert "Delivered: 1." in done.output


def test_every_mail_template_is_a_letter() -> None:
    root = Path(writing.__file__).parents[1]
    templates = [path for path in root.rglob("mail/*.txt") if path.name != "letter.txt"]
    assert templates
    for path in templates:
        assert path.read_text("utf-8").startswith('{% extends "mail/letter.txt" %}'), path
        assert not re.search(r"\|\s*(safe|e)\b|request|url_for", path.read_text("utf-8")), path


def test_the_postman_goes_round_beside_the_requests(
    make_app: MakeApp, sink: Sink, wait_for: Callable[[Callable[[], object]], None]
) -> None:
    app = make_app(smtp=sink.smtp(), testing=False)
    with app.app_context():
        factories.person()
        person = db.session.scalars(select(User.email)).one()
    answer = app.test_client().post("/forgotten-password", data={"email": person})
    answer.close()
    assert answer.status_code == 303
    wait_for(lambda: sink.received)
    assert sink.recipients == [person]
    with app.app_context():
        wait_for(lambda: not rows())
    # Else its connection would outlive the engine, and be found open in another test.
    wait_for(lambda: "postman" not in {thread.name for thread in threading.enumerate()})
