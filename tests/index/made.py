"""Documents and indexes for tests, made by hand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.alternatives import Kind, WordGroup
from index.analysis import content_words, index_terms, terms
from index.engines.whoosh import WhooshEngine
from index.facets import Facets
from index.files import Files
from index.generations import Generations
from index.query import GoalTag
from index.rebuild import rebuild
from index.synonyms import Synonyms, read_synonyms
from index.update import Outcome, update
from index.vocabulary import Vocabulary
from library.document import Document, Published, Section
from library.progress import Silent
from library.store import StoredDocument

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENGINE = WhooshEngine()


def document(
    document_id: str,
    *texts: str | Section,
    title: str = "",
    day: str | None = None,
    organisation: str = "Bewonersbedrijf (voorbeeld)",
    **fields: Any,
) -> Document:
    """A document of sections, published on a day or undated."""
    return Document(
        id=document_id,
        url=f"https://voorbeeld.nl/{document_id}",
        canonical_url=f"https://voorbeeld.nl/{document_id}",
        title=title,
        sections=tuple(t if isinstance(t, Section) else Section(t) for t in texts),
        organisation=organisation,
        published=Published(date.fromisoformat(day), "meta") if day else None,
        fetched_at=MOMENT,
        **fields,
    )


def stored(document: Document, revision: int, *, removed: bool = False) -> StoredDocument:
    """A document as the store gives it, or its tombstone."""
    return StoredDocument(
        document=document,
        revision=revision,
        source_id=None,
        added_at=MOMENT,
        changed_at=MOMENT,
        checked_at=MOMENT,
        removed_at=MOMENT if removed else None,
    )


def goals_of(document: Document) -> tuple[GoalTag, ...]:
    """Tags from the goals that came with a document, so that a test decides them."""
    return tuple(GoalTag(number, 0.9, ("aangeleverd",)) for number in document.goals)


def build(
    folder: Path,
    documents: Sequence[Document],
    *,
    files: Files | None = None,
    kept: int = 3,
    facets: Mapping[str, Facets] = MappingProxyType({}),
) -> Outcome:
    """Build an index of documents; their revisions count from 1, ``facets`` are by their ids."""
    generations = Generations(folder, files, kept=kept)
    numbered = [stored(one, revision) for revision, one in enumerate(documents, start=1)]
    with generations.writing():
        return rebuild(
            generations,
            ENGINE,
            numbered,
            revision=len(numbered),
            total=len(numbered),
            classify=goals_of,
            describe=lambda one: facets.get(one.id, Facets()),
            progress=Silent(),
        )


def change(
    folder: Path, changes: Iterable[StoredDocument], *, files: Files | None = None, kept: int = 3
) -> Outcome:
    """Apply changes to the index in a folder."""
    generations = Generations(folder, files, kept=kept)
    with generations.writing():
        base = generations.find(ENGINE.stamp)
        return update(generations, ENGINE, base, changes, classify=goals_of, progress=Silent())


def contents(folder: Path) -> dict[str, str]:
    """Id and title of every document in the index of a folder, read afresh."""
    snapshot = ENGINE.open(Generations(folder).find(ENGINE.stamp).folder)
    try:
        found = {}
        for document_id in snapshot.ids():
            entry = snapshot.find(document_id)
            assert entry is not None
            assert document_id not in found
            found[document_id] = entry.document.title
        return found
    finally:
        snapshot.close()


def vocabulary_of(*texts: str) -> Vocabulary:
    """What is known of the words of some documents."""
    words = Counter(word for text in texts for word in {one.exact for one in content_words(text)})
    terms = Counter(term for text in texts for term in set(index_terms(text)))
    return Vocabulary(terms.__contains__, lambda: words, lambda: terms)


def the_list(tmp_path: Path, text: str) -> Synonyms:
    """A list of synonyms of its own."""
    path = tmp_path / "synonyms.txt"
    path.write_text(text, encoding="utf-8")
    return read_synonyms(path)


def sequences(group: WordGroup, kind: Kind) -> list[str]:
    """What a word is found by in one way."""
    return [" ".join(one.terms) for one in group.alternatives if one.kind == kind]


def as_terms(text: str) -> str:
    return " ".join(terms(text))
