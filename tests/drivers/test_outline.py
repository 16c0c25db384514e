"""The text of a diagram is the diagram: what is written is read again, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.drivers.domain import AIM, Diagram, Level, Node, arrange, folded
from tracker.drivers.outline import NotAnOutline, as_text, read

WORDS = (
    st.one_of(
        st.text(
            st.characters(
                exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\u2028\u2029"
            ),
            min_size=1,
            max_size=20,
        ),
        st.sampled_from(
            [
                "- dash",
                "* star",
                "\\ back",
                "Aim: no",
                "Not placed yet:",
                "Secondary driver: x",
                "–",
                "-",
            ]
        ),
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any diagram: boxes under several others, and boxes that hang nowhere."""
    said = draw(st.lists(st.tuples(st.sampled_from(Level), WORDS), min_size=1, max_size=14))
    nodes: dict[str, Node] = {}
    taken = set()
    for number, (level, text) in enumerate(said):
        if (level, folded(text)) not in taken:
            taken.add((level, folded(text)))
            nodes[f"n{number}"] = Node(f"n{number}", level, text)
    links: dict[str, list[str]] = {}
    for key, node in nodes.items():
        if node.level is Level.PRIMARY:
            links.setdefault(AIM, []).append(key)
            continue
        fitting = [k for k, n in nodes.items() if n.level in node.level.parents]
        for parent in draw(st.lists(st.sampled_from(fitting), unique=True)) if fitting else []:
            links.setdefault(parent, []).append(key)
    return Diagram(nodes, {parent: tuple(children) for parent, children in links.items()})


def shape(diagram: Diagram) -> tuple[object, ...]:
    """A diagram whatever its keys."""

    def named(key: str) -> tuple[str, str]:
        node = diagram.nodes.get(key)
        return (node.level, node.text) if node else ("", "")

    return (
        {(n.level, n.text) for n in diagram.nodes.values()},
        {
            named(parent): [named(c) for c in children]
            for parent, children in diagram.links.items()
            if children
        },
    )


@given(diagrams())
def test_what_is_written_is_read_again(diagram: Diagram) -> None:
    assert shape(read(as_text(diagram, "Less harm"))) == shape(diagram)


@given(st.text(st.sampled_from("ab -*\\\t\n:"), max_size=80))
def test_any_text_is_read_or_refused_with_its_lines(text: str) -> None:
    try:
        diagram = read(text)
    except NotAnOutline as error:
        refused = error.faults
    else:
        refused = []
        assert arrange(diagram).placed or arrange(diagram).unplaced
    assert all(fault.startswith(("Line ", "There is")) for fault in refused)


def test_the_text_is_what_a_person_would_write() -> None:
    text = (
        "Team readiness\n"
        "    Policy\n"
        "        - Prompt card\n"
        "Equipment\n"
        "    Room\n"
        "        - Prompt card\n"
        "Not placed yet:\n"
        "    - Passport\n"
    )
    diagram = read(text)
    assert as_text(diagram) == text
    (card,) = [n for n in diagram.nodes.values() if n.text == "Prompt card"]
    assert [n.text for n in diagram.above(card.key)] == ["Policy", "Room"]


def test_tabs_bullets_and_uneven_steps_are_read() -> None:
    diagram = read("Aim: less harm\n\nTeam\n\tPolicy\n\t\t• Card\nKit\n  Room\n     * Trolley\n")
    assert [n.level for n in diagram.nodes.values()] == [
        Level.PRIMARY,
        Level.SECONDARY,
        Level.IDEA,
        Level.PRIMARY,
        Level.SECONDARY,
        Level.IDEA,
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "There is no driver in it. Write one on each line."),
        ("- idea", "Line 1: begin with a driver: an idea hangs under one."),
        ("A\n B\n  C\n   D", "Line 4: nothing hangs under a change concept but ideas: begin it"),
        ("A\n - ", "Line 2: it has no words."),
        ("x" * 201, "Line 1: use 200 characters or fewer."),
    ],
)
def test_a_fault_names_its_line(text: str, fault: str) -> None:
    with pytest.raises(NotAnOutline) as refused:
        read(text)
    assert refused.value.faults[0].startswith(fault)
