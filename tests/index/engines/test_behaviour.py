"""What every engine must do: one suite, run against each; it defines the interface.

A new engine joins ``ENGINES`` and passes, or says in its decision record what it cannot do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines.base import Answer, Engine, Snapshot
from index.engines.whoosh import WhooshEngine
from index.entries import Entry
from index.facets import Facets
from index.files import Disk
from index.places import Place
from index.query import GoalTag, Query, ThemeTag
from index.questions import read
from library.document import Document, Section
from tests.index.made import document

ENGINES: tuple[Engine, ...] = (WhooshEngine(),)


@pytest.fixture(params=ENGINES, ids=lambda engine: type(engine).__name__)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: type(engine).__name__)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    """A generation that most questions are put to."""
    folder = tmp_path_factory.mktemp("shared")
    write(request.param, folder, [entry(one) for one in COLLECTION])
    snapshot: Snapshot = request.param.open(folder)
    yield snapshot
    snapshot.close()


def entry(one: Document, revision: int = 1) -> Entry:
    tags = tuple(GoalTag(number, 0.8, ("bewijs",)) for number in one.goals)
    return Entry(one, tags, revision, facets=facets_of(one))


def facets_of(one: Document) -> Facets:
    """Themes and a place that follow from the goals, so that a test decides them."""
    themes = tuple(
        ThemeTag(name, 0.8, ("bewijs",))
        for number, name in ((1, "wonen"), (2, "jeugd"))
        if number in one.goals
    )
    places = {1: Place("Overijssel", "Deventer"), 2: Place("Overijssel"), 3: Place("Utrecht")}
    found = [place for number, place in places.items() if number in one.goals]
    return Facets(themes, place=found[0] if len(found) == 1 else None)


def write(engine: Engine, folder: Path, put: Sequence[Entry], removed: Sequence[str] = ()) -> None:
    writer = engine.writer(folder, Disk())
    for one in put:
        writer.put(one)
    for document_id in removed:
        writer.remove(document_id)
    writer.finish()


def ask(snapshot: Snapshot, text: str = "", **filters: object) -> Answer:
    query = replace(Query(text, limit=100), **filters)  # type: ignore[arg-type]  # names of fields
    return snapshot.search(read(query))


def found(answer: Answer) -> list[str]:
    return [one.document.id for one, _ in answer.rows]


def counts(answer: Answer, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in answer.facets[facet]}


LSA, STAD = "LSA bewoners (voorbeeld)", "Stadsfonds (voorbeeld)"
COLLECTION = (
    *(
        document(
            f"huis-{number:02}",
            f"Een buurthuis met {'tuin' if number % 2 else 'keuken'} en vrijwilligers.",
            title=f"Buurthuis {number}",
            day=f"20{10 + number}-03-01",
            organisation=LSA,
            kind="verhaal",
            goals=(1,),
        )
        for number in range(12)
    ),
    document(
        "geld",
        "De gemeente verstrekt subsidie aan bewoners.",
        Section("Vraag de subsidie aan voor een tuin.", heading="Aanvragen"),
        title="Geld voor uw plan",
        organisation=STAD,
        kind="regeling",
        day="2024-06-01",
        goals=(4, 1),
    ),
    document(
        "recht",
        "Gemeentelijke regels over samenwerking.",
        title="Wet en regel",
        organisation=STAD,
        kind="wet",
        goals=(3,),
        visible_text="Gemeentelijke regels over samenwerking. Menu: parkeervergunning, subsidie.",
    ),
    document("stil", "", title="", organisation="", visible_text=""),
)


class TestWriting:
    def test_what_is_written_is_found_whole(self, engine: Engine, tmp_path: Path) -> None:
        one = document(
            "é/1",
            Section("Tekst met coöperatie.", heading="Kop", anchor="kop"),
            Section("Bladzijde twee.", page=2),
            title="Titel “met” aanhaling",
            day="2024-02-29",
            kind="onderzoek",
            language="fy",
            media_type="application/pdf",
            size=12345,
            content_hash="abc",
            attached_to="d9",
            is_example=True,
            goals=(2, 5),
        )
        kept = Entry(one, (GoalTag(2, 0.75, ("zeggenschap", "meedoen")),), 7, 3)
        write(engine, tmp_path, [kept])
        snapshot = engine.open(tmp_path)
        assert snapshot.find("é/1") == kept
        assert snapshot.find("é") is None
        assert list(snapshot.ids()) == ["é/1"]
        assert snapshot.count() == 1
        snapshot.close()

    def test_an_empty_index_answers(self, engine: Engine, tmp_path: Path) -> None:
        write(engine, tmp_path, [])
        snapshot = engine.open(tmp_path)
        assert snapshot.count() == 0
        assert list(snapshot.ids()) == []
        assert snapshot.find("a") is None
        for text in ("", "buurthuis", '"een buurthuis"', "-buurthuis"):
            answer = ask(snapshot, text)
            assert (answer.total, answer.matched, answer.rows) == (0, "none", ())
        assert snapshot.rank(read(Query("buurthuis")), 10) == []
        snapshot.close()

    def test_a_folder_without_files_is_not_found(self, engine: Engine, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            engine.open(tmp_path)

    def test_put_replaces_and_tells(self, engine: Engine, tmp_path: Path) -> None:
        writer = engine.writer(tmp_path, Disk())
        assert writer.put(entry(document("a", "oud")))
        assert writer.put(entry(document("b", "oud")))
        assert not writer.put(entry(document("a", "nieuw")))
        assert writer.remove("b")
        assert not writer.remove("b")
        assert not writer.remove("nooit")
        assert writer.put(entry(document("b", "terug")))
        writer.finish()
        snapshot = engine.open(tmp_path)
        assert sorted(snapshot.ids()) == ["a", "b"]
        assert found(ask(snapshot, "oud")) == []
        assert found(ask(snapshot, "nieuw")) == ["a"]
        assert found(ask(snapshot, "terug")) == ["b"]
        snapshot.close()

    def test_a_later_writer_goes_on_from_the_files(self, engine: Engine, tmp_path: Path) -> None:
        write(engine, tmp_path, [entry(document(i, "eerste")) for i in "abc"])
        write(engine, tmp_path, [entry(document("b", "tweede"))], removed=["c"])
        snapshot = engine.open(tmp_path)
        assert sorted(snapshot.ids()) == ["a", "b"]
        assert found(ask(snapshot, "eerste")) == ["a"]
        assert found(ask(snapshot, "tweede")) == ["b"]
        snapshot.close()

    def test_many_small_updates_end_as_one_build(self, engine: Engine, tmp_path: Path) -> None:
        small, whole = tmp_path / "small", tmp_path / "whole"
        small.mkdir()
        whole.mkdir()
        documents = {}
        for step in range(60):
            number = (step * 7) % 25
            one = document(
                f"d{number}",
                f"woord{step % 5} buurthuis nummer{number}",
                day=f"20{10 + step % 9}-01-01",
                kind="nieuws" if step % 2 else "wet",
            )
            documents[one.id] = one
            gone = [f"d{(number + 3) % 25}"] if step % 4 == 0 else []
            for document_id in gone:
                documents.pop(document_id, None)
            write(engine, small, [entry(one)], removed=gone)
        write(engine, whole, [entry(one) for one in documents.values()])
        changed, built = engine.open(small), engine.open(whole)
        assert sorted(changed.ids()) == sorted(documents) == sorted(built.ids())
        for text in ("", "buurthuis", "woord1", "nummer3", "woord2 buurthuis"):
            left, right = ask(changed, text, sort="new"), ask(built, text, sort="new")
            assert sorted(found(left)) == sorted(found(right))
            assert (left.total, left.facets) == (right.total, right.facets)
        assert len(list(small.iterdir())) < 12, "small pieces are merged"
        changed.close()
        built.close()

    def test_an_abandoned_writer_leaves_the_folder_removable(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        writer = engine.writer(tmp_path, Disk())
        writer.put(entry(document("a", "tekst")))
        writer.abandon()


class TestMatching:
    def test_all_words_in_any_form(self, shared: Snapshot) -> None:
        answer = ask(shared, "buurthuizen vrijwilliger")
        assert answer.total == 12
        assert answer.matched == "all"

    def test_fewer_than_ten_with_all_words_gives_any(self, shared: Snapshot) -> None:
        answer = ask(shared, "keuken subsidie")
        assert answer.matched == "any"
        # Six kitchens, the scheme, and the page that only has the word in its menu.
        assert answer.total == 8

    def test_those_with_all_words_come_first(self, shared: Snapshot) -> None:
        assert found(ask(shared, "tuin subsidie"))[0] == "geld"

    def test_one_rare_word_is_all_words(self, shared: Snapshot) -> None:
        answer = ask(shared, "samenwerking")
        assert (found(answer), answer.matched) == (["recht"], "all")

    def test_words_outside_the_text_are_found_when_little_else_is(self, shared: Snapshot) -> None:
        assert found(ask(shared, "parkeervergunning")) == ["recht"]

    def test_words_of_title_heading_and_organisation(self, shared: Snapshot) -> None:
        assert found(ask(shared, "plan"))[0] == "geld"
        assert found(ask(shared, "aanvragen"))[0] == "geld"
        assert set(found(ask(shared, "stadsfonds"))) == {"geld", "recht"}

    def test_phrases_stand_together_and_in_order(self, shared: Snapshot) -> None:
        assert found(ask(shared, '"subsidie aan bewoners"')) == ["geld"]
        assert found(ask(shared, '"bewoners aan subsidie"')) == []
        # Not from the end of one section into the next.
        assert found(ask(shared, '"bewoners aanvragen"')) == []

    def test_a_phrase_stays_when_words_are_optional(self, shared: Snapshot) -> None:
        answer = ask(shared, '"verstrekt subsidie" keuken')
        assert (found(answer), answer.matched) == (["geld"], "any")

    def test_minus_takes_away(self, shared: Snapshot) -> None:
        assert ask(shared, "buurthuis -tuin").total == 6
        assert ask(shared, 'buurthuis -"tuin en vrijwilligers"').total == 6
        assert "geld" not in found(ask(shared, "-subsidie"))
        assert ask(shared, "-subsidie").total == len(COLLECTION) - 1
        assert found(ask(shared, "buurthuis -buurthuis")) == []

    def test_a_word_in_a_menu_takes_nothing_away(self, shared: Snapshot) -> None:
        assert found(ask(shared, "samenwerking -subsidie")) == ["recht"]

    def test_nothing_is_none(self, shared: Snapshot) -> None:
        answer = ask(shared, "onvindbaarheid")
        assert (answer.total, answer.matched, answer.undated) == (0, "none", 0)

    def test_signs_of_other_query_languages_are_text(self, shared: Snapshot) -> None:
        for text in ("title:buurthuis*", "[a TO z]", "buurthuis AND", "((((", "a~2", "*", "?" * 9):
            ask(shared, text)

    def test_rank_reads_any_word_in_order(self, shared: Snapshot) -> None:
        ranked = shared.rank(read(Query("tuin subsidie")), 100)
        assert ranked[0][0] == "geld"
        assert len(ranked) == 8
        scores = [score for _, score in ranked]
        assert scores == sorted(scores, reverse=True)
        assert shared.rank(read(Query("tuin subsidie")), 3) == ranked[:3]
        within = read(Query("tuin subsidie", organisations=(STAD,)))
        assert [i for i, _ in shared.rank(within, 9)] == ["geld", "recht"]


COMPOUNDS = (
    document("vorm", "De subsidies van dit jaar."),
    document("woord", "De subsidie van dit jaar."),
    document("deel", "De subsidieregeling van dit jaar."),
    document("apart", "Een regeling voor subsidie."),
    document("los", "De regeling van dit jaar."),
    document("samen", "De subsidie regeling van dit jaar."),
)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: type(engine).__name__)
def compounds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("compounds")
    write(request.param, folder, [entry(one) for one in COMPOUNDS])
    snapshot: Snapshot = request.param.open(folder)
    yield snapshot
    snapshot.close()


class TestCompounds:
    def test_the_form_as_typed_before_other_forms_before_parts(self, compounds: Snapshot) -> None:
        for typed, first in (("subsidie", "woord"), ("subsidies", "vorm")):
            ranked = found(ask(compounds, typed))
            assert ranked[0] == first
            assert ranked.index("deel") > max(ranked.index("vorm"), ranked.index("woord"))

    def test_a_part_finds_the_compound_and_is_counted(self, compounds: Snapshot) -> None:
        answer = ask(compounds, "subsidies")
        assert set(found(answer)) == {"vorm", "woord", "deel", "apart", "samen"}
        assert answer.matched == "all"

    def test_a_compound_finds_its_parts_after_itself(self, compounds: Snapshot) -> None:
        answer = ask(compounds, "subsidieregeling")
        assert found(answer)[:2] == ["deel", "samen"]
        assert set(found(answer)) == {one.id for one in COMPOUNDS}
        # Those with only a part are listed below those that are counted.
        assert (answer.matched, answer.total, answer.listed) == ("all", 2, len(COMPOUNDS))

    def test_two_words_find_the_compound(self, compounds: Snapshot) -> None:
        assert {"deel", "samen", "apart"} == set(found(ask(compounds, "subsidie regeling"))[:3])

    def test_what_is_known_and_what_is_written(self, compounds: Snapshot) -> None:
        assert compounds.knows("subsidie")
        assert compounds.knows("voorbeeld")
        assert not compounds.knows("buurthuis")
        written = compounds.vocabulary()
        assert (written["subsidie"], written["subsidies"], written["jaar"]) == (3, 1, 5)
        assert "subsidieregeling" in written

    def test_a_minus_takes_compounds_along(self, compounds: Snapshot) -> None:
        assert found(ask(compounds, "jaar -subsidie")) == ["los"]

    def test_parts_do_not_make_a_document_longer(self, compounds: Snapshot) -> None:
        scores = dict(compounds.rank(read(Query("jaar")), 10))
        assert scores["deel"] == pytest.approx(scores["los"])


class TestFilters:
    def test_facets_of_everything(self, shared: Snapshot) -> None:
        answer = ask(shared)
        assert answer.total == len(COLLECTION)
        assert counts(answer, "goal") == {"1": 13, "3": 1, "4": 1}
        assert counts(answer, "organisation") == {LSA: 12, STAD: 2}
        assert counts(answer, "kind") == {"verhaal": 12, "overig": 1, "regeling": 1, "wet": 1}
        assert list(counts(answer, "year"))[:3] == ["2024", "2021", "2020"]
        assert answer.undated == 2

    def test_a_facet_ignores_its_own_selection(self, shared: Snapshot) -> None:
        answer = ask(shared, goals=(4,))
        assert found(answer) == ["geld"]
        assert counts(answer, "goal") == {"1": 13, "3": 1, "4": 1}
        assert counts(answer, "organisation") == {STAD: 1}

    def test_or_inside_and_between(self, shared: Snapshot) -> None:
        assert ask(shared, goals=(3, 4)).total == 2
        assert found(ask(shared, goals=(3, 4), kinds=("wet",))) == ["recht"]
        assert ask(shared, organisations=(LSA, STAD)).total == 14
        answer = ask(shared, organisations=(LSA,), kinds=("wet",))
        assert answer.total == 0
        assert counts(answer, "organisation") == {STAD: 1, LSA: 0}
        assert counts(answer, "kind") == {"verhaal": 12, "wet": 0}

    def test_years(self, shared: Snapshot) -> None:
        assert ask(shared, year_from=2020, year_to=2021).total == 4
        answer = ask(shared, year_from=2020, year_to=2021, undated=False)
        assert found(answer) == ["huis-11", "huis-10"]
        assert answer.undated == 2
        assert len(counts(answer, "year")) == 13
        assert ask(shared, year_to=2010).total == 3
        assert ask(shared, undated=False).total == 13

    def test_order(self, shared: Snapshot) -> None:
        newest = found(ask(shared, sort="new"))
        assert newest[:2] == ["geld", "huis-11"]
        assert set(newest[-2:]) == {"recht", "stil"}
        oldest = found(ask(shared, sort="old"))
        assert oldest[:2] == ["huis-00", "huis-01"]
        assert set(oldest[-2:]) == {"recht", "stil"}
        assert found(ask(shared)) == newest
        assert found(ask(shared, "buurthuis", sort="old"))[0] == "huis-00"

    def test_pages(self, shared: Snapshot) -> None:
        everything = found(ask(shared))
        paged = [
            i for offset in range(0, 20, 4) for i in found(ask(shared, offset=offset, limit=4))
        ]
        assert paged == everything
        assert found(ask(shared, offset=990, limit=100)) == []
        assert ask(shared, limit=0).total == len(COLLECTION)


KINDS = ("wet", "nieuws", "verhaal")
made = st.builds(
    lambda number, goals, kind, language, organisation, year, word: document(
        f"d{number}",
        word,
        goals=tuple(sorted(goals)),
        kind=kind,
        language=language,
        organisation=organisation,
        day=f"{year}-01-01" if year else None,
    ),
    st.integers(0, 10_000),
    st.sets(st.integers(1, 5), max_size=3),
    st.sampled_from(KINDS),
    st.sampled_from(("nl", "nl", "en")),
    st.sampled_from(("Een", "Twee", "Drie")),
    st.sampled_from((None, 2019, 2020, 2021)),
    st.sampled_from(("tuin", "keuken", "tuin keuken")),
)
queries = st.builds(
    Query,
    text=st.sampled_from(("", "tuin", "-keuken")),
    goals=st.sets(st.integers(1, 5), max_size=2).map(tuple),
    organisations=st.sets(st.sampled_from(("Een", "Twee")), max_size=2).map(tuple),
    kinds=st.sets(st.sampled_from(KINDS), max_size=2).map(tuple),
    languages=st.sampled_from(((), (), ("en",), ("en", "fy"))),
    themes=st.sampled_from(((), (), ("wonen",), ("jeugd", "wonen"), ("digitaal",))),
    places=st.sampled_from(((), (), ("Deventer",), ("provincie Overijssel",))),
    year_from=st.sampled_from((None, 2020)),
    year_to=st.sampled_from((None, 2020)),
    undated=st.booleans(),
    sort=st.sampled_from(("best", "new", "old")),
    limit=st.just(100),
)


def expected(documents: Sequence[Document], query: Query, skip: str = "") -> set[str]:
    """The same filters, written the slow way."""

    def passes(one: Document) -> bool:
        year = one.published.day.year if one.published else None
        told = facets_of(one)
        themes = {tag.name for tag in told.themes}
        places = set(told.place.names) if told.place else set()
        tests = {
            "goal": not query.goals or bool(set(query.goals) & set(one.goals)),
            "organisation": not query.organisations or one.organisation in query.organisations,
            "kind": not query.kinds or one.kind in query.kinds,
            "language": not query.languages or one.language in query.languages,
            "theme": not query.themes or bool(set(query.themes) & themes),
            "place": not query.places or bool(set(query.places) & places),
            "year": (query.undated if year is None else (query.year_from or 0) <= year)
            and (year is None or year <= (query.year_to or 9999)),
        }
        words = one.sections[0].text
        says = {"": True, "tuin": "tuin" in words, "-keuken": "keuken" not in words}[query.text]
        return says and all(passed for name, passed in tests.items() if name != skip)

    return {one.id for one in documents if passes(one)}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    documents=st.lists(made, min_size=1, max_size=12, unique_by=lambda one: one.id),
    asked=st.lists(queries, min_size=5, max_size=10),
)
def test_filters_and_counts_as_the_slow_way(
    documents: list[Document],
    asked: list[Query],
    engine: Engine,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("generated")
    write(engine, folder, [entry(one) for one in documents])
    snapshot = engine.open(folder)
    for query in asked:
        answer = snapshot.search(read(query))
        assert set(found(answer)) == expected(documents, query)
        assert answer.total == len(answer.rows)
        goals = counts(answer, "goal")
        for number in range(1, 6):
            ids = expected(documents, query, skip="goal")
            with_goal = sum(1 for one in documents if one.id in ids and number in one.goals)
            assert goals.get(str(number), 0) == with_goal
        kinds = counts(answer, "kind")
        for kind in KINDS:
            ids = expected(documents, query, skip="kind")
            with_kind = sum(1 for one in documents if one.id in ids and one.kind == kind)
            assert kinds.get(kind, 0) == with_kind
        for facet, value in (("theme", "wonen"), ("place", "provincie Overijssel")):
            ids = expected(documents, query, skip=facet)
            held = [one for one in documents if one.id in ids]
            names = [
                {tag.name for tag in told.themes} | set(told.place.names if told.place else ())
                for told in map(facets_of, held)
            ]
            assert counts(answer, facet).get(value, 0) == sum(value in some for some in names)
        ids = expected(documents, query, skip="language")
        english = sum(1 for one in documents if one.id in ids and one.language == "en")
        assert counts(answer, "language").get("en", 0) == english
    snapshot.close()


def test_alternatives_of_a_word_score_where_they_stand(engine: Engine, tmp_path: Path) -> None:
    """A document that holds the word once does not rank by what a later one says of a synonym."""
    much = "Woord en daad. " * 40
    texts = {
        "once": ("Verslag", f"Er was een tafel over het uitdaagrecht. {much}"),
        "title": ("Het uitdaagrecht", "Het uitdaagrecht is een recht. Het uitdaagrecht helpt."),
        "synonym": ("Engels", "Right to challenge. " * 9),
        "other": ("Anders", much),
    }
    write(
        engine,
        tmp_path,
        [entry(document(name, text, title=title)) for name, (title, text) in texts.items()],
    )
    snapshot = engine.open(tmp_path)
    answer = ask(snapshot, "uitdaagrecht")
    scores = {one.document.id: score for one, score in answer.rows}
    assert set(scores) == {"once", "title", "synonym"}
    assert scores["once"] < 0.8 * scores["title"]
    assert scores["once"] < scores["synonym"]
    snapshot.close()
