"""The examples in the store: their sources, the ports they are served on, and their removal.

In: a store and the home folder. Out: sources whose documents carry the mark of an example. Once an
admin has removed the examples they stay away, until somebody asks for them again by command.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from examples.sites import Site, load_sites
from library.settings import Settings
from library.store import Source, Store

SLUG_PREFIX = "voorbeeld-"
_REMOVED = "examples-removed"


def stored_ports(home: Path) -> dict[str, int]:
    """Give the port of each site as it was the last time, as far as known."""
    try:
        known = json.loads((home / "examples.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {str(slug): int(port) for slug, port in known.items()}


def store_ports(home: Path, addresses: Mapping[str, str]) -> None:
    """Keep the ports, so that the addresses of the examples stay the same."""
    ports = {slug: urlsplit(address).port for slug, address in addresses.items()}
    (home / "examples.json").write_text(json.dumps(ports, indent=1), "utf-8")


def add_sources(store: Store, addresses: Mapping[str, str]) -> tuple[Source, ...]:
    """Make sure that there is a source for each site at its address; give them all.

    A site that had to move to another port is a new site to the crawler: its old documents go.
    """
    with store.transaction():
        return tuple(_source(store, site, addresses[site.slug]) for site in load_sites())


def _source(store: Store, site: Site, address: str) -> Source:
    url = urljoin(address, site.start)
    source = store.sources.find(SLUG_PREFIX + site.slug)
    if source is not None and source.url == url:
        return source
    if source is not None:
        store.remove_source(source.id)
    return store.sources.add(
        slug=SLUG_PREFIX + site.slug,
        name=site.organisation,
        organisation=site.organisation,
        url=url,
        kept_parameters=None if site.settings.query == "needed" else (),
        is_example=True,
    )


def example_sources(store: Store) -> tuple[Source, ...]:
    """Give the sources of examples that are in the store."""
    return tuple(source for source in store.sources.all() if source.is_example)


def remove_examples(store: Store) -> int:
    """Remove all examples and what they said; give the number of documents."""
    with store.transaction():
        removed = store.documents.purge_examples()
        store.stop_example_crawls()
        for source in example_sources(store):
            store.sources.remove(source.id)
        store.marks.add(_REMOVED)
    return removed


def are_removed(store: Store) -> bool:
    """Whether an admin removed the examples."""
    return store.marks.has(_REMOVED)


def allow_again(store: Store) -> None:
    """Let the next start load the examples again."""
    store.marks.remove(_REMOVED)


def trusting(settings: Settings, addresses: Mapping[str, str]) -> Settings:
    """Let the crawler reach the example server, and nothing else that is not public."""
    own = {urlsplit(address).netloc for address in addresses.values()}
    trusted = tuple(sorted(own.union(settings.trusted_addresses)))
    pace = settings.trusted_pace if "trusted_pace" in settings.model_fields_set else 0.0
    return settings.model_copy(update={"trusted_addresses": trusted, "trusted_pace": pace})
