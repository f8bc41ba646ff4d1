"""Plain text, tables in plain text, Rich Text Format, and the old formats of Office."""

from datetime import date

import pytest

from crawler.extract import NotExtracted, Parser, media
from crawler.extract.facts import Facts, Failure
from library.document import Published, Section
from tests.crawler.extract.pages import RULES, fetched, found_in, outcome_of

_URL = "https://dorp.nl/files/lijst-van-vrijwilligers.csv"


@pytest.mark.parametrize(
    "body",
    [
        "Café één\r\n\r\nTwee".encode(),
        "Café één\nTwee".encode("cp1252"),
        "Café één\nTwee".encode("utf-16"),
    ],
)
def test_text_in_any_encoding(body: bytes) -> None:
    found = found_in(body, url="https://dorp.nl/verslag.txt", media_type=media.TEXT)
    assert (found.title, found.sections) == ("Café één", (Section("Café één\nTwee"),))


@pytest.mark.parametrize("divider", [";", ",", "\t"])
def test_tables_are_lines_whatever_divides_them(divider: str) -> None:
    rows = ["Naam#Plaats#Uren", '"Jansen; of, Smit"#Ee#3', "##", "Groep#Wier#4"]
    body = "\n".join(rows).replace("#", divider)
    found = found_in(body, url=_URL, media_type=media.CSV)
    assert found.title == "Lijst van vrijwilligers"
    assert found.sections[0].text == (
        "Naam | Plaats | Uren\nJansen; of, Smit | Ee | 3\nGroep | Wier | 4"
    )


_RTF = rb"""{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}
{\info{\title Plan voor de buurt}{\author Jan Jansen}{\creatim\yr2009\mo1\dy2}{\revtim\yr2024\mo4\dy13}}
{\*\generator Word;}{\header Kop van elk blad}\pard Caf\'e9 \'80 5\par
De \u8216?buurt\u8217? is {\b van ons}.\line Nieuw\~huis\par
{\field{\*\fldinst HYPERLINK "https://x.nl"}{\fldrslt lees hier}}\par
\trowd Verf\cell 80 euro\cell\row {\pict 00ff00ff}\{haak\}\par}"""


def test_rich_text() -> None:
    found = found_in(_RTF, url="https://dorp.nl/plan.rtf", media_type=media.RTF)
    assert (found.title, found.published) == (
        "Plan voor de buurt",
        Published(date(2024, 4, 13), "file"),
    )
    assert found.sections[0].text.split("\n") == [
        "Café € 5",
        "De ‘buurt’ is van ons.",
        "Nieuw huis",
        "lees hier",
        "Verf | 80 euro",
        "{haak}",
    ]
    assert "Jansen" not in repr(found)


def test_rich_text_of_braces_only_ends_soon() -> None:
    found = outcome_of(b"{\\rtf1 " + b"{" * 1_000_000 + b"}" * 1_000_000, media_type=media.RTF)
    assert isinstance(found, Facts)
    assert found.sections == ()


@pytest.mark.parametrize(
    ("more", "reason"),
    [(b"", "legacy-office"), ("EncryptedPackage".encode("utf-16-le"), "encrypted-file")],
)
def test_old_and_locked_office_files_have_their_own_reason(more: bytes, reason: str) -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + more
    assert outcome_of(body, media_type=media.OLE) == Failure(reason, media.OLE)
    with Parser() as parser:
        found = parser.parse(fetched(body, media_type="application/msword"), RULES)
    assert isinstance(found, NotExtracted)
    assert found.reason == reason
