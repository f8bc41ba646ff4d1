"""What counts as a change of a page, what is learned of places, and which pages rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.changes import ENOUGH, difference, is_otherwise_same, learned, rests
from library.document import Document, Published, Section, content_hash_of
from library.store import Address

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
TEXT = (
    "Bewoners van het dorp beheren samen hun buurthuis.\n"
    "Er komen elk jaar 3.000 aanvragen binnen, en 300 bezoekers per week.\n"
    "Het fonds geeft ten hoogste 5.000 euro, op 1 juni en op 1 december.\n"
    "Bel voor een afspraak met het steunpunt, op werkdagen van 9.00 tot 12.00 uur."
)


def document(*extra: str, at: datetime = NOW, title: str = "Ons buurthuis") -> Document:
    sections = (Section("\n".join((TEXT, *extra))),)
    return Document(
        id="a" * 20,
        url="https://voorbeeld.nl/a",
        canonical_url="https://voorbeeld.nl/a",
        title=title,
        sections=sections,
        organisation="Voorbeeld",
        content_hash=content_hash_of(title, sections),
        fetched_at=at,
    )


def is_change(before: str, after: str, days: int = 40) -> bool:
    later = NOW + timedelta(days=days)
    return difference(document(before), document(after, at=later)).is_change({})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Dit artikel is 245 keer bekeken", "Dit artikel is 1.302 keer bekeken"),
        ("3 reacties", "11 reacties"),
        ("1 reactie, 17x gelezen", "4 reacties, 123x gelezen"),
        ("Aantal bezoekers: 12.345", "Aantal bezoekers: 12.350"),
        ("Weergaven: 9 (vandaag)", "Weergaven: 1020 (vandaag)"),
        ("Reacties (0)", "Reacties (2)"),
        ("Vandaag is het maandag 4 mei 2026", "Vandaag is het zaterdag 13 juni 2026"),
        ("Opgevraagd op 04-05-2026 om 9:30 uur", "Opgevraagd op 13-06-2026 om 23:59 uur"),
        ("Afgedrukt 2026-05-04", "Afgedrukt 2026-06-12"),
        ("Geplaatst: 3 dagen geleden", "Geplaatst: een maand geleden"),
    ],
)
def test_what_passes_is_no_change(before: str, after: str) -> None:
    assert not is_change(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Er kwamen 3.000 aanvragen binnen", "Er kwamen 3.500 aanvragen binnen"),
        ("Bel 030 123 45 67", "Bel 030 123 45 68"),
        ("Vraag aan vóór 1 oktober 2026", "Vraag aan vóór 1 november 2026"),
        ("Open van 9.00 tot 12.00 uur", "Open van 9.00 tot 17.00 uur"),
        ("In 2024 deden 12 dorpen mee", "In 2025 deden 12 dorpen mee"),
        ("Er komen 300 bezoekers", "Er komen 350 bezoekers"),
        ("", "Een nieuwe alinea over de huur."),
        ("Een alinea die verdwijnt.", ""),
    ],
)
def test_facts_that_change_are_a_change(before: str, after: str) -> None:
    assert is_change(before, after)


def test_a_very_different_text_is_a_change_and_costs_no_time() -> None:
    lines = [f"regel {n} over iets" for n in range(5_000)]
    old, new = document(*lines), document(*(f"{line} anders" for line in lines))
    assert difference(old, new).part == 1.0


def visits(blocks: list[tuple[str, ...]]) -> list[bool]:
    """Whether each visit of a page with a block of other pages was a change."""
    stored, told = document(*blocks[0]), []
    changing: tuple[int, ...] = ()
    seen: dict[int, tuple[int, int]] = {}
    for block in blocks[1:]:
        new = document(*block)
        found = difference(stored, new)
        seen |= learned(changing, found.places, seen)
        changing = found.places
        told.append(found.is_change(seen))
        if told[-1]:
            stored = new
    return told


def lees_ook(*titles: str) -> tuple[str, ...]:
    return ("Lees ook", *titles)


def test_a_place_that_changes_at_every_visit_is_learned() -> None:
    blocks = [lees_ook(f"Bladzijde {chr(97 + n)}", f"Verhaal {chr(97 + n)}") for n in range(9)]
    assert visits(blocks) == [True] * ENOUGH + [False] * (8 - ENOUGH)


def test_random_pages_of_which_one_stays_are_one_place() -> None:
    blocks = [lees_ook(f"Van {n}", "Over de huur", f"En {n * 7}") for n in "abcdefgh"]
    assert visits(blocks)[-2:] == [False, False]


def test_a_place_that_changes_once_on_many_pages_is_not_learned() -> None:
    seen: dict[int, tuple[int, int]] = {}
    before, after = document("Telefoon", "Bel Anna"), document("Telefoon", "Bel Bert")
    for _ in range(100):
        places = difference(before, after).places
        seen |= learned((), places, seen)  # The visit with the change,
        seen |= learned(places, (), seen)  # and the next one, without.
    assert difference(before, after).is_change(seen)


def test_a_change_elsewhere_on_a_page_with_a_learned_place_is_one() -> None:
    old = document(*lees_ook("Eerste verhaal"))
    seen = dict.fromkeys(difference(old, document(*lees_ook("Tweede verhaal"))).places, (9, 9))
    assert not difference(old, document(*lees_ook("Derde verhaal"))).is_change(seen)
    new = replace(
        document(), sections=(Section(TEXT.replace("5.000 euro", "9.000 euro") + "\nLees ook\nX"),)
    )
    assert difference(old, new).is_change(seen)


def test_a_large_part_of_a_page_is_never_passed_over() -> None:
    old, new = (document("Nieuws", *(f"{w} bericht {n}" for n in range(40))) for w in ("a", "b"))
    found = difference(old, new)
    assert found.is_change(dict.fromkeys(found.places, (99, 99)))


def test_what_else_a_document_says_counts() -> None:
    old = document()
    assert is_otherwise_same(old, replace(document(at=NOW + timedelta(days=9)), size=7))
    assert not is_otherwise_same(old, document(title="Een andere titel"))
    assert not is_otherwise_same(old, replace(old, language="en"))
    today = replace(old, published=Published(NOW.date(), "text"))
    later = NOW + timedelta(days=9)
    tomorrow = replace(old, fetched_at=later, published=Published(later.date(), "text"))
    assert is_otherwise_same(today, tomorrow)
    assert not is_otherwise_same(today, replace(old, published=Published(date(2020, 1, 1), "text")))


def address(calm: int, **changes: object) -> Address:
    known = Address(
        "https://voorbeeld.nl/a",
        depth=1,
        visited_at=NOW,
        outcome="not-modified",
        document_id="a" * 20,
        calm=calm,
    )
    return replace(known, **changes)  # type: ignore[arg-type] # Fields come by name.


@pytest.mark.parametrize(
    ("calm", "rest"),
    [(0, 0), (1, 2), (2, 4), (3, 8), (4, 16), (5, 30), (50, 30)],
)
def test_a_page_that_does_not_change_is_asked_for_ever_less_often(calm: int, rest: int) -> None:
    """Rests in days, for a source that is crawled every day; a crawl is never half a day late."""
    days = [n for n in range(1, 40) if not rests(address(calm), 24, NOW + timedelta(days=n))]
    assert days[0] == max(1, rest)


def test_a_source_with_a_long_interval_is_not_put_off() -> None:
    half_a_year = 24 * 182
    assert not rests(address(9), half_a_year, NOW + timedelta(hours=half_a_year))


@pytest.mark.parametrize(
    "changes",
    [
        {"depth": 0},
        {"document_id": None},
        {"outcome": "http-503"},
        {"outcome": "http-404", "missing_since": NOW},
        {"removal": "noindex"},
        {"visited_at": None},
    ],
)
def test_what_never_rests(changes: dict[str, object]) -> None:
    assert rests(address(3), 24, NOW + timedelta(days=1))
    assert not rests(address(3, **changes), 24, NOW + timedelta(days=1))
