"""A real browser for tests: Debian's chromium, a small screen, and a list of everything that went wrong.

Out: a ``Visitor`` whose ``page`` is driven by playwright; it notes each request to another origin, each
error in the console and each failed request.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from tests.flow.installation import LONGEST_WAIT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the path")
PHONE = ViewportSize(width=320, height=640)


@dataclass
class Visitor:
    """One person with a browser of their own, who stays on one site."""

    context: BrowserContext
    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def click(self, selector: str) -> None:
        """Press what leads to another page, and look at that page."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.look()

    def look(self) -> None:
        """Every page fits the width of the screen."""
        wide, screen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen, f"{self.page.url} is {wide} wide on a screen of {screen}"

    def text(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def note_request(self, request: Request) -> None:
        origin = urlsplit(self.address)
        if urlsplit(request.url)[:2] != origin[:2]:
            self.outside.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)


@contextmanager
def visiting(address: str, *, script: bool) -> Iterator[Visitor]:
    """Open a browser for somebody with or without JavaScript."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(java_script_enabled=script, viewport=PHONE, locale="nl-NL")
        context.set_default_timeout(LONGEST_WAIT * 1000)
        visitor = Visitor(context, context.new_page(), address)
        context.on("request", visitor.note_request)
        context.on("console", visitor.note_console)
        visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        try:
            yield visitor
        finally:
            browser.close()
