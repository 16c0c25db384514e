"""The template engine as this site uses it: escaping always on, undefined names an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
)
from jinja2.utils import htmlsafe_json_dumps

from tracker.config import Settings
from tracker.pages import clock, day, error_summary, moment, month, number

HERE = Path(__file__).parent
FOLDERS = (HERE / "templates", HERE.parent / "pages" / "templates")
NHS = "nhsuk/"

HTMX_CONFIG = {
    "includeIndicatorStyles": False,
    "attributesToSettle": [],
    "allowEval": False,
    "allowScriptTags": False,
    "historyCacheSize": 0,
    "selfRequestsOnly": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "400|403|404|405|409|413|422|429|500|503", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}
"""Without the first two htmx writes inline styles, which the content policy refuses. Nothing of a
private page stays in the browser's storage. Our error answers are fragments and are shown; an
answer by something in between, such as a proxy, is not."""


class StrictEnvironment(Environment):
    """Undefined names raise in our templates, in the NHS macros they are empty.

    Those macros are written for it: every parameter left out is an undefined name. They get an
    environment of their own that shares all the rest.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.lenient: StrictEnvironment | None = None
        self.lenient = self.overlay(undefined=ChainableUndefined)

    def get_template(
        self,
        name: Any,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002
    ) -> Template:
        if isinstance(name, str) and name.startswith(NHS) and self.lenient is not None:
            return self.lenient.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def init_templating(app: Flask, settings: Settings) -> None:
    """Set the engine up; must run before anything touches `app.jinja_env`."""
    app.jinja_environment = StrictEnvironment
    app.jinja_options = {
        **app.jinja_options,
        "undefined": StrictUndefined,
        # Flask escapes by file ending, and the NHS macros end in .jinja: stored XSS otherwise.
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    own: list[BaseLoader] = [FileSystemLoader(FOLDERS), PackageLoader("nhsuk_frontend_jinja")]
    app.jinja_loader = ChoiceLoader(own)
    for written in (day, month, moment, clock, number):
        app.add_template_filter(written, written.__name__)
    app.add_template_global(error_summary, "error_summary")
    htmx_config = htmlsafe_json_dumps(HTMX_CONFIG)

    @app.context_processor
    def frame() -> dict[str, Any]:
        """What the layout needs unless a view, or the navigation, says otherwise."""
        return {
            "nav": list,
            "nav_end": list,
            "fragment": False,
            "status": 200,
            "demonstration": settings.demo,
            "htmx_config": htmx_config,
        }
