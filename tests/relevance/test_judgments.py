"""The queries and grades themselves: whole, about documents that exist, and of every kind."""

import re
from collections import Counter

import pytest

from index.evaluate import Qrels
from tests.relevance.examples import Asked, authored, read_asked, read_judged
from tests.relevance.scores import NONE, RIGHT

KINDS = {
    "abbreviation",
    "broad",
    "compound",
    "english",
    "joined",
    "keyword",
    "law",
    "name",
    "navigational",
    NONE,
    "question",
    "split",
    "synonym",
    "typo",
}
LEAST_ANSWERED = 130
LEAST_OF_A_KIND = 5


@pytest.fixture(scope="module")
def asked() -> tuple[Asked, ...]:
    return read_asked()


@pytest.fixture(scope="module")
def judged() -> Qrels:
    return read_judged()


def test_every_graded_document_is_one_of_the_examples(judged: Qrels) -> None:
    known = {key for key, _, _ in authored()}
    assert {key for grades in judged.values() for key in grades} <= known


def test_no_two_examples_share_a_key() -> None:
    counted = Counter(key for key, _, _ in authored())
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_query_has_an_answer_unless_its_kind_says_that_it_has_none(
    asked: tuple[Asked, ...], judged: Qrels
) -> None:
    best = {one.id: max(judged.get(one.id, {}).values(), default=0) for one in asked}
    assert [one.text for one in asked if one.kind != NONE and best[one.id] < RIGHT] == []
    assert [one.text for one in asked if one.kind == NONE and one.id in judged] == []


def test_grades_go_from_nought_to_three_and_belong_to_a_query(
    asked: tuple[Asked, ...], judged: Qrels
) -> None:
    assert {grade for grades in judged.values() for grade in grades.values()} == {0, 1, 2, 3}
    assert set(judged) <= {one.id for one in asked}


def test_no_query_is_there_twice(asked: tuple[Asked, ...]) -> None:
    texts = Counter(re.sub(r"[^\w]+", " ", one.text.lower()).strip() for one in asked)
    assert [text for text, times in texts.items() if times > 1] == []
    assert len({one.id for one in asked}) == len(asked)


def test_every_query_tells_the_need_that_it_was_made_from(asked: tuple[Asked, ...]) -> None:
    assert [one.id for one in asked if len(one.need.split()) < 4] == []


def test_there_are_enough_queries_of_every_kind(asked: tuple[Asked, ...]) -> None:
    kinds = Counter(one.kind for one in asked)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= LEAST_OF_A_KIND
    assert sum(kinds.values()) - kinds[NONE] >= LEAST_ANSWERED
