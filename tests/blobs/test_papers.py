"""Documents are told by what is in them; what can run, or names a patient, is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from tracker.blobs.papers import TYPES, NotAPaper, checked, name_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(*names: str, **contents: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in contents:
            file.writestr(name, contents[name])
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def open_document(kind: str, *names: str) -> bytes:
    return packed("content.xml", *names, mimetype=f"application/vnd.oasis.opendocument.{kind}")


def picture(kind: str, **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "name", "ending"),
    [
        (b"%PDF-1.7\n...", "map.pdf", "pdf"),
        (b"%PDF-1.7\n...", "map.exe", "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "a.zip", "xlsx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "pptx"),
        (open_document("text"), "a.odt", "odt"),
        (open_document("spreadsheet"), "a.ods", "ods"),
        (picture("PNG"), "a.png", "png"),
        (picture("JPEG"), "a.jpeg", "jpg"),
        ("Café, 3 × 5".encode(), "notes.TXT", "txt"),
        ("Café".encode("cp1252"), "notes.md", "txt"),
        (b"\xef\xbb\xbfMonth,Counted\r\nJan,7\r\n", "a.csv", "csv"),
    ],
)
def test_what_it_is_stands_in_it(sent: bytes, name: str, ending: str) -> None:
    paper = checked(sent, name)
    assert paper.ending == ending
    assert ending in TYPES


@pytest.mark.parametrize(
    ("sent", "name", "why"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-" + b"x" * 8 * 1024 * 1024, "a.pdf", "8 MB"),
        (b"MZ\x90\0\x03", "a.pdf", "not one"),
        (b"\x7fELF\x02\x01", "a.txt", "not one"),
        (b"MZ " + packed("[Content_Types].xml", "word/document.xml"), "a.docx", "not one"),
        (b"<!DOCTYPE html><script>", "a.txt", "not one"),
        (b"  <svg xmlns=''>", "a.csv", "not one"),
        (b"#!/bin/sh\nrm", "a.txt", "not one"),
        (b"plain words", "a.bat", "not one"),
        (b"words \0 more", "a.txt", "not one"),
        ("Words".encode("utf-16"), "a.txt", "not one"),
        (OLE, "a.doc", "Save it as .docx"),
        (packed("readme.txt"), "a.zip", "not one"),
        (packed("META-INF/MANIFEST.MF", "A.class"), "a.jar", "not one"),
        (packed("[Content_Types].xml", "word/document.xml")[:-30], "a.docx", "not one"),
        (
            packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "a.docx",
            "macro",
        ),
        (
            packed("[Content_Types].xml", "xl/workbook.xml", "xl/embeddings/oleObject1.bin"),
            "a.xlsx",
            "another program",
        ),
        (open_document("text", "Basic/Standard/Module1.xml"), "a.odt", "macro"),
        (b"\x89PNG\r\n\x1a\n broken", "a.png", "PNG"),
        (b"Ring the ward about 943 476 5919 today", "a.txt", "NHS number (943"),
    ],
)
def test_what_is_not_a_document_is_refused_with_a_reason(sent: bytes, name: str, why: str) -> None:
    with pytest.raises(NotAPaper, match=why.replace("(", r"\(")):
        checked(sent, name)


def test_a_picture_leaves_the_place_it_was_taken_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Bed 4"
    assert b"Bed 4" not in checked(picture("JPEG", exif=exif.tobytes()), "map.jpg").data


def test_names_lose_their_folders_and_what_cannot_be_read() -> None:
    assert name_of(r"C:\Users\Jo\Logic  model.docx") == "Logic model.docx"
    assert name_of("../../etc/pass\0wd\r\n.txt") == "passwd .txt"
    assert name_of("/") == "document"
    assert name_of("x" * 300 + ".pdf").endswith("x.pdf")
