"""What people said on the site becomes labels, with the judgment of a second person beside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st

from index.corrected import corrected
from index.labels import agreement, read_written
from index.people_labels import label_lines, label_of, people_labels, without_judged
from index.query import GoalTag
from library.store import GoalJudgment, Store
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
            key, who.id, goal, given=given, goals=goals, shown=[], reason="woord", now=NOW
        )
    store.documents.remove("c", "http-404", NOW)
    return store


def test_the_last_judge_is_the_label_and_another_the_second(judged: Store) -> None:
    found = people_labels(judged)
    assert list(found) == ["a", "b"]
    assert (found["a"].goals, found["b"].goals) == (frozenset({3, 4}), frozenset())
    assert found["a"].judgments == (frozenset({3, 4}), frozenset({3}))
    assert found["b"].judgments == (frozenset(),)
    assert found["a"].document.goals == ()
    assert agreement(found.values())[3] == 1
    assert agreement(found.values())[4] < 1


def test_labels_are_written_as_the_program_reads_them(judged: Store, tmp_path: Path) -> None:
    found = people_labels(judged)
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(f"{line}\n" for line in label_lines(found)), encoding="utf-8")
    read = read_written(file)
    assert [(one.goals, one.judgments) for one in read] == [
        (one.goals, one.judgments) for one in found.values()
    ]
    assert [one.document.title for one in read] == ["Titel a", "Titel b"]
    assert "De btw" in read[0].document.text


def test_a_text_that_people_judged_is_learned_once() -> None:
    base = labelled()[:5]
    left = without_judged(base, base[1:3])
    assert [one.document.title for one in left] == [
        one.document.title for one in (base[0], *base[3:])
    ]


FOUND = frozenset({3, 4})
"""The goals that the program gives in the tests below."""


class Clicks:
    """The clicks on one document, as the site keeps them; each is a moment later than the one before."""

    def __init__(self) -> None:
        self.all: list[GoalJudgment] = []
        self.now = NOW

    @property
    def judged(self) -> dict[int, bool]:
        return {one.goal: one.given for one in self.all if one.undone_at is None}

    @property
    def shown(self) -> frozenset[int]:
        """What the index has and the page shows."""
        tags = [GoalTag(number, 0.8, ()) for number in FOUND]
        return frozenset(tag.number for tag in corrected(tags, self.judged))

    def click(self, judge: int, *said: int) -> None:
        """Say of some goals that they belong, of others (below zero) that they do not."""
        self.now += timedelta(minutes=1)
        shown = self.shown
        goals = (shown | {n for n in said if n > 0}) - {-n for n in said}
        for number in said:
            self.all.append(
                GoalJudgment(
                    id=len(self.all) + 1,
                    document_id="a",
                    account_id=judge,
                    goal=abs(number),
                    given=number > 0,
                    goals=tuple(sorted(goals)),
                    shown=tuple(sorted(shown)),
                    reason="woord",
                    remark="",
                    judged_at=self.now,
                    undone_at=None,
                )
            )

    def undo(self, goal: int) -> None:
        """Undo the last click that counts on a goal, with all that it said."""
        self.now += timedelta(minutes=1)
        counting = [one for one in self.all if one.goal == goal and one.undone_at is None]
        for place, one in enumerate(self.all):
            if counting and one.judged_at == counting[-1].judged_at:
                self.all[place] = replace(one, undone_at=self.now)

    @property
    def label(self) -> frozenset[int]:
        return label_of(document(), self.all).goals


@pytest.mark.parametrize(
    ("first", "left"),
    [
        (1, {2, 3, 4}),  # A goal that nobody found was added: it goes.
        (-4, {2, 3, 4}),  # A goal that the program gives was taken away: it comes back.
        (4, {2, 3, 4}),  # It was confirmed: the program still gives it.
    ],
)
def test_an_undone_click_leaves_no_goal_in_a_later_label(first: int, left: set[int]) -> None:
    clicks = Clicks()
    clicks.click(1, first)
    clicks.click(2, 2)
    assert clicks.label == clicks.shown
    clicks.undo(abs(first))
    assert clicks.label == clicks.shown == left


def test_what_was_undone_before_a_click_was_not_seen_by_it() -> None:
    clicks = Clicks()
    clicks.click(1, -4)
    clicks.undo(4)
    clicks.click(2, 2)
    assert clicks.label == {2, 3, 4}


def test_an_older_word_on_the_goal_counts_again() -> None:
    clicks = Clicks()
    clicks.click(1, 5)
    clicks.click(2, -5)
    clicks.click(2, 1)
    assert clicks.label == {1, 3, 4}
    clicks.undo(5)
    assert clicks.label == clicks.shown == {1, 3, 4, 5}


def test_the_second_judgment_is_without_what_was_undone_too() -> None:
    clicks = Clicks()
    clicks.click(1, 5)
    clicks.click(2, 2)
    clicks.click(3, 1)
    clicks.undo(5)
    label = label_of(document(), clicks.all)
    assert label.goals == {1, 2, 3, 4}
    assert label.judgments[1] == frozenset({2, 3, 4})


@pytest.mark.parametrize(("first", "left"), [(5, {2, 3, 4}), (-4, {2, 3, 4})])
def test_clicks_of_before_it_was_kept_what_was_shown(first: int, left: set[int]) -> None:
    clicks = Clicks()
    clicks.click(1, first)
    clicks.click(2, 2)
    clicks.undo(abs(first))
    clicks.all = [replace(one, shown=None) for one in clicks.all]
    assert clicks.label == left


def test_a_document_of_which_all_was_undone_is_no_label(judged: Store) -> None:
    for one in judged.goal_judgments.of("b"):
        judged.goal_judgments.undo(one.id, NOW)
    assert list(people_labels(judged)) == ["a"]


GOAL = st.integers(1, 5)
STEP = st.tuples(st.sampled_from(["ja", "nee", "alles", "terug"]), st.integers(1, 3), GOAL)


@holds_for(st.lists(STEP, max_size=12))
def test_label_and_index_tell_the_same_whatever_was_undone(
    steps: Sequence[tuple[str, int, int]],
) -> None:
    clicks = Clicks()
    for step, judge, number in steps:
        if step == "terug":
            clicks.undo(number)
        elif step == "alles":
            shown = clicks.shown
            clicks.click(judge, *(n if n in shown else -n for n in range(1, 6)))
        else:
            clicks.click(judge, number if step == "ja" else -number)
        if clicks.judged:
            assert clicks.label == clicks.shown
