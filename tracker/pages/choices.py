"""Fields that offer a list: radios, a drop-down, boxes to tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from typing_extensions import TypeVar
from wtforms.validators import ValidationError

from .fields import Base
from .widgets import Drawn

T = TypeVar("T", default=str)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is sent, what is read, and a line that helps to decide."""

    value: str
    label: str
    hint: str = ""


class Offered(Base[V], Generic[V, T]):
    """A field whose answer is among `options`.

    `coerce` turns what was sent into the value the view works with (an enum, `int`); `str()` of
    such a value is what is sent. Options that depend on the request are set after the form is
    made and before it is validated: `form.measure.options = [...]`.
    """

    unknown = "Choose one of the options"

    def __init__(
        self,
        label: str | None = None,
        *,
        options: Iterable[Option] = (),
        coerce: Callable[[str], T] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.options: Sequence[Option] = tuple(options)
        self.coerce: Callable[[str], Any] = coerce or str

    @property
    def offered(self) -> Sequence[Option]:
        """What the page lists."""
        return self.options

    @property
    def chosen(self) -> set[str]:
        """What was sent, or the values the form was drawn with, as text."""
        if self.raw_data is not None:
            return {str(sent) for sent in self.raw_data}
        return {str(value) for value in self.held()}

    def held(self) -> Sequence[Any]:
        """The values as a list, whether the field holds one or many."""
        return () if self.data is None else (self.data,)

    def read(self, sent: str) -> T:
        """The value of one option. Raises ValueError for what was never offered."""
        try:
            value: T = self.coerce(sent)
        except (ValueError, TypeError, KeyError):
            raise ValueError(self.unknown) from None
        return value

    def check(self) -> None:
        known = {option.value for option in self.options}
        if any(str(value) not in known for value in self.held()):
            raise ValidationError(self.unknown)


class Choice(Offered[T, T]):
    """Radios: one of a few."""

    widget = Drawn("radios")

    def __init__(
        self,
        label: str | None = None,
        *,
        options: Iterable[Option] = (),
        coerce: Callable[[str], T] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, options=options, coerce=coerce, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.read(str(valuelist[0])) if valuelist and valuelist[0] else None


class Dropdown(Choice[T]):
    """A drop-down: one of many. `blank` is the first line, which stands for no choice."""

    widget = Drawn("select")

    def __init__(
        self,
        label: str | None = None,
        *,
        options: Iterable[Option] = (),
        coerce: Callable[[str], T] | None = None,
        blank: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, options=options, coerce=coerce, **kwargs)
        self.blank = blank

    @property
    def offered(self) -> Sequence[Option]:
        first = () if self.blank is None else (Option("", self.blank),)
        return (*first, *self.options)


class Ticks(Offered[list[T], T]):
    """Boxes to tick: any number of them; `data` is always a list."""

    widget = Drawn("checkboxes")
    data: list[T]

    def __init__(
        self,
        label: str | None = None,
        *,
        options: Iterable[Option] = (),
        coerce: Callable[[str], T] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, options=options, coerce=coerce, **kwargs)

    def process_data(self, value: Iterable[T] | None) -> None:
        self.data = [] if value is None else list(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        self.data = [self.read(str(sent)) for sent in valuelist if sent]

    def held(self) -> Sequence[Any]:
        return self.data

    def is_empty(self) -> bool:
        return not any(self.raw_data or self.data)
