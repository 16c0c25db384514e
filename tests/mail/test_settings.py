"""The settings of a mail server: what goes together, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import Protection, Settings, SettingsError, Smtp

BASE = {"TRACKER_DATABASE_URL": "sqlite:////srv/t.db", "TRACKER_SECRET_KEY": "k" * 40}
SERVER = {"TRACKER_SMTP_HOST": "mail.example.nhs.uk", "TRACKER_SMTP_FROM": "qi@example.nhs.uk"}


def test_without_a_host_there_is_no_server() -> None:
    assert Settings.from_env(BASE).smtp is None


@pytest.mark.parametrize(("how", "port"), [("", 587), ("starttls", 587), ("TLS", 465)])
def test_a_server_needs_a_host_and_a_sender_and_knows_its_port(how: str, port: int) -> None:
    smtp = Settings.from_env(BASE | SERVER | {"TRACKER_SMTP_SECURITY": how}).smtp
    assert smtp == Smtp(
        host="mail.example.nhs.uk",
        port=port,
        sender="qi@example.nhs.uk",
        protection=Protection(how.lower() or "starttls"),
    )


def test_the_password_stands_in_a_file_and_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("thistle gravel\n", "utf-8")
    env = {"TRACKER_SMTP_USER": "qi", "TRACKER_SMTP_PASSWORD_FILE": str(file)}
    smtp = Settings.from_env(BASE | SERVER | env).smtp
    assert smtp is not None
    assert smtp.password == "thistle gravel"
    assert "thistle" not in repr(smtp)


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({"TRACKER_SMTP_FROM": ""}, "TRACKER_SMTP_FROM"),
        ({"TRACKER_SMTP_FROM": "QI <qi@example.org>"}, "TRACKER_SMTP_FROM"),
        ({"TRACKER_SMTP_SECURITY": "ssl"}, "starttls, tls or none"),
        ({"TRACKER_SMTP_PORT": "smtp"}, "whole number"),
        ({"TRACKER_SMTP_USER": "qi"}, "go together"),
        ({"TRACKER_SMTP_PASSWORD_FILE": "/nowhere"}, "cannot be read"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(env: dict[str, str], why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        Settings.from_env(BASE | SERVER | env)


def test_a_password_is_never_sent_readable(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("thistle", "utf-8")
    env = {
        "TRACKER_SMTP_USER": "qi",
        "TRACKER_SMTP_PASSWORD_FILE": str(file),
        "TRACKER_SMTP_SECURITY": "none",
    }
    with pytest.raises(SettingsError, match="readable"):
        Settings.from_env(BASE | SERVER | env)
