"""``classify``, ``train-goals``, ``train-facets`` and ``export-labels``: goals and facets of documents."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from commands.house import House, pass_house
from commands.labels import facet_labels, labels
from commands.output import tell_bad_line, write
from index.classify import classify as classify_document
from index.classify import describe
from index.people_labels import label_lines, people_labels
from index.records import facet_record, tag_records
from index.train import train
from index.train_facets import train_facets
from library.exchange import BadLine, read_file
from library.worker import utc_now


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def classify(file: Path) -> None:
    """Give the goals and facets of each document in FILE (JSON lines) with the evidence, as JSON lines.

    Goals that FILE holds itself are left out: this shows what would be found.
    """
    bad = 0
    for line in read_file(file):
        if isinstance(line, BadLine):
            tell_bad_line(file, line)
            bad += 1
        else:
            bare = replace(line, goals=())
            goals = tag_records(classify_document(bare))
            write({"id": line.id, "goals": goals, **facet_record(describe(bare))})
    if bad:
        raise click.exceptions.Exit(1)


@click.command("train-goals")
@click.option(
    "--labels",
    "given",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Labels with their texts, as `kennisbank export-labels` writes them.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Write the model to this folder.",
)
@click.option(
    "--also",
    type=click.Path(path_type=Path),
    multiple=True,
    help="JSON lines of documents of which the goals are a judgment; only weights are kept of them.",
)
@click.option(
    "--only",
    is_flag=True,
    help="Learn from the given files alone, not from the program's own labels.",
)
def train_goals(
    output: Path, also: tuple[Path, ...], given: tuple[Path, ...], *, only: bool
) -> None:
    """Learn the weights of the goals from labelled documents, and print how good they are.

    Labels are those of this program and of each file given with --also or --labels. The same labels give the
    same files. With the program's own folder index/data/goals as output a next version has them.
    """
    found = labels(also, given, with_ours=not only)
    if not found:
        raise click.UsageError("There are no labels to learn from.")
    trained = train(found, utc_now().date(), tell=partial(click.echo, err=True))
    trained.write(output)
    click.echo(trained.figures, nl=False)


@click.command("train-facets")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Write the model to this folder.",
)
def train_facets_command(output: Path) -> None:
    """Learn the weights of theme, kind, phase and reader, and print how good they are.

    Labels are those of this program. The same labels give the same files. With the program's own folder
    index/data/facets as output a next version has them.
    """
    told = partial(click.echo, err=True)
    trained = train_facets(facet_labels(), utc_now().date(), tell=told)
    trained.write(output)
    click.echo(trained.figures, nl=False)


@click.command("export-labels")
@click.argument("file", type=click.Path(path_type=Path))
@pass_house
def export_labels(house: House, file: Path) -> None:
    """Write what people said of goals on the site to FILE, as labels for `train-goals --labels`."""
    labelled = people_labels(house.store)
    file.write_text("".join(f"{line}\n" for line in label_lines(labelled)), encoding="utf-8")
    click.echo(f"{len(labelled)} documents")
