"""What may be suggested to a visitor, read from the documents of one generation.

In: documents, the words of the collection with the number of documents that have them, names and
goals, and what is often asked. Out: ``Suggestion``s, each as it is written.

Never the name of a person. A word is taken for a name when the collection writes it with a capital
in the middle of a sentence at least as often as in small letters; the dictionary is not asked, as Visser
and Bakker are words as well. A text is taken to hold a person's name when

- two such words stand side by side, with initials or "van der" between them: Jesse Klaver;
- one stands behind a word that a person is named after: "met Klaver", "wethouder Bakker".

What ``data/names.txt`` has (organisations, funds, laws) is no person. A single name of that kind is
not suggested either, nor is anything often asked that has one in it, so places are lost with it:
nobody can tell Utrecht from Jansen without a list of both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.analysis import STOPWORDS, normalise, term_of, terms, words
from index.wholes import NAMES_FILE, read_names
from index.wordlists import FOLDER, read_words
from library.document import Document
from library.goals import GOALS

DENY_FILE = FOLDER / "suggest_deny.txt"

READ = 2_000
"""Characters of a document that are read for how words are written; the words themselves come from
the index. Most texts are shorter."""
LONGEST_TITLE = 80
"""Letters of a title that is suggested; a longer one is no question."""
MOST_WORDS = 50_000
MOST_TITLES = 50_000
SHORTEST = 3
"""Letters of a word that is suggested."""

Kind = Literal["query", "name", "goal", "word", "title"]

_IN_SENTENCE = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][a-zà-ÿ]+")
_BETWEEN = r"(?:\s+(?:[A-Z]\.)+|\s+(?:van|de|den|der|het|ter|ten|te|el|al|bin|'t))*"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*"
_PAIR = re.compile(rf"(?=\b((?:[A-Z]\.\s*)+|{_CAPITAL}){_BETWEEN}\s+({_CAPITAL}))")
_BEHIND = re.compile(
    r"\b(?:met|door|mevrouw|mevr\.?|meneer|mw\.?|dhr\.?|heer|wethouder|burgemeester|voorzitter"
    rf"|secretaris|penningmeester|minister|staatssecretaris|directeur|familie)\s+({_CAPITAL})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a visitor may want to ask: as it is written, what it comes from, and how often it is
    there or was asked."""

    text: str
    kind: Kind
    count: int


class Written:
    """How the collection writes its words."""

    def __init__(self) -> None:
        self._pieces: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()
        self._as_names: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._usual: dict[str, str] = {}
        self._kept = {normalise(w) for one in read_names(NAMES_FILE) for w in words(one.written)}

    def read(self, document: Document) -> None:
        """Learn from the beginning of a document."""
        text = f"{document.title}\n{document.text[:READ]}"
        self._pieces.update(text.split())
        self._capitals.update(_IN_SENTENCE.findall(text))

    def close(self) -> None:
        """Choose for each word the form that is used most.

        Whatever stands between two spaces, and each form in it, is looked at once.
        """
        forms: Counter[str] = Counter()
        for piece, count in self._pieces.items():
            for form in words(piece):
                forms[form] += count
        for form, count in forms.items():
            if form.islower():
                self._small[normalise(form)] += count
        for form, count in self._capitals.items():
            self._as_names[normalise(form)] += count
        # From the rarest to the commonest, small letters last among equals: the last one stays.
        ordered = sorted(forms, key=lambda form: (forms[form], form.islower()))
        self._usual = {normalise(form): form for form in ordered}
        self._pieces.clear()
        self._capitals.clear()

    def usual(self, word: str) -> str:
        """A folded word as it is mostly written, with a small letter unless it is an abbreviation."""
        form = self._usual.get(word, word)
        return form.lower() if form[1:].islower() else form

    def is_name(self, word: str) -> bool:
        """Whether a folded word is mostly written as a name."""
        if word in self._kept or word in STOPWORDS:
            return False
        return self._as_names[word] > 0 and self._as_names[word] >= self._small[word]

    def holds_person(self, text: str) -> bool:
        """Whether there seems to be a person's name in a text."""
        pairs = ((normalise(first), normalise(last)) for first, last in _PAIR.findall(text))
        if any(self._is_person(first, last) for first, last in pairs):
            return True
        return any(self._is_unknown(normalise(name)) for name in _BEHIND.findall(text))

    def _is_person(self, first: str, last: str) -> bool:
        if first in self._kept and last in self._kept:
            return False
        initials = len(first) < SHORTEST
        return (initials or self._is_unknown(first)) and self._is_unknown(last)

    def _is_unknown(self, word: str) -> bool:
        """Whether nobody writes a word in small letters, or most write it as a name."""
        return self.is_name(word) or not (
            word in self._kept or word in STOPWORDS or self._small[word]
        )


def suggestions(
    documents: Iterable[Document],
    vocabulary: Mapping[str, int],
    asked: Mapping[str, int],
    unwanted: frozenset[str] = frozenset(),
) -> Iterator[Suggestion]:
    """Give all that may be suggested, whether it finds anything or not; nothing with a term that is
    ``unwanted`` here, or in the list of the program."""
    written = Written()
    titles: Counter[str] = Counter()
    for document in documents:
        written.read(document)
        title = " ".join(document.title.split())
        if 0 < len(title) <= LONGEST_TITLE and not document.is_listing:
            titles[title] += 1
    written.close()
    denied = _denied() | unwanted
    for one in _all(written, titles, vocabulary, asked):
        if denied.isdisjoint(map(term_of, words(one.text))):
            yield one


def _all(
    written: Written, titles: Counter[str], vocabulary: Mapping[str, int], asked: Mapping[str, int]
) -> Iterator[Suggestion]:
    for text, count in asked.items():
        if not any(written.is_name(normalise(word)) for word in words(text)):
            yield Suggestion(" ".join(text.split()), "query", count)
    for name in read_names(NAMES_FILE):
        yield Suggestion(name.written, "name", _rarest(name.written, vocabulary))
    for goal in GOALS:
        for term in (*goal.strong, *goal.ordinary):
            yield Suggestion(term, "goal", _rarest(term, vocabulary))
    common = sorted(vocabulary, key=lambda word: -vocabulary[word])
    offered = (w for w in common if len(w) >= SHORTEST and w.isalpha() and not written.is_name(w))
    for _, word in zip(range(MOST_WORDS), offered, strict=False):
        if term_of(word):
            yield Suggestion(written.usual(word), "word", vocabulary[word])
    for title, count in titles.most_common(MOST_TITLES):
        if not written.holds_person(title):
            yield Suggestion(title, "title", count)


def _rarest(text: str, vocabulary: Mapping[str, int]) -> int:
    """In how many documents the rarest word of a text is."""
    return min(vocabulary.get(normalise(word), 0) for word in words(text))


def _denied() -> frozenset[str]:
    return frozenset(term for word in read_words(DENY_FILE) for term in terms(word))
