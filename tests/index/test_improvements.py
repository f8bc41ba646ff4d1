"""What people change about finding: checked, tried beside what is, and noticed without a restart."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from index import Index, Query
from index.improvements import BadImprovement, checked, compiled, read_protected
from index.synonyms import SYNONYMS, SYNONYMS_FILE, groups, read_synonyms
from index.tasks import rebuild_index, update_index
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Improvement, Store
from library.store.improvements import Kind
from tests.index.made import document

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Place:
    """A store with an index that looks at it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings)
        self.index = Index(settings.index_folder, check_every=0, improved=self.store.improvements)

    def fill(self, *texts: str) -> None:
        documents = [document(f"d{n}", text) for n, text in enumerate(texts)]
        self.store.documents.put_many(documents)
        rebuild_index(self.store, self.settings, Silent())

    def add(self, kind: Kind, **typed: str) -> None:
        value = checked(kind, typed)
        seen = self.store.improvements.revision()
        self.store.improvements.change(NOW, None, seen=seen, add=(kind, value))

    def undo(self) -> None:
        (last,) = self.store.improvements.recent(1)
        self.store.improvements.undo(last.id, NOW)

    def found(self, text: str) -> list[str]:
        return [hit.id for hit in self.index.search(Query(text)).hits]

    def counted(self, text: str) -> int:
        """How many have the words, without what only looks like them."""
        return self.index.search(Query(text)).total


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(read_settings({}, home=tmp_path / "home"))
    yield made
    made.index.close()
    made.store.close()


def rows(*values: tuple[Kind, Mapping[str, Any]]) -> list[Improvement]:
    return [Improvement(n, kind, value, None, NOW) for n, (kind, value) in enumerate(values)]


def test_a_synonym_works_at_once_and_is_undone_at_once(place: Place) -> None:
    place.fill("een zonneveld naast het dorp", "een moestuin")
    assert place.found("kiosk") == []
    place.add("synonym", words="kiosk, zonneveld", wider="")
    assert place.found("kiosk") == ["d0"]
    assert place.index.status().improved == 1
    place.undo()
    assert place.found("kiosk") == []


def test_a_process_that_keeps_warm_takes_it_over_by_itself(place: Place) -> None:
    place.fill("een zonneveld naast het dorp")
    index = Index(place.settings.index_folder, check_every=0.01, improved=place.store.improvements)
    index.keep_warm()
    assert index.search(Query("kiosk")).total == 0
    place.add("synonym", words="kiosk, zonneveld", wider="")
    for _ in range(3000):
        if index.status().improved:
            break
        time.sleep(0.01)
    assert index.search(Query("kiosk")).total == 1
    index.close()


def test_what_is_wider_is_found_and_does_not_find(place: Place) -> None:
    place.fill("een zonneveld naast het dorp", "de kiosk")
    place.add("synonym", words="kiosk", wider="zonneveld")
    assert place.found("kiosk") == ["d1", "d0"]
    assert place.found("zonneveld") == ["d0"]


def test_an_abbreviation_finds_what_it_stands_for(place: Place) -> None:
    place.fill("de wijkcommissie groen beheer vergadert", "een moestuin")
    assert place.found("wcgb") == []
    place.add("abbreviation", short="WCGB", long="wijkcommissie groen beheer")
    assert place.found("wcgb") == ["d0"]


def test_the_lists_of_the_program_stay(place: Place) -> None:
    place.fill("een dorpshuis", "een clubgebouw")
    place.add("synonym", words="buurthuis, clubgebouw", wider="")
    assert set(place.found("buurthuis")) == {"d0", "d1"}


def test_a_group_of_the_program_is_switched_off_and_on_again(place: Place) -> None:
    place.fill("een dorpshuis", "een toelage voor het dorp", "een clubgebouw")
    assert (place.found("buurthuis"), place.found("subsidie")) == (["d0"], ["d1"])
    place.add("switched_off", word="Dorpshuizen", group="")
    assert place.counted("buurthuis") == 0
    assert place.found("subsidie") == ["d1"]
    # What people add themselves goes on working, also with the same word.
    place.add("synonym", words="buurthuis, clubgebouw", wider="")
    assert (place.counted("buurthuis"), place.found("buurthuis")[0]) == (1, "d2")
    place.undo()
    (off,) = place.store.improvements.current()
    seen = place.store.improvements.revision()
    place.store.improvements.change(NOW, None, seen=seen, remove=off.id)
    assert place.counted("buurthuis") == 1
    assert place.found("buurthuis") == ["d0"]


def test_which_group_is_asked_where_a_word_stands_in_more() -> None:
    found = groups(SYNONYMS_FILE, "subsidies")
    assert len(found) > 1
    typed = {"word": "subsidies", "group": ""}
    with pytest.raises(BadImprovement, match="group: choose"):
        checked("switched_off", typed)
    value = checked("switched_off", typed | {"group": found[1]})
    assert value == {"group": found[1]}
    known = compiled(rows(("switched_off", value))).synonyms
    assert known == read_synonyms(SYNONYMS_FILE, value.values())
    assert known != SYNONYMS
    # A group that a later version does not have any more changes nothing.
    gone = compiled(rows(("switched_off", {"group": "een, groep van vroeger"})))
    assert gone.synonyms == SYNONYMS


def test_a_weight_of_a_field_changes_the_order(place: Place) -> None:
    place.store.documents.put_many(
        [
            document("text", "molen molen molen molen", title="Over wind"),
            document("title", "wind en wieken en een schuur", title="Een molen op het erf"),
        ]
    )
    rebuild_index(place.store, place.settings, Silent())
    place.add("weight", field="title", weight="5")
    heavy = dict(place.index.rank("molen"))
    place.add("weight", field="title", weight="0")
    light = dict(place.index.rank("molen"))
    assert heavy["title"] > light["title"]


