"""The limited child: what comes through, what it is kept from, and what happens when it fails."""

import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.extract import Extracted, NotExtracted, Parser, Rules, extract
from crawler.extract.child import MEMORY
from crawler.extract.outcomes import REASONS
from library.document import content_hash_of, id_of
from library.store.sources import Source
from tests.crawler.extract.pages import ADDRESS, ARTICLE, RULES, fetched, page

_ROOT = Path(__file__).resolve().parents[3]
_PAGE = page(f"<h1>Een bericht</h1><p>{ARTICLE * 2}</p>")


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as shared:
        yield shared


def test_document_is_whole(parser: Parser) -> None:
    answer = fetched(_PAGE, url="https://www.dorpsraad.nl/nieuws/x?utm_source=brief")
    found = parser.parse(answer, RULES)
    assert isinstance(found, Extracted)
    document = found.document
    assert document is not None
    assert document.canonical_url == "https://www.dorpsraad.nl/nieuws/x"
    assert document.id == id_of(document.canonical_url)
    assert document.url == answer.final_url
    assert document.organisation == RULES.organisation
    assert document.content_hash == content_hash_of(document.title, document.sections)
    assert document.size == len(answer.body)
    assert document.fetched_at == answer.fetched_at
    assert [link.url for link in found.links] == [
        "https://www.dorpsraad.nl/",
        "https://www.dorpsraad.nl/nieuws/",
        "https://www.dorpsraad.nl/contact/",
    ]


def test_door_takes_a_source() -> None:
    answer = fetched(_PAGE)
    source = Source(
        id=1,
        slug="dorpsraad",
        name="Dorpsraad",
        organisation="Dorpsraad",
        url="https://www.dorpsraad.nl/",
        added_at=answer.fetched_at,
        languages=("nl",),
        is_example=True,
    )
    found = extract(answer, source=source)
    assert isinstance(found, Extracted)
    assert found.document is not None
    assert found.document.organisation == "Dorpsraad"
    assert found.document.is_example


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (page(f"<p>{ARTICLE}</p>", '<meta name="robots" content="noindex">'), {}, "noindex"),
        (_PAGE, {"x_robots_tag": "none"}, "noindex"),
        (_PAGE, {"x_robots_tag": "unavailable_after: 1 jan, noindex"}, "noindex"),
        (_PAGE, {"x_robots_tag": "otherbot: noindex, nofollow"}, ""),
        (_PAGE, {"x_robots_tag": "otherbot: nofollow, kennisbank: noindex"}, "noindex"),
        (
            page("<p>The village made a plan for its school and hall. </p>" * 9),
            {},
            "other-language",
        ),
        (page(""), {}, "no-text"),
    ],
)
def test_page_that_is_no_document_still_gives_links(
    parser: Parser, body: str, headers: dict[str, str], reason: str
) -> None:
    found = parser.parse(fetched(body, **headers), RULES)
    assert isinstance(found, Extracted)
    assert (found.document is None) == bool(reason)
    assert found.document_reason == reason
    assert len(found.links) == 3


def test_other_types_and_sizes_are_refused_before_the_child(parser: Parser) -> None:
    assert parser.parse(fetched(b"GIF89a\x01\x00", media_type="image/gif"), RULES) == (
        NotExtracted("unsupported-type", "image/gif")
    )
    assert parser.parse(fetched(b"<p>" + b"x" * 5_000_000), RULES) == NotExtracted("too-large")
    big = b"%PDF-1.7" + b"\0" * 25_000_000
    assert parser.parse(fetched(big), RULES) == NotExtracted("too-large")


def _child_of(parser: Parser) -> int:
    pid = parser.child_pid
    assert pid is not None
    return pid


def test_child_that_is_killed_is_an_outcome_and_the_next_page_works() -> None:
    with Parser() as parser:
        assert isinstance(parser.parse(fetched(_PAGE), RULES), Extracted)
        os.kill(_child_of(parser), signal.SIGKILL)
        assert parser.parse(fetched(_PAGE), RULES) == NotExtracted("parser-died", "SIGKILL")
        assert isinstance(parser.parse(fetched(_PAGE), RULES), Extracted)


