"""Fields drawn as the NHS design system draws them, by lean macros of our own.

The macros of `nhsuk-frontend-jinja` build the same markup 15 to 60 times slower (0.5 ms an input,
2.4 ms a date); a test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app
from markupsafe import Markup
from wtforms.widgets import HiddenInput

if TYPE_CHECKING:
    from wtforms import Field

MACROS = "pages/fields.html"
SETTINGS = ("label_size", "page_heading", "hidden_label", "group_classes", "classes", "rows")


def draw(macro: str, field: Field, given: dict[str, Any]) -> Markup:
    """Call one macro of `pages/fields.html`; what is not a setting becomes an attribute.

    `hx_post="/x"` becomes `hx-post="/x"`; None and False leave an attribute out, True writes its
    name alone.
    """
    extension = current_app.extensions.setdefault("qi_widgets", {})
    function = extension.get(macro)
    if function is None:
        module = current_app.jinja_env.get_template(MACROS).module
        function = extension[macro] = getattr(module, macro)
    settings = dict.fromkeys(SETTINGS)
    attributes = {}
    for name, value in given.items():
        if name in settings:
            settings[name] = value
        elif value is not None and value is not False:
            attributes[name.rstrip("_").replace("_", "-")] = "" if value is True else value
    drawn: Markup = function(field, settings, attributes)
    return drawn


class Drawn:
    """A widget that is one macro."""

    def __init__(self, macro: str) -> None:
        self.macro = macro

    def __call__(self, field: Field, **given: Any) -> Markup:
        return draw(self.macro, field, given)


class DrawnHidden(HiddenInput):
    """A hidden field without an id, so that two forms on a page never share one."""

    def __call__(self, field: Any, **given: Any) -> Markup:
        return draw("hidden", field, given)
