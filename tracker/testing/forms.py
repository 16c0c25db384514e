"""The form of a page as a browser without script would send it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    """Collects the forms of a page, each as the fields it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select: str | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms or "disabled" in held:
            return
        name = held.get("name", "")
        if tag == "input" and name:
            ticked = held.get("type") in ("radio", "checkbox")
            if not ticked or "checked" in held:
                self.forms[-1][name] = held.get("value", "on" if ticked else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select is not None:
            if "selected" in held or self.select not in self.forms[-1]:
                self.forms[-1][self.select] = held.get("value", "")
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.forms[-1][self.area] = self.text.removeprefix("\n")
            self.area = None


def form_in(html: str, holding: str = "version") -> dict[str, str]:
    """What the form with a field called `holding` would send as it stands.

    Raises LookupError on a page without one.
    """
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms:
        if holding in form:
            return form
    raise LookupError(f"no form with {holding}")
