"""Documents: text that people write with light marks, and pages as PDF."""

from .markdown import as_plain, rendered
from .pdf import CannotSet, pdf

__all__ = ["CannotSet", "as_plain", "pdf", "rendered"]
