"""The form of a case study: its headings, in order, and what to write under each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, key_faults
from .fields import Wording


class Block(StrEnum):
    """What stands under a heading."""

    TEXT = "text"
    LIST = "list"
    CHART = "chart"
    PICTURE = "picture"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """One heading. `text` may be empty for a part that is printed without one."""

    key: str
    text: Wording[str]
    prompt: Wording[str] = ""
    block: Block = Block.TEXT
    required: bool = True
    words: Wording[int | None] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStudyTemplate(Definition):
    """A form that drafts start from. What is published keeps the headings it was written in."""

    kind_name: ClassVar[str] = "case_study_template"

    title: Wording[str]
    headings: tuple[Heading, ...]

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"
        if not self.headings:
            yield "has no headings"
        yield from key_faults("heading", (heading.key for heading in self.headings))
        for heading in self.headings:
            if not heading.text.strip() and not heading.prompt.strip():
                yield f"heading {heading.key!r} has neither a text nor a prompt"
            if heading.words is not None and heading.words < 1:
                yield f"heading {heading.key!r} asks for {heading.words} words"
