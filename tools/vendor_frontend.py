"""Fetch the front-end parts this product ships, at the pinned versions, ready to serve.

Run by hand at an upgrade: `python tools/vendor_frontend.py`. It needs npm on the path, and
nothing else in this repository does. The result is committed:

- `tracker/web/static/vendor/`: the NHS design system's style sheet, script and the four icons its
  style sheet draws with, and htmx;
- `tests/browser/axe.min.js`: the accessibility checker of the browser tests, never served;
- a `SHA256SUMS` beside each, which a test compares.

Fonts stay out, because the licensed NHS typeface may not be shipped, and so do the images that
hold the NHS logo.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "tracker" / "web" / "static" / "vendor"
BROWSER = ROOT / "tests" / "browser"

PACKAGES = {"nhsuk-frontend": "10.6.1", "htmx.org": "2.0.11", "axe-core": "4.14.1"}

SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)\s*$")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
ICON = re.compile(r"url\(/assets/images/([a-z-]+\.svg)\)")


def fetch(name: str, version: str, into: Path) -> Path:
    """Download and unpack one package; returns the folder that holds it."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = into / answer.stdout.strip().splitlines()[-1]
    folder = into / name
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def counted(pattern: re.Pattern[str], replacement: str, text: str, times: int) -> str:
    """Replace, and stop the upgrade when the number of places is not the one we know."""
    changed, found = pattern.subn(replacement, text)
    if found != times:
        raise SystemExit(f"{pattern.pattern} found {found} times, expected {times}: look again")
    return changed


def design_system(package: Path) -> None:
    """The NHS style sheet without its remote fonts, its script, and the icons it refers to."""
    built = package / "dist" / "nhsuk"
    css = (built / "nhsuk-frontend.min.css").read_text("utf-8")
    css = counted(FONT_FACE, "", css, 2)
    icons = sorted(set(ICON.findall(css)))
    css = counted(ICON, r"url(\1)", css, 12)
    if "//assets.nhs.uk" in css:
        raise SystemExit("the style sheet still fetches from another site")
    write(VENDOR / "nhsuk-frontend.css", SOURCE_MAP.sub("", css))
    script = (built / "nhsuk-frontend.min.js").read_text("utf-8")
    write(VENDOR / "nhsuk-frontend.js", SOURCE_MAP.sub("", script))
    for icon in icons:
        shutil.copyfile(built / "assets" / "images" / icon, VENDOR / icon)


def write(path: Path, text: str) -> None:
    """Write text that ends in one newline, the same on every system."""
    path.write_text(text.rstrip() + "\n", "utf-8", newline="\n")


def seal(folder: Path, names: list[str]) -> None:
    """List the files with their hashes, in the form `sha256sum --check` reads."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in names
    ]
    write(folder / "SHA256SUMS", "\n".join(lines))


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    BROWSER.mkdir(parents=True, exist_ok=True)
    for old in VENDOR.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        got = {name: fetch(name, version, Path(folder)) for name, version in PACKAGES.items()}
        design_system(got["nhsuk-frontend"])
        htmx = (got["htmx.org"] / "dist" / "htmx.min.js").read_text("utf-8")
        write(VENDOR / "htmx.js", SOURCE_MAP.sub("", htmx))
        shutil.copyfile(got["axe-core"] / "axe.min.js", BROWSER / "axe.min.js")
    seal(VENDOR, sorted(path.name for path in VENDOR.iterdir()))
    seal(BROWSER, ["axe.min.js"])
    for name, version in PACKAGES.items():
        print(f"{name} {version}")


if __name__ == "__main__":
    main()
