"""What people change about finding, on top of the word lists and weights of this package.

In: rows of ``library.store.improvements``, or what somebody typed. Out: ``Improvements``, one frozen
value that a search looks at, or ``BadImprovement`` with a code and the field that is wrong.

All of it takes effect without a new index, but one thing: a protected word is its own term, so
documents must be analysed again. Until then it is looked for as it is written (field ``exact``), which
already keeps other words out of its answer.

Best bets belong to a question, whatever the order or form of its words: they are shown beside the
ranking and are no part of it, so no measurement is better for them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from index import analysis
from index.files import Files
from index.schema import WEIGHTS
from index.synonyms import (
    SYNONYM_WEIGHT,
    SYNONYMS,
    SYNONYMS_FILE,
    Synonyms,
    groups,
    read_synonyms,
)
from library.dutch_time import day_of
from library.errors import KennisbankError
from library.store import Improvement
from library.store.improvements import Kind

ABBREVIATION_WEIGHT = 0.9
"""Names of one thing; see ``index.expansion`` for the measurement."""
HEAVIEST = 5.0
"""Weight of a field: in one saturation more changes nothing (``index.schema``)."""
MOST_WORDS = 12
LONGEST = 80
PROTECTED_FILE = "protected.txt"
"""In the folder of a generation: the words that were kept whole when it was made."""


class BadImprovement(KennisbankError):
    """What was typed cannot be used; ``code`` says why, ``field`` where."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code, self.field = code, field


class Improved(Protocol):
    """Where improvements come from: the store of an installation."""

    def revision(self) -> int:
        """Tell a number that is another after each change."""

    def current(self) -> tuple[Improvement, ...]:
        """Give what is live."""


