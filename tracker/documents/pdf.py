"""Pages as tagged PDF, with the fonts of this package and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).parents[1] / "fonts"
FAMILY: Final = "Liberation Sans"
FACES: Final = {
    "LiberationSans-Regular.ttf": ("normal", "normal"),
    "LiberationSans-Bold.ttf": ("bold", "normal"),
    "LiberationSans-Italic.ttf": ("normal", "italic"),
}
SCHEME: Final = "font:"
VARIANT: Final = "pdf/ua-1"


class CannotSet(RuntimeError):
    """This server lacks the library that sets PDF. The message says what to install."""


def pdf(html: str, css: str, *, on_one_page: Sequence[str] = ()) -> bytes:
    """A whole HTML page, with its own print style sheet, as an accessible PDF (PDF/UA-1).

    With `on_one_page` each of these rules is tried in turn until all fits on a page; the last is
    taken whether it does or not.

    Slow: a fifth of a second a page, so never inside a unit of work. Pictures are `data:` addresses
    or inline SVG: nothing else is fetched, no file is read. Raises CannotSet without Pango.
    """
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = _fetcher()()
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    document: Any = None
    for rules in on_one_page or ("",):
        whole = f"{_faces()}\n{css}\n{rules}"
        sheet = weasyprint.CSS(string=whole, font_config=fonts, url_fetcher=fetcher)
        document = page.render(fonts, stylesheets=[sheet], pdf_variant=VARIANT)
        if len(document.pages) == 1:
            break
    made: bytes = document.write_pdf(pdf_variant=VARIANT)
    return made


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise CannotSet(
            "PDF needs the library Pango on this server; on Debian: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error
    return weasyprint


@cache
def _fetcher() -> type[Any]:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFonts(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        """Gives our fonts by name and `data:` addresses; refuses all else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(SCHEME)
            if url.startswith(SCHEME) and name in FACES:
                return URLFetcherResponse(
                    url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"}
                )
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"a document fetches nothing: {url[:100]}")

    return OwnFonts


@cache
def _faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{SCHEME}{name}"); '
        f"font-weight: {weight}; font-style: {style}; }}"
        for name, (weight, style) in FACES.items()
    )
