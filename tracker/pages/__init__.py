"""What a feature's views stand on: answering with a page or a part of it, forms, wording."""

from wtforms import FieldList, FormField

from .choices import Choice, Dropdown, Option, Ticks
from .days import Day
from .fields import (
    Hidden,
    LongText,
    SafeDecimal,
    SafeInt,
    Secret,
    Text,
    Tick,
    Upload,
    Version,
    refuse_unless,
)
from .forms import Fault, Form, SubForm, error_summary, faults
from .responses import done, htmx, notice, page, safe_next, wants_fragment
from .wording import clock, day, moment, month, number

__all__ = [
    "Choice",
    "Day",
    "Dropdown",
    "Fault",
    "FieldList",
    "Form",
    "FormField",
    "Hidden",
    "LongText",
    "Option",
    "SafeDecimal",
    "SafeInt",
    "Secret",
    "SubForm",
    "Text",
    "Tick",
    "Ticks",
    "Upload",
    "Version",
    "clock",
    "day",
    "done",
    "error_summary",
    "faults",
    "htmx",
    "moment",
    "month",
    "notice",
    "number",
    "page",
    "refuse_unless",
    "safe_next",
    "wants_fragment",
]
