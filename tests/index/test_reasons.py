"""Why a document is a result, in words as people wrote them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index, Query
from index.reasons import How
from library.document import Section
from tests.index.made import build, document

TEXT = (
    "Het dorpshuis vraagt subsidie aan. Ook coöperaties krijgen een subsidieregeling. "
    "Een zaal huren mag. Verklaring omtrent het gedrag."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("reasons") / "index"
    texts = ["Een buurthuis.", "Een vog.", "De zaal."]
    others = [document(str(number), text) for number, text in enumerate(texts)]
    build(folder, [document("a", Section(TEXT, heading="Over ons"), title="Dorpshuizen"), *others])
    index = Index(folder)
    yield index
    index.close()


@pytest.mark.parametrize(
    ("typed", "word", "found", "kind"),
    [
        ("subsidie", "subsidie", "subsidie", "exact"),
        ("subsidies", "subsidies", "subsidie", "stem"),
        ("buurthuis", "buurthuis", "Dorpshuizen", "synonym"),
        ("cooperatis", "cooperatis", "coöperaties", "corrected"),
        ("subsidie regeling", "regeling", "subsidieregeling", "joined"),
        ("regeling", "regeling", "subsidieregeling", "inside"),
        ("zaalhuren", "zaalhuren", "zaal huren", "split"),
        ("vog", "vog", "Verklaring omtrent het gedrag", "synonym"),
        ("huurzaal", "huurzaal", "zaal", "exact"),
    ],
)
def test_a_word_is_told_as_it_stands_in_the_document(
    index: Index, typed: str, word: str, found: str, kind: How
) -> None:
    ways = [one for one in index.why(Query(typed), "a") if one.word == word]
    assert (found, kind) in [(one.found, one.kind) for one in ways]
    assert len({one.found.casefold() for one in ways}) == len(ways)


def test_scores_are_told_the_weightiest_first_and_leave_out_only_trifles(index: Index) -> None:
    query = Query("subsidie dorpshuis")
    ways = index.why(query, "a")
    assert [one.word for one in ways] == sorted((one.word for one in ways), reverse=True)
    for word in ("subsidie", "dorpshuis"):
        scores = [one.score for one in ways if one.word == word]
        assert scores == sorted(scores, reverse=True)
    explanation = index.explain(query, "a")
    assert explanation is not None
    assert 0.9 * explanation.score < sum(one.score for one in ways) <= explanation.score * 1.001


def test_no_such_document_has_no_reasons(index: Index) -> None:
    assert index.why(Query("subsidie"), "nergens") == ()
    assert index.why(Query("onvindbaar"), "a") == ()
