"""Form fields: what a person typed, read safely, and kept as typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from tracker.safe.numbers import NotANumber, parse_number, parse_whole, plain
from tracker.safe.text import clean, find_nhs_number

from .widgets import Drawn, DrawnHidden, draw

T = TypeVar("T")

NOT_NHS_NUMBER = "not_nhs_number"
"""Name of the tick under a field whose text holds what looks like an NHS number; its value is the
name of the field."""


class Base(Field, Generic[T]):
    """A labelled field with a hint.

    `required` is the message for an empty one ("Enter the title"); without it empty is allowed.
    `called` is its name in messages, the label unless given. `hint` stands under the label.
    """

    data: T | None
    widget: Any
    before: str = ""
    after: str = ""
    nhs_number: bool = False

    def __init__(
        self,
        label: str | None = None,
        *,
        required: str | None = None,
        hint: str = "",
        called: str | None = None,
        width: int | None = None,
        attributes: Mapping[str, str] | None = None,
        validators: tuple[Any, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators), description=hint, **kwargs)
        self.required = required
        self.called = called or self.label.text
        self.width = width
        self.attributes = dict(attributes or {})
        self.errors = []

    @property
    def filled(self) -> T:
        """The value of a field that has passed as `required`. Raises ValueError on an empty one."""
        if self.data is None:
            raise ValueError(f"{self.name} is empty")
        return self.data

    @property
    def error_id(self) -> str:
        """Where the error summary leads to."""
        return self.id

    @property
    def shown(self) -> str:
        """What stands in the box: as typed, or the value it was drawn with."""
        return self._value()

    def control(self, **given: Any) -> Any:
        """The bare input, for a table that holds its own label."""
        return draw(f"{self.widget.macro}_control", self, given)

    def described_by(self, first: str = "") -> str:
        """The ids of the hint and the error message, as `aria-describedby` lists them."""
        ids = [first] if first else []
        if self.description:
            ids.append(f"{self.id}-hint")
        if self.errors:
            ids.append(f"{self.id}-error")
        return " ".join(ids)

    def say(self, message: str) -> str:
        """The message with the field's name before it, as it reads in the error summary."""
        if self.called.endswith("?"):
            return f"{self.called} {message}"
        return f"{self.called}: {message[:1].lower()}{message[1:]}"

    def is_empty(self) -> bool:
        """Nothing was typed or chosen."""
        return self.data is None and not any(self.raw_data or [])

    def pre_validate(self, form: BaseForm) -> None:
        if self.is_empty():
            # Raised without a message it ends the checks of an empty field that may be empty.
            raise StopValidation(self.required or "")
        if not self.process_errors:
            self.check()

    def check(self) -> None:
        """The field's own rule, on a value that could be read. Raises ValidationError."""

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class Text(Base[str]):
    """One line of text; `data` is never None, and has no control character or outer space."""

    widget = Drawn("input")
    lines = False

    def __init__(
        self,
        label: str | None = None,
        *,
        max_length: int = 200,
        kind: str = "text",
        autocomplete: str | None = None,
        **kwargs: Any,
    ) -> None:
        given = dict(kwargs.pop("attributes", None) or {})
        if autocomplete:
            given["autocomplete"] = autocomplete
        super().__init__(label, attributes=given, **kwargs)
        self.max_length = max_length
        self.kind = kind
        self.nhs_number = False
        self.is_not_nhs_number = False

    data: str

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        if formdata is not None:
            self.is_not_nhs_number = self.name in formdata.getlist(NOT_NHS_NUMBER)

    def process_data(self, value: object) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean(str(valuelist[0])) if valuelist else ""
        self.data = text.strip() if self.lines else " ".join(text.split())

    def is_empty(self) -> bool:
        return not self.data

    def check(self) -> None:
        found = find_nhs_number(self.data)
        self.nhs_number = found is not None
        if found and not self.is_not_nhs_number:
            raise StopValidation(
                self.say(
                    f"This looks like an NHS number ({found.masked}). "
                    "Take it out, or tick “This is not an NHS number”"
                )
            )
        if len(self.data) > self.max_length:
            raise ValidationError(self.say(f"Use {self.max_length:,} characters or fewer"))


class LongText(Text):
    """Some paragraphs of text. With `count` the page says how many characters are left."""

    widget = Drawn("textarea")
    lines = True

    def __init__(
        self,
        label: str | None = None,
        *,
        max_length: int = 10_000,
        rows: int = 5,
        count: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, max_length=max_length, **kwargs)
        self.rows = rows
        if count:
            self.widget = Drawn("character_count")


