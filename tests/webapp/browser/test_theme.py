"""What a theme changes, as a browser shows it: its colours win, also over our dark ones."""

from pathlib import Path

import pytest

from tests.webapp.browser.conftest import Served, Visitor, serving
from tests.webapp.test_theme import written
from webapp import create_app

THEME = """.dorp-theme {
  --utrecht-body-background-color: rgb(250, 250, 255);
  --utrecht-body-color: rgb(10, 10, 20);
  --utrecht-link-color: rgb(0, 40, 120);
  --utrecht-button-primary-action-background-color: rgb(80, 0, 80);
  --utrecht-button-border-radius: 0px;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_are_those_of_the_theme(
    visitor: Visitor, served: Served, tmp_path: Path, scheme: str
) -> None:
    site = served.site
    settings = site.settings.model_copy(update={"theme": written(tmp_path, THEME)})
    visit = visitor(320, color_scheme=scheme)
    with serving(create_app(settings, site.store, site.index, key="k" * 32)) as visit.base:
        page = visit.open("/")
        shown = page.evaluate("""() => {
          const look = (selector) => getComputedStyle(document.querySelector(selector));
          return [look("body").backgroundColor, look("body").color, look("footer a").color,
            look("main button").backgroundColor, look("main button").borderRadius];
        }""")
    assert shown == [
        "rgb(250, 250, 255)",
        "rgb(10, 10, 20)",
        "rgb(0, 40, 120)",
        "rgb(80, 0, 80)",
        "0px",
    ]
    assert (visit.foreign, visit.complaints) == ([], [])
