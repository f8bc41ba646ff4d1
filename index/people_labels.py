"""What people said of the goals of documents on the site, as labels to learn from.

In: the clicks in a store. Out: ``Labelled`` documents by their identity, and the same as JSON lines in
the format of ``data/labels``, with their texts. The goals of a label are those with which the last
judge left the document, as a person wins over the program; when somebody else judged it before, the
goals that they left it with are the second judgment.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.labels import Labelled
from library.document import Document
from library.store import GoalJudgment, Store

COLLECTION = "judged"


def people_labels(store: Store) -> dict[str, Labelled]:
    """The documents that people judged, by identity; those that are gone teach nothing any more."""
    clicks: dict[str, list[GoalJudgment]] = {}
    for one in store.goal_judgments.all():
        clicks.setdefault(one.document_id, []).append(one)
    found = {}
    for document_id, said in clicks.items():
        stored = store.documents.find(document_id)
        if stored is not None and stored.removed_at is None and stored.document.text.strip():
            found[document_id] = label_of(stored.document, said)
    return found


def label_of(document: Document, said: Sequence[GoalJudgment]) -> Labelled:
    """The label that the clicks on a document make, oldest click first."""
    by_judge: dict[int | None, frozenset[int]] = {}
    for one in said:
        # Taken out first, so that who clicked last stands last.
        by_judge.pop(one.account_id, None)
        by_judge[one.account_id] = frozenset(one.goals)
    *others, goals = by_judge.values()
    again = others[-1] if others else None
    return Labelled(replace(document, goals=()), goals, again, COLLECTION)


def without_judged(base: Iterable[Labelled], judged: Iterable[Labelled]) -> list[Labelled]:
    """Labels without those of texts that people judged here: theirs take the place."""
    texts = {text_of(one.document) for one in judged}
    return [one for one in base if text_of(one.document) not in texts]


def text_of(document: Document) -> str:
    """By what two labels are known to be of the same text."""
    return " ".join(f"{document.title} {document.text}".split())


def label_lines(labelled: Mapping[str, Labelled]) -> Iterator[str]:
    """A line for each label, as ``data/labels/written.jsonl`` has them."""
    for key, one in labelled.items():
        record: dict[str, object] = {"key": key, "goals": sorted(one.goals)}
        if one.again is not None:
            record["goals_second"] = sorted(one.again)
        record |= {
            "kind": one.document.kind,
            "title": one.document.title,
            "text": one.document.text,
        }
        yield json.dumps(record, ensure_ascii=False)
