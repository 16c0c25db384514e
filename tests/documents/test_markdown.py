"""What people write comes back as text with light marks, and as nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents import as_plain, rendered
from tracker.documents.markdown import ATTRIBUTES, TAGS

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    "![a](https://elsewhere.example/track.png)",
    '<a href="#" hx-get="/account" data-hx-post="/x" style="x" id="main" class="qi">a</a>',
    "<style>body{display:none}</style>",
    "<iframe src=//elsewhere.example></iframe>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "```\n<script>\n```",
    "| a |\n|---|\n| <b onclick=x> |",
]


def tags(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<([a-zA-Z0-9]+)([^>]*)>", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_words(text: str) -> None:
    html = rendered(text)
    for tag, attributes in tags(html):
        assert tag in TAGS
        names = set(re.findall(r"([\w-]+)=", re.sub(r'"[^"]*"', '""', attributes)))
        assert names <= ATTRIBUTES.get(tag, set()) | {"rel"}
        assert not re.search(r'href="(?!https?:|mailto:)', attributes)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    assert {tag for tag, _ in tags(rendered(text))} <= TAGS


def test_light_marks_are_kept_and_headings_stand_below_those_of_the_page() -> None:
    html = rendered("# One\n\n- a\n- **b**\n\n[page](https://example.org)\n\n|x|y|\n|-|-|\n|1|2|")
    assert "<h3>One</h3>" in html
    assert "<li><strong>b</strong></li>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">page</a>' in html
    assert "<td>1</td>" in html


def test_plain_words_have_no_marks_and_no_entities() -> None:
    assert as_plain("# Aim\n\nFish & *chips* < 3") == "Aim Fish & chips < 3"
