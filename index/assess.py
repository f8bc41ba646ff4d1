"""Look at the goals of all documents: how many have which, which have none, and which to judge next.

In: the documents of a store and the classifier in use. Out: counts and lists as plain values for a
job's result. To judge next are those of which the program is least sure: a goal has nearly the
probability that its limit has, so that a judgment teaches most (uncertainty sampling, Lewis and Gale
1994). What people judged, what only leads to others and what another document stands for are left out.
"""

import heapq
from collections import Counter
from collections.abc import Mapping
from typing import Any

from index.classify import Classifier
from index.corrected import corrected
from library.document import Document
from library.progress import Progress
from library.store import Store, StoredDocument

MOST = 40
"""Documents in each list: more than anybody judges before the next look."""
TELL_EVERY = 100


def assess(store: Store, classifier: Classifier, progress: Progress) -> Mapping[str, Any]:
    """Look at every document."""
    progress.phase("assess", store.documents.count())
    revision = store.documents.revision()
    counted: Counter[int] = Counter()
    without: list[str] = []
    unsure: list[tuple[float, str]] = []
    none = done = 0
    for done, stored in enumerate(store.documents.live(), start=1):
        tags = corrected(classifier(stored.document), stored.judged)
        counted.update(tag.number for tag in tags)
        if not tags:
            none += 1
            if _teaches(stored) and len(without) < MOST:
                without.append(stored.document.id)
        if _teaches(stored):
            unsure.append((doubt(classifier, stored.document), stored.document.id))
            if len(unsure) >= 2 * MOST:
                unsure = heapq.nsmallest(MOST, unsure)
        if done % TELL_EVERY == 0:
            progress.advance(done, {"without": none})
            if progress.should_stop():
                break
    progress.advance(done, {"without": none})
    return {
        "documents": done,
        "goals": {str(number): counted[number] for number in sorted(counted)},
        "without": none,
        "without_shown": without,
        "unsure": [document_id for _, document_id in heapq.nsmallest(MOST, unsure)],
        "revision": revision,
    }


def doubt(classifier: Classifier, document: Document) -> float:
    """How far the goal that could most easily go either way is from its limit; 0 is on it."""
    curves = classifier.model.curves
    return min(
        abs(probability - curves[number].probability(curves[number].limit))
        for number, probability in classifier.probabilities(document).items()
    )


def _teaches(stored: StoredDocument) -> bool:
    document = stored.document
    stands_alone = document.duplicate_of is None and document.replaced_by is None
    return not (stored.judged or document.goals or document.is_listing) and stands_alone
