"""Arrays against the slow ways: the formula on plain documents, and Whoosh's own searcher.

Thousands of searches with every part a question can have, on indexes of several segments with
removed documents. Facets and filters are compared with a plain count in ``test_behaviour`` as well.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from whoosh import query as whoosh

from index.alternatives import Alternative, WordGroup
from index.analysis import terms as analyse
from index.engines.base import Answer, Question
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.columns import FACETS, leaves_of, read_columns
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.found import scores_at
from index.engines.whoosh.queries import match
from index.engines.whoosh.similar import telling
from index.engines.whoosh.snapshot import WhooshSnapshot
from index.engines.whoosh.terms import Terms
from index.engines.whoosh.words import Words
from index.entries import Entry
from index.files import Disk
from index.query import GoalTag, Query, Sort
from index.scoring import SCORING, Priors, Scoring
from library.document import Document, Section
from tests.index.engines.reference import Plain, Whoosh
from tests.index.made import document

SEEDS = range(4)
QUESTIONS = 100
WORDS = [f"woord{number}x" for number in range(40)]
TERMS = [analyse(word)[0] for word in WORDS]
ORDERS: tuple[Sort, ...] = ("best", "new", "old")
TODAY = date(2021, 7, 1)
SCORINGS = (
    SCORING,
    replace(SCORING, idf="whoosh", k1=0.9, b=dict.fromkeys(SCORING.b, 0.3)),
    replace(SCORING, group="best", tie=0.2),
    replace(SCORING, weights={"text": 1.0, "title": 2.5, "exact": 0.4}, group="best"),
    replace(
        SCORING,
        priors=Priors(kinds={"wet": 1.3}, foreign=0.8, freshness=0.5, half_life=100.0),
    ),
)


@dataclass(frozen=True)
class Built:
    """A folder with an index, what was put into it, and the seed that it was made from."""

    folder: Path
    entries: dict[str, Entry]
    seed: int


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
        language=chance.choice(["nl", "nl", "en"]),
        goals=tuple(chance.sample(range(1, 6), chance.randint(0, 2))),
    )


def build(folder: Path, chance: random.Random) -> dict[str, Entry]:
    """Write an index in several turns, each smaller, so that segments stay apart."""
    entries: dict[str, Entry] = {}
    for size in (chance.randint(60, 90), chance.randint(12, 20), chance.randint(3, 5), 1):
        writer = WhooshEngine().writer(folder, Disk())
        for _ in range(chance.randint(0, len(entries) // 9)):
            writer.remove(f"d{chance.randrange(len(entries))}")
        for _ in range(size):
            one = some_document(chance, len(entries))
            tags = tuple(GoalTag(goal, 0.9, ()) for goal in one.goals)
            entries[one.id] = Entry(one, tags, len(entries))
            writer.put(entries[one.id])
        writer.finish()
    return entries


def some_sequence(chance: random.Random, longest: int) -> tuple[str, ...]:
    return tuple(analyse(some_words(chance, longest)) or [chance.choice([*TERMS, "nergens"])])


def some_group(chance: random.Random) -> WordGroup:
    """A word with up to five alternatives of all sorts."""
    found: dict[tuple[str, ...], Alternative] = {}
    for _ in range(chance.choice([1, 1, 2, 3])):
        terms = some_sequence(chance, chance.choice([1, 1, 2]))
        weight = chance.choice([1.0, 0.6, 0.35])
        counts = not found or chance.random() < 0.7
        found.setdefault(terms, Alternative(terms, weight, "stem", counts))
    more = []
    if chance.random() < 0.5:
        more.append(Alternative((chance.choice(WORDS),), 0.2, "exact", apart=True, field="exact"))
    if chance.random() < 0.3:
        more.append(Alternative((chance.choice(TERMS),), 0.7, "part", counts=False, apart=2))
    return WordGroup("woord", (*found.values(), *more))


def some_question(chance: random.Random) -> Question:
    groups = tuple(some_group(chance) for _ in range(chance.choice([0, 1, 2, 3, 5])))
    phrases = tuple(some_sequence(chance, 3) for _ in range(chance.choice([0, 0, 0, 1, 2])))
    excluded = tuple(some_sequence(chance, 2) for _ in range(chance.choice([0, 0, 1, 2])))
    query = Query(
        sort=chance.choice(ORDERS),
        limit=1000,
        kinds=chance.choice([(), (), (), ("wet",)]),
        languages=chance.choice([(), (), (), ("en",)]),
        year_from=chance.choice([None, None, 2021]),
    )
    groups = groups or (some_group(chance),)
    fillers = (replace(some_group(chance), is_filler=True),) if chance.random() < 0.2 else ()
    groups = (*groups, *fillers)
    return Question(query, groups, phrases, excluded, any_word=chance.random() < 0.2)


@pytest.fixture(
    scope="module",
    params=[pytest.param(seed, marks=[pytest.mark.slow] if seed else []) for seed in SEEDS],
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("arrays")
    return Built(folder, build(folder, random.Random(request.param)), request.param)


@pytest.mark.parametrize("scoring", SCORINGS)
def test_counts_scores_and_orders_are_those_of_the_formula(built: Built, scoring: Scoring) -> None:
    chance = random.Random(built.seed)
    reader = Whoosh(built.folder).reader
    plain = Plain(reader, built.entries, scoring, TODAY)
    assert len(leaves_of(reader)) > 1
    assert reader.has_deletions()
    snapshot = WhooshSnapshot(built.folder, 20_000, scoring, TODAY)
    for _ in range(QUESTIONS):
        same_as_plain(plain, snapshot, some_question(chance))
    snapshot.close()


def same_as_plain(plain: Plain, snapshot: WhooshSnapshot, question: Question) -> None:
    answer = snapshot.search(question)
    everything, needed = plain.counted(question)
    counted = {number for number in everything if plain.passes(question.query, number)}
    assert (answer.total, answer.needed) == (len(counted), needed)
    holds_all = needed == sum(not group.is_filler for group in question.groups)
    assert answer.matched == ("none" if not counted else "all" if holds_all else "any")
    is_best = question.query.sort == "best"
    found = plain.listed(question) if is_best else counted
    listed = {number for number in found if plain.passes(question.query, number)}
    number_of = {document_id: number for number, document_id in enumerate(plain.columns.ids)}
    numbers = [number_of[entry.document.id] for entry, _ in answer.rows]
    assert set(numbers) == listed
    assert answer.listed == len(listed)
    expected = [plain.score(question, number) for number in numbers]
    assert [score for _, score in answer.rows] == pytest.approx(expected, rel=1e-5)
    score = {number: score for number, (_, score) in zip(numbers, answer.rows, strict=True)}
    days = [int(day) for day in plain.columns.day]

    def key(n: int) -> tuple[float, ...]:
        by_id = int(plain.columns.id_order[n])
        match question.query.sort:
            case "best":
                return (holds_all and n in counted, score[n], days[n], by_id)
            case "new":
                return (days[n], score[n], by_id)
            case "old":
                return (-days[n] or -(10**9), score[n], -by_id)

    assert numbers == sorted(listed, key=key, reverse=True)
    first = replace(question, query=replace(question.query, offset=2, limit=3))
    assert snapshot.search(first).rows == answer.rows[2:5]
    ranked = snapshot.rank(question, 7)
    assert [i for i, _ in ranked] == [entry.document.id for entry, _ in answer.rows[:7]]
    scores = [score for _, score in ranked]
    assert not is_best or all(a > b for a, b in pairwise(scores))


@pytest.mark.parametrize("scoring", [SCORINGS[0], SCORINGS[2], SCORINGS[4]])
def test_an_explanation_adds_up_to_the_score(built: Built, scoring: Scoring) -> None:
    chance = random.Random(built.seed)
    plain = Plain(Whoosh(built.folder).reader, built.entries, scoring, TODAY)
    snapshot = WhooshSnapshot(built.folder, 20_000, scoring, TODAY)
    for _ in range(20):
        question = some_question(chance)
        for number in chance.sample(plain.live, 5):
            explained = snapshot.explain(question, plain.columns.ids[number])
            assert explained is not None
            assert explained.score == pytest.approx(plain.score(question, number), rel=1e-5)
            assert explained.prior == pytest.approx(plain.prior(number))
            for reason in explained.reasons:
                fields, _ = plain.frequencies(reason.alternative)[number]
                assert sum(reason.fields.values()) == pytest.approx(fields, rel=1e-5)
    assert snapshot.explain(question, "nergens") is None
    snapshot.close()


@pytest.mark.parametrize("same_organisation", [None, True, False])
def test_what_is_similar_is_what_the_formula_gives(
    built: Built, same_organisation: bool | None
) -> None:
    plain = Plain(Whoosh(built.folder).reader, built.entries, SCORING, TODAY)
    snapshot = WhooshSnapshot(built.folder, 20_000)
    for number in plain.live[::15]:
        entry = plain.entries[number]
        terms = telling(
            entry,
            lambda term: plain.documents("text", term),
            plain.idf,
        )
        scores = {
            plain.columns.ids[other]: sum(
                one.weight * plain.word((Alternative((one.term,), 1.0, "stem"),), other)
                for one in terms
            )
            for other in plain.live
            if other != number
            and same_organisation
            in (None, plain.entries[other].document.organisation == entry.document.organisation)
        }
        found = snapshot.similar(entry.document.id, 5, same_organisation=same_organisation)
        best = sorted((score for score in scores.values() if score), reverse=True)[:5]
        assert [score for _, score in found] == pytest.approx(best, rel=1e-5)
        ids = [one.document.id for one, _ in found]
        assert [scores[i] for i in ids] == pytest.approx(best, rel=1e-5)
    assert snapshot.similar("nergens", 5) == ()
    snapshot.close()


def test_terms_and_or_and_not_are_those_of_whoosh(built: Built) -> None:
    chance = random.Random(built.seed)
    k1, b = 1.4, 0.6
    scoring = Scoring(k1=k1, weights={"text": 1.0}, b={"text": b}, idf="whoosh")
    peer = Whoosh(built.folder)
    snapshot = WhooshSnapshot(built.folder, 20_000, scoring)
    cache = Cache(20_000)
    terms = Terms(peer.reader, read_columns(peer.reader).live, scoring, cache)
    known = Words(terms, scoring, cache)
    compared = 0
    for _ in range(3 * QUESTIONS):
        words = tuple({chance.choice([*TERMS, "nergens"]) for _ in range(chance.randint(1, 5))})
        excluded = tuple((chance.choice(TERMS),) for _ in range(chance.choice([0, 0, 1, 2])))
        groups = tuple(WordGroup(w, (Alternative((w,), 1.0, "stem"),)) for w in words)
        question = Question(Query(), groups, (), excluded, any_word=chance.random() < 0.5)
        joint = whoosh.Or if question.any_word else whoosh.And
        query = joint([whoosh.Term("text", word) for word in words])
        expected = peer.scores(query, k1, b)
        # Whoosh's own "and not" can keep the first document that it should leave out.
        for (term,) in excluded:
            for number in peer.scores(whoosh.Term("text", term), k1, b):
                expected.pop(number, None)
        found = match(question, known)
        if found.needed == (1 if question.any_word else len(words)):
            compared += 1
            assert found.counted.numbers.tolist() == sorted(expected)
            scores = scores_at(found.scored, found.counted.numbers, terms.size).tolist()
            assert scores == pytest.approx([expected[n] for n in sorted(expected)], rel=1e-5)
            answer = snapshot.search(question)
            for facet in ("kind", "organisation", "language"):
                counts = {value.value: value.count for value in answer.facets[facet]}
                assert counts == peer.facet(query, FACETS[facet], expected)
    assert compared > QUESTIONS
    snapshot.close()


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
        cache = Cache(5_000)
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
        cache = Cache(1_000)
        assert len(cache.get("een", lambda: Weight(2_000))) == 2_000
        assert cache.used == 0