def test_a_denied_word_is_not_suggested(place: Place) -> None:
    place.fill("de molen in het dorp", "een molen", "molenaar")
    assert "molen" in [one.text for one in place.index.complete("mol")]
    place.add("denied", word="molen")
    assert "molen" not in [one.text for one in place.index.complete("mol")]
    assert place.found("molen")


def test_a_best_bet_is_shown_in_its_days(place: Place) -> None:
    place.fill("een moestuin", "een zonneveld")
    place.add(
        "best_bet", query="Moestuinen", document_id="d1", first="2020-01-01", last="", owner="1"
    )
    page = place.index.search(Query("moestuin"))
    assert [hit.id for hit in page.chosen] == ["d1"]
    assert [hit.id for hit in page.hits] == ["d0"]
    assert place.index.search(Query("moestuin", sort="new")).chosen == ()
    assert place.index.search(Query("moestuin", offset=20)).chosen == ()
    place.add(
        "best_bet", query="zonneveld", document_id="d0", first="2020-01-01", last="2020-02-01",
        owner="1",
    )  # fmt: skip
    assert place.index.search(Query("zonneveld")).chosen == ()


def test_the_first_and_the_last_day_count() -> None:
    value = {"query": "x", "document_id": "d", "first": "2026-03-01", "last": "2026-03-02"}
    made = compiled(rows(("best_bet", value)))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]
    assert [len(made.chosen("x", day)) for day in days] == [0, 1, 1, 0]


def test_a_protected_word_is_whole_after_a_new_index(place: Place) -> None:
    place.fill("de subsidieaanvraag", "twee subsidieaanvragen", "een aanvraag")
    assert (place.counted("subsidieaanvraag"), place.counted("aanvraag")) == (2, 3)
    place.add("protected", word="subsidieaanvraag")
    # At once it is looked for as it is written; its parts stand in the index until a new one.
    assert (place.counted("subsidieaanvraag"), place.counted("aanvraag")) == (1, 3)
    done = update_index(place.store, place.settings, Silent())
    assert done["rebuilt"]
    assert (place.counted("subsidieaanvraag"), place.counted("aanvraag")) == (1, 2)
    hit = place.index.search(Query("subsidieaanvraag")).hits[0]
    assert ("subsidieaanvraag", True) in hit.fragments[0].pieces


def test_an_update_keeps_what_was_protected(place: Place) -> None:
    place.fill("de subsidieaanvraag")
    place.add("protected", word="subsidieaanvraag")
    update_index(place.store, place.settings, Silent())
    place.store.documents.put(document("e", "nog een subsidieaanvraag"))
    done = update_index(place.store, place.settings, Silent())
    assert not done["rebuilt"]
    newest = place.settings.index_folder / "generations" / str(done["generation"])
    assert read_protected(newest) == {"subsidieaanvraag"}
    assert (place.counted("subsidieaanvraag"), place.counted("aanvraag")) == (2, 0)
    place.undo()
    assert update_index(place.store, place.settings, Silent())["rebuilt"]
    assert place.counted("aanvraag") == 2


def test_a_trial_changes_nothing(place: Place) -> None:
    place.fill("een zonneveld naast het dorp", "een moestuin")
    wanted = rows(
        ("synonym", checked("synonym", {"words": "kiosk, zonneveld", "wider": ""})),
        ("weight", checked("weight", {"field": "title", "weight": "3"})),
    )
    with place.index.trial(wanted) as trial:
        assert [hit.id for hit in trial.search(Query("kiosk")).hits] == ["d0"]
        assert [document_id for document_id, _ in trial.rank("kiosk")] == ["d0"]
    assert place.found("kiosk") == []
    assert place.index.rank("kiosk") == []


def test_a_search_goes_on_when_the_database_fails(place: Place) -> None:
    place.fill("een zonneveld naast het dorp")
    place.add("synonym", words="kiosk, zonneveld", wider="")
    assert place.found("kiosk") == ["d0"]
    place.store.close()
    place.settings.database.rename(place.settings.database.with_suffix(".away"))
    place.settings.database.mkdir()
    assert place.found("kiosk") == ["d0"]


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("synonym", {"words": "molen", "wider": ""}, "two-words"),
        ("synonym", {"words": "molen, molens", "wider": ""}, "same"),
        ("synonym", {"words": "molen, de", "wider": ""}, "stop-word"),
        ("synonym", {"words": ", ".join(f"woord{n}" for n in range(20)), "wider": ""}, "too-many"),
        ("abbreviation", {"short": "", "long": "x y"}, "empty"),
        ("abbreviation", {"short": "vog", "long": "VOG"}, "same"),
        ("protected", {"word": "twee woorden"}, "one-word"),
        ("protected", {"word": "het"}, "stop-word"),
        ("denied", {"word": "x" * 81}, "too-long"),
        ("weight", {"field": "id", "weight": "1"}, "choose"),
        ("weight", {"field": "title", "weight": "veel"}, "number"),
        ("weight", {"field": "title", "weight": "5,1"}, "number"),
        ("floor", {"ndcg": "nan"}, "number"),
        ("best_bet", {"query": "x", "document_id": "", "first": "2026-01-01", "last": ""}, "document"),
        ("best_bet", {"query": "x", "document_id": "d", "first": "", "last": ""}, "day"),
        ("best_bet", {"query": "x", "document_id": "d", "first": "1 mei", "last": ""}, "day"),
        ("best_bet", {"query": "x", "document_id": "d", "first": "2026-02-01", "last": "2026-01-01"}, "order"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(kind: Kind, typed: dict[str, str], code: str) -> None:
    with pytest.raises(BadImprovement) as raised:
        checked(kind, typed)
    assert raised.value.code == code
