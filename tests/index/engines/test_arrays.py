"""Arrays against Whoosh's own searcher: the same documents and the same scores.

Thousands of searches with every part a question can have, on indexes of several segments with
removed documents. Facets and filters are compared with a plain count in ``test_behaviour``.
"""

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.analysis import terms as analyse
from index.engines.base import Answer, Question
from index.engines.whoosh import queries
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.columns import leaves_of, read_columns
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.found import Found
from index.engines.whoosh.snapshot import ENOUGH, WhooshSnapshot
from index.engines.whoosh.terms import Terms
from index.entries import Entry
from index.expansion import Alternative, WordGroup
from index.files import Disk
from index.query import GoalTag, Query, Sort
from library.document import Document, Section
from tests.index.engines import reference
from tests.index.engines.reference import Reference
from tests.index.made import document

SEEDS = range(5)
QUESTIONS = 250
WORDS = [f"woord{number}x" for number in range(40)]
TERMS = [analyse(word)[0] for word in WORDS]
ORDERS: tuple[Sort, ...] = ("best", "new", "old")


def some_words(chance: random.Random, most: int) -> str:
    """Words of which the first are common and the last rare."""
    shares = [1 / (rank + 1) for rank in range(len(WORDS))]
    return " ".join(chance.choices(WORDS, shares, k=chance.randint(0, most)))


def some_document(chance: random.Random, number: int) -> Document:
    return document(
        f"d{number}",
        Section(some_words(chance, 40), heading=some_words(chance, 3)),
        Section(some_words(chance, 200)),
        title=some_words(chance, 5),
        organisation=some_words(chance, 2),
        visible_text=some_words(chance, 20),
        day=chance.choice([None, "2020-01-01", "2021-05-05", "2021-06-06"]),
        kind=chance.choice(["wet", "nieuws"]),
        goals=tuple(chance.sample(range(1, 6), chance.randint(0, 2))),
    )