def test_child_that_hangs_is_an_outcome_and_the_next_page_works() -> None:
    with Parser(wall_seconds=2.0) as parser:
        parser.parse(fetched("<p>x"), RULES)
        os.kill(_child_of(parser), signal.SIGSTOP)
        hung = parser.parse(fetched(b"<p>" + b"x" * 1_000_000), RULES)
        assert hung == NotExtracted("parser-timeout", "wall clock")
        assert isinstance(parser.parse(fetched("<p>x"), RULES), Extracted)


def test_child_is_replaced_after_its_share_of_pages() -> None:
    with Parser(pages_per_child=2) as parser:
        children = []
        for _ in range(4):
            parser.parse(fetched("<p>x"), RULES)
            children.append(_child_of(parser))
    assert children[0] == children[1] != children[2] == children[3]
    with pytest.raises(ProcessLookupError):
        os.kill(children[3], 0)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc to look at")
def test_a_child_that_grew_is_replaced() -> None:
    large = page("".join(f"<p>{ARTICLE} Nummer {n}.</p>" for n in range(2_000)))
    with Parser(most_growth=5_000_000) as parser:
        pids = []
        for body in (_PAGE, _PAGE, large, _PAGE):
            found = parser.parse(fetched(body), RULES)
            assert isinstance(found, Extracted)
            pids.append(parser.child_pid)
    assert pids[0] == pids[1] == pids[2] != pids[3]


def _in_limits(code: str) -> str:
    """Run code in a process that has given up what the child gives up; its last words."""
    setup = "from crawler.extract import child; child._warm_up(); child._give_up(); "
    done = subprocess.run(
        [sys.executable, "-c", setup + code],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.returncode} {done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("import socket; socket.socket()", "PermissionError: socket.__new__"),
        ("import socket; socket.getaddrinfo('a.nl', 80)", "PermissionError: socket.getaddrinfo"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError: subprocess.Popen"),
        ("import os; os.system('true')", "PermissionError: os.system"),
        ("import os; os.fork()", "PermissionError: os.fork"),
        ("open('/tmp/kennisbank-parser-test', 'w')", "PermissionError: a parser writes no files"),
        ("import sqlite3; sqlite3.connect(':memory:')", "PermissionError: sqlite3.connect"),
        ("x = [open('/dev/null') for _ in range(9)]", "Too many open files"),
        (f"x = bytearray({MEMORY + 1_000_000})", "MemoryError"),
        ("child.CPU_SECONDS = 0; child._allow_time()\nwhile True: pass", f"-{signal.SIGXCPU}"),
    ],
)
def test_child_cannot(code: str, wanted: str) -> None:
    assert wanted in _in_limits(code)


def test_page_that_eats_memory_is_told_to_the_parent() -> None:
    code = (
        f"from crawler.extract.facts import Ask; ballast = bytearray({MEMORY - 60_000_000}); "
        "ask = Ask('https://a.nl/', 'text/html', None, '', '2025-01-01'); "
        "print(child._answer(ask, b'<p>woord en zin</p>' * 45_000))"
    )
    assert "parser-memory" in _in_limits(code)


def test_child_starts_without_secrets() -> None:
    """Neither the environment of its parent nor an open file of it reaches the child."""
    with Parser() as parser, Path(__file__).open("rb") as handle:
        os.set_inheritable(handle.fileno(), True)
        os.environ["KENNISBANK_SECRET_KEY"] = "a" * 32
        try:
            parser.parse(fetched("<p>x"), RULES)
        finally:
            del os.environ["KENNISBANK_SECRET_KEY"]
        process = Path("/proc") / str(_child_of(parser))
        if not process.is_dir():
            pytest.skip("this machine has no /proc to look at the child with")
        assert b"SECRET" not in (process / "environ").read_bytes()
        assert {entry.name for entry in (process / "fd").iterdir()} == {"0", "1", "2"}


