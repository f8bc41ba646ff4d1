"""What a person said of a goal wins over the program, in every generation of the index."""

from index.classify import classify
from index.corrected import CERTAIN, JUDGED, corrected
from index.engines.whoosh import WhooshEngine
from index.query import GoalTag, Query
from index.search import Index
from index.tasks import rebuild_index, update_index
from library.progress import Silent
from library.settings import Settings
from library.store import Store
from tests.index.labelled import a_document
from tests.library.store.test_documents import NOW

FOUND = (GoalTag(4, 0.9, ("subsidie",)), GoalTag(2, 0.6, ("gemeente",)))


def test_a_person_confirms_removes_and_adds() -> None:
    assert corrected(FOUND, {}) == FOUND
    assert corrected(FOUND, {4: False}) == FOUND[1:]
    assert corrected(FOUND, {2: True}) == (GoalTag(2, CERTAIN, ("gemeente",)), FOUND[0])
    assert corrected(FOUND, {5: True, 2: False}) == (GoalTag(5, CERTAIN, JUDGED), FOUND[0])
    assert corrected(FOUND, {4: False, 2: False}) == ()


def test_twice_is_the_same_as_once() -> None:
    judged = {4: False, 2: True, 1: True}
    assert corrected(corrected(FOUND, judged), judged) == corrected(FOUND, judged)


def test_the_index_follows_and_a_new_one_knows_it_too(store: Store, settings: Settings) -> None:
    document = a_document("Subsidie voor uw plan", "Een fonds helpt bij de financiering.")
    assert [tag.number for tag in classify(document)] == [4]
    store.documents.put(document)
    update_index(store, settings, Silent())
    judge = store.accounts.add_admin("Ans")
    for goal, given in ((4, False), (1, True)):
        store.goal_judgments.add(
            document.id, judge.id, goal, given=given, goals=[1], shown=[], reason="woord", now=NOW
        )
    store.documents.renew(document.id)
    for bring_up in (update_index, rebuild_index):
        bring_up(store, settings, Silent())
        index = Index(settings.index_folder, engine=WhooshEngine(), check_every=0)
        assert index.search(Query(goals=(4,))).total == 0
        (hit,) = index.search(Query(goals=(1,))).hits
        assert hit.goals == (GoalTag(1, CERTAIN, JUDGED),)
        index.close()
