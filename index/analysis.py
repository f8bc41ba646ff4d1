"""Dutch text to terms: the one road from words to the index, taken by documents and queries alike.

In: any text. Out: its terms, or tokens that also tell where in the given text each term stands.
The steps, each a plain function: find words (letters and digits; a hyphen, slash or underscore
divides words), strip what does not belong to them, normalise (NFC, lower case, fold diacritics),
drop stop words, then the exception table or else the stemmer. A compound keeps its own term and
gets the terms of its parts at the same place (``index.compounds``).

The stemmer is Kraaij-Pohlmann, called ``dutch`` since Snowball 3. Measured on 506 questions,
nDCG@10: lower case only 0.522, with folding and stop words 0.524, with Snowball's older Porter
variant 0.535, with Kraaij-Pohlmann 0.548. The exception table changes nothing there (0.609 with
compounds, before and after its second half) and raises 50 questions of residents' collectives from
0.776 to 0.787. Of the pairs of singular and plural that the word list of OpenTaal has by rule, the
stemmer alone keeps 89% together, with the table 92%. Stemming only the last part of a compound was
tried and changes nothing.

Stop words take no position: the terms of "recht om uit te dagen" are neighbours, so that words
that stand together can be given as a plain sequence of terms.
"""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

from index import compounds
from index.wordlists import FOLDER, Line, broken, read_lines

STOPWORDS_FILE = FOLDER / "stopwords.txt"
EXCEPTIONS_FILE = FOLDER / "exceptions.txt"
LONGEST_WORD = 64
"""Letters of a word that count; what is longer is no word (a key, a number in another notation)."""
CACHED_WORDS = 100_000
"""Most word forms whose analysis is remembered: 60 MB at worst, all of a large collection."""
_RULES = 2
"""Raised by hand when the code below gives other terms for the same lists and stemmer."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`"
# Combining marks, and the characters that tell where a word may or may not be broken.
_INSIDE = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u00ad\u200b\u200c\u200d\u2060"
# First letters with dots between them ("b.v.", "W.m.o."), then words that may hold marks, soft
# hyphens and single apostrophes. Possessive quantifiers: no input can make this backtrack far.
_WORD = re.compile(
    rf"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])(?:\.|[{_APOSTROPHES}]s(?![^\W_]))?"
    rf"|[^\W_]++(?:(?:[{_INSIDE}]++[{_APOSTROPHES}]?|[{_APOSTROPHES}])[^\W_]++)*+[{_INSIDE}]*+"
)
# The genitive or plural 's of "foto's", and what is left of "een" in "zo'n" and "m'n".
_CLITIC = re.compile(rf"[{_APOSTROPHES}][sn]$", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
                          "œ": "oe", "ı": "i"})  # fmt: skip

_stemmer = Stemmer.Stemmer("dutch", 0)
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


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order; offsets count in the text as given."""
    position = 0
    for match in _WORD.finditer(text):
        word = word_of(match[0])
        if word:
            yield Token(word.term, position, match.start(), match.end(), word.parts)
            position += 1


def terms(text: str) -> list[str]:
    """The terms of the words of a text in order, without those of parts."""
    return [term for term in map(term_of, _WORD.findall(text)) if term]


def index_terms(text: str) -> list[str]:
    """All terms that the index has for a text: of its words, each followed by its parts."""
    return [term for word in content_words(text) for term in (word.term, *word.parts)]


def content_words(text: str) -> list[Word]:
    """The words of a text that are no stop words, in order."""
    return [word for word in map(word_of, _WORD.findall(text)) if word]


def words(text: str) -> list[str]:
    """The words of a text as they stand in it, stop words included."""
    return _WORD.findall(text)


def term_of(word: str) -> str:
    """The term of one word as the tokeniser finds it; empty for a stop word."""
    return _remembered(word[:LONGEST_WORD])


def word_of(word: str) -> Word | None:
    """One word as the tokeniser finds it, analysed; nothing for a stop word."""
    return _analysed(word[:LONGEST_WORD])


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


def normalise(word: str) -> str:
    """Lower case, without diacritics, apostrophes, dots and soft hyphens, in NFC.

    A 's or 'n at the end goes as well: "foto's" and "foto" are one word, "zo'n" is no "zon".
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    base = _CLITIC.sub("", word)
    decomposed = unicodedata.normalize("NFKD", base)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    folded = _NOT_LETTERS.sub("", letters.lower().translate(_LETTERS))
    return unicodedata.normalize("NFC", folded)


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
    return f"{_RULES}-{Stemmer.version()}-{digest.hexdigest()[:12]}"


STOPWORDS = read_stopwords(STOPWORDS_FILE)
EXCEPTIONS = read_exceptions(EXCEPTIONS_FILE)
VERSION = _version()
