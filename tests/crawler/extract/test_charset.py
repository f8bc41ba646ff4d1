"""The charset sniffer against the public cases and against pages as Dutch sites send them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.charset import decode, prescan, sniff

_CASES = Path(__file__).parents[4] / "shared" / "conformance" / "html5lib" / "encoding"


def _conformance() -> list[tuple[str, bytes, str]]:
    cases = []
    for file in sorted(_CASES.glob("*.dat")):
        for number, part in enumerate(file.read_bytes().split(b"#data\n")[1:], 1):
            body, wanted = part.split(b"\n#encoding\n")
            cases.append((f"{file.stem}-{number}", body, wanted.strip().decode().lower()))
    return cases


@pytest.mark.skipif(not _CASES.is_dir(), reason="the html5lib cases are not beside the project")
def test_all_public_cases_pass() -> None:
    cases = _conformance()
    assert len(cases) == 82
    wrong = [(name, wanted, sniff(body)) for name, body, wanted in cases if sniff(body) != wanted]
    assert wrong == []


@pytest.mark.parametrize(
    ("body", "header", "wanted"),
    [
        (b"\xef\xbb\xbfhoi", "iso-8859-1", "utf-8"),
        (b'<meta charset="utf-8">caf\xe9', "windows-1252", "windows-1252"),
        (b'<meta charset="utf-8">', "no-such-charset", "utf-8"),
        (b"<p>" + "één coöperatie".encode(), None, "utf-8"),
        (b"<p>" + "één coöperatie".encode("cp1252"), None, "windows-1252"),
        (b"<p>" + "één".encode()[:-1], None, "utf-8"),
        (b"<p>ascii", None, "windows-1252"),
        (b"h\x00o\x00i\x00", "utf-16le", "utf-16le"),
    ],
)
def test_order_is_mark_header_meta_guess(body: bytes, header: str | None, wanted: str) -> None:
    assert sniff(body, header) == wanted


def test_late_meta_counts_but_not_inside_a_script() -> None:
    late = b"<!--" + b"x" * 1100 + b'--><script>"<meta charset=koi8-r>"</script><meta charset=big5>'
    assert prescan(late) == "big5"


def test_dutch_letters_survive_latin1() -> None:
    decoded = decode("coöperatie, reünie, één, € 5".encode("cp1252"), "iso-8859-1")
    assert decoded.text == "coöperatie, reünie, één, € 5"
    assert decoded.encoding == "windows-1252"


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_decode(body: bytes, header: str | None) -> None:
    assert isinstance(decode(b"<meta " + body, header).text, str)
