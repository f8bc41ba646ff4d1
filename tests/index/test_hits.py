"""What an entry shows of itself as a hit, and what its site wants unshown."""

from pathlib import Path

from index import Index, Query
from tests.index.made import build, document


def test_no_fragment_is_shown_of_what_wants_none(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    text = "Zo vraagt u subsidie aan voor het buurthuis."
    build(
        folder,
        [
            document("open", text, title="Open"),
            document("dicht", text, title="Dicht", directives=("nosnippet",)),
        ],
    )
    page = Index(folder).search(Query("subsidie"))
    assert {hit.id: bool(hit.fragments) for hit in page.hits} == {"open": True, "dicht": False}
    found = Index(folder).lookup("dicht", "subsidie")
    assert found is not None
    assert found.fragments == ()
