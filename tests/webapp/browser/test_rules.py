"""The rules of accessible and valid pages, checked by axe-core and the Nu HTML checker.

``make test`` fetches both with npm, locked by hash in ``tools``; the second needs a Java as well.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.webapp.browser.conftest import ADMIN_PAGES, VISITOR_PAGES, Visitor

MODULES = Path(__file__).parent / "tools" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REVIEWED = ["color-contrast", "th-has-data-cells"]
"""What axe-core leaves to people and people looked at: contrast is measured by ``test_pages`` to
7:1 where it cannot tell, and a heading of a group of rows has its cells below it."""
BROKEN = """async ([tags, reviewed]) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"],
  });
  const doubted = found.incomplete.filter((rule) => !reviewed.includes(rule.id));
  return [...found.violations, ...doubted].flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"width": 1280},
    "phone": {"width": 390, "is_mobile": True, "has_touch": True},
    "zoomed": {"width": 320, "viewport": {"width": 320, "height": 256}},
    "dark": {"width": 390, "color_scheme": "dark"},
    "forced colours": {"width": 390, "forced_colors": "active"},
}

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="there is no axe-core; npm fetches it")
needs_nu = pytest.mark.skipif(
    not NU.exists() or shutil.which("java") is None,
    reason="there is no Nu HTML checker, which npm fetches, or no Java for it",
)


def broken(page: Page) -> list[str]:
    """The rules that a page breaks or may break, each with the element that does."""
    # Evaluated, not added as an element: the page's policy allows no script but its own.
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(BROKEN, [TAGS, REVIEWED])
    return found


@needs_axe
@pytest.mark.parametrize("look", LOOKS)
def test_no_visitor_page_breaks_a_rule(visitor: Visitor, look: str) -> None:
    visit = visitor(**LOOKS[look])
    assert [f"{one} {rule}" for one in VISITOR_PAGES for rule in broken(visit.open(one))] == []


@needs_axe
@pytest.mark.parametrize("look", ["desktop", "phone"])
def test_no_admin_page_breaks_a_rule(admin_visitor: Visitor, look: str) -> None:
    visit = admin_visitor(**LOOKS[look])
    assert [f"{one} {rule}" for one in ADMIN_PAGES for rule in broken(visit.open(one))] == []


@needs_axe
@pytest.mark.parametrize("look", ["desktop", "phone"])
def test_neither_do_open_filters_and_open_suggestions(visitor: Visitor, look: str) -> None:
    page = visitor(**LOOKS[look]).open("/zoeken?q=moestuin")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert broken(page) == []
    page = visitor(**LOOKS[look]).open("/")
    page.locator("#q").press_sequentially("moes")
    page.locator("#suggesties [role=option]").first.wait_for()
    assert broken(page) == []


@needs_nu
def test_all_pages_are_valid_html(admin_visitor: Visitor, tmp_path: Path) -> None:
    visit = admin_visitor()
    folder = tmp_path / "pages"
    folder.mkdir()
    addresses = (*VISITOR_PAGES, *ADMIN_PAGES)
    for number, address in enumerate(addresses):
        answer = visit.page.request.get(visit.base + address)
        (folder / f"{number:02}.html").write_bytes(answer.body())
    done = subprocess.run(
        ["java", "-jar", str(NU), "--format", "json", "--stdout", "--exit-zero-always", folder],
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)["messages"]
    wrong = [
        f"{addresses[int(Path(one['url']).stem)]}: {one['message']} {one.get('extract', '')}"
        for one in told
        if one["type"] == "error"
    ]
    assert wrong == []
