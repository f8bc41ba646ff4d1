"""What one collection knows about words: which it has, what was meant by others, what looks alike.

In: the words and terms of a generation, read when they are first needed. Out: for a word of a query
what was probably meant, and its look-alikes. Safe to share between threads.
"""

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from index import compounds
from index.analysis import Word, term_of
from index.compounds import is_in_dictionary
from index.lookalikes import Lookalike, Lookalikes
from index.spelling import Speller

Frequencies = Mapping[str, int]
"""Words or terms, with the number of documents that have each."""


class Meant(NamedTuple):
    """The word that was meant, or the words that were typed as one; ``others`` are as likely."""

    words: tuple[str, ...]
    others: tuple[str, ...] = ()


class Vocabulary:
    """The words of one collection."""

    def __init__(
        self,
        knows: Callable[[str], bool],
        words: Callable[[], Frequencies],
        terms: Callable[[], Frequencies],
    ) -> None:
        self._knows = knows
        self._read_words, self._read_terms = words, terms
        self._reading = threading.RLock()

    @property
    def words(self) -> Frequencies:
        """The words as they are written."""
        return self._speller.vocabulary

    def meant(self, word: Word) -> Meant | None:
        """What was probably meant by a word that no document has; nothing for a known one.

        One slip is likelier than a forgotten space, and that likelier than two slips. A compound
        of known parts is a word that nobody wrote yet, not a mistake, and means these. A word of the
        dictionary is no mistake either, though nobody wrote about it: recept is not recht.
        """
        if self._knows(word.term):
            return None
        with self._reading:
            speller = self._speller
        parts = self._parts(word)
        is_right = bool(parts) or is_in_dictionary(word.exact)
        near = () if is_right else speller.nearest(word.exact, 1)
        if not near:
            words = speller.apart(word.exact) or parts
            if words or is_right:
                return Meant(words) if words else None
            near = speller.nearest(word.exact)
        return Meant(near[:1], near[1:]) if near else None

    def _parts(self, word: Word) -> tuple[str, ...]:
        """The parts of a compound, where the collection knows all of them."""
        parts = compounds.split(word.exact)
        return parts if all(self._knows(term_of(part)) for part in parts) else ()

    def alike(self, term: str) -> tuple[Lookalike, ...]:
        """The terms that look like a term, the most alike first."""
        with self._reading:
            lookalikes = self._lookalikes
        return lookalikes.of(term)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._read_words())

    @cached_property
    def _lookalikes(self) -> Lookalikes:
        return Lookalikes(self._read_terms())
