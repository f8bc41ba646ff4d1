"""``search``, ``terms`` and ``complete``: what a visitor would find and be offered."""

from dataclasses import asdict

import click

from commands.house import House, pass_house
from commands.output import write
from index import Query
from index.analysis import index_terms as indexed_terms
from index.expansion import query_terms
from index.records import page_record


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--goal",
    "goals",
    type=click.IntRange(1, 5),
    multiple=True,
    help="Only this goal; more than one: any of them.",
)
@click.option(
    "--organisation",
    "organisations",
    multiple=True,
    help="Only this organisation, by its whole name; more than one: any of them.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Most hits to show.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Tell by which words each hit is found, with parts of its score.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def search(
    house: House,
    words: tuple[str, ...],
    goals: tuple[int, ...],
    organisations: tuple[str, ...],
    limit: int,
    *,
    explain: bool,
    as_json: bool,
) -> None:
    """Search the index for WORDS: words, "phrases" and -words that must be absent.

    Put -- before WORDS that begin with a minus. Empty WORDS ('') find everything, newest first.
    """
    query = Query(" ".join(words), goals=goals, organisations=organisations, limit=limit)
    page = house.index.search(query)
    reasons = {hit.id: house.index.why(query, hit.id) if explain else () for hit in page.hits}
    if as_json:
        record = page_record(page)
        for hit in record["hits"] if explain else ():
            hit["why"] = [asdict(one) for one in reasons[hit["id"]]]
        write(record)
        return
    for rank, hit in enumerate(page.hits, start=1):
        click.echo(f"{rank:>3}. {hit.title}  [{hit.organisation}]\n     {hit.url}")
        for fragment in hit.fragments[:1]:
            click.echo(f"     {fragment.text}")
        for one in reasons[hit.id]:
            click.echo(f"     {one.score:7.3f}  {one.word}: {one.found} ({one.kind})")
    click.echo(f"{page.total} documents")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--query", "as_query", is_flag=True, help="As a query: with synonyms and joined forms."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def terms(words: tuple[str, ...], *, as_query: bool, as_json: bool) -> None:
    """Show the terms that each of WORDS becomes in the index, or in a query."""
    analyse = query_terms if as_query else indexed_terms
    found = {text: list(analyse(text)) for text in words}
    if as_json:
        write(found)
        return
    for text, its_terms in found.items():
        click.echo(f"{text}: {' '.join(its_terms)}")


@click.command()
@click.argument("text")
@click.option("--limit", default=8, show_default=True, help="Suggestions at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_house
def complete(house: House, text: str, limit: int, *, as_json: bool) -> None:
    """Show what a visitor who typed TEXT so far is offered, and what TEXT was probably meant to be."""
    found = house.index.complete(text, limit)
    meant = house.index.did_you_mean(text)
    if as_json:
        write({"suggestions": [asdict(one) for one in found], "did_you_mean": meant})
        return
    for one in found:
        click.echo(f"{one.text}  [{one.kind} {one.count}]")
    if meant:
        click.echo(f"Did you mean: {meant}")
