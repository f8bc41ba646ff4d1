"""Fixed pages: what this is, how to search, what we keep of whom, who visits the sites of others.

They say what is true today.
"""

from collections.abc import Iterator

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from index.query import Query
from webapp import formats
from webapp.about_pages import AboutPage, AccessibilityPage, CrawlerPage, HelpPage, PrivacyPage
from webapp.freshness import unless_known
from webapp.hits import organisations
from webapp.links import host_of
from webapp.messages import say
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, has_examples, services
from webapp.site_texts import site_texts

blueprint = Blueprint("about", __name__)


@blueprint.get("/over")
@role("public")
def about() -> AnyResponse:
    with_examples = has_examples()
    return unless_known(lambda: _about(with_examples=with_examples), with_examples)


def _about(*, with_examples: bool) -> Response:
    answer = answer_to(Query(limit=1))
    partners = answer.facets.get("organisation", ()) if answer else ()
    return render(
        AboutPage(
            title=say("about.h1"),
            here="about",
            example=say("example.site") if with_examples else "",
            organisations=organisations(partners),
        )
    )


@blueprint.get("/crawler")
@role("public")
def crawler() -> Response:
    """Who we are to whoever finds us in a log: our user agent has this address."""
    settings = services().settings
    return render(
        CrawlerPage(
            title=say("crawler.h1"),
            agent=f"Kennisbank/… (+{settings.site_url}/crawler)",
            email=site_texts().contact.email,
            visits=tuple(_visits()),
        )
    )


def _visits() -> Iterator[tuple[str, str]]:
    """The sites that we visit, each with our last visit."""
    store = services().store
    for source in store.sources.all():
        crawl = store.crawls.latest(source.id)
        host = host_of(source.url)
        if crawl is not None and host and not source.is_example:
            yield host, formats.time_of(crawl.finished_at or crawl.started_at)


@blueprint.get("/hulp-bij-zoeken")
@role("public")
def help_with_search() -> Response:
    return render(HelpPage(title=say("helping.h1"), here="help"))


@blueprint.get("/privacy")
@role("public")
def privacy() -> Response:
    return render(PrivacyPage(title=say("privacy.h1")))


@blueprint.get("/toegankelijkheid")
@role("public")
def accessibility() -> Response:
    """The statement after the Dutch model; what it claims is tested on every page."""
    return render(AccessibilityPage(title=say("access.h1"), email=site_texts().contact.email))
