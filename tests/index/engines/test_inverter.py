"""Postings by arrays against the same worked out word by word."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.fields import texts_of
from index.engines.whoosh.inverter import Batch
from index.engines.whoosh.numbering import Vocabulary
from index.engines.whoosh.postings import before, stretches
from index.schema import PART
from library.document import Document, Section
from tests.index.engines.words import words_of
from tests.index.made import document

PIECES = [
    "de",
    "het",
    "Het",
    "van",
    "en",
    "of",
    "een",
    "tuin",
    "Tuin,",
    "tuinen",
    "zonnepanelen.",
    "buurthuis-tuin",
    "in-de",
    "Staten-Generaal",
    "(Wlz-zorg)",
    "bewoners-",
    "buurtgroepen",
    "buurthuizen",
    "-kamers",
    "wet-",
    "regelgeving",
    "dorps-/wijkraad",
    "wijk/",
    "raden",
    "12",
    "13-04-2024",
    "maart",
    "2024",
    "mei",
    "artikel",
    "2.3,",
    "tweede",
    "lid",
    "Wmo",
    "2015.",
    "DOEN",
    "doen",
    '"WAT',
    "TE",
    "AVG",
    "Oranje",
    "Fonds!",
    "hier",
    "Hier",
    "opgewekt",
    "www.a.nl/b",
    "foto's",
    "zo'n",
    "b.v.",
    "1.000",
    "3,5",
    "-",
    "--",
    "–",
    "café",
    "energie-coöperatie",
    "the",
    "gardens",
    "gardening",
]
SPACES = [" ", " ", " ", "\n", "\n\n", "\t", "\u00a0"]
texts = st.lists(
    st.tuples(st.sampled_from(PIECES) | st.text(max_size=8), st.sampled_from(SPACES)), max_size=14
).map(lambda pairs: "".join(piece + space for piece, space in pairs))
documents = st.builds(
    lambda title, sections, visible, organisation, language, is_listing: document(
        "a",
        *(Section(text, heading=heading) for heading, text in sections),
        title=title,
        visible_text=visible,
        organisation=organisation,
        language=language,
        is_listing=is_listing,
    ),
    texts,
    st.lists(st.tuples(texts, texts), max_size=3),
    texts,
    texts,
    st.sampled_from(["nl", "nl", "en", "fy", "de"]),
    st.booleans(),
)

Row = tuple[str, str, int, float, tuple[int, ...]]


def by_arrays(found: Iterable[Document]) -> tuple[set[Row], dict[str, list[int]]]:
    """Field, term, document, weight and positions of every posting; the lengths of every field."""
    batch = Batch(Vocabulary())
    for one in found:
        batch.add(texts_of(one))
    rows, lengths = set(), {}
    for name, field in batch.fields():
        assert field.terms == sorted(set(field.terms))
        lengths[name] = field.lengths.tolist()
        many = field.postings
        terms = np.repeat(np.arange(len(field.terms)), many.counts).tolist()
        ends = np.cumsum(many.sizes).tolist() if many.sizes is not None else [0] * len(terms)
        start = 0
        for place, (number, term) in enumerate(zip(many.numbers.tolist(), terms, strict=True)):
            positions = () if many.positions is None else many.positions[start : ends[place]]
            weight = float(many.weights[place])
            rows.add((name, field.terms[term].decode(), number, weight, tuple(map(int, positions))))
            start = ends[place]
        assert len(terms) == len(many.weights)
    return rows, lengths


def word_by_word(found: Iterable[Document]) -> tuple[set[Row], dict[str, list[int]]]:
    rows: set[Row] = set()
    lengths: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        for name, (words, parts) in words_of(one).items():
            for term in words.keys() | parts.keys():
                as_word, as_part = words.get(term, ()), parts.get(term, ())
                places = sorted({*as_word, *as_part}) if name == "text" else ()
                weight = len(as_word) + PART * len(as_part)
                rows.add((name, term, number, weight, tuple(places)))
            lengths.setdefault(name, []).append(sum(map(len, words.values())))
    return rows, lengths


@given(st.lists(documents, min_size=1, max_size=4))
def test_arrays_come_to_what_single_words_come_to(found: list[Document]) -> None:
    assert by_arrays(found) == word_by_word(found)


@pytest.mark.parametrize(
    "text",
    [
        "de bewoners- en buurtgroepen",
        "buurthuizen en -kamers",
        "WAT TE DOEN ALS HET REGENT",
        "Stichting DOEN helpt",
        "op 12 maart 2024 en in\nmei 2023",
        "artikel 2.3, tweede lid, van de Wmo 2015",
        "Het Oranje\n\nFonds",
        "hier is het",
        "dorps-/wijkraad en energie-coöperatie van 13-04-2024",
    ],
)
def test_what_words_say_together_is_found(text: str) -> None:
    found = [document("a", "tuin"), document("b", text), document("c", f"{text} {text}")]
    assert by_arrays(found) == word_by_word(found)


def test_a_vocabulary_serves_one_batch_after_another() -> None:
    vocabulary = Vocabulary()
    for text in ("een tuin", "tuin en huis", "huis"):
        batch = Batch(vocabulary)
        batch.add(texts_of(document("a", text)))
        rows = dict(batch.fields())
        assert b"tuin" in rows["text"].terms or "tuin" not in text
        assert len(rows["text"].terms) == len(set(text.split()) - {"een", "en"})


def test_what_is_no_word_is_not_remembered() -> None:
    vocabulary = Vocabulary()
    (first,) = vocabulary.numbers("x" * 5_000, "nl")
    (second,) = vocabulary.numbers("x" * 5_000, "nl")
    assert first != second
    assert vocabulary.numbers("tuin", "nl") == vocabulary.numbers("tuin", "nl")


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 5)), max_size=20))
def test_stretches_follow_each_other(pairs: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in pairs], np.int64)
    lengths = np.array([length for _, length in pairs], np.int64)
    expected = [start + step for start, length in pairs for step in range(length)]
    assert stretches(starts, lengths).tolist() == expected
    assert before(lengths).tolist() == [int(lengths[:place].sum()) for place in range(len(pairs))]
