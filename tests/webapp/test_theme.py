"""A theme file of the NL Design System takes the place of our colours, font and corners."""

from pathlib import Path

import pytest

from library.errors import SettingsError
from tests.webapp.conftest import Site
from tests.webapp.reading import one, soup
from webapp import create_app
from webapp.theme import read_theme, tokens

THEME = """/* A theme. */
.dorp-theme { --utrecht-link-color: #00527a; --utrecht-body-background-color: #fff; }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "theme.css"
    path.write_text(text, "utf-8")
    return path


def test_the_page_carries_the_class_and_the_file(site: Site, tmp_path: Path) -> None:
    settings = site.settings.model_copy(update={"theme": written(tmp_path, THEME)})
    client = create_app(settings, site.store, site.index, key="k" * 32).test_client()
    for address in ("/", "/ingebed"):
        page = soup(client.get(address).text)
        assert one(page, "html")["class"] == ["dorp-theme"]
        assert page.select("html[data-theme]")
        assert one(page, "meta[name=color-scheme]")["content"] == "light"
        sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
        assert client.get(sheets[0]).text == THEME
        assert "text/css" in client.get(sheets[0]).headers["Content-Type"]
        assert "site" in sheets[1]


def test_without_a_theme_the_page_is_ours(site: Site) -> None:
    page = soup(site.app.test_client().get("/").text)
    assert not page.select("html[data-theme], html[class]")
    assert len(page.select("link[rel=stylesheet]")) == 1


def test_a_theme_may_be_for_every_page(tmp_path: Path) -> None:
    theme = read_theme(written(tmp_path, ":root { --utrecht-link-color: navy; }"))
    assert theme is not None
    assert theme.name == ""


@pytest.mark.parametrize("text", ["", "body { color: red; }", ".x-theme { --other: 1; }"])
def test_a_file_without_our_tokens_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="no design token"):
        read_theme(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"weg\.css cannot be read"):
        read_theme(tmp_path / "weg.css")


def test_the_style_asks_for_tokens_of_every_part() -> None:
    parts = ("body-color", "link-color", "button-primary-action-color", "mark-background-color")
    assert {f"--utrecht-{part}" for part in parts} <= tokens()
