"""``evaluate``: how good the ranking is, by judged queries."""

from functools import partial
from pathlib import Path

import click

from commands.house import House, pass_house
from index.evaluate import evaluate as evaluate_run
from index.evaluate import read_qrels, read_queries, write_run
from index.judged import numbered
from library.console import TerminalProgress
from library.errors import KennisbankError
from library.progress import Progress


@click.command()
@click.option("--queries", type=click.Path(path_type=Path), help="JSON lines with id and text.")
@click.option("--qrels", type=click.Path(path_type=Path), help="TREC judgments.")
@click.option("--run", "run_file", type=click.Path(path_type=Path), help="Write a TREC run here.")
@pass_house
def evaluate(house: House, queries: Path | None, qrels: Path | None, run_file: Path | None) -> None:
    """Measure the ranking on judged queries: nDCG@10, MRR@10 and recall@100.

    Without files the judgments are those that people made on the site, in /beheer/beoordelen.
    """
    if (queries is None) != (qrels is None):
        raise click.UsageError("Give --queries and --qrels together, or neither.")
    if queries is not None and qrels is not None:
        questions, judged = read_queries(queries), read_qrels(qrels)
    else:
        questions, judged = numbered(house.store.judgments.all())
        if not judged:
            raise KennisbankError("Nothing was judged yet. On the site: /beheer/beoordelen.")
    with TerminalProgress("Evaluate") as progress:
        progress.phase("ask")
        each = partial(_asked, progress)
        report = evaluate_run(questions, judged, house.index.rank, each=each)
    if run_file is not None:
        write_run(report.run, run_file)
    click.echo(report.table())


def _asked(progress: Progress, done: int, total: int) -> None:
    progress.advance(done, total=total)
