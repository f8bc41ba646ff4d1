"""The type of a body is what its bytes say."""

import pytest

from crawler.extract.media import CSV, HTML, OLE, PDF, RTF, TEXT, ZIP, media_type_of


@pytest.mark.parametrize(
    ("body", "claimed", "wanted"),
    [
        (b"<!doctype html><p>hoi", "application/pdf", HTML),
        (b"\xef\xbb\xbf  <!-- a --><html>", "application/pdf", HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", "application/xml", HTML),
        ("<html><p>één".encode("utf-16"), "", HTML),
        (b"hoi <p>daar", "text/html", HTML),
        (b"", "text/html", HTML),
        (b"<p>hoi", "application/octet-stream", HTML),
        (b"%PDF-1.7\n", "text/html", PDF),
        (b"junk\n%PDF-1.4 obj endobj", "text/html", PDF),
        (b"Over de regel %PDF-1.4 schreef men endobj", "text/html", HTML),
        (b"gewone tekst", "text/plain", TEXT),
        (b"gewone tekst", "application/octet-stream", None),
        (b"naam;plaats", "text/csv", CSV),
        (b"naam\x00plaats", "text/csv", None),
        (b"PK\x03\x04 zip", "text/html", ZIP),
        (b"{\\rtf1 hoi}", "application/msword", RTF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", OLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html", None),
        (b"GIF89a\x01\x00", "application/pdf", None),
        (b"<?xml version='1.0'?><rss><channel>", "text/html", None),
        (b"<urlset xmlns='x'>", "text/html", None),
        (b'{"a": 1}', "application/json", None),
        (b"", "", None),
    ],
)
def test_bytes_decide(body: bytes, claimed: str, wanted: str | None) -> None:
    assert media_type_of(body, claimed) == wanted


@pytest.mark.parametrize(
    ("address", "claimed", "wanted"),
    [
        ("https://dorp.nl/lijst.csv", "application/octet-stream", CSV),
        ("https://dorp.nl/lijst.csv?x=1", "application/vnd.ms-excel", CSV),
        ("https://dorp.nl/lijst.CSV", "text/plain", CSV),
        ("https://dorp.nl/leesmij.txt", "", TEXT),
        ("https://dorp.nl/leesmij", "", None),
        ("https://dorp.nl/lijst.csv", "application/json", None),
    ],
)
def test_the_name_tells_what_a_text_without_marks_is(
    address: str, claimed: str, wanted: str | None
) -> None:
    assert media_type_of(b"naam;plaats\nJo;Ee", claimed, address) == wanted
