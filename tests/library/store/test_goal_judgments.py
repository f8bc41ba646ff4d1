"""What people said of goals: the last one that was not undone counts, and it outlives the document."""

from datetime import timedelta

import pytest

from library.store import Account, Store
from tests.library.store.test_documents import NOW, document


@pytest.fixture
def judge(store: Store) -> Account:
    return store.accounts.add("Ans", "moderator", email="ans@dorp.nl", organisation="")


def said(store: Store, judge: Account, goal: int, *, given: bool, document_id: str = "a") -> int:
    return store.goal_judgments.add(
        document_id, judge.id, goal, given=given, goals=[goal], shown=[], reason="woord", now=NOW
    )


def test_the_last_one_that_was_not_undone_counts(store: Store, judge: Account) -> None:
    store.documents.put(document())
    said(store, judge, 3, given=True)
    last = said(store, judge, 3, given=False)
    said(store, judge, 4, given=True)
    assert store.documents.get("a").judged == {3: False, 4: True}
    assert store.goal_judgments.undo(last, NOW)
    assert not store.goal_judgments.undo(last, NOW)
    assert store.goal_judgments.find(last) is None
    assert store.documents.get("a").judged == {3: True, 4: True}
    assert [one.goal for one in store.goal_judgments.of("a")] == [3, 4]
    assert [one.goal for one in store.goal_judgments.recent(1)] == [4]
    assert len(store.goal_judgments.by(judge.id)) == 3


def test_it_outlives_another_crawl_of_the_page(store: Store, judge: Account) -> None:
    store.documents.put(document())
    said(store, judge, 3, given=False)
    store.documents.put(document(text="Heel andere tekst"))
    store.documents.remove("a", "http-404", NOW)
    store.documents.put(document(text="Weer terug"))
    (live,) = store.documents.live()
    assert live.judged == {3: False}


def test_it_goes_along_to_the_address_that_a_page_moved_to(store: Store, judge: Account) -> None:
    store.documents.put_many([document("a"), document("b")])
    said(store, judge, 2, given=True, document_id="b")
    store.documents.take_over("a", "b", NOW)
    assert store.documents.get("a").judged == {2: True}


def test_the_index_is_told_by_a_revision(store: Store, judge: Account) -> None:
    store.documents.put_many([document("a"), document("b")])
    before = store.documents.revision()
    said(store, judge, 2, given=True)
    store.documents.renew("a")
    changed = list(store.documents.changed_since(before))
    assert [(one.document.id, dict(one.judged)) for one in changed] == [("a", {2: True})]


def test_documents_are_counted_from_a_moment_on(store: Store, judge: Account) -> None:
    number = said(store, judge, 2, given=True)
    said(store, judge, 3, given=True)
    said(store, judge, 3, given=True, document_id="b")
    assert store.goal_judgments.count_documents() == 2
    later = NOW + timedelta(days=1)
    assert store.goal_judgments.count_documents(later) == 0
    store.goal_judgments.undo(number, later)
    assert store.goal_judgments.count_documents(later) == 1


def test_a_judge_who_is_forgotten_leaves_judgments_without_a_name(
    store: Store, judge: Account
) -> None:
    said(store, judge, 2, given=True)
    store.accounts.remove(judge.id)
    assert [one.account_id for one in store.goal_judgments.of("a")] == [None]


def test_who_asks_for_an_update_while_one_runs_gets_another(store: Store) -> None:
    first = store.jobs.add_update()
    assert store.jobs.add_update().id == first.id
    store.jobs.claim("worker", NOW)
    second = store.jobs.add_update()
    assert second.id != first.id
    assert store.jobs.add_update().id == second.id
