"""Documents get the goals that their words point at, and can show those words."""

import pytest

from index.classify import MOST_EVIDENCE, Classifier, classify
from index.model import MOST_TELLING, SUREST, read_model
from index.query import GoalTag
from library.goals import GOALS
from tests.index.labelled import a_document, labelled


@pytest.mark.parametrize(
    ("number", "title", "text"),
    [
        (1, "Burendag in de wijk", "Bewoners ontmoeten elkaar. Zo groeit de saamhorigheid."),
        (2, "Het uitdaagrecht", "Met het right to challenge krijgen bewoners zeggenschap."),
        (3, "De WBTR en uw statuten", "De notaris kent de wetgeving over aansprakelijkheid."),
        (4, "Subsidie voor uw plan", "Een fonds of lening helpt bij de financiering."),
        (5, "Handleiding en training", "Een adviseur denkt mee. Leer van elkaar in de cursus."),
    ],
)
def test_every_goal_is_found_by_the_model_of_the_house(number: int, title: str, text: str) -> None:
    assert number in {tag.number for tag in classify(a_document(title, text))}


def test_every_tag_of_every_labelled_document_has_evidence_that_stands_in_its_text() -> None:
    tagged = 0
    for one in labelled():
        everything = " ".join((one.document.title, one.document.text)).split()
        pieces = " ".join(everything)
        for tag in classify(one.document):
            tagged += 1
            assert 0 < len(tag.evidence) <= MOST_EVIDENCE
            assert all(word.split()[0] in pieces for word in tag.evidence), tag
            assert 0.3 < tag.probability <= SUREST
    assert tagged > 200


def test_the_surest_goal_comes_first() -> None:
    several = [tags for one in labelled() if len(tags := classify(one.document)) > 1]
    assert several
    for tags in several:
        assert [tag.probability for tag in tags] == sorted(
            (tag.probability for tag in tags), reverse=True
        )


def test_goals_that_came_with_the_document_win() -> None:
    document = a_document("Subsidie", "subsidie en buurtfonds", goals=(3, 1))
    assert classify(document) == (
        GoalTag(1, 1.0, ("aangeleverd",)),
        GoalTag(3, 1.0, ("aangeleverd",)),
    )


@pytest.mark.parametrize(
    "title", ["Vacature: projectleider fondsen", "Privacyverklaring", "Bestuursleden gezocht"]
)
def test_a_page_that_is_no_knowledge_has_no_goal(title: str) -> None:
    text = "Subsidie van een fonds, lening en begroting: zo vraagt u geld aan."
    assert classify(a_document(title, text)) == ()
    assert classify(a_document("Subsidie en lening", text)) != ()


def test_an_empty_document_has_no_goal() -> None:
    assert classify(a_document("")) == ()


def test_a_document_is_judged_the_same_whatever_was_read_before() -> None:
    fresh, used = Classifier(read_model()), Classifier(read_model())
    first, *others = [one.document for one in labelled()[:30]]
    for document in others:
        used(document)
    assert fresh(first) == used(first)


def test_probabilities_are_of_every_goal() -> None:
    found = Classifier(read_model()).probabilities(a_document("Subsidie", "Het fonds geeft geld."))
    assert set(found) == {goal.number for goal in GOALS}
    assert max(found, key=lambda number: found[number]) == 4


def test_where_the_rubric_tells_enough_no_other_words_are_shown() -> None:
    text = "Een fonds of lening helpt vandaag, misschien, bij de financiering van de penningen."
    (tag,) = (one for one in classify(a_document("Subsidie voor uw plan", text)) if one.number == 4)
    assert {word.lower() for word in tag.evidence} == {
        "subsidie",
        "fonds",
        "lening",
        "financiering",
    }


def test_a_word_that_tells_little_is_shown_nowhere() -> None:
    model = read_model()
    shown = [
        sum(
            model.weights[number, goal] >= model.least_shown[goal]
            for name, number in model.terms.items()
            if name[:2] in {"w:", "t:", "l:"}
        )
        for goal in range(len(model.goals))
    ]
    assert all(MOST_TELLING <= one <= MOST_TELLING + 5 for one in shown), shown
