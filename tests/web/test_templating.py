"""The template engine: everything is escaped, no name is misspelt, nothing is styled inline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import UndefinedError

ROOT = Path(__file__).parents[2]
SHEETS = ROOT / "tracker" / "web" / "static" / "css"


def templates() -> list[Path]:
    folders = (ROOT / "tracker", ROOT / "plugins")
    return [p for folder in folders for p in folder.rglob("templates/**/*") if p.is_file()]


@pytest.mark.parametrize("kind", ["html", "jinja", "txt", "svg"])
def test_text_is_escaped_whatever_the_template_is_called(browser: FlaskClient, kind: str) -> None:
    # Flask's own rule leaves .jinja and .txt raw.
    assert browser.get(f"/show/shown.{kind}").text == "&lt;script&gt;1&lt;/script&gt;"


def test_text_is_escaped_inside_the_macros_of_the_design_system(browser: FlaskClient) -> None:
    shown = browser.get("/show/button.html").text
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
    assert "<script" not in shown


@pytest.mark.parametrize("name", ["typo", "typo_if", "typo_for", "typo_attribute", "typo_in_macro"])
def test_a_misspelt_name_is_an_error(site: Flask, name: str) -> None:
    with site.test_request_context(), pytest.raises(UndefinedError, match="misspelt"):
        site.jinja_env.get_template(f"work/{name}.html").render(text="x")


def test_the_macros_of_the_design_system_may_leave_parameters_out(site: Flask) -> None:
    macros: Any = site.jinja_env.get_template("nhsuk/components/breadcrumb/macro.jinja").module
    assert "Home" in macros.breadcrumb({"text": "Home", "href": "/"})


def test_no_template_carries_style_or_script(site: Flask) -> None:
    # The content policy refuses both; hx-on and js: values need eval, which is off.
    banned = re.compile(r"""\sstyle\s*=|<style|\son[a-z]+\s*=|hx-on|["']js:|javascript:""", re.I)
    found = [
        f"{path.relative_to(ROOT)}: {hit[0].strip()}"
        for path in templates()
        # What `{% set %}` names is no attribute.
        for hit in banned.finditer(re.sub(r"{% set .*?%}", "", path.read_text("utf-8")))
    ]
    assert found == []


def test_no_template_holds_a_script_of_its_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)", re.I)
    assert [p for p in templates() if inline.search(p.read_text("utf-8"))] == []


def test_every_class_of_ours_in_a_template_has_a_style() -> None:
    styled = {
        c for sheet in SHEETS.glob("*.css") for c in re.findall(r"\.(qi-[\w-]+)", sheet.read_text())
    }
    missing = {
        f"{name} in {path.relative_to(ROOT)}"
        for path in templates()
        for classes in re.findall(
            r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text())
        )
        for name in classes.split()
        if name.startswith("qi-") and not name.endswith("-") and name not in styled
    }
    assert missing == set()


def test_one_class_is_styled_in_one_file() -> None:
    # A component has one home; phone, print and forced colours may speak of others' classes.
    homes: dict[str, set[str]] = {}
    for sheet in SHEETS.glob("*.css"):
        text = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}", "", sheet.read_text())
        for name in re.findall(r"(?m)^\.(qi-[\w-]+) \{", text):
            homes.setdefault(name, set()).add(sheet.name)
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_the_title_of_a_refused_form_says_so(browser: FlaskClient) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/form").text)
    assert token
    answer = browser.post("/form", data={"csrf_token": token[1]})
    assert answer.status_code == 422
    assert "<title>Error: Plan - QI Tracker</title>" in answer.text
    assert answer.text.count("nhsuk-error-summary__heading") == 1
    assert answer.text.index("nhsuk-error-summary") < answer.text.index("<h1")


def test_the_part_of_a_refused_form_has_its_own_summary(browser: FlaskClient) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/form").text)
    assert token
    headers = {"HX-Request": "true"}
    answer = browser.post("/form", data={"csrf_token": token[1]}, headers=headers)
    assert answer.text.count("nhsuk-error-summary__heading") == 1
    assert "<html" not in answer.text


def test_what_was_done_is_said_once_on_the_next_page_and_can_be_undone(
    browser: FlaskClient,
) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/form").text)
    assert token
    answer = browser.post("/form", data={"csrf_token": token[1], "title": "x"})
    assert (answer.status_code, answer.location) == (303, "/form")
    shown = browser.get("/form").text
    assert "Saved &lt;b&gt;now&lt;/b&gt;" in shown
    assert 'action="/undo"' in shown
    assert "Saved" not in browser.get("/form").text


def test_no_page_of_ours_has_two_elements_of_one_id(browser: FlaskClient) -> None:
    for path in ("/form", "/help", "/nowhere"):
        ids = re.findall(r'\sid="([^"]+)"', browser.get(path).text)
        assert len(ids) == len(set(ids))
