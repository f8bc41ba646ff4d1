"""What people changed about finding, told in words.

In: improvements and changes of them. Out: what they say on one line, by whom, and when.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from index.synonyms import words_of
from library.store import Improvement, ImprovementChange
from library.store.improvements import Kind
from webapp import formats
from webapp.hits import title_of
from webapp.messages import FIELD_NAMES, FINDING_KINDS, say
from webapp.services import services


def in_words(kind: Kind, value: Mapping[str, Any]) -> str:
    """What an improvement says, on one line."""
    match kind:
        case "synonym":
            return _found_as_well(value["words"], value["wider"])
        case "abbreviation":
            return f"{value['short']} = {value['long']}"
        case "switched_off":
            return group_in_words(value["group"])
        case "best_bet":
            return say(
                "finding.bet",
                query=value["query"],
                title=_title(value["document_id"]),
                days=_days(value["first"], value["last"]),
                owner=_name(value["owner"]),
            )
        case "weight":
            return f"{FIELD_NAMES[value['field']]}: {decimal(value['weight'])}"
        case "floor":
            return formats.figure(value["ndcg"])
        case "protected" | "denied":
            return str(value["word"])


def group_in_words(group: str) -> str:
    """A group of the program: geld -> subsidie, fonds is read as geld vindt ook: subsidie, fonds."""
    same, _, wider = (words_of(part) for part in group.partition("->"))
    return _found_as_well(same, tuple(filter(None, wider)))


def _found_as_well(words: Sequence[str], wider: Sequence[str]) -> str:
    """Words that find each other, or that find others which do not find them."""
    if not wider:
        return ", ".join(words)
    key = "finding.one-way" if len(words) == 1 else "finding.one-way.more"
    return say(key, words=formats.listed(list(words)), wider=", ".join(wider))


def _days(first: str, last: str) -> str:
    """The days of a best bet; one without a last day stays."""
    since = formats.day(date.fromisoformat(first))
    if not last:
        return say("finding.bet.from", first=since)
    return say("finding.bet.until", first=since, last=formats.day(date.fromisoformat(last)))


def _title(document_id: str) -> str:
    stored = services().store.documents.find(document_id)
    if stored is None:
        return document_id
    return title_of(stored.document.title, stored.document.url)


def decimal(value: float) -> str:
    """Write a weight with a comma."""
    return f"{value:g}".replace(".", ",")


def by_whom(one: Improvement | ImprovementChange) -> str:
    """Who did it, and when."""
    at = one.added_at if isinstance(one, Improvement) else one.at
    return say("finding.by", who=_name(one.account_id), day=formats.time_of(at))


def _name(account_id: int | None) -> str:
    account = None if account_id is None else services().store.accounts.find(account_id)
    return say("finding.nobody") if account is None else account.name


def change_in_words(change: ImprovementChange) -> str:
    """What came and what went, each with its kind."""
    parts = []
    for word, one in (("finding.added", change.added), ("finding.removed", change.removed)):
        if one is None:
            continue
        what = in_words(one.kind, one.value)
        if one.kind == "switched_off":
            parts.append(say(SWITCHED[word], what=what))
        else:
            parts.append(f"{say(word)}: {FINDING_KINDS[one.kind][0]}: {what}")
    return ". ".join(parts)


SWITCHED = {"finding.added": "finding.off", "finding.removed": "finding.on"}
"""What came of a group of the program: it was switched off, or on again."""
