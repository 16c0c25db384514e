"""Settings: everything a deployment can say, read from `TRACKER_*` variables once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

SHORTEST_KEY = 32
MEGABYTE = 1024 * 1024
LOCAL = "http://127.0.0.1:5000"


class SettingsError(ValueError):
    """The settings do not allow a safe start. The message says which and why."""


class Protection(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Protection.STARTTLS: 587, Protection.TLS: 465, Protection.NONE: 25}


@dataclass(frozen=True, kw_only=True, slots=True)
class Smtp:
    """The server that takes our messages."""

    host: str
    sender: str
    """The address messages come from."""
    port: int
    protection: Protection = Protection.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """One deployment's settings; `docs/operations.md` has the table of variables."""

    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    base_url: str = LOCAL
    dev: bool = False
    """Plain http on the loopback address: cookies without Secure."""
    demo: bool = False
    """A demonstration database: demo accounts may sign in and every page says what it is."""
    proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    plugins: tuple[str, ...] | None = None
    """Names of the plugins to load; None loads all, empty is safe mode."""
    plugin_folders: tuple[Path, ...] = ()
    contact: str = ""
    backup_folder: Path | None = None
    """Where `tracker migrate` puts its backups; None is `backups` beside an SQLite database."""
    smtp: Smtp | None = None
    """None writes messages into `mail_folder`."""
    mail_folder: Path | None = None
    """None is `mail` beside an SQLite database."""
    idle_time: timedelta = timedelta(minutes=60)
    longest_sign_in: timedelta = timedelta(hours=12)
    strict_plugins: bool = False
    testing: bool = False
    flask: Mapping[str, object] = field(default_factory=dict)
    """Further Flask configuration, for tests."""

    def __post_init__(self) -> None:
        if len(self.secret_key.encode()) < SHORTEST_KEY:
            raise SettingsError(
                f"TRACKER_SECRET_KEY needs at least {SHORTEST_KEY} bytes; "
                'make one with: python -c "import secrets; print(secrets.token_hex(32))"'
            )
        if self.demo and not self.dev:
            raise SettingsError(
                "TRACKER_DEMO works with TRACKER_DEV only: demonstration accounts have published "
                "passwords and belong on the loopback address"
            )

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment.

        Raises SettingsError when one is missing or cannot be used.
        """
        env = os.environ if env is None else env

        def words(name: str) -> tuple[str, ...]:
            return tuple(w.strip() for w in env.get(name, "").split(",") if w.strip())

        url = env.get("TRACKER_DATABASE_URL", "")
        if not url:
            raise SettingsError(
                "TRACKER_DATABASE_URL is not set; for example "
                "sqlite:////srv/tracker/tracker.db or postgresql+psycopg://tracker@/tracker"
            )
        return cls(
            database_url=_database_url(url),
            secret_key=_secret(env),
            secret_key_fallbacks=words("TRACKER_SECRET_KEY_FALLBACKS"),
            base_url=env.get("TRACKER_BASE_URL", LOCAL).rstrip("/"),
            dev=_yes(env, "TRACKER_DEV"),
            demo=_yes(env, "TRACKER_DEMO"),
            proxies=_whole(env, "TRACKER_PROXIES"),
            trusted_hosts=words("TRACKER_TRUSTED_HOSTS"),
            plugins=words("TRACKER_PLUGINS") if "TRACKER_PLUGINS" in env else None,
            plugin_folders=tuple(
                Path(p) for p in env.get("TRACKER_PLUGIN_FOLDERS", "").split(os.pathsep) if p
            ),
            contact=env.get("TRACKER_CONTACT", ""),
            backup_folder=_folder(env, "TRACKER_BACKUP_FOLDER"),
            smtp=_smtp(env),
            mail_folder=_folder(env, "TRACKER_MAIL_FOLDER"),
            idle_time=timedelta(minutes=_whole(env, "TRACKER_IDLE_MINUTES", 60)),
            longest_sign_in=timedelta(hours=_whole(env, "TRACKER_SIGN_IN_HOURS", 12)),
        )


def _database_url(url: str) -> str:
    """With the driver we use, and an SQLite file told from the folder that we are in.

    A relative path would name one file to the server and another to the commands.
    """
    kind, slashes, path = url.partition("sqlite:///")
    if slashes and not kind and path and not path.startswith((":memory:", "file:")):
        return f"{slashes}{Path(path).absolute()}"
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _secret(env: Mapping[str, str]) -> str:
    return _read(env, "TRACKER_SECRET_KEY_FILE") or env.get("TRACKER_SECRET_KEY", "")


def _read(env: Mapping[str, str], name: str) -> str:
    """What stands in the file that a variable names; empty without one."""
    path = env.get(name)
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name} cannot be read: {error}") from error


def _smtp(env: Mapping[str, str]) -> Smtp | None:
    host = env.get("TRACKER_SMTP_HOST", "")
    if not host:
        return None
    sender = env.get("TRACKER_SMTP_FROM", "")
    if "@" not in sender or any(mark.isspace() for mark in sender):
        raise SettingsError("TRACKER_SMTP_FROM must be the address that messages come from")
    chosen = env.get("TRACKER_SMTP_SECURITY", "").lower() or Protection.STARTTLS
    if chosen not in set(Protection):
        raise SettingsError("TRACKER_SMTP_SECURITY must be starttls, tls or none")
    protection = Protection(chosen)
    user, password = env.get("TRACKER_SMTP_USER", ""), _read(env, "TRACKER_SMTP_PASSWORD_FILE")
    if bool(user) != bool(password):
        raise SettingsError("TRACKER_SMTP_USER and TRACKER_SMTP_PASSWORD_FILE go together")
    if user and protection is Protection.NONE:
        raise SettingsError("TRACKER_SMTP_SECURITY is none: the password would be sent readable")
    return Smtp(
        host=host,
        sender=sender,
        port=_whole(env, "TRACKER_SMTP_PORT", PORTS[protection]),
        protection=protection,
        user=user,
        password=password,
    )


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _yes(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").lower() in {"1", "true", "yes", "on"}


def _whole(env: Mapping[str, str], name: str, default: int = 0) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not {text!r}")
    return int(text)