class NeverImproved:
    """An index without a store behind it."""

    def revision(self) -> int:
        return 0

    def current(self) -> tuple[Improvement, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Bet:
    """A document that is shown first from one day to another, the last day included."""

    document_id: str
    first: date
    last: date | None = None

    def holds(self, today: date) -> bool:
        return self.first <= today and (self.last is None or today <= self.last)


@dataclass(frozen=True, slots=True)
class Improvements:
    """What a search looks at. Empty, everything is as the package has it.

    ``as_written`` are protected words that the generation to search does not know to be so.
    """

    revision: int = 0
    synonyms: Synonyms | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    as_written: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    bets: Mapping[tuple[str, ...], tuple[Bet, ...]] = field(default_factory=dict)

    def chosen(self, text: str, today: date) -> tuple[str, ...]:
        """The ids of the documents that are shown first for a question."""
        if not self.bets:
            return ()
        return tuple(bet.document_id for bet in self.bets.get(key_of(text), ()) if bet.holds(today))


NONE = Improvements()


def today() -> date:
    """The day, as Dutch people count days."""
    return day_of(datetime.now(UTC))


def key_of(text: str) -> tuple[str, ...]:
    """The same for questions that have the same words in whatever form and order."""
    return tuple(sorted(analysis.terms(text)))


def compiled(
    rows: Iterable[Improvement], *, revision: int = 0, protected: frozenset[str] = frozenset()
) -> Improvements:
    """Make the value that searches a generation in which these words are ``protected``."""
    found = tuple(rows)
    if not found and not protected:
        return Improvements(revision)
    with analysis.protecting(protected):
        return Improvements(
            revision=revision,
            synonyms=_synonyms(found),
            weights={str(v["field"]): float(v["weight"]) for v in _values(found, "weight")},
            as_written=protected_words(found) - protected,
            unwanted=frozenset(
                term for v in _values(found, "denied") for term in analysis.terms(v["word"])
            ),
            bets=_bets(found),
        )


def protected_words(rows: Iterable[Improvement]) -> frozenset[str]:
    """The words that are to be kept whole, normalised."""
    return frozenset(analysis.normalise(v["word"]) for v in _values(rows, "protected"))


def _values(rows: Iterable[Improvement], kind: Kind) -> list[Mapping[str, Any]]:
    return [row.value for row in rows if row.kind == kind]


def _synonyms(rows: Iterable[Improvement]) -> Synonyms | None:
    added = [(value["words"], value["wider"], SYNONYM_WEIGHT) for value in _values(rows, "synonym")]
    added += [
        ((value["short"], value["long"]), (), ABBREVIATION_WEIGHT)
        for value in _values(rows, "abbreviation")
    ]
    off = {str(value["group"]) for value in _values(rows, "switched_off")}
    is_another = bool(off or analysis.protected())
    base = read_synonyms(SYNONYMS_FILE, off) if is_another else SYNONYMS
    if not added:
        return base if is_another else None
    found = dict(base)
    for words, wider, weight in added:
        same = [tuple(analysis.terms(word)) for word in words]
        others = [*same, *(tuple(analysis.terms(word)) for word in wider)]
        for one in filter(None, same):
            known = dict(found.get(one, {}))
            for other in others:
                if other and other != one:
                    known[other] = max(weight, known.get(other, 0.0))
            found[one] = known
    return MappingProxyType(found)


def _bets(rows: Iterable[Improvement]) -> dict[tuple[str, ...], tuple[Bet, ...]]:
    found: dict[tuple[str, ...], tuple[Bet, ...]] = {}
    for value in _values(rows, "best_bet"):
        last = date.fromisoformat(value["last"]) if value["last"] else None
        bet = Bet(value["document_id"], date.fromisoformat(value["first"]), last)
        key = key_of(value["query"])
        found[key] = (*found.get(key, ()), bet)
    return found


def write_protected(files: Files, folder: Path) -> None:
    """Write the words that are kept whole here into the folder of a generation; none, no file."""
    words = sorted(analysis.protected())
    if words:
        with files.create(folder / PROTECTED_FILE) as file:
            file.write("\n".join(words).encode())


def read_protected(folder: Path) -> frozenset[str]:
    """Read the words that were kept whole when a generation was made."""
    try:
        return frozenset((folder / PROTECTED_FILE).read_text("utf-8").split())
    except FileNotFoundError:
        return frozenset()


def checked(kind: Kind, typed: Mapping[str, str]) -> dict[str, Any]:
    """Make the value of an improvement of what was typed; ``BadImprovement`` when it cannot be used.

    A best bet comes with a ``document_id`` that the caller found in the store.
    """
    match kind:
        case "synonym":
            return _checked_synonym(typed)
        case "abbreviation":
            value = {name: _words(typed, name) for name in ("short", "long")}
            _check_different("long", value.values())
            return value
        case "switched_off":
            return {"group": _group(typed)}
        case "protected":
            return {"word": _one_word(typed)}
        case "denied":
            return {"word": _words(typed, "word")}
        case "best_bet":
            return _checked_bet(typed)
        case "weight":
            if typed["field"] not in WEIGHTS:
                raise BadImprovement("choose", "field")
            return {"field": typed["field"], "weight": _number(typed, "weight", HEAVIEST)}
        case "floor":
            return {"ndcg": _number(typed, "ndcg", 1.0)}


def _checked_synonym(typed: Mapping[str, str]) -> dict[str, Any]:
    words = [_words({"words": one}, "words") for one in _listed(typed["words"])]
    wider = [_words({"wider": one}, "wider") for one in _listed(typed["wider"])]
    if not words or len(words) + len(wider) < 2:
        raise BadImprovement("two-words", "words")
    if len(words) + len(wider) > MOST_WORDS:
        raise BadImprovement("too-many", "words")
    _check_different("words", (*words, *wider))
    return {"words": words, "wider": wider}


def _group(typed: Mapping[str, str]) -> str:
    """The group of the program in which a word stands; which one is asked where it stands in more."""
    found = groups(SYNONYMS_FILE, _words(typed, "word"))
    if not found:
        raise BadImprovement("no-group", "word")
    if typed["group"] in found:
        return typed["group"]
    if len(found) > 1:
        raise BadImprovement("choose", "group")
    return found[0]


def _listed(text: str) -> list[str]:
    return [part for one in text.replace("\n", ",").split(",") if (part := " ".join(one.split()))]


def _words(typed: Mapping[str, str], name: str) -> str:
    """Words that say something, and not too many."""
    text = " ".join(typed[name].split())
    if not text:
        raise BadImprovement("empty", name)
    if len(text) > LONGEST:
        raise BadImprovement("too-long", name)
    if not analysis.terms(text):
        raise BadImprovement("stop-word", name)
    return text


def _one_word(typed: Mapping[str, str]) -> str:
    text = _words(typed, "word")
    found = analysis.words(text)
    if len(found) != 1 or found[0] != text:
        raise BadImprovement("one-word", "word")
    return analysis.normalise(text)


def _check_different(name: str, words: Iterable[str]) -> None:
    keys = [tuple(analysis.terms(word)) for word in words]
    if len(set(keys)) < len(keys):
        raise BadImprovement("same", name)


def _checked_bet(typed: Mapping[str, str]) -> dict[str, Any]:
    query = _words(typed, "query")
    if not typed["document_id"]:
        raise BadImprovement("document", "document")
    first, last = _day(typed, "first"), _day(typed, "last")
    if first is None:
        raise BadImprovement("day", "first")
    if last is not None and last < first:
        raise BadImprovement("order", "last")
    return {
        "query": query,
        "document_id": typed["document_id"],
        "first": first.isoformat(),
        "last": last.isoformat() if last else "",
        "owner": int(typed["owner"]),
    }


def _day(typed: Mapping[str, str], name: str) -> date | None:
    if not typed[name]:
        return None
    try:
        return date.fromisoformat(typed[name])
    except ValueError as error:
        raise BadImprovement("day", name) from error


def _number(typed: Mapping[str, str], name: str, most: float) -> float:
    try:
        value = float(typed[name].strip().replace(",", "."))
    except ValueError as error:
        raise BadImprovement("number", name) from error
    if not 0 <= value <= most:
        raise BadImprovement("number", name)
    return round(value, 3)