_HOSTILE: dict[str, Callable[[int], str]] = {
    "depth": lambda n: "<div>" * n + "x",
    "inline depth": lambda n: "<p>" + "<b>" * n + "x",
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x",
    "names only": lambda n: "<p " + " ".join(f"a{i}" for i in range(n)) + ">x",
    "open tags": lambda n: "<a " * n,
    "asides": lambda n: "<aside><h2>" * (n // 2) + "x",
    "tables": lambda n: "<table><tr><td><a>" * (n // 4) + "x",
    "links": lambda n: "<a href=/x><span>" * (n // 2) + "x",
    "white space": lambda n: "<pre>" + " \n" * n + "x",
    "entities": lambda n: "&amp;#x&" * n,
    "rows in rows": lambda n: "<table><tr><td>a<td>" * (n // 4),
    "headers": lambda n: "<header>" * n + "x",
    "furniture": lambda n: f"<p>{'x' * 1000}</p>" + "<h2>Lees ook</h2><h3>x</h3>" * (n // 2),
    "times": lambda n: "<time>" * n + "<h1>t</h1>",
    "names of files": lambda n: "<a href=x.pdf>" + "(" * n + "</a>",
}


@pytest.mark.parametrize("family", _HOSTILE)
def test_hostile_pages_end_in_an_outcome(parser: Parser, family: str) -> None:
    """In under 5 s of processor time and 200 MB (threats 2.3), or as too complex."""
    parser.parse(fetched(_PAGE), RULES)  # So that there is a child to look at.
    child = parser.child_pid
    assert child is not None
    for size in (1_000, 20_000, 200_000):
        before = _used_by(child)
        found = parser.parse(fetched(_HOSTILE[family](size)), RULES)
        seconds, memory = (b - a for a, b in zip(before, _used_by(child), strict=True))
        assert (seconds < 5, memory < 200_000_000) == (True, True), (size, seconds, memory)
        if isinstance(found, NotExtracted):
            assert found.reason in {"too-complex", "too-much-text"}, (size, found)


def _used_by(pid: int) -> tuple[float, float]:
    """Seconds of processor time, and the highest memory ever; nothing where that is not to be seen."""
    folder = Path(f"/proc/{pid}")
    if not folder.exists():
        return 0.0, 0.0
    ticks = folder.joinpath("stat").read_text().rpartition(")")[2].split()[11:13]
    status = folder.joinpath("status").read_text().split()
    memory = int(status[status.index("VmHWM:") + 1]) * 1024
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), memory


def test_a_hundred_thousand_levels_are_too_complex(parser: Parser) -> None:
    for body in (_HOSTILE["depth"](100_000), _HOSTILE["attributes"](200_000)):
        assert parser.parse(fetched(body), RULES) == NotExtracted("too-complex")


_STRINGS = Path(__file__).parents[4] / "shared" / "conformance" / "strings" / "blns.json"


@pytest.mark.skipif(not _STRINGS.is_file(), reason="the naughty strings are not beside the project")
def test_naughty_strings_pass_as_title_and_body(parser: Parser) -> None:
    strings: list[str] = json.loads(_STRINGS.read_text("utf-8"))
    assert len(strings) == 515
    for naughty in strings:
        shown = naughty.replace("&", "&amp;").replace("<", "&lt;")
        body = page(f"<h2>Kop</h2><p>{ARTICLE}</p><p>{shown}</p>", f"<title>{shown}</title>")
        found = parser.parse(fetched(body.encode("utf-8", "replace")), RULES)
        assert isinstance(found, Extracted), naughty
        assert found.document is not None, naughty
        _assert_clean(found.document.title)
        assert len(found.document.title) <= 300
        shown_text = "".join(found.document.visible_text.split())
        assert _ordinary(naughty) in _ordinary(shown_text), naughty


def _assert_clean(text: str) -> None:
    assert text.strip()
    assert not {"\u202e", "\u202a", "\u2066", "\x00", "\x1b", "\n"}.intersection(text)


def _ordinary(text: str) -> str:
    """The letters, digits and signs of a text, without white space and what is never shown."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNPS")


def test_reasons_have_sentences() -> None:
    assert all(sentence.endswith(".") for sentence in REASONS.values())


def test_rules_hold_what_a_source_decides() -> None:
    assert Rules("Dorp").languages == ("nl", "fy")
    assert fetched("").final_url == ADDRESS
