"""What an analysis will not take, said in a sentence a person can act on."""

from __future__ import annotations


class Refused(ValueError):
    """An analysis that cannot be made. The message is one sentence, fit to show."""


class UnknownChart(Refused):
    """No chart of this name is in the rules."""


class NotBuiltYet(Refused):
    """The rules describe this chart; the product does not draw it yet."""


class BadSeries(Refused):
    """A column cannot be charted. Rows are counted from 1, in the order given."""


class BadPlan(Refused):
    """A choice about the chart is of the wrong kind or out of range."""
