"""``source``: add, change, list and remove sources, and tell what became of their addresses."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from commands.house import House, pass_house
from commands.output import write
from commands.source_options import RULES, rules_of, source_rules
from crawler import REASONS, add_source
from examples.tasks import allow_again
from library.errors import KennisbankError
from library.report import csv_lines, grouped
from library.store import Source


@click.group()
def source() -> None:
    """Add, change, list and remove sources."""


@source.command("add")
@click.argument("url", required=False)
@click.option("--examples", is_flag=True, help="Let the next `start --examples` load them again.")
@source_rules
@pass_house
def source_add(house: House, /, url: str | None, *, examples: bool, **options: Any) -> None:
    """Add the site, part or page at URL as a source; `kennisbank crawl` fetches it."""
    if examples:
        allow_again(house.store)
        click.echo("The next `kennisbank start --examples` loads the examples again.")
        return
    if url is None:
        raise click.UsageError("Give a URL, or --examples.")
    added = add_source(house.store, house.settings, url, **rules_of(options))
    click.echo(f"Added source {added.slug}. Fetch it with: kennisbank crawl {added.slug}")


@source.command("edit")
@click.argument("key")
@click.option("--paused/--active", default=None, help="Leave it alone, or crawl it in its time.")
@source_rules
@pass_house
def source_edit(house: House, /, key: str, **options: Any) -> None:
    """Change the source KEY (its slug, number or address): only what the options name."""
    changes = rules_of(options)
    if not changes:
        raise click.UsageError("Say with an option what must change.")
    changed = house.store.sources.edit(known_source(house, key).id, **changes)
    click.echo(f"Changed source {changed.slug}.")


def known_source(house: House, key: str) -> Source:
    """Find a source or say which there are."""
    found = house.store.sources.find(key)
    if found is None:
        raise KennisbankError(f"There is no source {key!r}. `kennisbank source list` shows them.")
    return found


@source.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def source_show(house: House, key: str, *, as_json: bool) -> None:
    """Show every rule of the source KEY, under the names of the options that change them."""
    found = asdict(known_source(house, key))
    if as_json:
        write({name: str(v) if isinstance(v, datetime) else v for name, v in found.items()})
        return
    options = {rule: option for option, rule in RULES.items()}
    for name, value in found.items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        click.echo(
            f"{options.get(name, name).replace('_', '-'):<18} {'' if shown is None else shown}"
        )


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_house
def source_list(house: House, *, as_json: bool) -> None:
    """List the sources with what became of their last crawl."""
    for item in house.store.sources.all():
        crawl_row = house.store.crawls.latest(item.id)
        state = "never crawled" if crawl_row is None else crawl_row.state
        documents = house.store.documents.count(source_id=item.id)
        if as_json:
            write({"id": item.id, "slug": item.slug, "name": item.name, "url": item.url,
                   "organisation": item.organisation, "scope": item.scope, "state": state,
                   "documents": documents})  # fmt: skip
        else:
            click.echo(
                f"{item.id:>4}  {item.slug:<32} {documents:>6} documents  {state:<14} {item.url}"
            )


@source.command("report")
@click.argument("key")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path),
    help="Write every address with its reason to this file; - for standard output.",
)
@pass_house
def source_report(house: House, key: str, *, csv_file: Path | None) -> None:
    """Tell what became of every address of the source KEY, counted by reason."""
    found = known_source(house, key)
    if csv_file is not None:
        with click.open_file(str(csv_file), "w", encoding="utf-8", lazy=False) as file:
            file.writelines(csv_lines(report_rows(house, found)))
        return
    last = house.store.crawls.latest(found.id)
    counts = house.store.reports.counts(found.id)
    if last is not None:
        told = ", ".join(f"{number} {name}" for name, number in last.counts.items() if number)
        click.echo(f"last crawl {last.started_at:%Y-%m-%d %H:%M} UTC: {last.state} ({told})")
    for group, items in grouped(counts):
        click.echo(f"{group}: {sum(number for _, number in items)}")
        for reason, number in items:
            click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, 'Not visited yet.')}")
    links = {} if last is None else {c: n for c, n in last.reasons.items() if c not in counts}
    for reason, number in sorted(links.items(), key=lambda pair: -pair[1]):
        click.echo(f"links left out: {number:>6}  {reason}: {REASONS.get(reason, '')}")


def report_rows(house: House, found: Source) -> Iterator[tuple[str, ...]]:
    """Give the addresses of a source as rows of a table, the names of the columns first."""
    yield ("address", "reason", "sentence", "visited", "found on", "leads to")
    for one in house.store.reports.all_addresses(found.id):
        visited = one.visited_at.isoformat(timespec="seconds") if one.visited_at else ""
        sentence = REASONS.get(one.reason, "Not visited yet.")
        yield one.url, one.reason, sentence, visited, one.found_on, one.moved_to


@source.command("remove")
@click.argument("key", required=False)
@click.option("--examples", is_flag=True, help="Remove all example sites and their documents.")
@pass_house
def source_remove(house: House, key: str | None, *, examples: bool) -> None:
    """Remove the source KEY with all its documents, from the index too."""
    if examples:
        job = house.do(house.store.add_examples_removal(), "Remove")
        click.echo(f"Removed the examples: {(job.result or {}).get('removed', 0)} documents.")
        return
    if key is None:
        raise click.UsageError("Give a source, or --examples.")
    found = known_source(house, key)
    removed = house.store.remove_source(found.id)
    house.reindex()
    click.echo(f"Removed source {found.slug} and {removed} documents.")


@source.command("restore")
@click.argument("key")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day of what is brought back; without it, what the last crawl removed.",
)
@pass_house
def source_restore(house: House, key: str, *, since: datetime | None) -> None:
    """Bring back the documents of the source KEY that a crawl removed.

    The next crawl looks again: what is still gone goes again, at a 404 after a second look a day later.
    """
    found = known_source(house, key)
    last = house.store.crawls.latest(found.id)
    if since is not None:
        start = since.astimezone()
    elif last is not None:
        start = last.started_at
    else:
        raise KennisbankError(f"{found.slug} was never crawled.")
    restored = house.store.restore_removed(found.id, start)
    house.reindex()
    click.echo(f"Brought back {restored} documents of {found.slug}.")
