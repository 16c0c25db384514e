"""Hands on a keyboard, and eyes that check a page: no test here touches a mouse."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tracker.testing.browser import HEIGHT, NARROW, WIDE

AXE = Axe.from_file(Path(__file__).with_name("axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
MOST_TABS = 200

# Which way an element lies from the one that has the focus.
WAY = """element => {
  const now = document.activeElement
  if (now === element) return 'here'
  if (!now || now === document.body) return 'Tab'
  const follows = now.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
  return follows ? 'Tab' : 'Shift+Tab'
}"""
# WCAG 2.4.11: what has the focus is on the screen, and nothing lies over it.
IS_SEEN = """element => {
  const shown = element.labels && element.labels[0] ? [element, element.labels[0]] : [element]
  return shown.some(each => {
    const box = each.getBoundingClientRect()
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2]
    const at = document.elementFromPoint(x, y)
    return at !== null && (each.contains(at) || at.contains(each))
  })
}"""


def check(page: Page) -> None:
    """No violation, no repeated id, nothing beyond the right edge."""
    # A page without its style sheet is another page, with targets too small.
    page.wait_for_load_state("load")
    page.wait_for_function("document.styleSheets.length > 0")
    found = AXE.run(page, options=OPTIONS).response["violations"]
    said = [
        f"{each['id']}: {node['failureSummary']} {node['html']}"
        for each in found
        for node in each["nodes"]
    ]
    assert not said, "\n".join([page.url, *said])
    assert_whole(page)


def check_both(page: Page, path: str = "") -> None:
    """The page on a phone and on a desk, by address or as it stands."""
    if path:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        check(page)


def assert_whole(page: Page) -> None:
    """No repeated id, nothing beyond the right edge."""
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert [name for name in ids if ids.count(name) > 1] == [], page.url
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide"


class Hands:
    """Works a page by keyboard alone, and counts what had to be filled in where.

    Names are those a screen reader says; `within` narrows the search to a part of the page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.entries = 0
        self.pages: set[str] = set()
        # Somebody listens from the start: a dialog that opens at once is not missed.
        page.on("filechooser", lambda opened: None)

    def go_to(self, target: Locator) -> Locator:
        """Press Tab until the target has the focus, and can be seen."""
        for _ in range(MOST_TABS):
            way = target.evaluate(WAY)
            if way == "here":
                assert target.evaluate(IS_SEEN), f"{target} has the focus but cannot be seen"
                return target
            self.page.keyboard.press(way)
        raise AssertionError(f"{target} cannot be reached by Tab on {self.page.url}")

    def press(self, name: str, *, within: Locator | None = None, link: bool = False) -> None:
        """Press a button, or follow a link, that leads to another page."""
        self.go_to(self._one("link" if link else "button", name, within))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow a link."""
        self.press(name, within=within, link=True)

    def type(
        self, name: str, text: str, *, role: str = "textbox", within: Locator | None = None
    ) -> None:
        """Put text into a field, in place of what is there; one with proposals is a combobox."""
        field = self.go_to(self._one(role, name, within))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)
        self._count()

    def type_day(self, name: str, day: int, month: int, year: int) -> None:
        """Fill in a date; it counts as the three fields it is."""
        group = self.page.get_by_role("group", name=name)
        for part, number in (("Day", day), ("Month", month), ("Year", year)):
            self.type(part, str(number), within=group)

    def choose(self, name: str, *, within: Locator | None = None) -> None:
        """Choose a radio: Tab into its group, then by arrows."""
        radio = self._one("radio", name, within)
        group = radio.evaluate("element => element.name")
        many = self.page.locator(f"input[type=radio][name='{group}']").count()
        for _ in range(MOST_TABS):
            if self.page.evaluate("document.activeElement.name || ''") == group:
                break
            self.page.keyboard.press(radio.evaluate(WAY))
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        for _ in range(many):
            if radio.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        expect(radio).to_be_checked()
        self._count()

    def pick(self, name: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from a list by typing the beginning of the option."""
        field = self.go_to(self._one("combobox", name, within))
        self.page.keyboard.type(option)
        chosen = field.evaluate("element => element.selectedOptions[0].label")
        assert chosen.startswith(option), f"{chosen!r} is chosen, not {option!r}"
        self._count()

    def tick(self, name: str) -> None:
        """Tick a box."""
        box = self.go_to(self._one("checkbox", name, None))
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()
        self._count()

    def bring_file(self, name: str, path: Path) -> None:
        """Choose a file."""
        self.go_to(self.page.get_by_label(name))
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files(path)
        self._count()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in on the page that asks for it."""
        self.type("E-mail address", email)
        self.go_to(self.page.get_by_label("Password", exact=True))
        self.page.keyboard.type(password)
        self.press("Sign in")

    def start_counting(self) -> None:
        """Forget what has been filled in so far."""
        self.entries = 0
        self.pages.clear()

    def _count(self) -> None:
        self.entries += 1
        self.pages.add(self.page.url.partition("?")[0])

    def _one(self, role: str, name: str, within: Locator | None) -> Locator:
        return (within or self.page).get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
