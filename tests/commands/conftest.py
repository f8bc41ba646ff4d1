"""A home per test, and one with a few documents that tests of one module share."""

from pathlib import Path

import pytest

from tests.commands.command import Home, line, write_lines

DOCUMENTS = (
    line(
        id='map/een "twee"',
        title="Energiecoöperatie beginnen",
        text="Bewoners beginnen samen een energiecoöperatie met zonnepanelen op het dak.",
        url="https://een.example/zon?a=1",
        organisation="Zon",
        published="2024-02-01",
        kind="handreiking",
        goals=[3],
    ),
    line(
        id="2",
        title="Zorg in de buurt",
        text="Buren zorgen voor elkaar in een zorgcoöperatie in het dorp.",
        url="https://een.example/zon?a=1",
        organisation="Zorg",
        doc_type="news",
    ),
    line(id="3", title="Los", text="Een tekst over energie zonder adres."),
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that does not exist yet."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with three documents, for tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("filled")
    home = Home(folder / "home")
    done = home.run("import", str(write_lines(folder / "documents.jsonl", DOCUMENTS)))
    assert (done.code, done.out) == (0, "3 new\n"), done.err
    return home
