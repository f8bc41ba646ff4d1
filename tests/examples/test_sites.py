"""What the example sites promise: enough documents, no dead links, nobody taken for real."""

import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

import examples
from examples.build_pdfs import blocks, build, footer_text
from examples.check import problems
from examples.render import page_html
from examples.sites import ExampleError, Page, Pdf, Site, load_site, load_sites

SITES = load_sites()
PDFS = [(site, pdf) for site in SITES for pdf in site.pdfs]
KEPT_SMALL = 60_000

each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.slug)
each_pdf = pytest.mark.parametrize(
    ("site", "pdf"), PDFS, ids=[f"{site.slug}-{pdf.name}" for site, pdf in PDFS]
)


def test_there_are_eight_sites_with_at_least_120_documents() -> None:
    assert len(SITES) == 8
    assert sum(len(site.documents) for site in SITES) >= 120


def test_nearly_all_documents_are_dutch() -> None:
    languages = Counter(
        document.language
        for site in SITES
        for document in site.documents
        if isinstance(document, Page)
    )
    assert languages["nl"] + len(PDFS) >= 120


def test_at_least_twelve_pdfs_have_several_pages() -> None:
    assert sum(len(PdfReader(pdf.file).pages) >= 2 for _, pdf in PDFS) >= 12


@each_site
def test_a_site_has_no_problems(site: Site) -> None:
    assert list(problems(site)) == []


@each_site
def test_every_page_says_that_the_organisation_is_invented(site: Site) -> None:
    assert site.organisation.endswith(" (voorbeeld)")
    for page in site.pages:
        html = page_html(site, page)
        assert "(voorbeeld)" in html
        assert "verzonnen" in html


@each_site
def test_every_site_has_its_traps(site: Site) -> None:
    assert site.settings.disallowed
    assert site.settings.gone or site.settings.missing
    assert site.redirects


def test_the_traps_all_occur() -> None:
    assert any(sitemap.index for site in SITES for sitemap in site.sitemaps)
    assert any(site.fallbacks for site in SITES)
    assert any(site.settings.counter for site in SITES)
    assert any(set(_listed(site)) & set(site.settings.gone) for site in SITES)
    assert {site.settings.encoding for site in SITES} == {"utf-8", "windows-1252", "iso-8859-1"}
    assert {redirect.status for site in SITES for redirect in site.redirects} >= {301, 302}
    assert any(page.language == "en" for site in SITES for page in site.pages)


def _listed(site: Site) -> list[str]:
    return [path for sitemap in site.sitemaps for path in sitemap.extra]


def test_news_questions_templates_and_undated_guidance_occur() -> None:
    documents = [document for site in SITES for document in site.documents]
    kinds = Counter(document.kind for document in documents)
    assert min(kinds[kind] for kind in ("nieuws", "verhaal", "wet", "regeling", "format")) >= 3
    undated = [one for one in documents if one.kind == "handreiking" and one.published is None]
    assert len(undated) >= 10


def test_one_press_release_appears_at_three_organisations() -> None:
    bodies = [
        (page.body, page.title)
        for site in SITES
        for page in site.pages
        if page.title.startswith("Persbericht: Bewonersfestival")
    ]
    assert len(bodies) == 3
    assert len(set(bodies)) == 1


@each_pdf
def test_a_pdf_holds_the_text_of_its_source(site: Site, pdf: Pdf) -> None:
    assert pdf.file.stat().st_size < KEPT_SMALL
    pages = PdfReader(pdf.file).pages
    assert len(pages) == len(pdf.pages)
    for number, (page, source) in enumerate(zip(pages, pdf.pages, strict=True), start=1):
        text = re.sub(r"^#+ ", "", "\n".join(blocks(source)), flags=re.MULTILINE)
        expected = f"{text}\n{footer_text(site.organisation, number)}"
        assert page.extract_text().split() == expected.split()


@each_pdf
def test_a_pdf_names_its_title_and_maker(site: Site, pdf: Pdf) -> None:
    metadata = PdfReader(pdf.file).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == (pdf.title, site.organisation)


def test_building_a_pdf_twice_gives_the_same_bytes() -> None:
    site, pdf = PDFS[0]
    assert build(site, pdf) == build(site, pdf)


def test_a_page_longer_than_the_paper_is_refused() -> None:
    site, pdf = PDFS[0]
    long = Pdf(
        pdf.name, pdf.path, pdf.title, None, pdf.kind, ("woord " * 3000,), Path("unused.pdf")
    )
    with pytest.raises(ExampleError, match="longer than the paper"):
        build(site, long)


def test_no_file_names_a_folder_of_a_machine() -> None:
    folder = Path(examples.__file__).parent
    here = [f"{place}/" for place in (folder.parent, Path.home(), tempfile.gettempdir())]
    for path in folder.rglob("*"):
        if path.suffix in {".py", ".page", ".txt", ".toml", ".html", ".md", ".pdf"}:
            text = path.read_bytes().decode("utf-8", "replace")
            assert not any(place in text for place in here), path


def test_a_broken_header_is_reported_with_the_name_of_the_file(tmp_path: Path) -> None:
    site = _tiny_site(tmp_path, "path: /\ntitle: Start\nkind: nieuws\n---\n<p>Hallo</p>\n")
    with pytest.raises(ExampleError, match=r"tiny/pages/start\.page: the header lacks published"):
        load_site(site)


def test_a_dead_link_is_reported(tmp_path: Path) -> None:
    folder = _tiny_site(
        tmp_path,
        "path: /\ntitle: Start\npublished: none\nkind: nieuws\n---\n<a href='/weg/'>weg</a>\n",
    )
    assert any("/weg/ answers 404" in problem for problem in problems(load_site(folder)))


def _tiny_site(folder: Path, page: str) -> Path:
    site = folder / "tiny"
    (site / "pages").mkdir(parents=True)
    (site / "pages" / "start.page").write_text(page, "utf-8")
    (site / "template.html").write_text("$title $body", "utf-8")
    (site / "site.toml").write_text(
        'organisation = "Klein (voorbeeld)"\ntechnology = "none"\nrobots = ""\n'
        'footer = "verzonnen"\nteaser = ""\nattachment = ""\n',
        "utf-8",
    )
    return site
