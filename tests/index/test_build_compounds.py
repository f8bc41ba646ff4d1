"""The lexicon is made from a word list: families by votes, the same bytes every time."""

import gzip
from pathlib import Path

import pytest

from index.build_compounds import count, divisions, lexicon, main, read_dictionary
from index.compounds import LEXICON_FILE

SAID = """
    buurt huis huizen leden lede lijst lijsten ledenlijst ledenhuis ledenlijsten lijstbuurt
    buurthuis buurthuizen buurtlijst werkt zinnend heid
"""
WORDS = SAID.split()


def test_all_ways_to_divide_a_word() -> None:
    found = divisions("ledenlijst", {"lede", "leden", "lijst"})
    assert sorted(found) == [("lede", "n", "lijst"), ("leden", "", "lijst")]
    assert divisions("huis", {"huis"}) == []


def test_ambiguous_words_vote_for_what_is_common() -> None:
    parts = {"buurt", "huis", "huizen", "leden", "lede", "lijst", "lijsten"}
    ways = [found for word in WORDS if (found := divisions(word, parts))]
    first, last = count(ways, parts)
    assert first["leden"] > 2.9
    assert first.get("lede", 0) < 0.1
    assert first["buurt"] == pytest.approx(3)
    assert last["lijst"] == pytest.approx(2)


def test_what_is_kept() -> None:
    found = lexicon(WORDS)
    assert found["buurt"] == (4, 2)
    assert {"buurthuis", "werkt", "zinnend", "heid"}.isdisjoint(found)
    assert "zon" in found


def test_the_command_writes_the_same_bytes_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = tmp_path / "words", tmp_path / "lexicon.gz"
    source.write_text("\n".join(["Amsterdam", "'s", "coöperatie", *WORDS]), encoding="utf-8")
    assert "amsterdam" not in read_dictionary(source)
    assert "cooperatie" in read_dictionary(source)
    main([str(source), "--output", str(output)])
    once = output.read_bytes()
    main([str(source), "--output", str(output)])
    assert output.read_bytes() == once
    assert "4 2 buurt" in gzip.decompress(once).decode().splitlines()
    assert "words" in capsys.readouterr().out


def test_the_lexicon_of_the_house_is_what_the_command_makes(tmp_path: Path) -> None:
    source = Path("/usr/share/dict/dutch")
    if not source.exists():
        pytest.skip("the word list is not installed (package wdutch)")
    if "2.20.19" not in _version_of_wdutch():
        pytest.skip("another version of the word list is installed")
    output = tmp_path / "lexicon.gz"
    main([str(source), "--output", str(output)])
    assert output.read_bytes() == LEXICON_FILE.read_bytes()


def _version_of_wdutch() -> str:
    status = Path("/var/lib/dpkg/status")
    text = status.read_text(encoding="utf-8") if status.exists() else ""
    return next((p for p in text.split("\n\n") if p.startswith("Package: wdutch\n")), "")
