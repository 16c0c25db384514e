"""The whole life of a plugin: started, edited, installed, used, upgraded, taken away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIFE = Path(__file__).with_name("whole_life.py")
OFFLINE = ("--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")


@pytest.mark.heavy
def test_a_fresh_plugin_is_edited_installed_used_upgraded_and_uninstalled_without_loss(
    tmp_path: Path,
) -> None:
    by_hand(tmp_path, "new", "falls", "--distribution")
    top = tmp_path / "tracker-plugin-falls"
    package = top / "tracker_plugin_falls"
    edit(package / "measures.py", '"People who get it on time"', '"People seen in time"')
    edit(package / "rubrics.py", '"Nobody on the ward works on it"', '"Nobody has begun"')
    # Nothing is published yet: what the new files mean is written down afresh.
    (package / "definitions.lock").unlink()
    by_hand(tmp_path, "lock", f"{package}/")
    by_hand(tmp_path, "check", f"{package}/")
    first = installed(top, "1.0", tmp_path)
    live("used", first, tmp_path)

    edit(top / "pyproject.toml", 'version = "1.0"', 'version = "2.0"')
    edit(package / "__init__.py", 'version="1.0"', 'version="2.0"')
    edit(package / "measures.py", 'key="on_time",', 'key="on_time",\n    version=2,')
    edit(package / "measures.py", '"People who got it within', '"All people who got it within')
    second = installed(top, "2.0", tmp_path)
    live("upgraded", second, tmp_path)

    live("uninstalled", None, tmp_path)


def by_hand(folder: Path, *words: str) -> None:
    """A command as an author types it, in a process of its own: it imports what it looks at."""
    command = [str(Path(sys.executable).parent / "tracker"), "plugins", *words]
    subprocess.run(command, cwd=folder, check=True, timeout=100)  # noqa: S603


def edit(path: Path, old: str, new: str) -> None:
    """What an author does by hand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def installed(top: Path, version: str, into: Path) -> Path:
    """The folder that a wheel of the plugin was installed into, without a network."""
    pip = [sys.executable, "-m", "pip", "--quiet"]
    wheels, site = into / f"wheels-{version}", into / f"site-{version}"
    subprocess.run(  # noqa: S603
        [*pip, "wheel", *OFFLINE, "--wheel-dir", wheels, top], check=True, timeout=200
    )
    (wheel,) = wheels.glob(f"tracker_plugin_falls-{version}-*.whl")
    subprocess.run(  # noqa: S603
        [*pip, "install", *OFFLINE, "--target", site, wheel], check=True, timeout=200
    )
    return site


def live(chapter: str, site: Path | None, folder: Path) -> None:
    """A chapter in a process of its own, with the plugin installed in `site` or nowhere."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    if site is not None:
        environment["PYTHONPATH"] = str(site)
    done = subprocess.run(  # noqa: S603
        [sys.executable, LIFE, chapter, folder / "life.db"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
