"""``crawl`` and ``try``: fetch a source now, or look at a site before it is added."""

from collections.abc import Mapping
from typing import Any

import click

from commands.house import House, pass_house
from commands.output import write
from commands.sources import known_source
from crawler import REASONS, WARNINGS, add_source, canonical_url
from library.store import Job, Source


@click.command()
@click.argument("source_or_url")
@click.option("--limit", type=click.IntRange(1), help="Most pages to fetch in this run.")
@click.option(
    "--accept-removals",
    is_flag=True,
    help="Remove all documents that are gone, also when they are so many that a crawl is held.",
)
@pass_house
def crawl(house: House, source_or_url: str, *, limit: int | None, accept_removals: bool) -> None:
    """Fetch a source now, with progress, and bring the index up to date.

    SOURCE_OR_URL is the slug, number or address of a source; an address that is new is added
    as one. Ctrl-C stops tidily and the next crawl goes on from there.
    """
    found = house.store.sources.find(source_or_url)
    if found is None and "://" in source_or_url:
        address = canonical_url(source_or_url)
        found = house.store.sources.find(address) or add_source(
            house.store, house.settings, address
        )
    found = found or known_source(house, source_or_url)
    job = crawl_now(house, found, limit=limit, accept_removals=accept_removals)
    if (job.result or {}).get("state") != "done":
        raise click.exceptions.Exit(1)


def crawl_now(
    house: House, found: Source, *, limit: int | None, accept_removals: bool = False
) -> Job:
    """Crawl in the foreground and print the summary."""
    queued = house.store.jobs.add_crawl(found.id, limit=limit, accept_removals=accept_removals)
    job = house.do(queued, found.name)
    result = job.result or {}
    counts = ", ".join(f"{n} {name}" for name, n in result["counts"].items() if n) or "nothing"
    why = f": {REASONS.get(result['reason'], result['reason'])}" if result["reason"] else ""
    click.echo(f"{found.name}: {result['state']}{why} ({counts})", err=True)
    for reason, number in sorted(result["reasons"].items(), key=lambda pair: -pair[1]):
        click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, '')}", err=True)
    if result["state"] == "held":
        command = f"kennisbank crawl {found.slug} --accept-removals"
        click.echo(f"If that many are really gone, remove them with: {command}", err=True)
    return job


@click.command("try")
@click.argument("source_or_url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def try_(house: House, source_or_url: str, *, as_json: bool) -> None:
    """Try a site before adding it: robots.txt, sitemap, feeds, and twenty pages with what is in them.

    SOURCE_OR_URL is an address, or a known source to try with its own rules. Guard and pace are those of a crawl; no document and
    no source is stored.
    """
    found = house.do(house.store.jobs.add_trial(source_or_url), "Try").result or {}
    if as_json:
        write(found)
        return
    click.echo(f"robots.txt: {found['robots'] or 'not asked'}; start: {REASONS[found['start']]}")
    click.echo(f"pace: {found['gap']:g} seconds; in sitemaps: {found['listed']} pages")
    for feed, number in found["feeds"].items():
        click.echo(f"feed: {feed}, {number} pages")
    for sample in found["samples"]:
        click.echo(f"{sample['url']}\n    {told_sample(sample)}")
    for code, number in found["warnings"]:
        click.echo(f"warning: {WARNINGS[code].format(n=number)}")


def told_sample(sample: Mapping[str, Any]) -> str:
    """One line on a page that was tried."""
    if sample["outcome"] != "fetched":
        return f"{sample['outcome']}: {REASONS[sample['outcome']]}"
    date = f"{sample['published']} ({sample['evidence']})" if sample["published"] else "no date"
    facts = [date, sample["kind"], sample["language"], f"{sample['words']} words"]
    facts += ["overview"] if sample["is_listing"] else []
    facts += ["known"] if sample["is_known"] else []
    facts += [f"says the same as {sample['copy_of']}"] if sample["copy_of"] else []
    return f"{sample['title']}: {', '.join(facts)}"