def build(folder: Path, chance: random.Random) -> None:
    """Write an index in several turns, each smaller, so that segments stay apart."""
    number = 0
    for size in (chance.randint(60, 90), chance.randint(12, 20), chance.randint(3, 5), 1):
        writer = WhooshEngine().writer(folder, Disk())
        for _ in range(chance.randint(0, number // 9)):
            writer.remove(f"d{chance.randrange(number)}")
        for _ in range(size):
            one = some_document(chance, number)
            tags = tuple(GoalTag(goal, 0.9, ()) for goal in one.goals)
            writer.put(Entry(one, tags, number))
            number += 1
        writer.finish()


def some_question(chance: random.Random) -> Question:
    def sequence(longest: int) -> tuple[str, ...]:
        return tuple(analyse(some_words(chance, longest)) or [chance.choice([*TERMS, "nergens"])])

    def group() -> WordGroup:
        found = {}
        for _ in range(chance.choice([1, 1, 2, 3])):
            one = sequence(chance.choice([1, 1, 2]))
            found[one] = Alternative(one, chance.choice([1.0, 0.6, 0.35]), "stem")
        parts = tuple(chance.sample(TERMS, chance.choice([0, 0, 2])))
        return WordGroup("woord", tuple(found.values()), parts, chance.choice(WORDS))

    groups = tuple(group() for _ in range(chance.choice([0, 1, 2, 3, 5])))
    phrases = tuple(sequence(3) for _ in range(chance.choice([0, 0, 0, 1, 2])))
    excluded = tuple(sequence(2) for _ in range(chance.choice([0, 0, 1, 2])))
    query = Query(sort=chance.choice(ORDERS), limit=chance.choice([3, 10, 200]))
    return Question(query, groups or (group(),), phrases, excluded)


@pytest.fixture(
    scope="module",
    params=[pytest.param(seed, marks=[pytest.mark.slow] if seed else []) for seed in SEEDS],
)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int]:
    """A folder with an index, and the seed that it was made from."""
    folder = tmp_path_factory.mktemp("arrays")
    build(folder, random.Random(request.param))
    return folder, request.param


def same(found: Found, expected: dict[int, float]) -> None:
    assert found.numbers.tolist() == sorted(expected)
    scores = [expected[number] for number in found.numbers.tolist()]
    assert found.scores.tolist() == pytest.approx(scores, rel=1e-5)


def test_sets_and_scores_are_those_of_whoosh(built: tuple[Path, int]) -> None:
    folder, seed = built
    chance = random.Random(seed)
    whoosh = Reference(folder)
    assert len(leaves_of(whoosh.reader)) > 1
    assert whoosh.reader.has_deletions()
    terms = Terms(whoosh.reader, read_columns(whoosh.reader).live, 20_000)
    for _ in range(QUESTIONS):
        question = some_question(chance)
        same(queries.all_words(question, terms), whoosh.scores(reference.all_words(question)))
        same(queries.any_word(question, terms), whoosh.scores(reference.any_word(question)))
        if question.excluded:
            same(queries.excluded(question, terms), whoosh.scores(reference.excluded(question)))


def test_answers_are_what_sorting_everything_would_give(built: tuple[Path, int]) -> None:
    folder, seed = built
    chance = random.Random(seed)
    snapshot = WhooshSnapshot(folder)
    reader = Reference(folder).reader
    columns = read_columns(reader)
    terms = Terms(reader, columns.live, 0)
    for _ in range(60):
        question = some_question(chance)
        scores, first = expected(question, terms)
        days = [int(day) for day in columns.day]

        def key(
            n: int,
            scores: dict[int, float] = scores,
            first: set[int] = first,
            days: list[int] = days,
            sort: Sort = question.query.sort,
        ) -> tuple[float, ...]:
            by_id = int(columns.id_order[n])
            match sort:
                case "best":
                    return (n in first, scores[n], days[n], by_id)
                case "new":
                    return (days[n], n in first, scores[n], by_id)
                case "old":
                    return (-days[n] or -(10**9), n in first, scores[n], -by_id)

        in_order = sorted(scores, key=key, reverse=True)[: question.query.limit]
        answer = snapshot.search(question)
        assert answer.total == len(scores)
        assert [(entry.document.id, score) for entry, score in answer.rows] == [
            (columns.ids[number], scores[number]) for number in in_order
        ]
    snapshot.close()


def expected(question: Question, terms: Terms) -> tuple[dict[int, float], set[int]]:
    """All that should be found with its score, and what holds all words where the rest does not."""
    unwanted = set(queries.excluded(question, terms).numbers.tolist())

    def of(found: Found) -> dict[int, float]:
        pairs = zip(found.numbers.tolist(), found.scores.tolist(), strict=True)
        return {number: score for number, score in pairs if number not in unwanted}

    holding_all = of(queries.all_words(question, terms))
    holding_any = of(queries.any_word(question, terms))
    if len(holding_all) >= ENOUGH or len(holding_all) == len(holding_any):
        return holding_all, set()
    return holding_any, set(holding_all)


def test_a_missing_or_tiny_cache_changes_nothing(tmp_path: Path) -> None:
    chance = random.Random(99)
    build(tmp_path, chance)
    questions = [some_question(chance) for _ in range(60)]
    answers = []
    for size in (0, 3_000, 10**8):
        snapshot = WhooshSnapshot(tmp_path, size)
        answers.append([snapshot.search(question) for question in questions * 2])
        snapshot.close()
    assert answers[0] == answers[1] == answers[2]


def test_threads_get_the_answers_of_one(tmp_path: Path) -> None:
    chance = random.Random(7)
    build(tmp_path, chance)
    questions = [some_question(chance) for _ in range(40)]
    snapshot = WhooshSnapshot(tmp_path, 5_000)
    alone = [snapshot.search(question) for question in questions]
    together: list[list[Answer]] = []

    def ask(order: list[int]) -> None:
        found = {place: snapshot.search(questions[place]) for place in order}
        together.append([found[place] for place in range(len(questions))])

    orders = [chance.sample(range(len(questions)), len(questions)) for _ in range(4)]
    threads = [threading.Thread(target=ask, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4
    snapshot.close()


class Weight(bytes):
    """A value that takes its own length."""

    @property
    def nbytes(self) -> int:
        return len(self)


class TestCache:
    def test_the_limit_holds_and_the_oldest_goes(self) -> None:
        cache: Cache[Weight] = Cache(5_000)
        made: list[str] = []

        def maker(name: str, size: int) -> Callable[[], Weight]:
            def make() -> Weight:
                made.append(name)
                return Weight(size)

            return make

        for name in ("een", "twee", "een", "drie", "een", "twee"):
            cache.get(name, maker(name, 1_500))
            assert cache.used <= 5_000
        assert made == ["een", "twee", "drie", "twee"]

    def test_what_is_too_large_is_given_and_not_kept(self) -> None:
        cache: Cache[Weight] = Cache(1_000)
        assert len(cache.get("een", lambda: Weight(2_000))) == 2_000
        assert cache.used == 0
