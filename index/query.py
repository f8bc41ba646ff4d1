"""What is asked and what is answered: frozen values, and our own query language.

In: the text a visitor typed, and filters. Out: ``Query`` and its clauses going in, ``ResultPage``
coming out; engines and pages share these and nothing else.

The language has three things: words, ``"phrases"`` and ``-minus`` before either. Everything else
is text, so no query can cost more than its length (threats, decision 10: Whoosh's own parser took
41 seconds for ``[a TO z]``). A quote that is not closed is no quote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from index.errors import QueryError
from index.places import Place

MAX_CHARACTERS = 256
MAX_WORDS = 16
"""Content words, phrases and minus included; words that say nothing (stop words) do not count. The
sixteen commonest words of 24,012 documents cost the eightfold the first time they are asked."""
MAX_REACHABLE = 1000
"""No page shows hits beyond this one: deep paging costs more the deeper it goes."""

Sort = Literal["best", "new", "old"]
Matched = Literal["all", "any", "none"]

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑−－", "-"))
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]"
)
_CLAUSE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Query:
    """One question with its filters. An empty text asks for everything, newest first.

    Values of one filter widen the answer (or), filters narrow each other (and). Documents without
    a date stay in the answer of a year filter unless ``undated`` is false.
    """

    text: str = ""
    goals: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    undated: bool = True
    sort: Sort = "best"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase of a query, as typed; ``excluded`` when a minus stood before it."""

    text: str
    is_phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class GoalTag:
    """A goal that a document serves, how sure we are, and the words that made us think so."""

    number: int
    probability: float
    evidence: tuple[str, ...]


class ThemeTag(NamedTuple):
    """A theme of a document, how sure we are, and the words that made us think so."""

    name: str
    probability: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a document around matching words, about 200 characters.

    ``pieces`` are texts with a mark whether they match; together they are the fragment. Page,
    anchor and heading are those of the section that it stands in.
    """

    pieces: tuple[tuple[str, bool], ...]
    page: int | None = None
    anchor: str | None = None
    heading: str = ""

    @property
    def text(self) -> str:
        """The fragment without its marks."""
        return "".join(text for text, _ in self.pieces)


class Copy(NamedTuple):
    """A document that a hit stands for: the same text elsewhere, or an older generation of it."""

    id: str
    url: str
    organisation: str
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document, with all that a result shows.

    ``pages_found`` are the pages of a PDF that hold most of what was asked, at most five. ``also_at``
    are the documents that this one is shown for.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    organisation: str
    score: float = 0.0
    fragments: tuple[Fragment, ...] = ()
    goals: tuple[GoalTag, ...] = ()
    kind: str = "overig"
    language: str = "nl"
    published: date | None = None
    media_type: str = "text/html"
    size: int = 0
    pages: int = 0
    is_example: bool = False
    themes: tuple[ThemeTag, ...] = ()
    place: Place | None = None
    phase: str = ""
    audience: str = ""
    pages_found: tuple[int, ...] = ()
    also_at: tuple[Copy, ...] = ()


class FacetValue(NamedTuple):
    """A value to filter on and the number of documents one would then see."""

    value: str
    count: int  # type: ignore[assignment]  # hides a method of tuples that nothing here needs


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to a query.

    ``total`` and ``facets`` count the documents that hold all words (``matched`` is all) or, where
    fewer than ten do, ``needed`` words or more (any). ``listed`` is how many hits can be reached by
    paging: first those that are counted, then what any word or a look-alike of it finds.
    ``facets`` has the keys goal, organisation, kind, year, language, theme and place; the counts of a facet ignore
    its own selection. ``undated`` counts the found documents without a date. ``corrections`` are
    words that no document has, with the words that were looked for as well; ``unknown`` are those for
    which nothing else was looked for. ``chosen`` are documents
    that people chose to be shown first for this question; they are among the hits or not.
    """

    query: Query
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    undated: int = 0
    matched: Matched = "none"
    needed: int = 0
    listed: int = 0
    corrections: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    chosen: tuple[Hit, ...] = ()


def parse(text: str) -> tuple[Clause, ...]:
    """Read our query language; raise ``QueryError`` when the text is too long."""
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            "too_long", f"A query has at most {MAX_CHARACTERS} characters, this one {len(text)}."
        )
    cleaned = _UNPRINTABLE.sub(" ", text).translate(_QUOTES).translate(_DASHES)
    if cleaned.count('"') % 2:
        head, _, tail = cleaned.rpartition('"')
        cleaned = f"{head} {tail}"
    found = (_clause_of(match) for match in _CLAUSE.finditer(cleaned))
    return tuple(clause for clause in found if any(c.isalnum() for c in clause.text))


def _clause_of(match: re.Match[str]) -> Clause:
    phrase = match["phrase"]
    text = match["word"] if phrase is None else " ".join(phrase.split())
    return Clause(text, phrase is not None and " " in text, match["minus"] is not None)
