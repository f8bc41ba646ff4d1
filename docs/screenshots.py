"""Take pictures of the site: ``python -m docs.screenshots``.

In: a site of its own, filled with the built-in examples in a temporary home. Out: the PNG files of the
README in ``docs/pictures``; with a folder as argument every page type at four widths, light and dark, in
that folder, to be looked at. Needs Debian's chromium, or another one named in ``CHROMIUM``.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
START_WITHIN = 300
WIDTHS = (320, 390, 768, 1280)
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 900
SHOTS = (
    ("home", 1280, 900),
    ("results", 1280, 1000),
    ("results-phone", 390, 844),
)
"""The pictures of the README: a page, or a page and where it is seen, and the size."""
PAGES = {
    "home": "/",
    "results": "/zoeken?q=vog+vrijwilligers",
    "results-filtered": "/zoeken?q=buurthuis&doel=2&soort=handreiking",
    "results-all": "/zoeken",
    "results-none": "/zoeken?q=xyzzyqq",
    "results-wrong-year": "/zoeken?q=subsidie&jaar_van=2024&jaar_tot=2020",
    "document": "",
    "goals": "/doelen",
    "goal": "/doel/geld",
    "organisation": "/organisatie/Vrijwillig%20Vooruit%20%28voorbeeld%29",
    "about": "/over",
    "crawler": "/crawler",
    "help": "/hulp-bij-zoeken",
    "privacy": "/privacy",
    "accessibility": "/toegankelijkheid",
    "search-box": "/zoekvak",
    "framed-box": "/ingebed",
    "follow": "/volgen?q=buurthuis",
    "submit": "/bron-aanmelden",
    "sign-in": "/inloggen",
    "api": "/api",
    "missing": "/bestaat-niet",
}
"""A page of every type that visitors see; the document is the first result of ``results``."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site and the folder with its state."""

    address: str
    home: str

    def run(self, *arguments: str) -> str:
        """Run the command on this site; give what it says."""
        command = [sys.executable, "-m", "kennisbank", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command that works on this site."""
        port = self.address.rpartition(":")[2]
        return {**os.environ, "KENNISBANK_HOME": self.home, "KENNISBANK_PORT": port}


@contextmanager
def running() -> Iterator[Site]:
    """Run the whole program with the examples; give it when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        site = Site(f"http://localhost:{port}", home)
        command = [sys.executable, "-m", "kennisbank", "start", "--examples"]
        with subprocess.Popen(command, env=site.environment) as process:
            try:
                wait_for(site.address, process)
                yield site
            finally:
                process.terminate()


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the site answers; end when its program does."""
    for _ in range(START_WITHIN):
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            if process.poll() is not None:
                sys.exit("The site did not start.")
            time.sleep(1)
        else:
            return
    sys.exit(f"The site did not answer within {START_WITHIN} seconds.")


def for_readme(site: Site, browser: Browser) -> None:
    """Take the pictures of the README."""
    PICTURES.mkdir(exist_ok=True)
    for name, width, height in SHOTS:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(site.address + PAGES[name.removesuffix("-phone")])
        page.screenshot(path=PICTURES / f"{name}.png")
        page.close()


def of_everything(site: Site, browser: Browser, folder: Path) -> None:
    """Take every page type as visitors and, after signing in, as admins see it."""
    folder.mkdir(parents=True, exist_ok=True)
    admin = browser.new_context()
    page = admin.new_page()
    page.goto(site.address + PAGES["results"])
    first = page.locator(".hit h3 a").first.get_attribute("href") or "/"
    page.goto(site.run("add-admin", "Beheerder").split()[-1])
    page.click("main button")
    inside = {_name(path): path for path in below(page, site.address, "/beheer")}
    signed_in = admin.storage_state()
    for look in LOOKS:
        for width in WIDTHS:
            size = ViewportSize(width=width, height=HEIGHT)
            ending = f"{width}-{look}"
            outside = browser.new_context(viewport=size, color_scheme=look)
            take(outside, site.address, PAGES | {"document": first}, folder, ending)
            context = browser.new_context(viewport=size, color_scheme=look, storage_state=signed_in)
            take(context, site.address, inside, folder, ending)
            outside.close()
            context.close()


def below(page: Page, address: str, root: str) -> list[str]:
    """Paths below a root that can be reached by links, one for each type of page."""
    found = {_shape(root): root}
    waiting = [root]
    while waiting:
        answer = page.goto(address + waiting.pop())
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        for path in page.locator(f"a[href^='{root}']:not([download])").evaluate_all(HREFS):
            if _shape(path) not in found and "." not in _shape(path).rpartition("/")[2]:
                found[_shape(path)] = path
                waiting.append(path)
    return sorted(found.values())


HREFS = "(links) => links.map((link) => link.getAttribute('href'))"


def _shape(path: str) -> str:
    return re.sub(r"\d+", "0", re.split(r"[?#]", path)[0])


def _name(path: str) -> str:
    return _shape(path).strip("/").replace("/", "-")


def take(
    context: BrowserContext, address: str, pages: dict[str, str], folder: Path, suffix: str
) -> None:
    """Take whole pages, as long as they are."""
    page = context.new_page()
    for name, path in pages.items():
        page.goto(address + path)
        page.screenshot(path=folder / f"{name}-{suffix}.png", full_page=True)


def chromium() -> str:
    """Give the path of the browser."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found is None:
        sys.exit("Chromium is not here; install it or name it in CHROMIUM.")
    return found


def main() -> None:
    """Take every picture."""
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        if sys.argv[1:]:
            of_everything(site, browser, Path(sys.argv[1]))
        else:
            for_readme(site, browser)
        browser.close()


if __name__ == "__main__":
    main()
