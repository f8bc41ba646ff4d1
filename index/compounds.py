"""Compounds in parts: subsidieaanvraag is subsidie and aanvraag.

In: a normalised word. Out: its parts in order, not stemmed; nothing when it is no compound. The
whole word must be covered by words of the lexicon, with nothing, s, e, n or en between them, in as
few parts as possible (four at most). Of equal covers the one whose parts make most compounds wins;
it counts when, in the geometric mean, its parts make at least as many compounds as the whole word.

The lexicon is the OpenTaal word list, cut down to what can be a part, each word with the number of
dictionary compounds that it begins and ends, its families (``index.build_compounds`` makes it).
Families stand in for frequencies in the collection, which analysis cannot know: a document must
get the same terms whatever else is indexed. Measured on 506 questions with BM25, nDCG@10 and
recall@100: no splitting 0.547 and 0.777; splitting by document frequencies 0.596 and 0.874, by
families 0.596 and 0.877; the words with families alone as a lexicon 0.587 and 0.859.

The lexicon takes 0.1 s to read and is read at the first word that could be a compound, so a
command that analyses nothing does not wait for it.
"""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from index.wordlists import FOLDER, WordListError, read_words

LEXICON_FILE = FOLDER / "compounds.txt.gz"
NEVER_FILE = FOLDER / "never_parts.txt"
WHOLE_FILE = FOLDER / "never_split.txt"

LINKS = ("", "s", "e", "n", "en")
"""What Dutch puts between the parts of a compound."""
SHORT = frozenset(
    {"zon", "zonne", "bus", "dak", "dag", "wet", "lid", "kas", "gas", "net", "weg"}
    | {"app", "bod", "bos", "eet", "hof", "top", "zin"}
)
"""Parts of fewer than four letters; other short words stand in words by chance. The form of "zon"
in compounds is not in dictionaries. The second row divides 1,036 words of the OpenTaal list more,
in samples of 25 for each nearly all as Dutch would; "lab" was left out, for lab-oratorium."""
SHORTEST_PART = 3
SHORTEST_WORD = 7
MOST_PARTS = 4

_VERBAL = ("be", "ge", "ver", "ont", "her", "er")
"""Before a known word these make another word of it, not a compound: ver-strekken."""


class Families(NamedTuple):
    """How many compounds each part begins and ends, as ``2 * log2(1 + number)``, rounded."""

    first: Mapping[str, int]
    last: Mapping[str, int]

    def of_whole(self, word: str) -> int:
        """The larger family of a word."""
        return max(self.first.get(word, 0), self.last.get(word, 0))


class _Cover(NamedTuple):
    """Parts of the rest of a word; fewer is better, then the larger sum of families."""

    number: int
    minus_size: int
    parts: tuple[str, ...]


def split(word: str) -> tuple[str, ...]:
    """The parts of a normalised word, two or more; nothing when it is no compound."""
    if len(word) < SHORTEST_WORD or not (word.isascii() and word.isalpha()):
        return ()
    if word in never_split():
        return ()
    families = lexicon()
    if word in families.first and _is_derived(word, families):
        return ()
    cover = _cover(word, 0, families, {})
    if cover is None or cover.number > MOST_PARTS:
        return ()
    if -cover.minus_size < cover.number * families.of_whole(word):
        return ()
    return cover.parts


def _is_derived(word: str, families: Families) -> bool:
    return any(
        word.startswith(prefix) and word[len(prefix) :] in families.first for prefix in _VERBAL
    )


def _cover(
    word: str, start: int, families: Families, known: dict[int, _Cover | None]
) -> _Cover | None:
    """The best cover of what begins at ``start``; the whole word does not cover itself."""
    if start in known:
        return known[start]
    rest = word[start:]
    best = None
    if start and rest in families.last:
        best = _Cover(1, -families.last[rest], (rest,))
    for end in range(start + SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        part = word[start:end]
        size = families.first.get(part)
        if size is None:
            continue
        for link in LINKS:
            if not word.startswith(link, end):
                continue
            after = _cover(word, end + len(link), families, known)
            if after is not None:
                cover = _Cover(after.number + 1, after.minus_size - size, (part, *after.parts))
                best = cover if best is None else min(best, cover)
    known[start] = best
    return best


@cache
def lexicon() -> Families:
    """Read the lexicon, without what is never a part."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    try:
        lines = gzip.decompress(LEXICON_FILE.read_bytes()).decode("ascii").splitlines()
        for line in lines:
            begins, ends, *words = line.split()
            first |= dict.fromkeys(words, int(begins))
            last |= dict.fromkeys(words, int(ends))
    except (OSError, EOFError, ValueError) as error:
        raise WordListError(f"{LEXICON_FILE.name} cannot be read: {error!r}") from error
    for word in read_words(NEVER_FILE):
        first.pop(word, None)
        last.pop(word, None)
    return Families(first, last)


def is_in_dictionary(word: str) -> bool:
    """Whether a normalised word is in the lexicon: nearly every Dutch word that is no compound."""
    return word in lexicon().first


@cache
def never_split() -> frozenset[str]:
    """Words that look like compounds and stay whole: Harderwijk, netwerk."""
    return read_words(WHOLE_FILE)


def digest() -> str:
    """A stamp of the lists, without reading what is in them."""
    found = hashlib.sha256()
    for path in (LEXICON_FILE, NEVER_FILE, WHOLE_FILE):
        found.update(path.read_bytes())
    return found.hexdigest()
