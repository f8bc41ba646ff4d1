"""``import``, ``export``, ``extract`` and ``explain``: documents in and out, and why one is (not) there."""

from functools import partial
from pathlib import Path

import click

from commands.example_sites import settings_of_crawls
from commands.house import House, pass_house
from commands.output import tell_bad_line, write
from crawler import REASONS, canonical_url, document_at, explain, extract_once
from library.console import TerminalProgress
from library.exchange import as_record, write_file
from library.imports import import_file


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def import_(house: House, file: Path) -> None:
    """Import documents from FILE: JSON lines (.gz too), and bring the index up to date.

    A line has id, title and text, and may have url, organisation, published, kind and goals. A bad
    line is reported with its number and the reason; the rest is imported. Exit code 1 when a line
    was bad.
    """
    with TerminalProgress("Import") as progress:
        counts = import_file(house.store, file, progress, tell=partial(tell_bad_line, file))
    house.reindex()
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing")
    if counts["bad"]:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def export(house: House, file: Path) -> None:
    """Write every document to FILE as JSON lines, which `import` reads back unchanged.

    FILE is compressed when its name ends in .gz.
    """
    number = write_file(file, (stored.document for stored in house.store.documents.live()))
    click.echo(f"Wrote {number} documents to {file}.")


@click.command()
@click.argument("file_or_url", required=False)
@click.option("--all", "everything", is_flag=True, help="Read all kept pages and files again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every field.")
@pass_house
def extract(house: House, file_or_url: str | None, *, everything: bool, as_json: bool) -> None:
    """Show the document that would be made of FILE_OR_URL; nothing is stored.

    A URL is fetched with the manners of a crawl: its robots.txt is read and followed. With --all
    the kept bytes of every page and file are read again, without the network: documents become
    what this version makes of them, and what changed is told.
    """
    if everything == (file_or_url is not None):
        raise click.UsageError("Give a file or URL, or --all.")
    if file_or_url is None:
        extract_all(house, as_json=as_json)
        return
    # An installation that is there keeps one pace; one that is not is not made for a look.
    hosts = house.store.hosts if house.settings.database.exists() else None
    document = extract_once(file_or_url, house.settings, hosts=hosts)
    if as_json:
        write(as_record(document))
    else:
        click.echo(f"{document.title}\n\n{document.text}")


def extract_all(house: House, *, as_json: bool) -> None:
    """Read everything that is kept again, and say what changed."""
    result = house.do(house.store.jobs.add_extraction(), "Extract").result or {}
    if as_json:
        write(result)
        return
    for title, numbers in (("Documents", result["counts"]), ("Changed in them", result["fields"])):
        told = ", ".join(f"{number} {name}" for name, number in numbers.items())
        click.echo(f"{title}: {told or 'nothing'}")
    for reason, number in sorted(result["reasons"].items(), key=lambda pair: -pair[1]):
        click.echo(f"    {number:>6}  {reason}: {REASONS.get(reason, '')}")


@click.command("explain")
@click.argument("url")
@pass_house
def explain_(house: House, url: str) -> None:
    """Tell all that is known of URL: source, last visit, document, goals, place in the index."""
    canonical_url(url)
    for line in explain(house.store, settings_of_crawls(house), url):
        click.echo(line)
    stored = document_at(house.store, url)
    hit = None if stored is None else house.index.lookup(stored.document.id)
    click.echo(
        "index: it is not in the index" if hit is None else f"index: it is there as {hit.id}"
    )
    for tag in () if hit is None else hit.goals:
        click.echo(f"goal {tag.number} ({tag.probability:.2f}): {', '.join(tag.evidence)}")
