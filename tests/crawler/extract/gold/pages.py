"""The pages of the gold set: texts in the templates of the systems that partners use.

In: texts, dialects and templates. Out: ``Page``s with what must be found of them. The templates hold
what those systems put around a text: menus, crumbs, share buttons, counters, forms, comments,
related pages, member blocks, cookie notices. They were written before anything was measured on
them. Every page can be looked at: ``python -m tests.crawler.extract.gold.pages FOLDER``.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template as Pattern

from crawler.extract.days import MONTHS
from tests.crawler.extract.gold import dialects
from tests.crawler.extract.gold.dialects import Dialect
from tests.crawler.extract.gold.texts import Text, all_texts

_FOLDER = Path(__file__).parent / "templates"
_TEASER = "Bewoners, gemeente en fonds trokken samen op, en dat leverde meer op dan gedacht."


@dataclass(frozen=True, slots=True)
class Template:
    """A system. ``shows`` tells how exact the date on its pages is: day, month (by the address) or none.

    ``file`` is the markup of one attachment, where those do not stand in the text.
    """

    name: str
    site: str
    address: str
    dialect: Dialect
    texts: tuple[str, ...]
    shows: str = "day"
    file: str = ""
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its bytes, and what must be found in them."""

    template: Template
    text: Text
    url: str
    body: bytes

    @property
    def day(self) -> date | None:
        if self.template.shows == "none" or self.text.day is None:
            return None
        return self.text.day.replace(day=1) if self.template.shows == "month" else self.text.day


TEMPLATES = (
    Template(
        "wp_classic", "Dorpen Noord", "https://dorpennoord.nl/{slug}/", dialects.classic,
        ("dorpshuis_nieuws", "vergadering", "huiskamer_verhaal", "anbi"),
    ),
    Template(
        "wp_blocks", "Bewonersagenda", "https://bewonersagenda.nl/{section}/{slug}/",
        dialects.gutenberg,
        ("uitdaagrecht", "handtekening_nieuws", "cursus", "zonnedak"),
    ),
    Template(
        "wp_divi", "Buurtmakers Landelijk", "https://www.buurtmakers.nl/{section}/{slug}/",
        dialects.divi,
        ("uitdaagrecht", "vergadering", "lening", "voorzitter_verhaal"), "none",
    ),
    Template(
        "wp_elementor", "Katoen en Kern", "https://katoenenkern.nl/{year}/{month}/{slug}/",
        dialects.elementor,
        ("huiskamer_verhaal", "energie_verhaal", "vrijwillig_cijfers", "verzekering"), "month",
    ),
    Template(
        "typo3_news", "Kernen Samen",
        "https://www.kernensamen.nl/nieuws/details/news/{slug}/?tx_news_pi1%5Baction%5D=detail&cHash=9f2c",
        dialects.typo3,
        ("jaarverslag_nieuws", "handtekening_nieuws", "dorpshuis_nieuws", "participatiewet"),
        file='<li><span class="news-related-files-icon"></span><a href="/fileadmin/{name}">{text}</a>'
        ' <span class="news-related-files-size">2 MB</span></li>',
    ),
    Template(
        "typo3_page", "Kernen Oost", "https://kernenoost.nl/{section}/{slug}.html", dialects.typo3,
        ("alcoholwet", "verzekering", "wbtr", "frysk"),
    ),
    Template(
        "aspx_zorg", "Zorg van Ons", "https://www.zorgvanons.nl/{section}/2704631.aspx?t={slug}",
        dialects.pasted,
        ("monitor", "jaarverslag_nieuws", "zonnedak", "kennisdag"),
        file='<li><a href="/file.ashx?n={name}" class="pdf">{text}</a> (pdf, 345 KB)</li>',
    ),
    Template(
        "aspx_vrijwillig", "Vereniging Vrijwillig",
        "https://www.vrijwillig.nl/{section}/2394788.aspx?t={slug}", dialects.pasted,
        ("burendag_nieuws", "vrijwillig_cijfers", "verzekering", "wbtr"),
    ),
    Template(
        "drupal7", "Platform Bewoners", "https://platformbewoners.nl/node/{number}", dialects.plain,
        ("participatiewet", "monitor", "energie_verhaal", "modelstatuten"),
        file='<div class="field-item even"><span class="file"><img class="file-icon" alt="PDF icon" '
        'src="/i.png" /> <a href="/files/{name}" type="application/pdf; length=38">{text}</a></span></div>',
    ),
    Template(
        "drupal10", "Kennishuis Samen", "https://kennishuis.nl/{section}/{slug}", dialects.drupal,
        ("anbi", "frysk", "modelstatuten", "kennisdag"),
    ),
    Template(
        "mediawiki", "Wonen Wiki", "https://wiki.wonen.nl/index.php/{title}", dialects.mediawiki,
        ("alcoholwet", "zonnedak", "lening", "uitdaagrecht"),
    ),
    Template(
        "joomla", "Daag de Buurt", "https://daagdebuurt.nl/{section}/142-{slug}", dialects.plain,
        ("voorzitter_verhaal", "vacature", "cursus", "energiesubsidie"),
    ),
    Template(
        "fund", "Fonds voor Samen", "https://www.fondsvoorsamen.nl/{section}/{slug}", dialects.fund,
        ("buurtfonds", "richtlijnen", "energiesubsidie", "english", "privacy"), "none",
    ),
    Template(
        "old_web", "Stichting Doe Mee", "https://www.doemee.nl/web/{slug}.htm", dialects.breaks,
        ("buurtfonds", "burendag_nieuws", "richtlijnen", "vacature"), charset="cp1252",
    ),
)  # fmt: skip


