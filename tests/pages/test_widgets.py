"""Our lean field macros draw what the macros of the NHS design system draw, safely and fast."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from time import process_time
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChainableUndefined, Environment, PackageLoader

from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    Form,
    LongText,
    Option,
    SafeDecimal,
    Secret,
    Text,
    Tick,
    Ticks,
    Upload,
)

Send = Callable[[type[Any], dict[str, Any]], Any]

PROBE = "\"'><script>alert(1)</script>&"
OPTIONS = (Option("a", "Alpha", "The <first>"), Option("b", "Beta"))


class Everything(Form):
    text = Text("A <title>", required='Enter "it"', hint="Hint & more", autocomplete="off")
    wide = Text("Code", width=10, attributes={"spellcheck": "false"})
    long = LongText("Notes", required="Enter notes", hint="Hint", rows=8)
    counted = LongText("Summary", required="Enter it", hint="Hint", count=True, max_length=200)
    share = SafeDecimal("Share", after="%", required="Enter the share")
    choice = Choice("Choose", options=OPTIONS, required="Choose one", hint="Hint")
    many = Ticks("Tick", options=OPTIONS, required="Tick one", hint="Hint")
    menu = Dropdown("Menu", options=OPTIONS, blank="None", required="Choose one", hint="Hint")
    day = Day("When", required="Enter the date", hint="Hint")
    file = Upload("File", accept=".csv", required="Choose a file", hint="Hint")
    secret = Secret("Password", autocomplete="new-password", required="Enter it", hint="Hint")


class Tags(HTMLParser):
    """Markup as a list that ignores white space and the order of attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: " ".join((value or "").split()) for name, value in attrs}
        self.found.append((tag, sorted(words.items())))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(" ".join(data.split()))


def tags(markup: object) -> list[Any]:
    reader = Tags()
    reader.feed(str(markup))
    return reader.found


@pytest.fixture(scope="module")
def nhs() -> Callable[[str, str, dict[str, Any]], list[Any]]:
    """`nhs("input", "input", params)` draws with the design system's own macro."""
    environment = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True
    )

    def draw(component: str, macro: str, params: dict[str, Any]) -> list[Any]:
        name = f"nhsuk/components/{component}/macro.jinja"
        return tags(getattr(environment.get_template(name).module, macro)(params))

    return draw


Nhs = Callable[[str, str, dict[str, Any]], list[Any]]


def common(field: Any, **more: Any) -> dict[str, Any]:
    """Parameters of the NHS macros that every component takes."""
    params: dict[str, Any] = {
        "id": field.id,
        "name": field.name,
        "label": {"text": field.label.text},
    }
    if field.description:
        params["hint"] = {"text": field.description}
    if field.errors:
        params["errorMessage"] = {"text": field.errors[0]}
    return params | more


def in_fieldset(field: Any, **more: Any) -> dict[str, Any]:
    params = common(field, **more)
    params["fieldset"] = {"legend": params.pop("label")}
    params["idPrefix"] = params["id"]
    return params


def items(**chosen: Any) -> list[dict[str, Any]]:
    return [
        {"value": "a", "text": "Alpha", "hint": {"text": "The <first>"}},
        {"value": "b", "text": "Beta"},
    ]


@pytest.fixture(params=["as drawn", "refused", "filled"])
def form(request: pytest.FixtureRequest, send: Send) -> Any:
    if request.param == "as drawn":
        return Everything()
    if request.param == "refused":
        return send(Everything, {})
    filled = {"text": PROBE, "wide": "x", "long": f"\n{PROBE}\nb", "counted": "c", "share": "5"}
    chosen = {"choice": "b", "many": "b", "menu": "b", "day-day": "3", "day-year": "2025"}
    return send(Everything, filled | chosen)


def test_input(form: Any, nhs: Nhs) -> None:
    params = common(form.text, value=form.text.shown or None, autocomplete="off")
    assert tags(form.text()) == nhs("input", "input", params)


def test_input_with_a_width(form: Any, nhs: Nhs) -> None:
    params = common(form.wide, value=form.wide.shown or None, width="10", spellcheck=False)
    assert tags(form.wide()) == nhs("input", "input", params)


def test_input_with_a_suffix(form: Any, nhs: Nhs) -> None:
    params = common(
        form.share, value=form.share.shown or None, suffix="%", width="5", inputmode="decimal"
    )
    assert tags(form.share()) == nhs("input", "input", params)


def test_label_as_the_heading_of_the_page(form: Any, nhs: Nhs) -> None:
    params = common(form.text, value=form.text.shown or None, autocomplete="off")
    params["label"] |= {"size": "l", "isPageHeading": True}
    assert tags(form.text(label_size="l", page_heading=True)) == nhs("input", "input", params)


def test_textarea(form: Any, nhs: Nhs) -> None:
    params = common(form.long, value=form.long.shown, rows="8")
    assert tags(form.long()) == nhs("textarea", "textarea", params)


def test_character_count(form: Any, nhs: Nhs) -> None:
    params = common(form.counted, value=form.counted.shown, maxlength=200)
    assert tags(form.counted()) == nhs("character-count", "characterCount", params)


def test_radios(form: Any, nhs: Nhs) -> None:
    params = in_fieldset(form.choice, items=items(), value=form.choice.data, small=True)
    del params["id"]
    assert tags(form.choice()) == nhs("radios", "radios", params)


def test_checkboxes(form: Any, nhs: Nhs) -> None:
    params = in_fieldset(form.many, items=items(), values=form.many.data, small=True)
    del params["id"]
    assert tags(form.many()) == nhs("checkboxes", "checkboxes", params)


