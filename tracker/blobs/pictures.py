"""Pictures from people, drawn anew: nothing of the file as it was sent is kept.

So no place or name of a camera, no comment and no hidden second picture leaves the ward with it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

MOST_BYTES: Final = 8 * 1024 * 1024
LONGEST_SIDE: Final = 2000
"""Pixels: enough for half a page of an A3 poster at 240 dots an inch."""
MOST_PIXELS: Final = 50_000_000
"""A 50 megapixel camera; more is no photograph but a file made to exhaust a server."""
FORMATS: Final = ("PNG", "JPEG", "WEBP")
ACCEPT: Final = "image/png,image/jpeg,image/webp"


class NotAPicture(ValueError):
    """What was sent cannot be used. The message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn anew."""

    data: bytes
    content_type: str
    width: int
    height: int


def redrawn(sent: bytes, *, longest_side: int = LONGEST_SIDE) -> Picture:
    """The picture in the file, upright, no wider or higher than that, without metadata.

    Slow (a second for a large photograph): before the unit of work. Raises NotAPicture.
    """
    if len(sent) > MOST_BYTES:
        raise NotAPicture("The picture must be smaller than 8 MB")
    from PIL import Image, ImageFile, ImageOps

    # Another library, once loaded, has it fill up what is missing of a picture that was cut off.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(sent), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotAPicture("The picture has more than 50 million pixels")
                opened.draft("RGB", (longest_side, longest_side))
                drawn = ImageOps.exif_transpose(opened)
                has_holes = drawn.has_transparency_data
                drawn = drawn.convert("RGBA" if has_holes else "RGB")
                is_drawing = opened.format == "PNG"
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("The picture has more than 50 million pixels") from error
    except Exception as error:
        # Pillow raises OSError, SyntaxError, ValueError and more for a damaged file.
        raise NotAPicture("Choose a PNG, JPEG or WebP picture; this file is not one") from error
    drawn.thumbnail((longest_side, longest_side))
    return _encoded(drawn, "PNG" if has_holes or is_drawing else "JPEG")


def _encoded(drawn: Any, as_format: str) -> Picture:
    from PIL import Image

    # Pixels alone: what the picture carried beside them (EXIF, profile, comments) stays behind.
    bare = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    made = BytesIO()
    if as_format == "PNG":
        bare.save(made, "PNG", optimize=False)
    else:
        bare.save(made, "JPEG", quality=85)
    return Picture(made.getvalue(), f"image/{as_format.lower()}", bare.width, bare.height)
