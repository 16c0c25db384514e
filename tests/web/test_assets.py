"""Static files: as vendored, named by content, compressed once, kept for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tracker.web.assets import FOR_EVER, Assets, load

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "tracker" / "web" / "static"


@pytest.mark.parametrize("folder", [STATIC / "vendor", ROOT / "tests" / "browser"])
def test_vendored_files_are_what_was_fetched(folder: Path) -> None:
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_every_vendored_file_is_listed() -> None:
    listed = {
        line.split("  ")[1] for line in (STATIC / "vendor/SHA256SUMS").read_text().splitlines()
    }
    assert {path.name for path in (STATIC / "vendor").iterdir()} == listed | {"SHA256SUMS"}


def test_nothing_is_fetched_from_another_site() -> None:
    assets = load()
    css = assets.files[assets.named["qi.css"]].body.decode()
    assert "@font-face" not in css
    assert "@import" not in css
    assert not re.search(r"url\((?!data:|nhsuk-icon-[a-z-]+\.[0-9a-f]{12}\.svg\))", css)


def test_what_a_style_sheet_refers_to_is_served(site: Flask, browser: FlaskClient) -> None:
    sheet = site.extensions["qi_assets"].url("qi.css")
    names = set(re.findall(r"url\(([^)]+\.svg)\)", browser.get(sheet).text))
    assert len(names) == 4
    assert {browser.get(f"/static/{name}").status_code for name in names} == {200}


def test_what_the_page_refers_to_is_served_for_ever(browser: FlaskClient) -> None:
    urls = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', browser.get("/form").text))
    assert len(urls) == 5
    for url in urls:
        answer = browser.get(url)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == FOR_EVER
        assert "no-store" not in str(answer.headers)
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_module_loads_the_design_system_by_its_hashed_name(browser: FlaskClient) -> None:
    assets = load()
    script = assets.files[assets.named["app.js"]].body.decode()
    assert f"from './{assets.named['nhsuk-frontend.js']}'" in script


def test_a_changed_part_changes_every_name_that_depends_on_it() -> None:
    def built(icon: bytes) -> Assets:
        assets = Assets()
        assets.add("icon.svg", icon)
        assets.add("x.css", b"a{background:url(icon.svg)}")
        return assets

    assert built(b"<svg/>").url("x.css") == built(b"<svg/>").url("x.css")
    assert built(b"<svg/>").url("x.css") != built(b"<svg />").url("x.css")


def test_gzip_is_sent_to_who_takes_it(site: Flask, browser: FlaskClient) -> None:
    sheet = site.extensions["qi_assets"].url("qi.css")
    packed = browser.get(sheet, headers={"Accept-Encoding": "gzip, br"})
    plain = browser.get(sheet)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(packed.data) < 45_000


@pytest.mark.parametrize("name", ["qi.css", "qi.000000000000.css", "..%2fassets.py", "SHA256SUMS"])
def test_nothing_else_is_served(browser: FlaskClient, name: str) -> None:
    answer = browser.get(f"/static/{name}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["page.html", "x.php", "noending"])
def test_a_kind_of_file_we_do_not_serve_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot serve"):
        Assets().add(name, b"")


def test_two_files_cannot_share_a_name() -> None:
    assets = Assets()
    assets.add("a.css", b"")
    with pytest.raises(ValueError, match="taken"):
        assets.add("a.css", b"")
