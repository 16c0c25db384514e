"""Pictures are drawn anew: what was hidden in the file is gone, and no file harms the server."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from tracker.blobs.pictures import LONGEST_SIDE, NotAPicture, redrawn


def made(
    kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, (200, 0, 0, 90)[: len(mode)]).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "as_type"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "jpeg")])
def test_each_kind_comes_out_as_one_that_every_browser_shows(kind: str, as_type: str) -> None:
    picture = redrawn(made(kind))
    assert (picture.content_type, picture.width, picture.height) == (f"image/{as_type}", 40, 20)
    assert Image.open(BytesIO(picture.data)).format == as_type.upper()


def test_what_the_file_says_beside_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0110] = "Bed 4, Mrs Example", "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    photo = made("JPEG", exif=exif.tobytes(), comment=b"Bed 4")
    assert b"Mrs Example" in photo
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "Bed 4, Mrs Example")
    for sent in (photo, made("PNG", pnginfo=words)):
        picture = redrawn(sent)
        assert b"Mrs Example" not in picture.data
        assert b"Bed 4" not in picture.data
        opened = Image.open(BytesIO(picture.data))
        assert not opened.getexif()


def test_a_photograph_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = redrawn(made("JPEG", (40, 20), exif=exif.tobytes()))
    assert (picture.width, picture.height) == (20, 40)


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left() -> None:
    picture = redrawn(made("JPEG", (5000, 2500)))
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert redrawn(made("PNG", (7, 3))).width == 7


def test_holes_in_a_picture_stay() -> None:
    picture = redrawn(made("WEBP", mode="RGBA"))
    assert picture.content_type == "image/png"


def bomb() -> bytes:
    """A PNG that says it is 100,000 pixels wide and high, and is a few hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7",
        made("GIF"),
        made("BMP"),
        made("PNG")[:60],
        made("JPEG")[:300],
        bomb(),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"x" * (8 * 1024 * 1024 + 1),
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "bmp", "cut", "cut jpeg", "bomb", "zeros", "large"],
)
def test_what_is_no_picture_of_ours_is_refused_in_words(sent: bytes) -> None:
    with pytest.raises(NotAPicture, match=r"picture"):
        redrawn(sent)


def test_a_script_after_a_picture_does_not_come_along() -> None:
    assert b"<script>" not in redrawn(made("PNG") + b"<script>alert(1)</script>").data