def test_legend_as_the_heading_of_the_page(form: Any, nhs: Nhs) -> None:
    params = in_fieldset(form.choice, items=items(), value=form.choice.data, small=True)
    del params["id"]
    params["fieldset"]["legend"] |= {"size": "m", "isPageHeading": True}
    drawn = form.choice(label_size="m", page_heading=True)
    assert tags(drawn) == nhs("radios", "radios", params)


def test_select(form: Any, nhs: Nhs) -> None:
    options = [
        {"value": "", "text": "None"},
        *({"value": o.value, "text": o.label} for o in OPTIONS),
    ]
    params = common(form.menu, items=options, value=form.menu.data)
    assert tags(form.menu()) == nhs("select", "select", params)


def test_date_input(form: Any, nhs: Nhs) -> None:
    boxes = [
        {"id": p.id, "name": p.name, "label": p.label, "width": p.width, "value": p.shown or None}
        | ({"error": True} if p.bad else {"error": False})
        for p in form.day.parts
    ]
    params = in_fieldset(form.day, items=boxes)
    del params["idPrefix"], params["name"]
    assert tags(form.day()) == nhs("date-input", "dateInput", params)


def test_file_upload_without_the_script_that_fails_the_accessibility_check(
    form: Any, nhs: Nhs
) -> None:
    params = common(form.file, attributes={"accept": ".csv"})
    theirs = nhs("file-upload", "fileUpload", params)
    tag, attributes = theirs[0]
    attributes.remove(("data-module", "nhsuk-file-upload"))
    assert tags(form.file()) == [(tag, attributes), *theirs[1:]]


def test_password_input(form: Any, nhs: Nhs) -> None:
    params = common(form.secret, autocomplete="new-password")
    assert tags(form.secret()) == nhs("password-input", "passwordInput", params)


def test_one_tick_is_a_checkbox_without_a_fieldset(context: Flask, nhs: Nhs) -> None:
    class Agree(Form):
        read = Tick("I have read it", hint="All of it")

    item = {"value": "yes", "text": "I have read it", "hint": {"text": "All of it"}}
    params = {"idPrefix": "read", "name": "read", "items": [item], "small": True}
    assert tags(Agree().read()) == nhs("checkboxes", "checkboxes", params)


def test_text_from_people_is_escaped_wherever_it_stands(send: Send) -> None:
    class Hostile(Form):
        text = Text(PROBE, hint=PROBE, required=PROBE)
        long = LongText(PROBE, hint=PROBE, count=True)
        choice = Choice(PROBE, options=[Option(PROBE, PROBE, PROBE)], hint=PROBE)
        many = Ticks(PROBE, options=[Option(PROBE, PROBE, PROBE)])
        menu = Dropdown(PROBE, options=[Option(PROBE, PROBE)], blank=PROBE)
        share = SafeDecimal(PROBE, before=PROBE, after=PROBE)
        day = Day(PROBE, hint=PROBE, called=PROBE)
        tick = Tick(PROBE, hint=PROBE)
        file = Upload(PROBE)
        secret = Secret(PROBE)

    values = dict.fromkeys(("long", "share", "choice", "day-day", "day-month"), PROBE)
    form = send(Hostile, values)
    for field in form:
        drawn = field(placeholder=PROBE)
        assert "<script" not in drawn
        assert "'>" not in str(drawn).replace("&#39;&gt;", "")
        assert not [t for t in tags(drawn) if isinstance(t, tuple) and t[0] == "script"]


def test_a_line_feed_at_the_start_of_a_text_survives_the_round_trip(context: Flask) -> None:
    # Browsers drop the first line feed inside a textarea.
    assert ">\n\nb</textarea>" in str(Everything(data={"long": "\nb"}).long())


def test_further_attributes_are_written_with_hyphens(context: Flask) -> None:
    drawn = str(Everything().text(hx_get="/x?a=1&b=2", hidden=True, lang=None, disabled=False))
    assert 'hx-get="/x?a=1&amp;b=2"' in drawn
    assert " hidden=" in drawn
    assert "lang" not in drawn
    assert "disabled" not in drawn


def test_a_bare_control_has_the_field_and_its_error_but_no_label(send: Send) -> None:
    drawn = str(send(Everything, {}).text.control(classes="qi-in"))
    assert drawn.startswith("<input ")
    assert "nhsuk-input--error" in drawn
    assert 'aria-describedby="text-hint text-error"' in drawn
    assert "<label" not in drawn


def test_no_style_attribute_is_drawn(form: Any) -> None:
    assert " style=" not in "".join(str(field()) for field in form)


def test_a_form_of_25_fields_is_drawn_in_under_10_ms(context: Flask) -> None:
    fields: dict[str, Any] = {f"text_{n}": Text(f"Text {n}", hint="Hint") for n in range(13)}
    fields |= {f"long_{n}": LongText(f"Long {n}", hint="Hint") for n in range(6)}
    fields |= {f"day_{n}": Day(f"Day {n}") for n in range(3)}
    fields |= {f"choice_{n}": Choice("Choose", options=OPTIONS) for n in range(3)}
    form = type("Big", (Form,), fields)()
    spent, drawn = [], ""
    for _ in range(20):
        begun = process_time()
        drawn = "".join(str(field()) for field in form)
        spent.append(process_time() - begun)
    assert drawn.count("nhsuk-form-group") >= 25
    assert min(spent) < 0.010