class Number(Base[T]):
    """A number in a text box, never `type=number`: that one drops what it cannot read."""

    widget: Any = Drawn("input")
    kind = "text"
    keyboard = "decimal"

    def __init__(
        self,
        label: str | None = None,
        *,
        minimum: Decimal | int | None = None,
        maximum: Decimal | int | None = None,
        before: str = "",
        after: str = "",
        width: int = 5,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, width=width, **kwargs)
        self.attributes.setdefault("inputmode", self.keyboard)
        self.minimum = minimum
        self.maximum = maximum
        self.before = before
        self.after = after

    def read(self, text: str) -> T:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = str(valuelist[0]).strip() if valuelist else ""
        if not typed:
            return
        try:
            self.data = self.read(typed)
        except NotANumber as error:
            raise ValueError(self.say(str(error))) from None

    def is_empty(self) -> bool:
        return self.data is None and not self._typed()

    def check(self) -> None:
        if self.data is None:
            return
        value: Any = self.data
        low, high = self.minimum, self.maximum
        too_low = low is not None and value < low
        too_high = high is not None and value > high
        if (too_low or too_high) and low is not None and high is not None:
            raise ValidationError(f"{self.called} must be between {low:,} and {high:,}")
        if too_low:
            raise ValidationError(f"{self.called} must be {low:,} or more")
        if too_high:
            raise ValidationError(f"{self.called} must be {high:,} or less")

    def _typed(self) -> str:
        return str(self.raw_data[0]).strip() if self.raw_data else ""

    def _value(self) -> str:
        if self.raw_data is not None:
            return clean(self._typed())
        return "" if self.data is None else plain(Decimal(str(self.data)))


class SafeDecimal(Number[Decimal]):
    """An exact number. `percent` lets a trailing % be typed; the value is the number before it."""

    def __init__(self, label: str | None = None, *, percent: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.percent = percent

    def read(self, text: str) -> Decimal:
        return parse_number(text, allow_thousands=True, allow_percent=self.percent)


class SafeInt(Number[int]):
    """A whole number."""

    keyboard = "numeric"

    def read(self, text: str) -> int:
        return parse_whole(text, allow_thousands=True)


class Secret(Base[str]):
    """A password: kept to the character, never drawn again."""

    widget = Drawn("password_input")
    data: str

    def __init__(
        self, label: str | None = None, *, autocomplete: str = "current-password", **kwargs: Any
    ) -> None:
        super().__init__(label, attributes={"autocomplete": autocomplete}, **kwargs)

    def process_data(self, value: object) -> None:
        self.data = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""

    def is_empty(self) -> bool:
        return not self.data


class Upload(Base[FileStorage]):
    """A file; `accept` helps the file chooser and proves nothing."""

    widget = Drawn("file_upload")

    def __init__(self, label: str | None = None, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, attributes={"accept": accept} if accept else {}, **kwargs)

    def process_data(self, value: object) -> None:
        self.data = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next(
            (sent for sent in valuelist if isinstance(sent, FileStorage) and sent.filename), None
        )

    def is_empty(self) -> bool:
        return self.data is None


class Tick(Base[bool]):
    """One box to tick. `required` is the message where it has to be ticked."""

    widget = Drawn("tick")
    data: bool

    def process_data(self, value: object) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = "yes" in valuelist

    def is_empty(self) -> bool:
        return not self.data


class Hidden(Base[str]):
    """Text that travels with the form, such as an idempotency key."""

    widget = DrawnHidden()
    data: str

    def process_data(self, value: object) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean(str(valuelist[0]))[:200] if valuelist else ""

    def is_empty(self) -> bool:
        return not self.data

    @property
    def error_id(self) -> str:
        return ""


class Version(SafeInt):
    """The version the form was drawn from. Absent, empty or mangled it refuses the form."""

    widget = DrawnHidden()
    REFUSED = "This page is incomplete. Open it again, then type your change once more"

    def __init__(self, label: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, required=self.REFUSED, **kwargs)

    def read(self, text: str) -> int:
        try:
            version = parse_whole(text)
        except NotANumber:
            version = 0
        if version < 1:
            raise ValueError(self.REFUSED)
        return version

    @property
    def error_id(self) -> str:
        return ""


def refuse_unless(holds: Callable[[Any], bool], message: str) -> Callable[[Any, Any], None]:
    """A validator from a claim about the value: `refuse_unless(is_postcode, "Enter a ...")`."""

    def validate(form: Any, field: Any) -> None:
        if not holds(field.data):
            raise ValidationError(message)

    return validate
