"""Text to terms: the one road from words to the index, taken by documents and queries alike.

In: any text. Out: its terms, or tokens that also tell where in the given text each term stands.
The steps, each a plain function: find words and normalise them (``index.letters``), drop stop
words, then the exception table or else the stemmer. A compound keeps its own term and gets the
terms of its parts at the same place (``index.compounds``). What several words say together gets one
term at the place of the first of them, beside theirs (``index.wholes``).

The stemmer is Kraaij-Pohlmann, called ``dutch`` since Snowball 3. Measured on 506 questions,
nDCG@10: lower case only 0.522, with folding and stop words 0.524, with Snowball's older Porter
variant 0.535, with Kraaij-Pohlmann 0.548. The exception table changes nothing there (0.609 with
compounds, before and after its second half) and raises 50 questions of residents' collectives from
0.776 to 0.787. Of 112,967 pairs of singular and plural that the word list of OpenTaal has by rule,
the stemmer with the table keeps 104,430 together, 1,890 more than before its last part, which joins
2,041 pairs of words in all; in a sample of 60 none was wrong. Stemming only the last part of a
compound was tried and changes nothing.

Stop words take no position: the terms of "recht om uit te dagen" are neighbours, so that words
that stand together can be given as a plain sequence of terms.

A document in English has the terms of Snowball's English stemmer as well, marked as such, in place
of the parts of compounds; one in Frisian has its words as they are written, folded, and no stems.
A query does not know its language, so ``own_terms`` gives what a word may be called in such a text.

Words that people protect (``protecting``) are their own terms, neither stemmed nor divided. Which they
are belongs to a generation of the index, so they hold for what happens inside a ``with`` only.

Each word form is analysed once and remembered, and only then does a text cost what its words cost to
look up. Measured in one run on 400 documents of eval (362,000 characters), every word form known:
what Whoosh's own Dutch analyzer does takes 1, this takes 0.9, and its English one 1.1.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

from index import compounds, wholes
from index.letters import LONGEST_WORD as LONGEST_WORD
from index.letters import WORD
from index.letters import normalise as normalise
from index.wordlists import FOLDER, Line, broken, read_lines

STOPWORDS_FILE = FOLDER / "stopwords.txt"
EXCEPTIONS_FILE = FOLDER / "exceptions.txt"
CACHED_WORDS = 100_000
"""Most word forms whose analysis is remembered: 60 MB at worst, all of a large collection."""
WHOLE = "whole_"
"""What the term of a protected word begins with, so that it is the stem of no other word."""
_RULES = 3
"""Raised by hand when the code below gives other terms for the same lists and stemmer."""

_protected: ContextVar[frozenset[str]] = ContextVar("protected", default=frozenset())
_stemmer = Stemmer.Stemmer("dutch", 0)
_english_stemmer = Stemmer.Stemmer("english", 0)
_stemmer_lock = threading.Lock()  # A stemmer may be used by one thread at a time.


class Word(NamedTuple):
    """A content word: its term, the terms of its parts, and its form as written, normalised."""

    term: str
    parts: tuple[str, ...]
    exact: str


class Token(NamedTuple):
    """A term, its position among the terms, and where its word stands: ``text[start:end]``."""

    term: str
    position: int
    start: int
    end: int
    parts: tuple[str, ...] = ()


class Exceptions(NamedTuple):
    """The exception table: whole words to terms, endings of words to endings of terms, and endings
    to those that the stemmer reads instead."""

    words: Mapping[str, str]
    endings: Mapping[str, str]
    spellings: Mapping[str, str]


class Together(NamedTuple):
    """Content words of a text from ``first`` up to ``last``, and a term that they have together;
    ``is_compound`` where that is the term of a word, put together from them."""

    first: int
    last: int
    term: str
    is_compound: bool = False


def tokens(text: str, language: str = "nl") -> Iterator[Token]:
    """Yield the tokens of a text in order; offsets count in the text as given."""
    said = WORD.findall(text)
    in_place = _in_place(text, said, wholes.find(text, said), analyser(language))
    for position, (word, start, end) in enumerate(in_place):
        yield Token(word.term, position, start, end, word.parts)


def terms(text: str) -> list[str]:
    """The terms of the words of a text in order, without those of parts."""
    return [term for term in map(term_of, WORD.findall(text)) if term]


def index_terms(text: str, language: str = "nl") -> list[str]:
    """All terms that the index has for a text: of its words, each followed by its parts."""
    return [term for word in content_words(text, language) for term in (word.term, *word.parts)]


def content_words(text: str, language: str = "nl") -> list[Word]:
    """The words of a text that are no stop words, in order.

    What several words say together stands among the parts of the first of them.
    """
    analyse = analyser(language)
    said = WORD.findall(text)
    found = wholes.find(text, said)
    if not found:
        return [word for word in map(analyse, said) if word]
    return [word for word, _, _ in _in_place(text, said, found, analyse)]


def with_wholes(
    text: str, found: Sequence[wholes.Whole], language: str = "nl"
) -> list[tuple[Word, int, int]]:
    """The content words of a text in which these wholes were found, with where they stand.

    A whole stands beside the first of them that begins where it does, or later.
    """
    return list(_in_place(text, WORD.findall(text), found, analyser(language)))


def _in_place(
    text: str,
    said: Sequence[str],
    found: Sequence[wholes.Whole],
    analyse: Callable[[str], Word | None],
) -> Iterator[tuple[Word, int, int]]:
    """The content words with where they stand, and among their parts what begins at them."""
    later = iter(found)
    whole = next(later, None)
    beside: list[str] = []
    end = 0
    for written in said:
        # Between two words stands no letter, so what is found first is the word itself.
        start = text.index(written, end)
        end = start + len(written)
        while whole is not None and whole.start <= start:
            beside += _terms_of(whole, text)
            whole = next(later, None)
        word = analyse(written)
        if word:
            yield _with(word, beside) if beside else word, start, end
            beside.clear()


def together(text: str) -> list[Together]:
    """What the content words of a text say together: places among them, and the term."""
    content = [match.start() for match in WORD.finditer(text) if term_of(match[0])]
    return [
        Together(places[0], places[-1] + 1, term, not whole.term)
        for whole in _wholes(text)
        for places in [[n for n, at in enumerate(content) if whole.start <= at < whole.end]]
        if places and (whole.term or term_of(whole.compound))
        for term in [whole.term or term_of(whole.compound)]
    ]


def _wholes(text: str) -> list[wholes.Whole]:
    return wholes.find(text, WORD.findall(text))


def _terms_of(whole: wholes.Whole, text: str) -> list[str]:
    """The term of a whole; of a compound that was put together also the parts that come of that."""
    if whole.term:
        return [whole.term]
    word = word_of(whole.compound)
    if word is None:
        return []
    apart = {term_of(said) for said in WORD.findall(text[whole.start : whole.end])}
    return [word.term, *(part for part in word.parts if part not in apart)]


def _with(word: Word, beside: Iterable[str]) -> Word:
    parts = dict.fromkeys((*word.parts, *beside))
    parts.pop(word.term, None)
    return word._replace(parts=tuple(parts))


def words(text: str) -> list[str]:
    """The words of a text as they stand in it, stop words included."""
    return WORD.findall(text)


@contextmanager
def protecting(whole: frozenset[str]) -> Iterator[None]:
    """Keep these normalised words whole in all that this thread analyses inside."""
    before = _protected.set(whole)
    try:
        yield
    finally:
        _protected.reset(before)


def protected() -> frozenset[str]:
    """The words that are kept whole here."""
    return _protected.get()


def term_of(word: str) -> str:
    """The term of one word as the tokeniser finds it; empty for a stop word."""
    word = word[:LONGEST_WORD]
    whole = _protected.get()
    if whole and (folded := normalise(word)) in whole:
        return f"{WHOLE}{folded}"
    return _remembered(word)


def word_of(word: str) -> Word | None:
    """One word as the tokeniser finds it, analysed; nothing for a stop word."""
    word = word[:LONGEST_WORD]
    whole = _protected.get()
    if whole and (folded := normalise(word)) in whole:
        return Word(f"{WHOLE}{folded}", (), folded)
    return _analysed(word)


@lru_cache(maxsize=CACHED_WORDS)
def _analysed(word: str) -> Word | None:
    term = _remembered(word)
    if not term:
        return None
    exact = normalise(word)
    found = dict.fromkeys(map(stem, compounds.split(exact)))
    found.pop(term, None)
    return Word(term, tuple(found), exact)


@lru_cache(maxsize=CACHED_WORDS)
def _remembered(word: str) -> str:
    folded = normalise(word)
    return "" if folded in STOPWORDS else stem(folded)


@lru_cache(maxsize=CACHED_WORDS)
def _in_english(word: str) -> Word | None:
    term = _remembered(word)
    exact = normalise(word)
    return Word(term, (english_term(exact),), exact) if term else None


@lru_cache(maxsize=CACHED_WORDS)
def _in_frisian(word: str) -> Word | None:
    exact = normalise(word)
    return Word(exact, (), exact) if _remembered(word) else None


def analyser(language: str) -> Callable[[str], Word | None]:
    """What analyses one word of a text in a language, as the tokeniser finds it."""
    analyse = _ANALYSERS.get(language)
    if analyse is None:
        return word_of
    whole = _protected.get()

    def foreign(word: str) -> Word | None:
        found = analyse(word[:LONGEST_WORD])
        kept = found is not None and found.exact in whole
        return found._replace(term=f"{WHOLE}{found.exact}") if found and kept else found

    return foreign


_ANALYSERS: Mapping[str, Callable[[str], Word | None]] = {"en": _in_english, "fy": _in_frisian}
LANGUAGES = frozenset({"nl", *_ANALYSERS})
"""Languages that texts are read in; any other is read as Dutch."""


def english_term(word: str) -> str:
    """The term that a normalised word has in an English document; it is the term of no Dutch word."""
    with _stemmer_lock:
        return f"en_{_english_stemmer.stemWord(word)}"


def own_terms(word: Word) -> tuple[str, ...]:
    """What a word of a query may be called in documents of other languages, beside its own term."""
    is_whole = word.term.startswith(WHOLE)
    written = () if is_whole or word.exact == word.term else (word.exact,)
    return (english_term(word.exact), *written)


def stem(word: str) -> str:
    """The term of a normalised word: by the exception table, or else by the stemmer."""
    exception = EXCEPTIONS.words.get(word) or _by_ending(word, EXCEPTIONS.endings)
    if exception:
        return exception
    spelled = _by_ending(word, EXCEPTIONS.spellings) or word
    with _stemmer_lock:
        return str(_stemmer.stemWord(spelled))


def _by_ending(word: str, endings: Mapping[str, str]) -> str:
    """The term of a word with a known ending, three letters or more before it; or nothing."""
    for start in range(3, len(word) - 1):
        head = endings.get(word[start:])
        if head:
            return word[:start] + head
    return ""


def read_stopwords(path: Path) -> frozenset[str]:
    """Read the stop words; every word must be written as it is compared, normalised."""
    found: set[str] = set()
    for line in read_lines(path):
        for word in line.text.split():
            _check_folded(path, line, word)
            found.add(word)
    return frozenset(found)


def read_exceptions(path: Path) -> Exceptions:
    """Read the exception table; a form that two lines claim is an error."""
    whole: dict[str, str] = {}
    endings: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for line in read_lines(path):
        head, colon, rest = line.text.partition(":")
        if not colon:
            raise broken(path, line, "write the term, a colon and its forms")
        term = head.strip().lstrip("-~")
        if head.startswith("~"):
            for form in rest.split():
                _check_folded(path, line, form)
                spellings[form] = term
            continue
        for form in (term, *rest.split()):
            _check_folded(path, line, form)
            if whole.setdefault(form, term) != term:
                raise broken(path, line, f"{form} already belongs to {whole[form]}")
            if head.startswith("-"):
                endings[form] = term
    return Exceptions(whole, endings, spellings)


def _check_folded(path: Path, line: Line, word: str) -> None:
    if not word or normalise(word) != word:
        raise broken(path, line, "words are written in lower case, without accents and signs")


def _version() -> str:
    """A stamp that changes whenever the same text may get other terms."""
    digest = hashlib.sha256()
    for known in (sorted(STOPWORDS), sorted(EXCEPTIONS.words.items()),
                  sorted(EXCEPTIONS.endings.items()),
                  sorted(EXCEPTIONS.spellings.items())):  # fmt: skip
        digest.update(repr(known).encode())
    digest.update(compounds.digest().encode())
    digest.update(wholes.NAMES_FILE.read_bytes())
    return f"{_RULES}-{Stemmer.version()}-{digest.hexdigest()[:12]}"


STOPWORDS = read_stopwords(STOPWORDS_FILE)
EXCEPTIONS = read_exceptions(EXCEPTIONS_FILE)
VERSION = _version()
