"""The type of a body is what its bytes say."""

import pytest

from crawler.extract.media import HTML, PDF, media_type_of


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
        (b"gewone tekst", "text/plain", None),
        (b"PK\x03\x04 zip", "text/html", None),
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
