"""The words of a query, each with all that it may be found by.

In: content words as a visitor typed them, in order. Out: one group of alternatives for each word;
a document matches the word by any one of them. Alternatives are the word's own term, synonyms from
``data/synonyms.txt`` and, for words that stand side by side, the word that they make together:
"subsidie aanvraag" also finds "subsidieaanvraag". The index knows none of this, so the lists can be
edited without building it again.

What several words say together (a synonym of "right to challenge", a joined form) is an alternative
of each of those words, so that asking for all words keeps its meaning.

Measured with plain BM25 on 120 texts and 50 questions of residents' collectives, nDCG@10: own terms
0.623, with synonyms 0.662, with joining 0.657, with both 0.696 (abbreviations 0.59 to 0.79, split
compounds 0.63 to 0.83). Synonyms at 0.3, 0.45, 0.6, 0.8 and 1 of the weight: 0.683, 0.687, 0.696,
0.700, 0.698, which on so few questions is all the same. With 262 groups in place of 33, on top of
compounds: 0.787 to 0.810 (synonyms 0.736 to 0.794), and 0.609 to 0.610 on 506 general questions;
abbreviations at 0.9 in place of 0.6: 0.806 to 0.810.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from index.alternatives import (
    AS_A_WHOLE,
    AS_TYPED,
    FIRST_PART,
    WEIGHTS,
    Alternative,
    Kind,
    Weights,
    WordGroup,
    terms_of,
)
from index.analysis import Together, Word, own_terms, term_of, together, word_of, words
from index.compounds import LINKS
from index.synonyms import SYNONYMS, Synonyms
from index.vocabulary import Meant, Vocabulary
from index.wholes import ARTICLE, NAME
from index.wordlists import FOLDER, read_words

FILLERS_FILE = FOLDER / "fillers.txt"
SHORTEST_LINKED = 3
"""Letters of a word that can have something between it and the next; "e-mail" has nothing."""
MOST_CORRECTED = 4
"""Words of a query that are corrected, each in about 3 ms: a text with more is not Dutch."""


class _Word(NamedTuple):
    """A content word, analysed as it is meant.

    ``place`` is its place among all words, stop words included, and ``number`` that among the
    content words as they were typed. ``typed`` is what it was before it was corrected; ``others``
    may have been meant as well.
    """

    text: str
    said: Word
    place: int
    number: int
    typed: Word | None = None
    corrected: str = ""
    others: tuple[str, ...] = ()

    @property
    def term(self) -> str:
        return self.said.term


def expand(
    typed: Sequence[str],
    *,
    synonyms: Synonyms | None = None,
    vocabulary: Vocabulary | None = None,
    weights: Weights = WEIGHTS,
    as_written: frozenset[str] = frozenset(),
) -> tuple[WordGroup, ...]:
    """Give every content word its alternatives; stop words drop out, hyphens divide words.

    With the vocabulary of a collection also words that it does not know are read as what was
    probably meant, and look-alikes are found. Words in ``as_written`` are found in that form only:
    they are protected, and the index to search was made before that.
    """
    known = SYNONYMS if synonyms is None else synonyms
    content = _content_words(typed)
    if vocabulary is not None and weights.corrected:
        content = _understood(content, vocabulary, known)
    if as_written:
        content = [_whole(word) if word.said.exact in as_written else word for word in content]
    found = [{one.terms: one for one in _own(word.said, weights)} for word in content]
    for ways, word in zip(found, content, strict=True):
        if word.said.exact in as_written:
            one = Alternative((word.term,), weights.stem, "stem", field="exact")
            ways.clear()
            ways[one.terms] = one
    several = (
        *_wholes(typed, content, weights),
        *_joined(content, weights),
        *_synonyms(content, known, weights),
    )
    for places, alternative in several:
        for place in places if alternative.weight else ():
            found[place].setdefault(alternative.terms, alternative)
    fillers = _fillers(typed, content)
    groups = (
        _group(word, alternatives, vocabulary, weights)
        for word, alternatives in zip(content, found, strict=True)
    )
    return tuple(
        _lighter(group, weights) if word.number in fillers else group
        for word, group in zip(content, groups, strict=True)
    )


def _whole(word: _Word) -> _Word:
    """A word that is neither stemmed nor divided."""
    return word._replace(said=Word(word.said.exact, (), word.said.exact))


def _lighter(group: WordGroup, weights: Weights) -> WordGroup:
    """A word that is only said around the others."""
    alternatives = (replace(one, weight=weights.filler * one.weight) for one in group.alternatives)
    return replace(group, alternatives=tuple(alternatives), is_filler=True)


def _group(
    word: _Word,
    found: dict[tuple[str, ...], Alternative],
    vocabulary: Vocabulary | None,
    weights: Weights,
) -> WordGroup:
    if word.corrected:
        kind: Kind = "corrected" if word.typed else "split"
        found = {terms: _corrected(one, kind, weights) for terms, one in found.items()}
        for other in word.others:
            one = Alternative((term_of(other),), weights.near, "corrected", counts=False)
            found.setdefault(one.terms, one)
    if word.typed:
        own = Alternative((word.typed.term,), weights.stem, "stem")
        found = {own.terms: own} | found
    apart = [
        one for one in _apart(word.said, weights) if one.kind == "exact" or one.terms not in found
    ]
    if vocabulary is not None and weights.lookalike:
        for one in _lookalikes(word, vocabulary, weights):
            found.setdefault(one.terms, one)
    alternatives = tuple(one for one in (*found.values(), *apart) if one.weight)
    return WordGroup(word.text, alternatives, word.corrected)


def _corrected(one: Alternative, kind: Kind, weights: Weights) -> Alternative:
    """A way to find what was meant, where the word itself is found as ``kind``."""
    kind = kind if one.kind == "stem" else one.kind
    return replace(one, weight=weights.corrected * one.weight, kind=kind)


def _apart(word: Word, weights: Weights) -> Iterator[Alternative]:
    """The form as typed, and the parts of a compound, which alone are not what was asked for."""
    yield Alternative((word.exact,), weights.exact, "exact", apart=AS_TYPED, field="exact")
    for apart, part in enumerate(dict.fromkeys(word.parts), start=FIRST_PART):
        yield Alternative((part,), weights.part, "part", counts=False, apart=apart)


def _lookalikes(word: _Word, vocabulary: Vocabulary, weights: Weights) -> Iterator[Alternative]:
    """What looks like a word as it was typed, then what looks like it as it was meant."""
    for said in (word.typed, word.said):
        if said:
            for term, cosine in vocabulary.alike(said.term)[: weights.most]:
                weight = weights.lookalike * cosine**weights.exponent
                yield Alternative((term,), weight, "lookalike", counts=False)


def _understood(
    content: Sequence[_Word], vocabulary: Vocabulary, synonyms: Synonyms
) -> list[_Word]:
    """The words as they were probably meant: known ones, corrected ones, ones taken apart.

    A word with a synonym is known too, though no document has it.
    """
    found: list[_Word] = []
    left, more = MOST_CORRECTED, 0
    for word in content:
        moved = word._replace(place=word.place + more)
        is_known = not left or (word.term,) in synonyms
        meant = None if is_known else vocabulary.meant(word.said)
        if meant is None:
            found.append(moved)
            continue
        left -= 1
        more += len(meant.words) - 1
        found += _as_meant(moved, meant)
    return found


def _as_meant(word: _Word, meant: Meant) -> Iterator[_Word]:
    announced = " ".join(meant.words)
    for further, text in enumerate(meant.words):
        said = word_of(text)
        if said:
            typed = word.said if len(meant.words) == 1 else None
            place = word.place + further
            yield _Word(word.text, said, place, word.number, typed, announced, meant.others)


def query_terms(text: str) -> list[str]:
    """All terms that a text may be found by, each once: what ``terms --query`` shows."""
    return list(dict.fromkeys(term for group in expand([text]) for term in terms_of(group)))


def _own(word: Word, weights: Weights) -> Iterator[Alternative]:
    """The word itself, also as texts in other languages have it, and a compound written apart."""
    yield Alternative((word.term,), weights.stem, "stem")
    for term in own_terms(word):
        yield Alternative((term,), weights.language, "language")
    if len(word.parts) > 1:
        yield Alternative(word.parts, weights.split, "split")


def _content_words(typed: Iterable[str]) -> list[_Word]:
    everything = enumerate(word for text in typed for word in words(text))
    found = ((word, said, place) for place, word in everything if (said := word_of(word)))
    return [_Word(*word, number) for number, word in enumerate(found)]


def _fillers(typed: Sequence[str], content: Sequence[_Word]) -> frozenset[int]:
    """The numbers of the words that are only said around the others, unless there are no others;
    what belongs to something that several words say together is none."""
    wholes = together(" ".join(typed))
    found = {word.number for word in content if word.said.exact in FILLERS}
    found = found.difference(*(range(one.first, one.last) for one in wholes))
    for one in _without_law(wholes):
        found.update(range(one.first, one.last))
    return frozenset(found) if {word.number for word in content} - found else frozenset()


def _without_law(found: Sequence[Together]) -> list[Together]:
    """The article, of an article that is named with its law: every law and contract has one."""
    starts = {one.first for one in found if one.term.startswith(ARTICLE) and NAME in one.term}
    return [
        one
        for one in found
        if one.term.startswith(ARTICLE) and NAME not in one.term and one.first in starts
    ]


def _wholes(
    typed: Sequence[str], content: Sequence[_Word], weights: Weights
) -> Iterator[tuple[Sequence[int], Alternative]]:
    """What the words say together: a date, an article of a law, a name (``index.wholes``).

    It is each of its words, and at the first of them it also has a score of its own: who asks for
    an article wants the text that has it before those that have all the words of it. A compound
    that is written with hyphens is just another way to write the word.
    """
    found = together(" ".join(typed))
    bare = _without_law(found)
    for first, last, term, is_compound in (one for one in found if one not in bare):
        places = [n for n, word in enumerate(content) if first <= word.number < last]
        if is_compound:
            yield places, Alternative((term,), weights.joined, "joined")
            continue
        weight = weights.name if term.startswith(NAME) else weights.whole
        yield places[:1], Alternative((term,), weight, "whole", apart=AS_A_WHOLE)
        yield places[1:], Alternative((term,), weight, "whole")


def _joined(content: Sequence[_Word], weights: Weights) -> Iterator[tuple[range, Alternative]]:
    """The compounds that neighbours may make; a number or a stop word between makes none."""
    for place, (left, right) in enumerate(pairwise(content)):
        first, second = left.said.exact, right.said.exact
        if right.place != left.place + 1 or first.isdigit() or second.isdigit():
            continue
        short = min(len(first), len(second)) < SHORTEST_LINKED
        for link in LINKS[:1] if short else LINKS:
            term = term_of(first + link + second)
            if term:
                yield range(place, place + 2), Alternative((term,), weights.joined, "joined")


def _synonyms(
    content: Sequence[_Word], known: Synonyms, weights: Weights
) -> Iterator[tuple[range, Alternative]]:
    """What the list says for words of the query, several that stand together before single ones."""
    found = tuple(word.term for word in content)
    longest = max(map(len, known), default=0)
    place = 0
    while place < len(found):
        ends = range(min(place + longest, len(found)), place, -1)
        end = next((end for end in ends if found[place:end] in known), place)
        for sequence, weight in known.get(found[place:end], {}).items():
            yield range(place, end), Alternative(sequence, weights.synonym * weight, "synonym")
        place = max(end, place + 1)


FILLERS = read_words(FILLERS_FILE)
