"""Pages of HTML: titles, sections, dates, languages, and what robots may do."""

from datetime import date
from typing import get_args

import pytest

from library.document import Evidence, Published, Section
from tests.crawler.extract.pages import ARTICLE, found_in, page

_DATES_IN_JSON_LD = """<script type="application/ld+json">{"@graph": [
{"@type": "WebPage", "datePublished": "2023-01-02T10:00:00+01:00"},
{"@type": "Article", "datePublished": "2024-04-13"}]}</script>"""


def test_sections_carry_heading_anchor_and_text() -> None:
    found = found_in(
        page(
            f"""<h1>Een bericht</h1><p>{ARTICLE}</p>
            <h2 id="kosten">Wat kost het?</h2><p>{ARTICLE}</p>
            <section id="hulp"><h2>Wie helpt?</h2><p>{ARTICLE}</p></section>
            <a name="slot"></a><h2>Tot slot</h2><p>{ARTICLE}</p>
            <h2><a id="meer">Meer weten</a></h2><p>{ARTICLE}</p>"""
        )
    )
    assert found.title == "Een bericht"
    assert [(s.heading, s.anchor) for s in found.sections] == [
        ("", None),
        ("Wat kost het?", "kosten"),
        ("Wie helpt?", "hulp"),
        ("Tot slot", "slot"),
        ("Meer weten", "meer"),
    ]
    assert all(section.text == ARTICLE.strip() for section in found.sections)


def test_menu_and_footer_are_visible_but_no_main_text() -> None:
    found = found_in(page(f"<h1>Een bericht</h1><p>{ARTICLE * 2}</p>"))
    main = " ".join(section.text for section in found.sections)
    assert "postbus" not in main
    assert "Contact" not in main
    assert "postbus" in found.visible_text
    assert "Contact" in found.visible_text


@pytest.mark.parametrize(
    "lists",
    [
        "<ul><li>een ladder</li><li>een emmer verf</li></ul>",
        "<ol><li>een ladder</li><li><p>een emmer verf</p></li></ol>",
        "<dl><dt>een ladder</dt><dd>een emmer verf</dd></dl>",
        "<table><tr><td>een ladder</td><td>een emmer verf</td></tr></table>",
    ],
)
def test_lists_are_not_lost(lists: str) -> None:
    found = found_in(page(f"<h1>Nodig</h1><p>{ARTICLE}</p>{lists}<p>{ARTICLE}</p>"))
    text = "\n".join(section.text for section in found.sections)
    assert "een ladder" in text
    assert "een emmer verf" in text


def test_page_of_only_lists_keeps_them() -> None:
    items = "".join(f"<li>Stap {n}: doe iets met nummer {n}</li>" for n in range(1, 12))
    found = found_in(page(f"<h1>Stappenplan</h1><ol>{items}</ol>"))
    assert "Stap 11: doe iets met nummer 11" in found.sections[0].text


def test_answers_that_unfold_are_read_and_hidden_notices_are_not() -> None:
    found = found_in(
        page(
            f"""<h1>Vragen</h1><p>{ARTICLE}</p>
            <details><summary>Mag dat?</summary><p>Ja, dat mag als de buren het goed vinden.</p>
            </details><button aria-controls="a0">Wie beslist?</button>
            <div id="a0" hidden><p>De raad beslist over het plan van de bewoners.</p></div><h3><button aria-controls="a1">Wie betaalt?</button></h3>
            <div id="a1" hidden><p>De gemeente betaalt de helft van de kosten van de zaal.</p></div>
            <div style="display: none"><p>Dit verborgen kader ziet niemand ooit staan.</p></div>"""
        )
    )
    by_heading = {section.heading: section.text for section in found.sections}
    assert "als de buren het goed vinden" in by_heading["Mag dat?"]
    assert "De raad beslist" in by_heading["Wie beslist?"]
    assert "De gemeente betaalt de helft" in by_heading["Wie betaalt?"]
    assert "verborgen kader" not in found.visible_text


def test_content_without_body_tag_is_found() -> None:
    found = found_in(f"<html lang=nl><title>Kort</title><main><h1>Kort</h1><p>{ARTICLE}</main>")
    assert found.sections == (Section(ARTICLE.strip()),)


