"""Keeping bytes, and handing them out."""

from __future__ import annotations

import hashlib

from flask import Response, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.db import db

from .models import Blob

SHOWN = frozenset({"image/png", "image/jpeg"})
"""Types that a browser may show; anything else is a file of bytes."""

FOR_A_YEAR = "private, max-age=31536000, immutable"
"""The address names the content, so it never changes; what one may see, another may not."""


def keep(
    data: bytes, content_type: str, *, width: int | None = None, height: int | None = None
) -> Blob:
    """The row that holds these bytes, made now unless they are there. Inside a unit of work."""
    sha256 = hashlib.sha256(data).hexdigest()
    blob = by_hash(sha256)
    if blob is not None:
        return blob
    blob = Blob(
        sha256=sha256,
        content_type=content_type,
        size=len(data),
        width=width,
        height=height,
        data=data,
    )
    try:
        with db.session.begin_nested():
            db.session.add(blob)
    except IntegrityError:
        # Another process kept the same between our look and our insert.
        there = by_hash(sha256)
        if there is None:
            raise
        return there
    return blob


def by_hash(sha256: str) -> Blob | None:
    """The row that holds the content with this hash."""
    return db.session.scalar(select(Blob).where(Blob.sha256 == sha256))


def answer(blob: Blob) -> Response:
    """The bytes as an answer: its own type and no other, kept by the browser under its hash."""
    known = blob.content_type if blob.content_type in SHOWN else "application/octet-stream"
    response = Response(blob.data, content_type=known)
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.headers["Content-Disposition"] = "inline"
    response.set_etag(f"{blob.id}.{blob.size}")
    response.make_conditional(request)
    return response
