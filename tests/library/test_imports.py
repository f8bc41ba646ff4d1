"""Importing a file: what is counted is kept, the same file again changes nothing."""

import json
from pathlib import Path

from library.document import Document, Section, content_hash_of
from library.exchange import BadLine, write_file
from library.imports import BATCH, import_file
from library.progress import Silent
from library.store import Store


def document(number: int) -> Document:
    title, sections = f"Titel {number}", (Section(f"Tekst {number}"),)
    return Document(
        id=str(number),
        url="https://voorbeeld.nl/",
        canonical_url="https://voorbeeld.nl/",
        title=title,
        sections=sections,
        organisation="Zon",
        content_hash=content_hash_of(title, sections),
    )


def test_a_file_of_several_batches_goes_in_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl.gz"
    write_file(path, (document(number) for number in range(2 * BATCH + 1)))
    told: list[BadLine] = []
    assert import_file(store, path, Silent(), tell=told.append) == {"new": 2 * BATCH + 1}
    revision = store.documents.revision()
    assert import_file(store, path, Silent(), tell=told.append) == {"unchanged": 2 * BATCH + 1}
    assert (told, store.documents.revision()) == ([], revision)


def test_bad_lines_are_told_and_counted(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    good = json.dumps({"id": "a", "title": "Titel", "text": "Tekst"})
    path.write_text(f"{good}\n[]\n\nx\n")
    told: list[BadLine] = []
    assert import_file(store, path, Silent(), tell=told.append) == {"new": 1, "bad": 2}
    assert [bad.number for bad in told] == [2, 4]


def test_a_document_stays_with_the_source_that_gave_it(store: Store, tmp_path: Path) -> None:
    source = store.sources.add(name="Zon", url="https://voorbeeld.nl/")
    store.documents.put(document(1), source_id=source.id)
    path = tmp_path / "documents.jsonl"
    write_file(path, (stored.document for stored in store.documents.live()))
    assert import_file(store, path, Silent(), tell=print) == {"unchanged": 1}
    assert store.documents.get("1").source_id == source.id
