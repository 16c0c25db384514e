"""The history: one append-only row for everything a person does, in the same transaction."""

from .services import changes, hashed, plain, record

__all__ = ["changes", "hashed", "plain", "record"]
