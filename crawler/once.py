"""One address asked for outside a crawl, with the same guard, manners and respect for robots.txt.

In: an address or a file. Out: the outcome, or the document it would give. Nothing is stored, but the
turn that was taken at a host.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crawler import extract, outcomes
from crawler.fetch import Limits, follow
from crawler.means import Hosts, Means
from crawler.outcomes import Fetched, Outcome
from crawler.pages import Pages
from crawler.urls import normalise
from library.document import Document
from library.errors import KennisbankError
from library.settings import Settings
from library.store import Address, RobotsFile, Source

MOST_BYTES = Limits().document.size
"""A file is read as far as one that was fetched would be."""


class NoDocument(KennisbankError):
    """There is nothing to extract a document from."""


@dataclass(slots=True)
class _Memory:
    """Remembers hosts for as long as one question takes."""

    robots: dict[str, RobotsFile] = field(default_factory=dict)

    def take(self, names: Sequence[str], now: datetime, gap: float) -> datetime | None:
        return None  # One question after the other: the gap in between is kept by Politeness.

    def leave(self, names: Sequence[str], next_at: datetime) -> None:
        pass

    def find_robots(self, origin: str) -> RobotsFile | None:
        return self.robots.get(origin)

    def put_robots(self, origin: str, robots: RobotsFile) -> None:
        self.robots[origin] = robots


def fetch_once(
    url: str, settings: Settings, *, hosts: Hosts | None = None, means: Means | None = None
) -> Outcome:
    """Ask for one address, along its redirects; with ``hosts`` at the pace that crawls keep too."""
    return asyncio.run(_fetch(url, hosts or _Memory(), means or Means(settings)))


async def _fetch(url: str, hosts: Hosts, means: Means) -> Outcome:
    trusted = means.settings.trusted_addresses
    async with means.asking(hosts) as (fetcher, robots):

        async def ask(here: str) -> Outcome:
            pages = Pages(page_source(here), fetcher, robots, trusted)
            return await pages.get(Address(here))

        return await follow((normalise(url) or url).partition("#")[0], ask)


def extract_once(file_or_url: str, settings: Settings, *, hosts: Hosts | None = None) -> Document:
    """The document that a file or an address would give; raise ``NoDocument`` with the reason."""
    if "://" in file_or_url:
        outcome = fetch_once(file_or_url, settings, hosts=hosts)
    else:
        outcome = fetched_file(Path(file_or_url))
    if not isinstance(outcome, Fetched):
        raise NoDocument(f"{file_or_url} gives no document: {outcomes.REASONS[outcome.reason]}")
    extracted = extract.extract(outcome, source=page_source(outcome.final_url))
    if isinstance(extracted, extract.NotExtracted):
        raise NoDocument(f"{file_or_url} gives no document: {extract.REASONS[extracted.reason]}")
    if extracted.document is None:
        reason = extract.REASONS[extracted.document_reason]
        raise NoDocument(f"{file_or_url} gives no document: {reason}")
    return extracted.document


def fetched_file(path: Path) -> Fetched:
    """A file on this machine, as if it had been fetched; its type shows from its bytes."""
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoDocument(f"{path} cannot be read: {error.strerror}.") from error
    if len(body) > MOST_BYTES:
        raise NoDocument(f"{path} gives no document: {outcomes.REASONS['too-large']}")
    address = path.resolve().as_uri()
    return Fetched(
        url=address,
        final_url=address,
        status=200,
        headers={},
        body=body,
        media_type="",
        charset=None,
        etag=None,
        last_modified=None,
        received_bytes=len(body),
        fetched_at=datetime.now(UTC),
        elapsed=0.0,
    )


def page_source(url: str) -> Source:
    """A source of one page, for what is no source at all; every language is welcome."""
    return Source(
        id=0,
        slug="",
        name="",
        organisation="",
        url=url,
        added_at=datetime.now(UTC),
        scope="page",
        languages=("nl", "fy", "en", "de", "fr"),
    )
