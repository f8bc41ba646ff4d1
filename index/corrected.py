"""The goals of a document as people left them: what somebody said of a goal wins for good.

In: the tags that a program gave, and what people said of goals. Out: the tags that are shown and
searched. A tag that a person gave has a probability of 1; its evidence are the words that the program
saw for it, or else only that a person looked.
"""

from collections.abc import Iterable, Mapping

from index.query import GoalTag

CERTAIN = 1.0
"""The probability of a goal that a person gave; a program never is that sure (``model.SUREST``)."""
JUDGED = ("nagekeken",)
"""Evidence of a goal for which only a person saw a reason."""


def corrected(tags: Iterable[GoalTag], judged: Mapping[int, bool]) -> tuple[GoalTag, ...]:
    """Tags without what people took away, and with what they gave; surest first."""
    found = {tag.number: tag for tag in tags if judged.get(tag.number, True)}
    for number, given in judged.items():
        if given:
            evidence = found[number].evidence if number in found else JUDGED
            found[number] = GoalTag(number, CERTAIN, evidence)
    return tuple(sorted(found.values(), key=lambda tag: (-tag.probability, tag.number)))