def test_windows_letters_without_declaration() -> None:
    found = found_in(page(f"<h1>Reünie</h1><p>Coöperatie één. {ARTICLE}</p>").encode("cp1252"))
    assert found.title == "Reünie"
    assert "Coöperatie één" in found.sections[0].text


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Nieuw dak | Dorpsraad (voorbeeld)</title>", "Nieuw dak", "Nieuw dak"),
        ("<title>Nieuw dak - Dorpsraad (voorbeeld)</title>", "", "Nieuw dak"),
        ("<title>Dorpsraad (voorbeeld) - Nieuw dak</title>", "", "Nieuw dak"),
        ("<title>Zorg - en meer | Andere site</title>", "", "Zorg - en meer"),
        ("<title>Home</title>", "Nieuw dak", "Nieuw dak"),
        ("", "Nieuw dak", "Nieuw dak"),
        (
            """<title>Dorp</title><meta property="og:title" content="Nieuw dak - Dorp">
            <meta property="og:site_name" content="Dorp">""",
            "",
            "Nieuw dak",
        ),
        ("<title> Nieuw\n\u202edak\x07 </title>", "", "Nieuw dak"),
        ("", "", "Een bericht"),
    ],
)
def test_title(head: str, heading: str, title: str) -> None:
    content = f"<h1>{heading}</h1>" if heading else ""
    assert found_in(page(f"{content}<p>{ARTICLE}</p>", head)).title == title


def test_title_that_repeats_the_first_heading_counts_once() -> None:
    found = found_in(page(f"<h1>Een bericht</h1><h2>Inleiding</h2><p>{ARTICLE}</p>"))
    assert [section.heading for section in found.sections] == ["Inleiding"]


@pytest.mark.parametrize(
    ("head", "line", "url", "day", "evidence"),
    [
        (
            _DATES_IN_JSON_LD,
            "",
            "",
            date(2024, 4, 13),
            "json-ld",
        ),
        (
            '<meta property="article:published_time" content="2024-04-13T08:00:00+00:00">',
            "",
            "",
            date(2024, 4, 13),
            "meta",
        ),
        ("", '<time datetime="2024-04-13">zaterdag</time>', "", date(2024, 4, 13), "time"),
        ("", "<time>06 december 2023</time>", "", date(2023, 12, 6), "time"),
        ("", "<p>Geplaatst op 13 april 2024</p>", "", date(2024, 4, 13), "text"),
        ("", "<p class=d>15-04-2024</p>", "", date(2024, 4, 15), "text"),
        ("", "<p>Nieuws, 06 december 2013</p>", "", date(2013, 12, 6), "text"),
        ("", "<p>Gepubliceerd: za 13 apr. 2024, 10:12</p>", "", date(2024, 4, 13), "text"),
        ("", "<p>13.04.2024Nieuws</p>", "", date(2024, 4, 13), "text"),
        ("", "<p>Pleatst op 13 maaie 2024</p>", "", date(2024, 5, 13), "text"),
        ("", "<div>ma, 15/03/2021 - 10:12</div>", "", date(2021, 3, 15), "text"),
        (
            "",
            f"<p>{ARTICLE}</p><p>Laatst gewijzigd op: 3 mei 2023</p>",
            "",
            date(2023, 5, 3),
            "text",
        ),
        (
            "",
            "<p>Bijgewerkt op 3 mei 2024</p><p>Geplaatst op 1 maart 2020</p>",
            "",
            date(2020, 3, 1),
            "text",
        ),
        (
            "",
            "<span property='dc:date dc:created' content='2021-03-15T10:12:00+01:00'></span>",
            "",
            date(2021, 3, 15),
            "meta",
        ),
        (
            "",
            (
                "<p><time class=updated datetime=2024-06-01>1 juni</time>"
                "<time class='entry-date published' datetime=2024-04-13>13 april</time></p>"
            ),
            "",
            date(2024, 4, 13),
            "time",
        ),
        ("", "", "https://dorp.nl/2024/04/meer-samen/", date(2024, 4, 1), "url"),
        (
            "",
            f"<p>{ARTICLE}</p><p>Laatst gewijzigd op 3 mei 2024</p>",
            "https://dorp.nl/2019/04/13/samen/",
            date(2019, 4, 13),
            "url",
        ),
    ],
)
def test_date_of_publication(head: str, line: str, url: str, day: date, evidence: Evidence) -> None:
    body = page(f"<h1>Een bericht</h1>{line}<p>{ARTICLE}</p>", f"<title>Een bericht</title>{head}")
    published = found_in(body, url=url or "https://dorp.nl/x").published
    assert published is not None
    assert (published.day, published.evidence) == (day, evidence)


