"""Markdown that people write, as HTML that can do no harm.

It is rendered with HTML off, then cleaned by an allow-list: no style, id, class or data attribute
(htmx reads those), no image from elsewhere, and links to web pages and e-mail addresses only.
"""

from __future__ import annotations

from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS: Final = frozenset(
    {
        "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "h5", "hr",
        "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
SHALLOWEST: Final = 3
"""Headings inside a text stand below those of the page it is on."""


def rendered(text: str) -> Markup:
    """The text as safe HTML. Headings become h3 to h5.

    >>> rendered("Some *words* <script>alert(1)</script>")
    Markup('<p>Some <em>words</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>\\n')
    >>> rendered("[here](javascript:alert(1))")
    Markup('<p>[here](javascript:alert(1))</p>\\n')
    """
    import nh3

    cleaned = nh3.clean(
        _engine().render(text),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned)  # noqa: S704 cleaned by the allow-list above


def as_plain(text: str) -> str:
    """The words alone, for a search or the first line of a card.

    >>> as_plain("**Aim**: from 75% to [95%](https://example.org)")
    'Aim: from 75% to 95%'
    """
    import nh3

    words = nh3.clean(_engine().render(text), tags=set(), attributes={})
    return " ".join(unescape(words).split())


@cache
def _engine() -> MarkdownIt:
    from markdown_it import MarkdownIt

    engine = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    engine.disable(["image", "html_inline", "html_block", "code", "fence"])
    engine.core.ruler.push("shallow_headings", _lower_headings)
    return engine


def _lower_headings(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(int(token.tag[1:]) + SHALLOWEST - 1, SHALLOWEST + 2)
            token.tag = f"h{level}"
