"""The eight example sites, from their servers through crawl, store and index to the pages of the site."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup

from crawler.tasks import crawl_source
from crawler.urls import canonical_for
from examples.server import Visit
from examples.sites import Page, Pdf, load_sites
from index import Query
from library.document import Document
from library.progress import Silent
from library.settings import Settings
from library.store import Job, Source, Store
from tests.crawler import loopback
from tests.crawler.loopback import Route, answer, serving
from tests.flow.crawled import CONNECTIONS, Examples
from tests.flow.installation import Site, hits

pytestmark = pytest.mark.slow

SITES = {site.slug: site for site in load_sites()}
BANNER = "verzonnen"
FORBIDDEN_TEXT = "volgens robots.txt niet voor zoekmachines"
MOJIBAKE = re.compile("\ufffd|Ã[\u0080-\u00bf]|Â[\u0080-\u00bf]|â\u0080|â€|\u0083|Å“")
DIACRITICS = re.compile(r"\b\w*[ëïéöüè]\w*\b")
LEAST_DOCUMENTS = 120
LEAST_PDFS = 12
LEAST_RIGHT_KINDS = 0.7
"""Share of the pages whose kind is the one that their author meant; 0.75 when this was written."""


@pytest.fixture(scope="module")
def documents(examples: Examples) -> dict[str, Document]:
    """What the store holds after the first crawl, by canonical address."""
    live = examples.installation.store.documents.live()
    return {stored.document.canonical_url: stored.document for stored in live}


@pytest.fixture(scope="module")
def site(examples: Examples) -> Iterator[Site]:
    """The site, served by ``kennisbank serve``."""
    with examples.installation.serving() as serving:
        yield serving


def slug_of(source: Source) -> str:
    return source.slug.removeprefix("voorbeeld-")


def address(examples: Examples, slug: str, path: str) -> str:
    """The canonical address of a path on an example site."""
    source = next(source for source in examples.sources if slug_of(source) == slug)
    found = canonical_for(urljoin(examples.server.addresses[slug], path), source)
    assert found is not None
    return found


def authored(examples: Examples) -> Iterator[tuple[str, Page | Pdf]]:
    """Every Dutch document that an author of the examples wrote, with its canonical address."""
    for slug, example in SITES.items():
        for item in example.documents:
            if isinstance(item, Pdf) or item.language == "nl":
                yield address(examples, slug, item.path), item


def all_text(document: Document) -> str:
    return f"{document.title}\n{document.text}\n{document.visible_text}"


# What was crawled


def test_every_crawl_ends_well(examples: Examples) -> None:
    ends = [(job.state, (job.result or {}).get("state"), job.error) for job in examples.jobs]
    assert ends == [("done", "done", "")] * len(SITES)


def test_every_authored_document_is_there(
    examples: Examples, documents: dict[str, Document]
) -> None:
    expected = dict(authored(examples))
    assert sorted(url for url in expected if url not in documents) == []
    assert len(expected) >= LEAST_DOCUMENTS
    assert len(documents) >= LEAST_DOCUMENTS
    assert all(document.is_example for document in documents.values())


def test_pdfs_have_their_pages(examples: Examples, documents: dict[str, Document]) -> None:
    pdfs = [(url, item) for url, item in authored(examples) if isinstance(item, Pdf)]
    several = 0
    for url, pdf in pdfs:
        document = documents[url]
        assert document.media_type == "application/pdf"
        pages = {section.page for section in document.sections}
        assert pages == set(range(1, len(pdf.pages) + 1)), url
        several += len(pages) > 1
    assert several >= LEAST_PDFS


def test_everything_in_the_store_is_in_the_index(
    examples: Examples, documents: dict[str, Document]
) -> None:
    index = examples.installation.house.index
    found = index.search(Query(limit=1000))
    folded = {copy.id for hit in found.hits for copy in hit.also_at}
    assert len(folded) >= 3  # The press release is with three organisations, one page has two ages.
    shown = {hit.id for hit in found.hits}
    assert not shown & folded
    assert shown | folded == {document.id for document in documents.values()}


# Manners, by the server's own log


def test_robots_rules_are_obeyed(examples: Examples) -> None:
    for slug, example in SITES.items():
        rules = disallowing(example.settings.robots)
        assert len(rules) >= len(example.settings.disallowed)
        targets = [visit.target for visit in examples.visits if visit.site == slug]
        assert targets
        assert [t for t in targets if any(rule.match(unquote(t)) for rule in rules)] == []
        refused = (examples.jobs[list(SITES).index(slug)].result or {})["reasons"].get("robots", 0)
        assert refused > 0, f"{slug} was not tempted"


def disallowing(robots: str) -> list[re.Pattern[str]]:
    """The Disallow rules of a robots.txt for everybody, wildcards included (RFC 9309, 2.2.3)."""
    paths = re.findall(r"^Disallow:\s*(\S+)\s*$", robots, re.MULTILINE)
    return [re.compile(_as_pattern(unquote(path))) for path in paths]


def _as_pattern(path: str) -> str:
    closed = path.endswith("$")
    parts = path.removesuffix("$").split("*")
    return ".*".join(re.escape(part) for part in parts) + ("$" if closed else "")


def test_wildcard_rules_are_obeyed_where_pages_link_to_what_they_forbid(
    store: Store, settings: Settings
) -> None:
    """On a site of our own: the examples have such rules, but no link that only they forbid."""
    robots = "User-agent: *\nDisallow: /*/print/\nDisallow: /*?tmpl=component\nDisallow: /*.aspx$\n"
    links = ("/nl/print/1", "/print/1", "/a?tmpl=component", "/a?tmpl=x", "/b.aspx", "/b.aspx?t=1")
    routes: dict[str, Route] = {link: answer(loopback.page(f"Over {link}")) for link in links}
    with serving(routes | {"/": answer(loopback.page("Begin", *links))}) as server:
        server.routes["/robots.txt"] = answer(robots.encode())
        trusted = {"trusted_addresses": server.trusted, "trusted_pace": 0.0}
        source = store.sources.add(name="Wildcards", url=f"{server.url}/")
        crawl_source(store, settings.model_copy(update=trusted), source, Silent())
        asked = {path for path in server.paths if path in links}
        assert asked == {"/print/1", "/a?tmpl=x", "/b.aspx?t=1"}
        forbidden = disallowing(robots)
        assert {p for p in links if any(rule.match(p) for rule in forbidden)} == set(links) - asked


def test_no_forbidden_text_is_kept(documents: dict[str, Document]) -> None:
    assert [d.url for d in documents.values() if FORBIDDEN_TEXT in all_text(d)] == []


def test_one_connection_at_a_time_for_each_host(examples: Examples) -> None:
    """Requests on two connections of one host never mix: the next begins when the last has ended."""
    for slug in SITES:
        connections = [visit.connection for visit in examples.visits if visit.site == slug]
        runs = [connection for connection, _ in groupby(connections)]
        assert len(runs) == len(set(runs)), slug


def test_never_two_open_connections_to_a_host(examples: Examples) -> None:
    if not CONNECTIONS.exists():
        pytest.skip(f"this system has no {CONNECTIONS} to count connections in")
    assert examples.open_connections == dict.fromkeys(SITES, 1)


def test_each_page_is_asked_for_once(examples: Examples) -> None:
    asked = Counter((visit.site, visit.target) for visit in examples.visits)
    assert [target for target, number in asked.items() if number > 1] == []


# Gone, missing, moved


def test_gone_and_missing_pages_are_no_documents(
    examples: Examples, documents: dict[str, Document]
) -> None:
    for slug, example in SITES.items():
        for path in (*example.settings.gone, *example.settings.missing):
            assert statuses(examples.visits, slug, path) <= {404, 410}
            assert address(examples, slug, path) not in documents
    assert {404, 410} <= {visit.status for visit in examples.visits}


def statuses(visits: tuple[Visit, ...], slug: str, path: str) -> set[int]:
    return {v.status for v in visits if v.site == slug and unquote(v.target) == unquote(path)}


def test_a_redirect_leads_to_one_document(
    examples: Examples, documents: dict[str, Document]
) -> None:
    for slug, example in SITES.items():
        for redirect in example.redirects:
            source = address(examples, slug, redirect.source)
            target = address(examples, slug, redirect.target)
            assert target in documents, redirect
            # Where a query string is decoration, "/?p=12" is another spelling of the home page.
            if source != address(examples, slug, redirect.source.partition("?")[0] + "#"):
                same = [d for d in documents.values() if source in (d.url, d.canonical_url)]
                assert same == [], redirect


# What the pages of the site show


def test_every_page_with_an_example_has_the_banner(
    examples: Examples, site: Site, documents: dict[str, Document]
) -> None:
    paths = ["/", "/doelen", "/over", "/zoeken?q=subsidie", "/zoeken?q=b%C3%A8ta"]
    pages = -(-examples.installation.house.index.search(Query()).total // 20)
    paths += ["/zoeken", *(f"/zoeken?p={number}" for number in range(2, pages + 1))]
    paths += [str(a["href"]) for a in site.page("/doelen").select(".goals a")]
    paths += [f"/document/{document.id}" for document in documents.values()]
    bare = [path for path in paths if lacks_banner(site.page(path))]
    assert bare == []


def lacks_banner(page: BeautifulSoup) -> bool:
    """Whether a page names an example without saying at its top that it is invented."""
    banner = page.select_one(".example")
    return "(voorbeeld)" in page.get_text() and (banner is None or BANNER not in banner.text)


def test_a_press_release_of_three_organisations_is_one_result(site: Site) -> None:
    found = hits(site.page("/zoeken", q="persbericht bewonersfestival tweeduizend initiatieven"))
    (release,) = [hit for hit in found if hit["title"].startswith("Persbericht")]
    names = release["text"]
    for name in ("Dorpshuizen Verbonden", "Netwerk Buurtmakers", "Gemeenschapsfonds De Bron"):
        assert f"{name} (voorbeeld)" in names


def test_a_page_that_needs_its_query_string_is_found_with_its_own_text(
    examples: Examples, site: Site, documents: dict[str, Document]
) -> None:
    needing = [page for page in SITES["dorpshuizen"].pages if "?" in page.path]
    assert len(needing) >= 3
    texts = {documents[address(examples, "dorpshuizen", page.path)].text for page in needing}
    assert len(texts) == len(needing)
    for page in needing:
        url = address(examples, "dorpshuizen", page.path)
        own = sentence_of(page)
        assert own in " ".join(documents[url].text.split())
        found = hits(site.page("/zoeken", q=page.title, organisatie=documents[url].organisation))
        hit = next(
            (hit for hit in found if hit["path"].startswith(f"/document/{documents[url].id}")), None
        )
        assert hit is not None, page.title
        assert "?tx_news_pi1" in unquote(hit["source"])
        shown = site.page(hit["path"]).select_one("#tekst")
        assert shown is not None
        assert own in " ".join(shown.get_text().split())


def sentence_of(page: Page) -> str:
    """The longest paragraph of a page without markup inside it."""
    plain = re.findall(r"<p>([^<&]+)</p>", page.body)
    return " ".join(max(plain, key=len).split())


def test_a_pdf_hit_names_its_page_and_links_to_it(
    examples: Examples, site: Site, documents: dict[str, Document]
) -> None:
    for slug in ("dorpshuizen", "samenwerkdesk", "stroom-en-woning"):
        pdf = SITES[slug].pdfs[0]
        document = documents[address(examples, slug, pdf.path)]
        phrase = words_only_on(document, page=2)
        found = hits(site.page("/zoeken", q=f'"{phrase}"', organisatie=document.organisation))
        hit = next(hit for hit in found if hit["path"].startswith(f"/document/{document.id}"))
        assert re.search(r"Gevonden op blz\. [\d, en]*\b2\b", hit["text"])
        opened = site.page(hit["path"])
        links = [str(a["href"]) for a in opened.select(".excerpts a")]
        assert f"{document.url}#page=2" in links
        assert "Bladzijde 2" in opened.get_text()


def words_only_on(document: Document, page: int) -> str:
    """Four words in a row that stand on one page of a document and on no other."""
    own = next(section.text for section in document.sections if section.page == page)
    others = " ".join(" ".join(s.text.split()) for s in document.sections if s.page != page)
    runs: list[str] = re.findall(r"\b[a-z]+ [a-z]+ [a-z]+ [a-z]{7,}\b", own)
    return next(run for run in runs if run not in others)


@pytest.mark.parametrize("slug", SITES)
def test_the_encoding_of_each_site_is_read_right(
    slug: str, examples: Examples, site: Site, documents: dict[str, Document]
) -> None:
    seen: Counter[str] = Counter()
    for page in SITES[slug].pages:
        document = documents.get(address(examples, slug, page.path))
        if document is None:
            continue
        text = all_text(document)
        assert MOJIBAKE.search(text) is None, page.path
        written = set(DIACRITICS.findall(BeautifulSoup(page.body, "lxml").get_text(" ")))
        assert {word for word in written if word not in text} == set(), page.path
        seen.update(written)
    assert seen, "the site has no word with a diacritic"
    word = max(seen, key=lambda found: (len(found), found))
    found = hits(site.page("/zoeken", q=word, organisatie=SITES[slug].organisation))
    assert any(word in site.page(hit["path"]).get_text() for hit in found)


def test_organisations_are_those_of_the_sites(documents: dict[str, Document], site: Site) -> None:
    names = {example.organisation for example in SITES.values()}
    assert {document.organisation for document in documents.values()} == names
    shown = {str(box["value"]) for box in site.page("/zoeken").select("input[name=organisatie]")}
    assert shown == names


def test_dates_are_those_that_the_pages_show(
    examples: Examples, documents: dict[str, Document]
) -> None:
    dated = 0
    for url, item in authored(examples):
        published = documents[url].published
        if isinstance(item, Page):
            shown = None if item.date_shown == "none" else item.published
            assert (published.day if published else None) == shown, url
            dated += shown is not None
        elif item.published is not None:
            assert published is not None, url
            assert published.day == item.published, url
    assert dated > 50


def test_kinds_are_plausible(examples: Examples, documents: dict[str, Document]) -> None:
    pairs = [(documents[url].kind, item.kind, url) for url, item in authored(examples)]
    news = [(found, url) for found, meant, url in pairs if meant == "nieuws"]
    assert len(news) > 15
    assert [url for found, url in news if found != "nieuws"] == []
    right = sum(found == meant for found, meant, _ in pairs)
    assert right / len(pairs) >= LEAST_RIGHT_KINDS, f"{right} of {len(pairs)}"


# Last, as it asks everything again


def test_a_second_crawl_of_unchanged_sites_changes_nothing(examples: Examples) -> None:
    """Every answer is a 304 or says the same; the store and the index get nothing to do.

    At the site that counts its visitors each page has new bytes each time. It is read again, and
    found to say the same, as counters are no part of what a document says: no revision there either.
    """
    installation = examples.installation
    status = installation.house.index.status()
    revision = installation.store.documents.revision()
    before = {
        path: path.stat().st_mtime_ns for path in files_of(installation.settings.index_folder)
    }
    jobs = examples.crawl_all()
    for slug, first, second in zip(SITES, examples.jobs, jobs, strict=True):
        assert_nothing_changed(second, first)
        answers = Counter(visit.status for visit in examples.server.visits if visit.site == slug)
        if not SITES[slug].settings.counter:
            assert answers[304] == counts_of(second)["fetched"], slug
        else:
            assert answers[304] < answers[200], slug
    assert installation.store.documents.revision() == revision
    installation.house.index.refresh()
    assert installation.house.index.status() == status
    after = {path: path.stat().st_mtime_ns for path in files_of(installation.settings.index_folder)}
    assert after == before


def assert_nothing_changed(second: Job, first: Job) -> None:
    counts = counts_of(second)
    assert counts["fetched"] == counts_of(first)["fetched"]
    # A page that is another's second address gave no document, and is no unchanged one either.
    assert counts_of(first)["new"] <= counts["unchanged"] <= counts["fetched"]
    assert (counts["new"], counts["changed"], counts["gone"], counts["errors"]) == (0, 0, 0, 0)
    assert second.result is not None
    assert second.result["index"]["published"] is False


def counts_of(job: Job) -> dict[str, int]:
    assert job.result is not None
    return dict(job.result["counts"])


def files_of(folder: Path) -> list[Path]:
    """The files of the index; the lock is touched by whoever looks for work."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "writer.lock")
