"""Make the pictures of the README: ``python -m docs.screenshots``.

In: a site of its own, filled with the built-in examples in a temporary home. Out: the PNG files in
``docs/pictures``. Needs Debian's chromium, or another one named in ``CHROMIUM``.
"""

import os
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
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent / "pictures"
START_WITHIN = 300
SHOTS = (
    ("home", "/", 1280, 900),
    ("results", "/zoeken?q=vog+vrijwilligers", 1280, 1000),
    ("results-phone", "/zoeken?q=vog+vrijwilligers", 390, 844),
)


@contextmanager
def site() -> Iterator[str]:
    """Run the whole program with the examples; give its address when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "KENNISBANK_HOME": home, "KENNISBANK_PORT": str(port)}
        command = [sys.executable, "-m", "kennisbank", "start", "--examples"]
        with subprocess.Popen(command, env=environment) as process:
            address = f"http://localhost:{port}"
            try:
                wait_for(address, process)
                yield address
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


def main() -> None:
    """Take every picture."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not here; install it or name it in CHROMIUM.")
    PICTURES.mkdir(exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, width, height in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address + path)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
