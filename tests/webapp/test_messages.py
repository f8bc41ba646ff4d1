"""The catalogue: every key used, none missing, sentences short, words plain."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import webapp
from crawler import REASONS as CRAWL_REASONS
from crawler.tasks import COUNTERS
from library.document import KINDS as LIBRARY_KINDS
from webapp import messages
from webapp.messages import finding, names

FOLDER = Path(webapp.__file__).parent
LONGEST_SENTENCE = 15
BANNED = ("middels", "betreffende", "relevant", "verstrekken", "indien")
SOURCES = [
    path
    for path in sorted(
        path for kind in ("py", "html", "xml", "atom") for path in FOLDER.rglob(f"*.{kind}")
    )
    if path.parent.name != "messages"
]
CODE = "\n".join(path.read_text() for path in SOURCES)


def all_texts() -> Iterator[tuple[str, str]]:
    yield from messages.TEXTS.items()
    yield from ((f"REASONS {code}", text) for code, text in messages.REASONS.items())
    everything = vars(names) | vars(finding)
    tables = {name: value for name, value in everything.items() if isinstance(value, dict)}
    tables.pop("FINDING")
    for name in sorted(tables.keys() & set(messages.__all__)):
        for key, said in tables[name].items():
            yield from ((f"{name} {key}", text) for text in ([said] if type(said) is str else said))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:])\s+", text)


def test_every_key_is_used() -> None:
    unused = [key for key in messages.TEXTS if f'"{key}"' not in CODE and f"'{key}'" not in CODE]
    assert unused == []


def test_no_key_is_missing() -> None:
    asked = set(re.findall(r"""\bsay\(\s*["']([^"']+)["']""", CODE))
    assert len(asked) > 100
    assert asked - set(messages.TEXTS) == set()


@pytest.mark.parametrize(("key", "text"), list(all_texts()))
def test_sentences_are_short_and_plain(key: str, text: str) -> None:
    for sentence in sentences(text):
        assert len(sentence.split()) <= LONGEST_SENTENCE, key
    assert not [word for word in BANNED if re.search(rf"\b{word}\b", text.lower())], key


def test_visitors_and_partners_read_u_and_never_je() -> None:
    for key, text in (messages.VISITORS | messages.PARTNERS).items():
        assert not re.search(r"\b(je|jij|jouw)\b", text.lower()), key


def test_no_key_stands_in_two_parts() -> None:
    assert len(messages.TEXTS) == sum(map(len, messages.PARTS))


def test_every_reason_of_the_crawler_has_a_dutch_sentence() -> None:
    assert set(messages.REASONS) == set(CRAWL_REASONS)
    assert messages.reason("no-such-code") == messages.UNKNOWN_REASON


def test_every_kind_and_counter_has_a_name() -> None:
    assert tuple(messages.KINDS) == LIBRARY_KINDS
    assert set(COUNTERS) <= set(messages.COUNTS)


def test_braces_in_a_question_stay_as_they_are() -> None:
    assert messages.say("count.0", q="{n} {0}") == "Geen resultaten voor '{n} {0}'"
