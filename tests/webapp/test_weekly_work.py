"""An hour's weekly work, counted: from the overview nothing takes more than three clicks.

One more is allowed where a change of what visitors find is shown before it is made. What a click
leads to is looked up on the page itself, so that a link or button that goes is missed here.
"""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from library.store import Counts
from tests.webapp.conftest import Site, signed_in_as
from tests.webapp.reading import soup, texts
from tests.webapp.test_moderation import offered
from webapp.messages import say

MOST = 3


@dataclass
class Volunteer:
    """Somebody who begins at the overview and clicks on what the page says."""

    client: FlaskClient
    clicks: int = 0
    page: BeautifulSoup = field(init=False)

    def __post_init__(self) -> None:
        self.page = soup(self.client.get("/beheer").text)

    def click(self, text: str) -> None:
        """Follow the first link that says this."""
        link = next(one for one in self.page.select("a") if text in " ".join(one.text.split()))
        self._arrive(self.client.get(str(link["href"]), follow_redirects=True).text)

    def press(self, text: str, **typed: str) -> None:
        """Press the button that says this, in its form as it is, with what is typed."""
        button = next(one for one in self.page.select("main button") if text in one.text)
        form = button.find_parent("form")
        assert isinstance(form, Tag)
        fields = {str(one["name"]): value_of(one) for one in form.select("input, textarea")}
        fields |= {str(button["name"]): str(button["value"])} if button.get("name") else {}
        answer = self.client.post(str(form["action"]), data=fields | typed, follow_redirects=True)
        self._arrive(answer.text)

    def _arrive(self, page: str) -> None:
        self.clicks += 1
        self.page = soup(page)


def value_of(one: Tag) -> str:
    return one.text if one.name == "textarea" else str(one.get("value", ""))


def test_a_submission_is_judged_and_the_next_one_is_one_click_away(site: Site) -> None:
    offered(site)
    offered(site, "stad.nl")
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("judge.oldest"))
    assert "https://dorp.nl/" in somebody.page.text
    somebody.press(say("decide.approve"))
    somebody.press(say("decide.approve"))
    assert site.store.submissions.get(1).state == "approved"
    assert somebody.clicks <= MOST
    somebody.click(say("judge.next"))
    assert "https://stad.nl/" in somebody.page.text
    assert somebody.clicks <= MOST + 1


def test_what_is_not_found_becomes_a_synonym(site: Site) -> None:
    today = site.clock().date()
    for day in range(1, 4):
        missed = {"volkstuin": Counts(9, 9, 0)}
        site.store.searches.add(today.replace(day=today.day - day), missed)
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("admin.nav.searches"))
    somebody.click(say("searches.synonym"))
    somebody.press(say("finding.try"), words="volkstuin, moestuin")
    assert say("finding.trial.h1") in texts(somebody.page, "h1")
    assert somebody.clicks <= MOST
    somebody.press(say("finding.apply"))
    assert somebody.clicks <= MOST + 1
    assert "volkstuin" in site.app.test_client().get("/zoeken?q=volkstuin").text


def test_what_asks_for_a_person_is_in_sight(site: Site) -> None:
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("health.look"))
    assert texts(somebody.page, "h1") == [say("health.h1")]
    assert somebody.clicks == 1


def test_help_is_one_click_away_and_leads_back(site: Site) -> None:
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("guides.here", title="Een uur per week"))
    for name in ("admin.nav.submissions", "health.h1", "admin.nav.searches", "admin.nav.goals"):
        back = somebody.page
        somebody.click(say("guides.to", name=say(name)))
        assert somebody.page.select("h1")
        somebody.page = back


def test_a_judgement_is_taken_back_at_once(site: Site) -> None:
    offered(site)
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("judge.oldest"))
    somebody.press(say("decide.approve"))
    somebody.press(say("decide.approve"))
    somebody.clicks = 0
    somebody.click(say("undo.button"))
    somebody.press(say("undo.yes"))
    assert site.store.submissions.get(1).state == "new"
    assert somebody.clicks == 2


def test_the_index_is_made_again(site: Site) -> None:
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("admin.reindex"))
    somebody.press(say("reindex.button"), wat="index")
    assert [job.handler for job in site.store.jobs.open()] == ["reindex"]
    assert somebody.clicks == 2


def test_somebody_is_invited(site: Site) -> None:
    somebody = Volunteer(signed_in_as(site, "admin"))
    somebody.click(say("admin.nav.people"))
    somebody.press(say("people.invite"), naam="Bo", email="bo@dorp.nl", rol="moderator")
    assert site.store.accounts.find_by_email("bo@dorp.nl") is not None
    assert somebody.clicks == 2
