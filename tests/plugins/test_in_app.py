from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tracker.config import Settings
from tracker.plugin_api import Programme
from tracker.plugin_host import current_host, init_plugins


def settings(folder: Path, *names: str, strict: bool = False) -> Settings:
    return Settings(
        database_url="sqlite://",
        secret_key="k" * 32,
        plugins=names,
        plugin_folders=(folder,),
        strict_plugins=strict,
    )


def test_an_app_has_a_host_of_its_own(folder: Path) -> None:
    first, second = Flask("first"), Flask("second")
    init_plugins(first, settings(folder, "opioids"))
    init_plugins(second, settings(folder))
    with first.app_context():
        assert [programme.key for programme in current_host().of(Programme)] == ["opioids"]
    with second.app_context():
        assert current_host().of(Programme) == []


def test_what_is_set_aside_is_logged_with_its_name_stage_and_trace(
    folder: Path, write_plugin: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    write_plugin("broken", "1 / 0")
    with caplog.at_level(logging.ERROR):
        init_plugins(Flask("app"), settings(folder, "broken"))
    (record,) = caplog.records
    assert record.getMessage().startswith("plugin broken set aside at import: ZeroDivisionError")
    assert "Traceback" in record.getMessage()


def test_strict_settings_stop_the_start(folder: Path, write_plugin: Callable[..., Path]) -> None:
    write_plugin("broken", "1 / 0")
    with pytest.raises(ZeroDivisionError):
        init_plugins(Flask("app"), settings(folder, "broken", strict=True))
