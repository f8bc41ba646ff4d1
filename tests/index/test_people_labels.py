"""What people said on the site becomes labels, with the judgment of a second person beside it."""

from pathlib import Path

import pytest

from index.labels import agreement, read_written
from index.people_labels import label_lines, people_labels, without_judged
from library.store import Store
from tests.index.labelled import labelled
from tests.library.store.test_documents import NOW, document


@pytest.fixture
def judged(store: Store) -> Store:
    """Ans said 4, then 3 and 4; Bo said 3 of the same; Ans said that another has none."""
    store.documents.put_many([document("a", text="De btw"), document("b"), document("c")])
    ans = store.accounts.add("Ans", "moderator", email="ans@dorp.nl", organisation="")
    bo = store.accounts.add("Bo", "moderator", email="bo@dorp.nl", organisation="")
    for key, who, goal, given, goals in (
        ("a", ans, 4, True, [4]),
        ("a", bo, 3, True, [3]),
        ("a", ans, 3, True, [3, 4]),
        ("b", ans, 1, False, []),
        ("c", ans, 1, True, [1]),
    ):
        store.goal_judgments.add(
            key, who.id, goal, given=given, goals=goals, reason="woord", now=NOW
        )
    store.documents.remove("c", "http-404", NOW)
    return store


def test_the_last_judge_is_the_label_and_another_the_second(judged: Store) -> None:
    found = people_labels(judged)
    assert list(found) == ["a", "b"]
    assert (found["a"].goals, found["a"].again) == (frozenset({3, 4}), frozenset({3}))
    assert (found["b"].goals, found["b"].again) == (frozenset(), None)
    assert found["a"].document.goals == ()
    assert agreement(found.values())[3] == 1
    assert agreement(found.values())[4] < 1


def test_labels_are_written_as_the_program_reads_them(judged: Store, tmp_path: Path) -> None:
    found = people_labels(judged)
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(f"{line}\n" for line in label_lines(found)), encoding="utf-8")
    read = read_written(file)
    assert [(one.goals, one.again) for one in read] == [
        (one.goals, one.again) for one in found.values()
    ]
    assert [one.document.title for one in read] == ["Titel a", "Titel b"]
    assert "De btw" in read[0].document.text


def test_a_text_that_people_judged_is_learned_once() -> None:
    base = labelled()[:5]
    left = without_judged(base, base[1:3])
    assert [one.document.title for one in left] == [
        one.document.title for one in (base[0], *base[3:])
    ]