def all_pages() -> Iterator[Page]:
    """Every page of the gold set, template after template."""
    texts = all_texts()
    for template in TEMPLATES:
        for name in template.texts:
            yield page_of(template, texts[name], list(texts.values()))


def page_of(template: Template, text: Text, others: Sequence[Text]) -> Page:
    """A text in a template; ``others`` are the pages that it is related to."""
    url = _address(template, text)
    start = [other.name for other in others].index(text.name)
    related = [others[(start + step) % len(others)] for step in (3, 7, 12)]
    files = [part for part in text.parts if part.kind == "file"]
    values = {
        "title": escape(text.title, quote=False),
        "title_json": json.dumps(text.title)[1:-1],
        "slug": text.slug,
        "url": escape(url),
        "section": text.section.partition("/")[0] or "algemeen",
        "content": dialects.content(text.parts, template.dialect, files=not template.file),
        "files": "".join(
            template.file.format(name=dialects.file_name(part), text=escape(part.text))
            for part in files
        ),
        **_days(text.day or date(2020, 2, 3)),
        **{name: "".join(map(row, related)) for name, row in _RELATED.items()},
    }
    html = Pattern((_FOLDER / f"{template.name}.html").read_text("utf-8")).substitute(values)
    if text.day is None:
        html = "\n".join(line for line in html.split("\n") if values["date_iso"] not in line)
        html = html.replace(values["date_long"], "").replace(values["date_short"], "")
    html = html.replace('lang="nl', f'lang="{text.language}') if text.language != "nl" else html
    return Page(template, text, url, html.encode(template.charset, "xmlcharrefreplace"))


def _address(template: Template, text: Text) -> str:
    day = text.day or date(2020, 2, 3)
    address = template.address.format(
        slug=text.slug,
        section=text.section,
        year=day.year,
        month=f"{day.month:02}",
        title=text.title.replace(" ", "_").replace("?", "%3F"),
        number=4000 + sum(map(ord, text.slug)),
    )
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.replace('//', '/')}"


def _days(day: date) -> dict[str, str]:
    month = MONTHS[day.month - 1]
    weekday = ("ma", "di", "wo", "do", "vr", "za", "zo")[day.weekday()]
    return {
        "date_iso": day.isoformat(),
        "date_long": f"{day.day} {month} {day.year}",
        "date_short": f"{day:%d-%m-%Y}",
        "date_dots": f"{day:%d.%m.%Y}",
        "date_drupal": f"{weekday}, {day:%d/%m/%Y}",
        "date_wiki": f"{day.day} {'mrt' if day.month == 3 else month[:3]} {day.year}",
    }


def _row(pattern: str) -> Callable[[Text], str]:
    return lambda text: pattern.format(
        title=escape(text.title, quote=False), slug=text.slug, teaser=_TEASER
    )


_RELATED = {
    "related_list": _row('<li><a href="/{slug}/">{title}</a></li>'),
    "related_plain": _row('<a href="/{slug}">{title}</a><br />'),
    "related_agenda": _row(
        '<li><span class="datum">14-09-2025</span> <a href="/{slug}">{title}</a></li>'
    ),
    "related_jetpack": _row(
        '<div class="jp-relatedposts-post"><h4 class="jp-relatedposts-post-title"><a href="/{slug}/">'
        '{title}</a></h4><p class="jp-relatedposts-post-excerpt">{teaser}</p><p class='
        '"jp-relatedposts-post-date">4 februari 2021</p><p class="jp-relatedposts-post-context">In '
        '"Nieuws"</p></div>'
    ),
    "related_query": _row(
        '<li class="wp-block-post post type-post status-publish"><div class="wp-block-group"><h3 class='
        '"wp-block-post-title has-large-font-size"><a href="/{slug}/" target="_self">{title}</a></h3>'
        '<div class="wp-block-post-date has-small-font-size"><time datetime="2021-02-04T10:00:00+01:00">'
        "4 februari 2021</time></div></div></li>"
    ),
    "related_elementor": _row(
        '<article class="elementor-post elementor-grid-item post type-post"><a class='
        '"elementor-post__thumbnail__link" href="/{slug}/"></a><div class="elementor-post__text"><h3 class='
        '"elementor-post__title"><a href="/{slug}/">{title}</a></h3><div class="elementor-post__excerpt">'
        '<p>{teaser}</p></div><a class="elementor-post__read-more" href="/{slug}/">Lees verder »</a></div>'
        "</article>"
    ),
    "related_drupal": _row(
        '<div class="views-row"><article class="node node--type-article node--view-mode-teaser"><h2 class='
        '"node__title"><a href="/{slug}" rel="bookmark"><span>{title}</span></a></h2><div class='
        '"node__content"><div class="field field--name-field-intro field__item"><p>{teaser}</p></div></div>'
        "</article></div>"
    ),
    "related_cards": _row(
        '<article class="c-card"><a class="c-card__link" href="/{slug}"><h3 class="c-card__title">{title}'
        '</h3><p class="c-card__text">{teaser}</p><span class="c-card__more">Lees meer</span></a></article>'
    ),
}


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in all_pages():
        name = f"{page.template.name}-{page.text.name}"
        (folder / f"{name}.html").write_bytes(page.body)
        (folder / f"{name}.txt").write_text(
            f"{page.text.title}\n{page.day}\n{page.text.gold}", "utf-8"
        )


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
