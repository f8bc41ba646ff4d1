"""Which of the coalition's goals a document serves, and what else is told of it, with the words why.

In: a ``Document``. Out: ``Facets`` (``index.facets``), and goal tags, surest first, each with its evidence: words as they stand in the
text, the terms of the rubric first, then those that weigh most in the model. No evidence, no tag.

A tag needs a value above the goal's limit (``index.model``); limits, weights and figures come from
labelled documents (``kennisbank train-goals``) and stand in ``data/goals``. Goals that a person gave
are kept as they are.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from index.about_place import place_of
from index.facets import Facets, chosen, read_facet_model
from index.model import Model, read_model
from index.query import GoalTag, ThemeTag
from index.rubric import Score
from index.signs import Reader, Signs
from index.themes import THEMES
from library.document import Document, Kind
from library.goals import GOALS, Goal

IMPORTED = ("aangeleverd",)
"""Evidence of a goal that came with the document: a person said so."""
MOST_EVIDENCE = 8
"""Words that are shown for a goal; what is behind them weighs little."""
ENOUGH_EVIDENCE = 3
"""Words up to which those of the model are shown: the rubric's own terms say more to a reader."""


class Classifier:
    """Gives documents their goals by one model, and their facets by another.

    A document that is asked of twice in a row is read once.
    """

    def __init__(
        self, model: Model, goals: Sequence[Goal] = GOALS, facets: Model | None = None
    ) -> None:
        terms = dict(model.terms)
        for name in facets.terms if facets else ():
            terms.setdefault(name, len(terms))
        self.model = model.numbered(terms)
        self._facets = facets.numbered(terms) if facets else None
        self._reader = Reader(goals, terms, THEMES if facets else ())
        self._last: Signs | None = None

    def __call__(self, document: Document) -> tuple[GoalTag, ...]:
        """The goals of a document, surest first."""
        if document.goals:
            return tuple(GoalTag(number, 1.0, IMPORTED) for number in sorted(document.goals))
        signs = self._read(document)
        if signs.is_no_knowledge:
            return ()
        found = []
        for number, value in self.model.values(signs).items():
            curve = self.model.curves[number]
            if value >= curve.limit:
                found.append(
                    GoalTag(number, curve.probability(value), _evidence(self.model, signs, number))
                )
        tags = (tag for tag in found if tag.evidence)
        return tuple(sorted(tags, key=lambda tag: (-tag.probability, tag.number)))

    def probabilities(self, document: Document) -> Mapping[int, float]:
        """How likely each goal is, whatever its limit."""
        values = self.model.values(self._read(document))
        return {number: self.model.curves[number].probability(v) for number, v in values.items()}

    def facets(self, document: Document) -> Facets:
        """What is told of a document beside its goals; nothing but its place without a model."""
        place = place_of(document)
        if self._facets is None:
            return Facets(place=place)
        signs = self._read(document)
        values = self._facets.values(signs)
        return Facets(
            themes=self._themes(signs, values),
            kind=cast("Kind", chosen("kind", values)),
            phase=chosen("phase", values),
            audience=chosen("audience", values),
            place=place,
        )

    def _themes(self, signs: Signs, values: Mapping[int, float]) -> tuple[ThemeTag, ...]:
        """The themes of a document, surest first; without a word of its own no theme: on texts that
        nothing was learned from there is none that would need it."""
        assert self._facets is not None
        found = []
        for theme in () if signs.is_no_knowledge else THEMES:
            curve, value = self._facets.curves[theme.number], values[theme.number]
            if value >= curve.limit and signs.scores[theme.number].evidence:
                words = _evidence(self._facets, signs, theme.number)
                found.append(ThemeTag(theme.name, curve.probability(value), words))
        return tuple(sorted(found, key=lambda tag: (-tag.probability, tag.name)))

    def _read(self, document: Document) -> Signs:
        last = self._last
        if last is None or last.document is not document:
            self._last = last = self._reader.read(document)
        return last


def _evidence(model: Model, signs: Signs, number: int) -> tuple[str, ...]:
    """The words that speak most for a goal or theme, those of the rubric first."""
    terms = _terms_of(signs.scores[number])
    if len(terms) >= ENOUGH_EVIDENCE:
        return tuple(terms[:MOST_EVIDENCE])
    learned = model.telling(signs, number, ENOUGH_EVIDENCE)
    known = {word.lower() for words in terms for word in words.split()}
    new = [word for word in learned if word.lower() not in known]
    return (*terms, *new)[:ENOUGH_EVIDENCE]


def _terms_of(score: Score) -> list[str]:
    """The terms of the rubric as written, each once whatever its capitals."""
    found: dict[str, str] = {}
    for words in score.evidence:
        found.setdefault(words.lower(), words)
    return list(found.values())


@cache
def house_classifier() -> Classifier:
    """The classifier with the models that come with the program."""
    return Classifier(read_model(), facets=read_facet_model())


def classify(document: Document) -> tuple[GoalTag, ...]:
    """The goals of a document by the model that comes with the program."""
    return house_classifier()(document)


def describe(document: Document) -> Facets:
    """What else is told of a document, by the model that comes with the program."""
    return house_classifier().facets(document)