@pytest.mark.parametrize(
    "line",
    [
        "",
        f"<p>{ARTICLE} Op 13 april 2024 komt iedereen bij elkaar in het dorpshuis. {ARTICLE}</p>",
        "<p>Geplaatst op 31 februari 2024</p>",
        "<p>Geplaatst op 13 april 2031</p>",
        "<time datetime=2024-01-01>a</time><time datetime=2024-02-01>b</time>",
        "<p>Geplaatst: gisteren</p>",
        "<p>3 dagen geleden geplaatst door de redactie</p>",
        "<p>Geplaatst op 13 april</p>",
        "<table><tr><td>Datum</td><td>13 april 2024</td></tr></table>",
        "<p>Van 13 april 2024 19.30 tot 22.00 uur</p>",
        "<p>Geplaatst op 13-13-2024</p>",
        "<p>&copy; 2019</p>",
    ],
)
def test_unknown_date_stays_unknown(line: str) -> None:
    found = found_in(page(f"<h1>Een bericht</h1><p>{ARTICLE}</p>{line}"), url="https://dorp.nl/x")
    assert found.published is None


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("nl", ARTICLE * 2, "nl"),
        ("en-US", ARTICLE * 2, "nl"),
        ("", ARTICLE * 2, "nl"),
        ("nl", "Residents made a plan for the old school building in their village. " * 5, "en"),
        (
            "fy",
            "De bewenners fan it doarp hawwe tegearre in plan makke foar de skoalle. " * 5,
            "fy",
        ),
        ("de", "Kurz", "de"),
        ("tr", ARTICLE, "tr"),
    ],
)
def test_language_is_checked_by_the_words(stated: str, text: str, language: str) -> None:
    assert found_in(page(f"<h1>Titel</h1><p>{text}</p>", lang=stated)).language == language


@pytest.mark.parametrize(
    ("url", "title", "head", "kind"),
    [
        ("https://dorp.nl/nieuws/dak", "Ons dak", "", "nieuws"),
        ("https://dorp.nl/subsidies/dak", "Subsidie voor een dak", "", "regeling"),
        ("https://dorp.nl/dak", "Stappenplan voor een nieuw dak", "", "handreiking"),
        ("https://dorp.nl/dak", "Ons dak", '{"@type": ["Event"]}', "bijeenkomst"),
        ("https://dorp.nl/verhalen/dak", "Ons dak", "", "verhaal"),
        ("https://dorp.nl/dak", "Modelovereenkomst huur zaal", "", "format"),
        ("https://dorp.nl/over-ons", "Wie wij zijn", "", "overig"),
    ],
)
def test_kind(url: str, title: str, head: str, kind: str) -> None:
    script = f'<script type="application/ld+json">{head}</script>' if head else ""
    body = page(f"<h1>{title}</h1><p>{ARTICLE}</p>", f"<title>{title}</title>{script}")
    assert found_in(body, url=url).kind == kind


def test_list_of_links_is_no_news() -> None:
    teasers = "".join(
        f'<li><a href="/nieuws/{n}">Bericht nummer {n} over het dorpshuis</a></li>'
        for n in range(20)
    )
    found = found_in(page(f"<h1>Nieuws</h1><ul>{teasers}</ul>"), url="https://dorp.nl/nieuws/")
    assert found.kind == "overig"
    assert found.published is None


def test_canonical_and_robots() -> None:
    head = (
        '<link rel="canonical" href="../dak#top"><meta name="ROBOTS" content="NoIndex, follow">'
        '<meta name="otherbot" content="nofollow">'
    )
    found = found_in(page(f"<p>{ARTICLE}</p>", head), url="https://dorp.nl/a/b/c")
    assert found.canonical == "https://dorp.nl/a/dak"
    assert found.directives == ("noindex",)


