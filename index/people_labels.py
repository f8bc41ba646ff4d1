"""What people said of the goals of documents on the site, as labels to learn from.

In: the clicks in a store. Out: ``Labelled`` documents by their identity, and the same as JSON lines in
the format of ``data/labels``, with their texts. The goals of a label are those with which the last
judge left the document, as a person wins over the program; when somebody else judged it before, the
goals that they left it with are the second judgment.

Who clicks agrees in silence with the goals that stand there already. Where such a goal stood there, or
was away, by a click that was undone since, it is as if that click was never made: what others say of
the goal counts, or else what the document had before anybody said anything. ``index.corrected`` does
the same for the index by the clicks that count, so that both tell the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.labels import JUDGES, Labelled
from library.document import Document
from library.store import GoalJudgment, Store

COLLECTION = "judged"


def people_labels(store: Store) -> dict[str, Labelled]:
    """The documents that people judged, by identity; those that are gone teach nothing any more."""
    clicks: dict[str, list[GoalJudgment]] = {}
    for one in store.goal_judgments.history():
        clicks.setdefault(one.document_id, []).append(one)
    found = {}
    for document_id, said in clicks.items():
        if all(one.undone_at is not None for one in said):
            continue
        stored = store.documents.find(document_id)
        if stored is not None and stored.removed_at is None and stored.document.text.strip():
            found[document_id] = label_of(stored.document, said)
    return found


def label_of(document: Document, said: Sequence[GoalJudgment]) -> Labelled:
    """The label that the clicks on a document make, oldest click first; at least one counts."""
    by_judge: dict[int | None, frozenset[int]] = {}
    for one in said:
        if one.undone_at is None:
            # Taken out first, so that who clicked last stands last.
            by_judge.pop(one.account_id, None)
            by_judge[one.account_id] = _left_with(one, said)
    *others, goals = by_judge.values()
    judgments = (goals, *others[-1:])
    return Labelled(replace(document, goals=()), goals, judgments, COLLECTION)


def _left_with(click: GoalJudgment, said: Iterable[GoalJudgment]) -> frozenset[int]:
    """The goals with which a click left a document, without what was undone after it."""
    words: dict[int, list[GoalJudgment]] = {}
    for one in said:
        if one.id < click.id:
            words.setdefault(one.goal, []).append(one)
    own = {one.goal for one in said if _is_same(one, click)}
    kept = frozenset(click.goals)
    for goal in words.keys() - own:
        kept = _without_undone(kept, goal, words[goal], click)
    return kept


def _without_undone(
    goals: frozenset[int], goal: int, words: Sequence[GoalJudgment], click: GoalJudgment
) -> frozenset[int]:
    """The goals of a click, of which one may have stood there by a word that was undone later."""
    seen = [one for one in words if one.undone_at is None or one.undone_at >= click.judged_at]
    if not seen or seen[-1].undone_at is None or seen[-1].given != (goal in goals):
        return goals
    standing = [one.given for one in seen if one.undone_at is None]
    given = standing[-1] if standing else _was_there(words[0])
    return goals | {goal} if given else goals - {goal}


def _was_there(first: GoalJudgment) -> bool:
    """Whether a document had a goal before the first word on it; who said otherwise changed it."""
    return not first.given if first.shown is None else first.goal in first.shown


def _is_same(one: GoalJudgment, click: GoalJudgment) -> bool:
    """Whether these belong to one click: a button may say something of all goals."""
    return (one.account_id, one.judged_at) == (click.account_id, click.judged_at)


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
        for judge, goals in zip(JUDGES[1:], one.judgments[1:], strict=False):
            record[f"goals{judge}"] = sorted(goals)
        record |= {
            "kind": one.document.kind,
            "title": one.document.title,
            "text": one.document.text,
        }
        yield json.dumps(record, ensure_ascii=False)
