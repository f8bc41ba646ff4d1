"""What is learned from: the labels of this program, those of a site, and those of files."""

from dataclasses import replace
from pathlib import Path

from crawler import kind_of
from examples.texts import documents as example_documents
from index.labels import EXAMPLES, Labelled, read_judged, read_ours, read_written
from index.people_labels import without_judged
from library.document import Document, Kind


def facet_labels() -> list[Labelled]:
    """All documents of which people said more than the goals, with the kind that a crawl guesses."""
    return [_crawled(one) for one in read_ours(example_documents())]


def our_labels() -> list[Labelled]:
    """The labels of this program. What a judge said of the kind of a text is not known on a site, so a
    text that stands with its label has the kind that a crawl guesses; examples were crawled."""
    ours = read_ours(example_documents())
    return [one if one.collection == EXAMPLES else _crawled(one) for one in ours]


def _crawled(one: Labelled) -> Labelled:
    return replace(one, document=as_crawled(one.document))


def as_crawled(document: Document) -> Document:
    """A document with the kind that a crawl makes of it, as far as its text and address tell."""
    kind: Kind = "overig"
    if not document.is_listing:
        kind = kind_of(document.url, document.title, (), document.text)
    return replace(document, kind=kind)


def labels(
    also: tuple[Path, ...], given: tuple[Path, ...], *, with_ours: bool = True
) -> list[Labelled]:
    """All documents that people gave their goals; what people said on a site takes the place of ours."""
    judged = [one for file in also for one in read_judged(file)]
    people = [one for file in given for one in read_written(file)]
    ours = our_labels() if with_ours else []
    return [*without_judged(ours, people), *people, *judged]
