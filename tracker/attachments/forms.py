"""Forms of documents and links."""

from __future__ import annotations

from wtforms.validators import ValidationError

from tracker.blobs.papers import ACCEPT, TAKEN
from tracker.drafts.forms import Created, Edited
from tracker.pages import Dropdown, Option, Text, Tick, Upload

from .domain import LONGEST_LINK, NotALink, PaperKind, checked_link


class NamedFields:
    """What it is called, and what it is."""

    title = Text("What is it called?", required="Say what it is called", called="The name")
    kind = Dropdown[PaperKind](
        "What is it?",
        options=tuple(Option(k, k.label) for k in PaperKind),
        coerce=PaperKind,
        blank="Choose one",
        required="Choose what it is",
    )


def _is_link(form: object, field: Text) -> None:
    try:
        checked_link(field.data)
    except NotALink as error:
        raise ValidationError(str(error)) from None


class LinkFields(NamedFields):
    """The same of a link."""

    url = Text(
        "Address",
        hint="It begins with https://",
        required="Enter the address",
        max_length=LONGEST_LINK,
        kind="url",
        attributes={"inputmode": "url", "spellcheck": "false"},
        validators=(_is_link,),
    )


class FileFields:
    """A file from the person's computer."""

    file = Upload(
        "File",
        hint=f"{TAKEN}; up to 8 MB.",
        required="Choose a file",
        accept=ACCEPT,
    )
    nobody = Tick(
        "Nobody can be recognised in it: no patient’s name, number, date of birth or picture",
        required="Look through the file, then say that nobody can be recognised in it",
        called="Nobody can be recognised in it",
    )


class FileForm(FileFields, NamedFields, Created):
    """A new document."""


class ReplaceForm(FileFields, Edited):
    """A newer version of a document."""


class ChangeForm(NamedFields, Edited):
    """What a document is called."""


class LinkForm(LinkFields, Created):
    """A new link."""


class ChangeLinkForm(LinkFields, Edited):
    """What a link is called and where it leads."""