def test_broken_json_ld_is_passed_over() -> None:
    scripts = "".join(
        f'<script type="application/ld+json">{text}</script>'
        for text in ("{", "[" * 100_000, "null", '{"@type": 5, "x": [[{"@type": "Event"}]]}')
    )
    found = found_in(page(f"<h1>Een bericht</h1><p>{ARTICLE}</p>", scripts), url="https://a.nl/")
    assert found.kind == "bijeenkomst"


def test_page_inside_one_form_and_table_is_read_without_its_counters() -> None:
    """As the community platforms in ASP.NET make them."""
    found = found_in(
        f"""<html lang="nl"><body><form id="aspnetForm"><div class="cookiebalk">Wij gebruiken
        cookies om te tellen.</div><table><tr><td class="navigatie"><ul><li><a href="/a">Submenu</a>
        </li></ul></td><td><h1>Beleid maken</h1><p>02-04-2020 13.667 keer
        bekeken | 0 reacties | Deel dit artikel</p><p>{ARTICLE}</p>
        <h2>Wat staat erin?</h2><ul><li>De visie op de inzet van mensen.</li><li>De kosten.</li></ul>
        <p>{ARTICLE}</p></td></tr></table></form></body></html>"""
    )
    assert [section.heading for section in found.sections] == ["", "Wat staat erin?"]
    assert found.sections[1].text.startswith("De visie op de inzet van mensen.\nDe kosten.\n")
    main = " ".join(section.text for section in found.sections)
    assert "bekeken" not in main
    assert "cookies" not in main
    assert found.published == Published(date(2020, 4, 2), "text")
    assert "13.667 keer bekeken" in found.visible_text


def test_confidence_follows_from_where_a_date_was_found() -> None:
    day = date(2024, 4, 13)
    found = {evidence: Published(day, evidence).confidence for evidence in get_args(Evidence)}
    assert found["json-ld"] == found["meta"] == found["import"] == "high"
    assert found["time"] == found["text"] == "fair"
    assert {found[name] for name in ("url", "pdf", "file", "header", "sitemap")} == {"low"}


def test_rows_of_tables_are_lines_and_lists_keep_their_order() -> None:
    table = (
        "<table><tr><th>Post</th><th>Bedrag</th></tr><tr><td><p>Verf</p><p>en kwasten</p></td>"
        "<td></td><td>80 euro</td></tr></table>"
    )
    lists = "<ul><li>een<ul><li>een a</li><li>een b</li></ul></li><li>twee</li></ul>"
    found = found_in(page(f"<h1>Kosten</h1><p>{ARTICLE}</p>{table}<p>{ARTICLE}</p>{lists}"))
    assert found.sections[0].text.split("\n")[1:3] == ["Post | Bedrag", "Verf en kwasten | 80 euro"]
    assert found.sections[0].text.split("\n")[4:] == ["een", "een a", "een b", "twee"]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    columns = f"<table><tr><td>Menu</td><td><h1>Ons dak</h1><p>{ARTICLE}</p><p>{ARTICLE}</p></td></tr></table>"
    found = found_in(f"<title>Ons dak</title><body>{columns}")
    assert [section.text for section in found.sections] == [f"{ARTICLE.strip()}\n{ARTICLE.strip()}"]


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ('{"@type": "Organization", "name": "Landelijk fonds"}', "Landelijk fonds"),
        ('[{"@type": "Person", "name": "Jan Jansen"}]', ""),
        ('"Jan Jansen"', ""),
        ('{"@id": "#o"}', "Bureau Samen"),
        ('{"@id": "#p"}', ""),
        ('{"@type": "Organization", "name": "Dorpsraad (voorbeeld)"}', ""),
    ],
)
def test_an_organisation_can_be_the_author_and_a_person_never_is(author: str, wanted: str) -> None:
    graph = (
        f'<script type="application/ld+json">[{{"@type": "Article", "author": {author}}},'
        '{"@type": ["Organization"], "@id": "#o", "name": "Bureau Samen"},'
        '{"@type": "Person", "@id": "#p", "name": "Jan Jansen"}]</script>'
    )
    found = found_in(page(f"<p>{ARTICLE}</p>", graph))
    assert found.author == wanted
    assert "Jansen" not in repr(found)
