"""Style sheets, scripts and pictures: read once at start, named by content, kept for ever.

`asset("qi.css")` gives `/static/qi.<hash>.css`. An answer costs no disk work, and because a name
changes with its content a browser never asks twice. Plugins add files with `Assets.add`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request

from tracker.permissions import public

STATIC: Final = Path(__file__).parent / "static"
STYLE: Final = "qi.css"
FOR_EVER: Final = "public, max-age=31536000, immutable"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
PACKED: Final = {".css", ".js", ".svg"}
HASH_LENGTH: Final = 12
# `url(icon.svg)` in a style sheet, `from "./part.js"` in a module.
REFERENCE: Final = re.compile(r"""(url\(|from\s*["']\./)([\w-]+\.[a-z]+)""")


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    name: str
    kind: str
    body: bytes
    packed: bytes | None


@dataclass(slots=True)
class Assets:
    """Every file the site serves, under its plain name and under the name with the hash."""

    named: dict[str, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    def add(self, name: str, body: bytes) -> None:
        """Take in a file; what it refers to must have been added before.

        Raises ValueError for a name already taken or a kind of file we do not serve.
        """
        stem, dot, ending = name.rpartition(".")
        kind = TYPES.get(dot + ending)
        if kind is None or name in self.named:
            raise ValueError(f"cannot serve {name}: unknown kind, or the name is taken")
        if dot + ending in PACKED:
            body = self._resolved(body.decode("utf-8")).encode("utf-8")
        digest = hashlib.sha256(body).hexdigest()[:HASH_LENGTH]
        packed = gzip.compress(body, 9, mtime=0) if dot + ending in PACKED else None
        sent = File(f"{stem}.{digest}.{ending}", kind, body, packed)
        self.named[name] = sent.name
        self.files[sent.name] = sent

    def url(self, name: str) -> str:
        """Where the browser finds the file. Raises KeyError for one that does not exist."""
        return f"/static/{self.named[name]}"

    def _resolved(self, text: str) -> str:
        return REFERENCE.sub(lambda found: found[1] + self.named[found[2]], text)


def load(static: Path = STATIC) -> Assets:
    """Read what this product ships: pictures first, then one style sheet, then the scripts.

    The style sheet is the NHS one followed by our parts in the order of their numbers.
    """
    assets = Assets()
    vendor = static / "vendor"
    for picture in _sorted((*vendor.glob("*.svg"), *(static / "images").glob("*.*"))):
        assets.add(picture.name, picture.read_bytes())
    parts = [vendor / "nhsuk-frontend.css", *_sorted((static / "css").glob("*.css"))]
    assets.add(STYLE, b"\n".join(part.read_bytes() for part in parts))
    for script in (vendor / "nhsuk-frontend.js", vendor / "htmx.js", static / "js" / "app.js"):
        assets.add(script.name, script.read_bytes())
    return assets


def init_assets(app: Flask) -> None:
    """Serve the files, and give templates `asset`."""
    assets = load()
    app.extensions["qi_assets"] = assets

    @public
    def static(name: str) -> Response:
        file = assets.files.get(name)
        if file is None:
            abort(404)
        response = Response(file.body, content_type=file.kind)
        if file.packed is not None:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings["gzip"] > 0:
                response.set_data(file.packed)
                response.content_encoding = "gzip"
        response.headers["Cache-Control"] = FOR_EVER
        return response

    app.add_url_rule("/static/<name>", "static", static)
    app.add_template_global(assets.url, "asset")


def _sorted(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.name)
