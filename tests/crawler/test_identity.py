"""Which spellings of an address are one page, and when that is believed."""

import pytest

from crawler.identity import ENOUGH, Spellings, by_rule, differences, key_of, preferred

SITE = "https://dorp.example"


@pytest.mark.parametrize(
    ("other", "ways"),
    [
        ("http://dorp.example/jaar%20verslag/?a=1&b=2", {"scheme"}),
        ("https://www.dorp.example/jaar%20verslag/?a=1&b=2", {"www"}),
        (f"{SITE}/jaar%20verslag?a=1&b=2", {"slash"}),
        (f"{SITE}/jaar+verslag/?a=1&b=2", {"space"}),
        (f"{SITE}/Jaar%20Verslag/?a=1&b=2", {"capitals"}),
        (f"{SITE}/jaar%20verslag/Index.html?a=1&b=2", {"index-page"}),
        (f"{SITE}/jaar%20verslag/?b=2&a=1", {"order"}),
        (f"{SITE}/jaar+verslag?a=1&b=2", {"space", "slash"}),
        (f"{SITE}/jaar%20verslag/?a=1&b=2", set()),
    ],
)
def test_spellings_of_one_address_share_a_key(other: str, ways: set[str]) -> None:
    url = f"{SITE}/jaar%20verslag/?a=1&b=2"
    assert key_of(url) == key_of(other)
    assert differences(url, other) == ways


@pytest.mark.parametrize(
    "other", ["/a/b", "/b", "/a?b", "/aa", "/a/index.html/b", "/a.html", "/home/a"]
)
def test_other_addresses_have_another_key(other: str) -> None:
    assert key_of(f"{SITE}/a") != key_of(SITE + other)


@pytest.mark.parametrize("name", ["index.html", "Default.aspx", "home", "index.php", "startpagina"])
def test_a_home_page_by_its_name(name: str) -> None:
    assert key_of(f"http://www.dorp.example/{name}") == key_of(f"{SITE}/")


def test_a_rule_finds_what_stays_when_a_title_goes() -> None:
    rule = r"/(\d+)\.aspx|[?&]p=(\d+)"
    assert key_of(f"{SITE}/nieuws/2704631.aspx?t=a", rule) == key_of(f"{SITE}/2704631.aspx", rule)
    assert key_of(f"{SITE}/nieuws/1.aspx", rule) != key_of(f"{SITE}/?p=1", rule)
    assert by_rule(f"{SITE}/over-ons", rule) is None
    assert key_of(f"{SITE}/over-ons/", rule) == key_of(f"{SITE}/over-ons")


def test_a_way_of_spelling_is_believed_after_enough_pairs() -> None:
    spellings = Spellings()
    pairs = [(f"{SITE}/{n}", f"{SITE}/{n}/") for n in range(ENOUGH + 1)]
    for one, other in pairs[:ENOUGH]:
        assert not spellings.are_one(*pairs[-1])
        assert spellings.note(one, other, same=True) == ("dorp.example", "slash")
    assert spellings.are_one(*pairs[-1])
    assert not spellings.are_one(f"{SITE}/a", f"{SITE}/A")
    assert not spellings.are_one("https://elders.example/a", "https://elders.example/a/")


def test_one_pair_that_is_two_pages_ends_the_belief() -> None:
    spellings = Spellings({("dorp.example", "capitals"): (9, 0)})
    assert spellings.are_one(f"{SITE}/a", f"{SITE}/A")
    spellings.note(f"{SITE}/b", f"{SITE}/B", same=False)
    assert not spellings.are_one(f"{SITE}/a", f"{SITE}/A")


def test_a_pair_that_differs_in_two_ways_shows_nothing() -> None:
    assert Spellings().note(f"{SITE}/a", f"{SITE}/A/", same=True) is None


def test_the_safe_address_is_preferred_and_else_the_known_one() -> None:
    assert preferred("http://a.example/", "https://a.example/") == "https://a.example/"
    assert preferred("https://a.example/", "http://a.example/") == "https://a.example/"
    assert preferred(f"{SITE}/a/", f"{SITE}/a") == f"{SITE}/a/"
