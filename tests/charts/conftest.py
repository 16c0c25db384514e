"""Charts to draw, and a reader of drawings: what an eye would measure, from the SVG itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from tracker.spc import analyse
from tracker.spc.values import Chart, Direction, Plan, Series

Months = Callable[..., list[date]]
ChartOf = Callable[..., Chart]


@dataclass
class Text:
    """Words of a drawing with their estimated box: left, top, right, bottom."""

    words: str
    attrs: dict[str, str]

    @property
    def box(self) -> tuple[float, float, float, float]:
        size = float(self.attrs["font-size"])
        em = 0.6 if self.attrs.get("font-weight") == "600" else 0.56
        wide = (len(self.words) * em + self.words.count("%") * 0.33) * size
        x, y = float(self.attrs["x"]), float(self.attrs["y"])
        left = x - wide * {"middle": 0.5, "end": 1.0}.get(self.attrs.get("text-anchor", ""), 0.0)
        return left, y - 0.74 * size, left + wide, y + 0.12 * size


@dataclass
class Seen:
    """Everything in one drawing, in the order it is painted."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    title: str = ""
    desc: str = ""
    hovers: list[str] = field(default_factory=list)

    @property
    def root(self) -> dict[str, str]:
        return self.elements[0][1]

    def find(self, tag: str, **attrs: str) -> list[dict[str, str]]:
        """Elements with these attributes; an underscore stands for a hyphen."""
        wanted = {k.replace("_", "-"): v for k, v in attrs.items()}
        return [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]

    def words(self) -> list[str]:
        return [t.words for t in self.texts]

    def outside(self) -> list[Text]:
        """Words that leave the view box, by the estimate of their width."""
        wide, high = (float(v) for v in self.root["viewbox"].split()[2:])
        return [
            t
            for t in self.texts
            if t.box[0] < -0.5 or t.box[1] < -0.5 or t.box[2] > wide + 0.5 or t.box[3] > high + 0.5
        ]

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of words that lie on each other."""
        found = []
        for i, one in enumerate(self.texts):
            for two in self.texts[i + 1 :]:
                a, b = one.box, two.box
                if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
                    found.append((one.words, two.words))
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        self.seen.elements.append((tag, found))
        self.stack.append(tag)
        if tag == "text":
            found.setdefault("font-size", self.seen.root["font-size"])
            self.seen.texts.append(Text("", found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        where = self.stack[-1] if self.stack else ""
        if where == "text":
            self.seen.texts[-1].words += data
        elif where == "desc":
            self.seen.desc = data
        elif where == "title" and len(self.stack) == 2:
            self.seen.title = data
        elif where == "title":
            self.seen.hovers.append(data)


@pytest.fixture(scope="session")
def look() -> Callable[[str], Seen]:
    """Read a drawing back."""

    def look_at(drawing: str) -> Seen:
        reader = _Reader()
        reader.feed(str(drawing))
        reader.close()
        assert not reader.stack
        return reader.seen

    return look_at


@pytest.fixture(scope="session")
def sound() -> Callable[[str, Seen], None]:
    """What every drawing must keep: legible, self-contained, fit for forced colours and the CSP."""

    def check(drawing: str, seen: Seen) -> None:
        assert [t.words for t in seen.outside()] == []
        assert seen.overlaps() == []
        assert "style=" not in drawing
        assert not re.search(r'[ "-]\d+\.\d{2,}(?!\d*" (stroke-dasharray|/))', _numbers(drawing))
        assert "nan" not in _numbers(drawing)
        assert "inf" not in _numbers(drawing)
        for tag, attrs in seen.elements[1:]:
            if tag in ("path", "rect", "circle"):
                assert attrs["class"].startswith("qi-")

    return check


def _numbers(drawing: str) -> str:
    """Coordinates only: words may hold any decimals, and widths of lines are constants."""
    bare = re.sub(r">[^<]*<", "><", drawing)
    return " ".join(re.findall(r' (?:x|y|cx|cy|r|d|width|height)="[^"]*"', bare))


@pytest.fixture(scope="session")
def months() -> Months:
    """First days of `n` months from July 2020, or of periods `step` months long."""

    def of(n: int, step: int = 1, start: int = 2020 * 12 + 6) -> list[date]:
        return [date(k // 12, k % 12 + 1, 1) for k in range(start, start + n * step, step)]

    return of


@pytest.fixture(scope="session")
def weeks() -> Callable[[int], list[date]]:
    """First days of `n` weeks from Monday 3 January 2022."""
    return lambda n: [date(2022, 1, 3) + timedelta(7 * i) for i in range(n)]


@pytest.fixture(scope="session")
def chart_of(months: Months) -> ChartOf:
    """The analysis of some values, monthly unless dates are given."""

    def of(
        ys: Sequence[float | None],
        xs: Sequence[date | float] | None = None,
        *,
        kind: str = "xmr",
        better: Direction = Direction.DECREASE,
        target: float | None = None,
        rebase: Sequence[date] = (),
    ) -> Chart:
        dates = tuple(months(len(ys)) if xs is None else xs)
        plan = Plan(kind, direction=better, target=target, rebase=tuple(rebase))
        return analyse(Series(dates, tuple(ys)), plan)

    return of


@pytest.fixture(scope="session")
def opioid_values() -> list[float]:
    """28 monthly values of the measure in the screens: two phases, one point above its limits."""
    first = [1268, 1281, 1259, 1274, 1262, 1290, 1271, 1255, 1283, 1246, 1240, 1296, 1277, 1264]
    second = [1286, 1258, 1272, 1265, 1206, 1197, 1204, 1194, 1187, 1302, 1190, 1181, 1148, 1141]
    return [float(v) for v in first + second]
