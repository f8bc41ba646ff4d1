"""The index as pages see it: pages of hits, a new generation by itself, clear refusals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index, Query
from index.classify import describe
from library.document import Section
from tests.index.made import build, change, document, stored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    build(
        folder,
        [
            document(
                "pdf",
                Section("Begin.", page=1),
                Section("Hoe vraagt u subsidie aan?", page=2),
                title="Handleiding",
                day="2024-05-06",
                media_type="application/pdf",
                size=1234,
                goals=(4,),
                is_example=True,
            ),
            document("b", "Een buurthuis.", title="Huis"),
        ],
    )
    return folder


def test_a_hit_has_all_that_a_result_shows(folder: Path) -> None:
    index = Index(folder)
    page = index.search(Query("subsidies"))
    (hit,) = page.hits
    assert (hit.id, hit.title, hit.kind, hit.pages, hit.size) == (
        "pdf",
        "Handleiding",
        "overig",
        2,
        1234,
    )
    assert str(hit.published) == "2024-05-06"
    assert hit.is_example
    assert hit.score > 0
    assert [tag.number for tag in hit.goals] == [4]
    (fragment,) = hit.fragments
    assert fragment.page == 2
    assert ("subsidie", True) in fragment.pieces
    assert (page.total, page.listed, page.matched) == (1, 1, "all")
    index.close()


def test_who_types_a_village_finds_it_and_may_choose_its_municipality(tmp_path: Path) -> None:
    title = "Dorpshuis Waterlandkerkje zoekt hulp"
    documents = [document("a", "Kom helpen.", title=title), document("b", "Een buurthuis.")]
    build(tmp_path, documents, facets={one.id: describe(one) for one in documents})
    index = Index(tmp_path)
    page = index.search(Query("waterlandkerkje"))
    assert [hit.id for hit in page.hits] == ["a"]
    choices = {count.value: count.count for count in page.facets["place"]}
    assert choices == {"provincie Zeeland": 1, "Sluis": 1}
    (hit,) = index.search(Query("", places=("Sluis",))).hits
    assert hit.place is not None
    assert hit.place.evidence == ("Waterlandkerkje",)
    index.close()


def test_looking_up_one_document(folder: Path) -> None:
    index = Index(folder)
    hit = index.lookup("b", "buurthuizen")
    assert hit is not None
    assert ("buurthuis", True) in hit.fragments[0].pieces
    plain = index.lookup("b")
    assert plain is not None
    assert plain.fragments[0].text == "Een buurthuis."
    assert index.lookup("geen") is None
    index.close()


def test_a_hit_is_explained(folder: Path) -> None:
    index = Index(folder)
    (hit,) = index.search(Query("subsidies")).hits
    explanation = index.explain(Query("subsidies"), hit.id)
    assert explanation is not None
    assert explanation.score == pytest.approx(hit.score)
    assert {reason.word for reason in explanation.reasons} == {"subsidies"}
    assert "text" in explanation.reasons[0].fields
    assert index.explain(Query("subsidies"), "nergens") is None
    index.close()


def test_what_says_the_same_is_similar(tmp_path: Path) -> None:
    texts = {
        "tuin": "Een moestuin in de wijk met groente en bloemen.",
        "pluk": "Groente uit de moestuin van de wijk.",
        "fonds": "Geld uit een fonds voor de wijk.",
    }
    organisations = {"tuin": "Tuinen", "pluk": "Anders", "fonds": "Tuinen"}
    build(
        tmp_path,
        [document(name, text, organisation=organisations[name]) for name, text in texts.items()],
    )
    index = Index(tmp_path)
    assert [hit.id for hit in index.similar("tuin")] == ["pluk", "fonds"]
    assert [hit.id for hit in index.similar("tuin", same_organisation=True)] == ["fonds"]
    assert [hit.id for hit in index.similar("tuin", same_organisation=False)] == ["pluk"]
    assert index.similar("nergens") == ()
    index.close()


def test_an_unknown_word_is_corrected_and_that_is_said(folder: Path) -> None:
    index = Index(folder)
    page = index.search(Query("Subisidie"))
    assert [hit.id for hit in page.hits] == ["pdf"]
    assert page.corrections == (("Subisidie", "subsidie"),)
    assert ("subsidie", True) in page.hits[0].fragments[0].pieces
    assert index.rank("subisidie")[0][0] == "pdf"
    hit = index.lookup("b", "burthuis")
    assert hit is not None
    assert ("buurthuis", True) in hit.fragments[0].pieces
    index.close()


@pytest.mark.parametrize("text", ["subsidies", "recept", "qqqqqq", '"subisidie aan"', "-subisidie"])
def test_known_words_words_of_the_dictionary_and_phrases_are_not_corrected(
    folder: Path, text: str
) -> None:
    index = Index(folder)
    assert index.search(Query(text)).corrections == ()
    index.close()


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("qqqqqq subsidie", ("qqqqqq",)),
        ("Qqqqqq qqqqqq xyzzyqq", ("Qqqqqq", "qqqqqq", "xyzzyqq")),
        ("subisidie", ()),
        ("subsidies", ()),
        ("subsidie -qqqqqq", ()),
    ],
)
def test_words_that_no_document_has_are_told(
    folder: Path, text: str, unknown: tuple[str, ...]
) -> None:
    index = Index(folder)
    assert index.search(Query(text)).unknown == unknown
    index.close()


def test_only_stop_words_find_nothing(folder: Path) -> None:
    index = Index(folder)
    assert index.search(Query("de het een")).total == 0
    assert index.search(Query("?!")).total == 0
    assert index.search(Query("  ")).total == 2
    index.close()


def test_status(folder: Path) -> None:
    index = Index(folder)
    status = index.status()
    assert (status.documents, status.revision, status.problem) == (2, 2, "")
    assert status.size > 0
    assert status.built_at is not None
    index.close()


def test_a_page_that_only_leads_to_others_comes_after_them(tmp_path: Path) -> None:
    teasers = "Subsidie voor dorpshuizen. Nieuwe subsidie. Subsidie aanvragen."
    folder = tmp_path / "listings"
    build(
        folder,
        [
            document("start", teasers, title="Nieuws", is_listing=True),
            document("page", "Hoe vraagt een dorpshuis subsidie aan bij het fonds?", title="Geld"),
        ],
    )
    index = Index(folder)
    page = index.search(Query("subsidie"))
    assert [hit.id for hit in page.hits] == ["page", "start"]
    assert [hit.id for hit in index.search(Query("nieuws")).hits] == ["start"]
    index.close()


def found(folder: Path, text: str) -> list[str]:
    """The ids of what a query finds, best first."""
    index = Index(folder)
    ids = [hit.id for hit in index.search(Query(text)).hits]
    index.close()
    return ids


def test_what_several_words_say_is_found_first_in_any_way_of_writing(tmp_path: Path) -> None:
    build(
        tmp_path,
        [
            document("apart", "Artikel 3 noemt 2 dingen over de Wmo. " * 5),
            document("artikel", "Dit staat in art. 2.3, eerste lid, van de Wmo 2015."),
            document("nummer", "Er waren 23 artikelen op 14 april 2024."),
            document("dag", "De vergadering van 13-04-2024 over oranje hesjes en een fonds."),
            document("fonds", "Een bijdrage van het Oranjefonds."),
            document("groepen", "Voor bewoners- en buurtgroepen."),
        ],
    )
    assert found(tmp_path, "artikel 2.3 wmo")[0] == "artikel"
    assert found(tmp_path, "artikel 2.3") == ["artikel", "apart", "nummer"]
    assert found(tmp_path, "13 april 2024")[0] == "dag"
    assert found(tmp_path, "Oranje Fonds")[0] == "fonds"
    assert found(tmp_path, "bewonersgroepen")[0] == "groepen"


def test_words_of_all_segments_are_known(folder: Path) -> None:
    change(folder, [stored(document("c", "Een speeltuin."), 3)])
    index = Index(folder)
    assert index.search(Query("speltuin")).corrections == (("speltuin", "speeltuin"),)
    assert index.search(Query("subisidie")).corrections == (("subisidie", "subsidie"),)
    index.close()


def test_words_typed_as_one_are_searched_apart(tmp_path: Path) -> None:
    texts = ["Een subsidie voor het buurthuis.", "Subsidie is er.", "Het buurthuis is er."]
    folder = tmp_path / "index"
    build(folder, [document(str(number), text) for number, text in enumerate(texts)])
    index = Index(folder)
    page = index.search(Query("buurthuissubsidie"))
    assert page.corrections == (("buurthuissubsidie", "buurthuis subsidie"),)
    assert page.hits[0].id == "0"
    index.close()


def test_look_alikes_are_listed_and_not_counted(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "Een subsidie."), document("b", "Onze subsidiologie.")])
    index = Index(folder)
    page = index.search(Query("subsidies"))
    assert [hit.id for hit in page.hits] == ["a", "b"]
    assert (page.total, page.listed) == (1, 2)
    assert page.facets["kind"][0].count == 1
    index.close()


def test_texts_in_other_languages_are_found_by_their_own_words(tmp_path: Path) -> None:
    build(
        tmp_path,
        [
            document("en", "Volunteering in the communities around us.", language="en"),
            document("fy", "De minsken fan it doarpshûs en de mienskip.", language="fy"),
            document("nl", "Vrijwilligers in het dorpshuis."),
        ],
    )
    assert found(tmp_path, "volunteers community")[0] == "en"
    assert found(tmp_path, "doarpshus")[0] == "fy"
    assert found(tmp_path, "mienskip minsken")[0] == "fy"
    assert found(tmp_path, "dorpshuis")[0] == "nl"


COPIES = [
    document("best", "Een subsidie voor de buurttuin.", organisation="A", kind="handreiking"),
    document("copy", "Een subsidie voor de buurttuin.", organisation="B", duplicate_of="best"),
    document("old", "Een subsidie voor de zaklantaarn.", organisation="A", replaced_by="best"),
    document("other", "Een subsidie en een lening.", organisation="B"),
]


@pytest.fixture
def with_copies(tmp_path: Path) -> Iterator[Index]:
    build(tmp_path / "index", COPIES)
    index = Index(tmp_path / "index")
    yield index
    index.close()


def test_copies_and_older_ones_are_one_hit(with_copies: Index) -> None:
    page = with_copies.search(Query("subsidie"))
    assert {hit.id for hit in page.hits} == {"best", "other"}
    assert (page.total, page.listed) == (2, 2)
    best = next(hit for hit in page.hits if hit.id == "best")
    assert {(one.id, one.organisation, one.is_older) for one in best.also_at} == {
        ("copy", "B", False),
        ("old", "A", True),
    }
    assert {value.value: value.count for value in page.facets["organisation"]} == {"A": 1, "B": 2}
    assert {hit.id for hit in with_copies.search(Query()).hits} == {"best", "other"}


def test_the_status_tells_how_many_are_no_result_of_their_own(tmp_path: Path) -> None:
    # One more that would be folded into a copy, and one of which the better copy is not there.
    chain = document("older", "Een oude subsidie.", replaced_by="copy")
    alone = document("alone", "Een subsidie voor het dorp.", duplicate_of="elsewhere")
    folder = tmp_path / "index"
    build(folder, [*COPIES, chain, alone])
    index = Index(folder)
    status = index.status()
    assert (status.documents, status.folded) == (6, 3)
    assert index.search(Query()).total == status.documents - status.folded
    change(folder, [stored(COPIES[0], 7, removed=True)])
    index.refresh()
    status = index.status()
    assert (status.documents, status.folded) == (5, 1)
    assert index.search(Query()).total == status.documents - status.folded
    index.close()


def test_a_copy_is_shown_where_the_best_one_is_not_found(with_copies: Index) -> None:
    page = with_copies.search(Query("subsidie", organisations=("B",)))
    assert {hit.id for hit in page.hits} == {"copy", "other"}
    assert page.total == 2
    page = with_copies.search(Query("zaklantaarn"))
    assert [hit.id for hit in page.hits] == ["old"]


def test_nothing_is_similar_to_its_own_copies(with_copies: Index) -> None:
    assert [hit.id for hit in with_copies.similar("copy")] == ["other"]
    assert "copy" not in {hit.id for hit in with_copies.similar("other")}
