"""A whole installation for a test: a home, its work done in this process or by commands of its own.

Nothing here is a stand-in: jobs are done by the handlers of the house, and ``serve``, ``crawl`` and
the others are the commands that a person types. Ports and homes are its own, so that tests can run
beside each other.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from bs4 import BeautifulSoup

from commands.house import House
from crawler.politeness import SystemClock
from library.settings import Settings
from library.store import Job, Store
from library.worker import Worker

PROJECT = Path(__file__).parents[2]
LONGEST_WAIT = 60.0
"""Seconds after which something that was waited for is taken as never coming."""


class Installation:
    """One home with everything that belongs to it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.house = House(settings)

    @property
    def store(self) -> Store:
        return self.house.store

    def do(self, handler: str, key: str, **arguments: Any) -> Job:
        """Queue a job as a button does and have a worker do it, in this process."""
        job = self.store.jobs.add(handler, arguments, key)
        worker = Worker(self.store, self.house.handlers())
        while worker.run_one():
            pass
        return self.store.jobs.get(job.id)

    def environment(self, **changes: str) -> dict[str, str]:
        """What a command needs to know of this installation, and nothing from outside."""
        settings = {
            "KENNISBANK_HOME": str(self.settings.home),
            "KENNISBANK_TRUSTED_ADDRESSES": ",".join(self.settings.trusted_addresses),
            "KENNISBANK_TRUSTED_PACE": str(self.settings.trusted_pace),
            "KENNISBANK_SECRET_KEY": "a key that is long enough for a test",
        }
        outside = {k: v for k, v in os.environ.items() if not k.startswith("KENNISBANK_")}
        return outside | settings | changes

    def command(self, *arguments: str, **changes: str) -> subprocess.Popen[str]:
        """Begin ``kennisbank ARGUMENTS``; what it says can be read from ``stdout``."""
        return subprocess.Popen(
            [sys.executable, "-m", "kennisbank", *arguments],
            cwd=PROJECT,
            env=self.environment(**changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, **changes: str) -> tuple[int, str]:
        """Do ``kennisbank ARGUMENTS`` to its end; give its exit code and what it said."""
        process = self.command(*arguments, **changes)
        said, _ = process.communicate(timeout=4 * LONGEST_WAIT)
        return process.returncode, said

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """Run ``kennisbank serve`` on a free port until the end of the block."""
        port = free_port()
        with self.running("serve", KENNISBANK_PORT=str(port)) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            while line and "Kennisbank: http" not in line:
                line = process.stdout.readline()
            assert line, "the site ended before it was ready"
            yield Site(f"http://localhost:{port}")

    @contextmanager
    def running(self, *arguments: str, **changes: str) -> Iterator[subprocess.Popen[str]]:
        """Run a command that goes on until it is told to stop, at the end of the block."""
        process = self.command(*arguments, **changes)
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=LONGEST_WAIT)

    def close(self) -> None:
        """Close what was opened in this process."""
        self.house.index.close()
        self.store.close()


class Site:
    """The pages of an installation, as a visitor's browser asks for them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = httpx.Client(base_url=address, trust_env=False, timeout=LONGEST_WAIT)

    def page(self, path: str, **parameters: str) -> BeautifulSoup:
        """Ask for a page that must be there."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        answer = self._client.get(path + query)
        assert answer.status_code == 200, (path, answer.status_code)
        return BeautifulSoup(answer.text, "lxml")

    def status(self, path: str) -> int:
        return self._client.get(path).status_code


class MovingClock(SystemClock):
    """The clock of this machine, set forward; who sleeps by it does not wait but moves it on."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self._ahead

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead.total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.forward(seconds=seconds)
        await super().sleep(0)

    def forward(self, **by: float) -> None:
        self._ahead += timedelta(**by)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut or the kernel does: at once, with no chance to clean up."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def wait_until(happened: Callable[[], object]) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + LONGEST_WAIT
    while not happened():
        assert time.monotonic() < end, "what was waited for never came"
        time.sleep(0.02)


def hits(page: BeautifulSoup) -> list[Mapping[str, str]]:
    """The results on a page, each as title, path, organisation and address at its source."""
    return [
        {
            "title": _text(item.select_one("h3 a")),
            "path": _href(item.select_one("h3 a")),
            "organisation": _text(item.select(".facts li")[1]),
            "source": _href(item.select_one(".ways a[rel~=external]")),
            "text": item.get_text(" ", strip=True),
        }
        for item in page.select("article.hit")
    ]


def _text(element: Any) -> str:
    return " ".join(element.get_text().split())


def _href(element: Any) -> str:
    return str(element["href"])
