"""What a view answers with: the whole page, or the part of it that htmx asked for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, render_template
from flask_htmx import HTMX
from flask_htmx import make_response as htmx_response

htmx = HTMX()

LONGEST_URL = 2000


def wants_fragment() -> bool:
    """htmx will put the answer into the page it has. Boosted and Back requests want a page."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(full: str, *, partial: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render the page, or its partial for htmx.

    Answer a refused form with `status=422`: the title then starts "Error:". Templates see
    `fragment` (is this the partial?) and `status` beside the context.

    >>> page("pdsa/plan.html", partial="pdsa/_plan_form.html", form=form)  # doctest: +SKIP
    """
    fragment = partial is not None and wants_fragment()
    body = render_template(
        partial if fragment and partial else full, fragment=fragment, status=status, **context
    )
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def done(
    url: str,
    *,
    partial: str | None = None,
    announce: str | None = None,
    focus: str | None = None,
    undo: str | None = None,
    **context: Any,
) -> Response:
    """The thing is saved: go to `url`, or hand htmx the partial that shows it.

    `announce` is the sentence that says so: a banner on the next page, spoken after a swap.
    `undo` is a URL that a POST to takes it back; `focus` the id of the element that gets the focus
    after a swap. Without a partial htmx is sent to `url` like everyone else.
    """
    if partial is None or not wants_fragment():
        if announce:
            notice(announce, undo=undo)
        if wants_fragment():
            response: Response = htmx_response("", redirect=url)
        else:
            response = make_response(redirect(url, 303))
        response.vary.add("HX-Request")
        return response
    body = render_template(partial, fragment=True, status=200, **context)
    if announce and undo:
        said = ("success", {"text": announce, "undo": undo})
        body += render_template("pages/_notices.html", notices=[said], swapped=True)
    events = {"qi:announce": announce, "qi:focus": focus}
    response = htmx_response(
        body, trigger_after_settle={name: said for name, said in events.items() if said}
    )
    response.vary.add("HX-Request")
    return response


def notice(text: str, *, undo: str | None = None, kind: str = "success") -> None:
    """Show a banner on the next full page: `success`, or `information`."""
    flash({"text": text, "undo": undo}, kind)  # type: ignore[arg-type]  # the session keeps JSON


def safe_next(url: str | None, *, otherwise: str = "/") -> str:
    """A place inside this site to go on to; `otherwise` when the text could lead elsewhere.

    Only a path that starts with one `/` passes: no host, no scheme, no backslash (which browsers
    read as a slash), no control character or space (which they drop).
    """
    if not url or len(url) > LONGEST_URL or not url.startswith("/") or url.startswith("//"):
        return otherwise
    if any(mark == "\\" or mark.isspace() or not mark.isprintable() for mark in url):
        return otherwise
    try:
        parts = urlsplit(url)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else url
