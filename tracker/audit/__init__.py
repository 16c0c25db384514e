"""The history: one append-only row for everything a person does, in the same transaction."""

from .services import changes, record

__all__ = ["changes", "record"]
