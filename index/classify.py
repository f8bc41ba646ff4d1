"""Which of the coalition's goals a document serves, with the words that tell so.

In: a ``Document``. Out: goal tags, surest first, each with its evidence: words as they stand in the
text, the terms of the rubric first, then those that weigh most in the model. No evidence, no tag.

A tag needs a value above the goal's limit (``index.model``); limits, weights and figures come from
labelled documents (``kennisbank train-goals``) and stand in ``data/goals``. Goals that a person gave
are kept as they are.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from index.model import Model, read_model
from index.query import GoalTag
from index.rubric import Score
from index.signs import Reader, Signs
from library.document import Document
from library.goals import GOALS, Goal

IMPORTED = ("aangeleverd",)
"""Evidence of a goal that came with the document: a person said so."""
MOST_EVIDENCE = 8
"""Words that are shown for a goal; what is behind them weighs little."""
MOST_LEARNED = 3
"""Words of the model among them: the rubric's own terms say more to a reader."""


class Classifier:
    """Gives documents their goals by one model."""

    def __init__(self, model: Model, goals: Sequence[Goal] = GOALS) -> None:
        self.model = model
        self._reader = Reader(goals, model.terms.get)

    def __call__(self, document: Document) -> tuple[GoalTag, ...]:
        """The goals of a document, surest first."""
        if document.goals:
            return tuple(GoalTag(number, 1.0, IMPORTED) for number in sorted(document.goals))
        signs = self._reader.read(document)
        if signs.is_no_knowledge:
            return ()
        found = []
        for number, value in self.model.values(signs).items():
            curve = self.model.curves[number]
            if value >= curve.limit:
                found.append(
                    GoalTag(number, curve.probability(value), self._evidence(signs, number))
                )
        tags = (tag for tag in found if tag.evidence)
        return tuple(sorted(tags, key=lambda tag: (-tag.probability, tag.number)))

    def probabilities(self, document: Document) -> Mapping[int, float]:
        """How likely each goal is, whatever its limit."""
        values = self.model.values(self._reader.read(document))
        return {number: self.model.curves[number].probability(v) for number, v in values.items()}

    def _evidence(self, signs: Signs, number: int) -> tuple[str, ...]:
        terms = _terms_of(signs.scores[number])
        learned = self.model.telling(signs, number, MOST_LEARNED)
        known = {word.lower() for words in terms for word in words.split()}
        new = [word for word in learned if word.lower() not in known]
        return (*terms[: MOST_EVIDENCE - len(new)], *new)


def _terms_of(score: Score) -> list[str]:
    """The terms of the rubric as written, each once whatever its capitals."""
    found: dict[str, str] = {}
    for words in score.evidence:
        found.setdefault(words.lower(), words)
    return list(found.values())


@cache
def house_classifier() -> Classifier:
    """The classifier with the model that comes with the program."""
    return Classifier(read_model())


def classify(document: Document) -> tuple[GoalTag, ...]:
    """The goals of a document by the model that comes with the program."""
    return house_classifier()(document)
