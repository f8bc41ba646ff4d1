"""Every page type, narrow and wide, with and without script: it fits, it is reachable, it is ours."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.webapp.browser.conftest import ADMIN_PAGES, SIZES, VISITOR_PAGES, Visit, Visitor
from webapp.messages import say

SMALL_TARGETS = """() => {
  const inSentence = (element) => {
    const block = element.closest("p, li, dd, td, legend");
    return block && block.innerText.trim().length > element.innerText.trim().length + 20;
  };
  return [...document.querySelectorAll("a, button, summary, input, label.choice")]
    .filter((element) => element.type !== "hidden")
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.matches("label.choice input"))
    .filter((element) => !element.matches(".skip"))
    .filter((element) => !(getComputedStyle(element).display === "inline" && inSentence(element)))
    .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 43.9)
    .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
}"""
LEVELS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => Number(h.tagName[1]))"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


def looks_right(page: Page, address: str) -> None:
    """What must be true of every page at every width, once all of it is there.

    A click waits until the next page begins, not until it is read to its end.
    """
    page.wait_for_load_state()
    levels: list[int] = page.evaluate(LEVELS)
    assert levels.count(1) == 1, address
    assert page.locator("h1").inner_text() != say("error.500.h1"), address
    assert all(after <= before + 1 for before, after in pairwise(levels)), address
    scroll, client = page.evaluate(WIDTHS)
    assert scroll == client, address
    assert page.evaluate(SMALL_TARGETS) == [], address
    assert page.evaluate("document.documentElement.lang") == "nl"


def happened(visit: Visit) -> tuple[list[str], list[str]]:
    return visit.foreign, visit.complaints


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_visitor_pages(visitor: Visitor, width: int, *, script: bool) -> None:
    visit = visitor(width, java_script_enabled=script)
    for address in VISITOR_PAGES:
        looks_right(visit.open(address), address)
    assert happened(visit) == ([], [])


@pytest.mark.parametrize("width", SIZES)
def test_admin_pages(admin_visitor: Visitor, width: int) -> None:
    visit = admin_visitor(width)
    for address in ADMIN_PAGES:
        looks_right(visit.open(address), address)
    assert happened(visit) == ([], [])


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"contrast": "more"},
        {"reduced_motion": "reduce"},
    ],
    ids=str,
)
def test_other_ways_of_looking(visitor: Visitor, options: dict[str, Any]) -> None:
    visit = visitor(320, **options)
    for address in VISITOR_PAGES[:7]:
        looks_right(visit.open(address), address)
    assert happened(visit) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(visitor: Visitor, scheme: str) -> None:
    visit = visitor(1280, color_scheme=scheme)
    for address in VISITOR_PAGES:
        page = visit.open(address)
        assert page.evaluate(LOW_CONTRAST) == [], address


LOW_CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return rgba("Canvas");
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const low = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const pair = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 7) low.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 80)}`);
  }
  return low;
}"""


@pytest.mark.parametrize("change", [TEXT_SPACING, "html { font-size: 200% !important; }"])
def test_reflow_with_more_space_and_larger_text(visitor: Visitor, change: str) -> None:
    visit = visitor(320, bypass_csp=True)
    for address in VISITOR_PAGES:
        page = visit.open(address)
        page.add_style_tag(content=change)
        scroll, client = page.evaluate(WIDTHS)
        assert scroll == client, address


def test_focus_is_visible_and_never_covered(visitor: Visitor) -> None:
    visit = visitor(320, reduced_motion="reduce")
    for address in ("/", "/zoeken?q=moestuin"):
        page = visit.open(address)
        for _ in range(12):
            page.keyboard.press("Tab")
            covered = page.evaluate("""() => {
              const element = document.activeElement, box = element.getBoundingClientRect();
              const style = getComputedStyle(element);
              if (parseFloat(style.outlineWidth) < 3) return "no ring " + element.outerHTML;
              const line = element.getClientRects()[0];
              const top = document.elementFromPoint(
                line.left + line.width / 2, line.top + line.height / 2);
              return element.contains(top) || top.contains(element) ? "" : element.outerHTML;
            }""")
            assert covered == ""


def test_skip_links_come_first_and_move_focus(visitor: Visitor) -> None:
    page = visitor(1280).open("/zoeken?q=moestuin")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Ga naar de resultaten"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "resultaten"
