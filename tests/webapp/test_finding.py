"""Improving finding: a preview first, then a change that works at once, and a button that undoes it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from library.document import id_of
from library.store import Counts
from tests.webapp.conftest import NOW, Site, document, post, sign_in
from tests.webapp.reading import one, soup, texts
from webapp.improvement_words import group_in_words, in_words
from webapp.messages import FINDING_ERRORS, say

STATUTEN = id_of("https://www.lsabewoners.nl/statuten")
SYNONYM = {"words": "kiosk, statuten", "wider": ""}


def step(client: FlaskClient, slug: str, *, do: str = "proef", **typed: str) -> TestResponse:
    return post(client, f"/beheer/vinden/{slug}", on=f"/beheer/vinden/{slug}", stap=do, **typed)


def agree(client: FlaskClient, slug: str, **typed: str) -> TestResponse:
    """Look at the preview and press its button."""
    page = soup(step(client, slug, **typed).text)
    fields = {
        str(field["name"]): str(field["value"])
        for field in page.select("main form input[type=hidden]")
    }
    return client.post(f"/beheer/vinden/{slug}", data={**fields, "stap": "bewaren"})


def found(client: FlaskClient, text: str) -> list[str]:
    return texts(soup(client.get(f"/zoeken?q={text}").text), ".hits h3")


def asked(site: Site, text: str, *, empty: int = 0) -> None:
    """Many people asked for something, on two days."""
    for days in (0, 1):
        site.store.searches.add((NOW - timedelta(days=days)).date(), {text: Counts(9, empty)})


def test_a_synonym_is_seen_before_it_works_and_can_be_undone(
    site: Site, admin: FlaskClient, client: FlaskClient
) -> None:
    assert found(client, "kiosk") == []
    preview = soup(step(admin, "synoniemen", **SYNONYM).text)
    assert texts(preview, "#verschil") == ["Zoekvragen die veranderen: 1 van 2"]
    before, after = preview.select(".columns div")[:2]
    assert "Niets gevonden" in before.text
    assert texts(after, "li") == ["Statuten LSA bewoners (nieuw)"]
    assert found(client, "kiosk") == []
    done = agree(admin, "synoniemen", **SYNONYM)
    assert (done.status_code, done.headers["Location"]) == (303, "/beheer/vinden?gedaan=ja")
    assert found(client, "kiosk") == ["Statuten"]
    page = soup(admin.get("/beheer/vinden").text)
    assert "kiosk, statuten" in one(page, "section[aria-labelledby=synoniemen]").text
    undo = one(page, "section[aria-labelledby=wijzigingen] form")
    assert post(admin, str(undo["action"]), on="/beheer/vinden").status_code == 303
    assert found(client, "kiosk") == []
    assert [act.act for act in site.store.acts.recent(2)] == ["improve-undo", "improve"]


def test_what_many_ask_is_compared(site: Site, admin: FlaskClient) -> None:
    asked(site, "kiosk", empty=9)
    asked(site, "moestuin")
    page = soup(step(admin, "synoniemen", words="kiosk, statuten", wider="").text)
    assert texts(page, "#verschil") == ["Zoekvragen die veranderen: 1 van 3"]
    assert "staat in je wijziging" in page.text


def test_a_long_preview_has_its_buttons_first_and_folds_what_comes_later(
    site: Site, admin: FlaskClient
) -> None:
    short = soup(step(admin, "synoniemen", **SYNONYM).text)
    assert len(short.select("main form")) == 2
    assert short.select("main details") == []
    words = "kiosk, kraam, stal, tent, keet, statuten"
    page = soup(step(admin, "synoniemen", words=words, wider="").text)
    section = one(page, "section[aria-labelledby=verschil]")
    assert [child.name for child in section.find_all(True, recursive=False)][:3] == [
        "h2",
        "p",
        "form",
    ]
    first, last = page.select("main form")
    assert first.decode_contents() == last.decode_contents()
    assert len(section.find_all("h3", recursive=False)) == 3
    folded = section.select("details h3")
    assert len(folded) > 1
    assert one(section, "summary").text == say("finding.trial.more", n=len(folded))


def test_judged_queries_say_whether_it_is_better(site: Site, admin: FlaskClient) -> None:
    assert "Nog niets beoordeeld" in step(admin, "synoniemen", **SYNONYM).text
    site.store.judgments.add("kiosk", {STATUTEN: 3}, NOW)
    page = soup(step(admin, "synoniemen", **SYNONYM).text)
    assert texts(page, "tbody tr") == [
        "Alle beoordeelde zoekvragen 0,00 1,00",
        "kiosk 0,00 1,00",
    ]
    agree(admin, "synoniemen", **SYNONYM)
    latest = site.store.judgments.latest()
    assert latest is not None
    assert latest.ndcg == 1.0


def test_a_group_of_the_program_is_seen_before_it_goes_and_comes_back(
    site: Site, admin: FlaskClient, client: FlaskClient
) -> None:
    site.put(document("kulturhus", "Het kulturhus is open.", title="Kulturhus"))
    assert "Kulturhus" in found(client, "leefhoes")
    preview = step(admin, "uitgezet", word="Leefhoes", group="")
    assert "Je zet deze groep uit: buurthuis, dorpshuis" in preview.text
    compared = texts(soup(preview.text), "h3")
    assert any("leefhoes" in text for text in compared)
    assert "Kulturhus" in found(client, "leefhoes")
    agree(admin, "uitgezet", word="Leefhoes", group="")
    assert "Kulturhus" not in found(client, "leefhoes")
    (off,) = site.store.improvements.current()
    assert off.value["group"] in admin.get("/beheer/vinden").text
    again = step(admin, "uitgezet", word="dorpshuis", group="")
    assert (again.status_code, "Deze groep staat al uit." in again.text) == (422, True)
    assert "Groep uitgezet: buurthuis, dorpshuis" in admin.get("/beheer/logboek").text
    away = admin.get(f"/beheer/vinden/weg/{off.id}").text
    assert "Je zet deze groep weer aan: buurthuis" in away
    address = f"/beheer/vinden/weg/{off.id}"
    seen = str(soup(away).select("[name=gezien]")[0]["value"])
    post(admin, address, on=address, gezien=seen)
    changes = soup(admin.get("/beheer/vinden").text)
    assert "Groep weer aangezet: buurthuis" in one(changes, "[aria-labelledby=wijzigingen]").text
    assert post(admin, "/beheer/vinden/terug/2", on="/beheer/vinden").status_code == 303
    assert post(admin, "/beheer/vinden/terug/1", on="/beheer/vinden").status_code == 303
    assert "Kulturhus" in found(client, "leefhoes")


def test_a_word_of_more_groups_asks_which(site: Site, admin: FlaskClient) -> None:
    assert soup(admin.get("/beheer/vinden/uitgezet").text).select("[type=radio]") == []
    asked = step(admin, "uitgezet", word="subsidie", group="")
    assert asked.status_code == 200
    page = soup(asked.text)
    choices = [str(one["value"]) for one in page.select("[type=radio]")]
    assert len(choices) > 1
    question = f"Dit woord staat in {len(choices)} groepen. Welke zet je uit?"
    assert texts(page, "fieldset#group legend") == [question]
    assert page.select(".summary, .error, [aria-invalid]") == []
    agree(admin, "uitgezet", word="subsidie", group=choices[1])
    (off,) = site.store.improvements.current()
    assert off.value == {"group": choices[1]}
    none = step(admin, "uitgezet", word="kiosk", group="")
    assert (none.status_code, FINDING_ERRORS["no-group"] in none.text) == (422, True)


def test_a_group_of_one_way_is_read_in_words(site: Site, admin: FlaskClient) -> None:
    words = "geld vindt ook: financiering, subsidie, fonds"
    preview = step(admin, "uitgezet", word="geld", group="")
    assert f"Je zet deze groep uit: {words}" in preview.text
    asked = soup(step(admin, "uitgezet", word="subsidie", group="").text)
    assert words in texts(asked, ".choice")
    agree(admin, "uitgezet", word="geld", group="")
    assert words in admin.get("/beheer/vinden").text
    assert group_in_words("werving, aanvraag -> geld") == "werving en aanvraag vinden ook: geld"
    assert in_words("synonym", {"words": ["molen"], "wider": ["energie"]}).endswith("ook: energie")


def test_a_group_that_the_program_has_no_more_is_told(site: Site, admin: FlaskClient) -> None:
    site.store.improvements.change(
        NOW, None, seen=0, add=("switched_off", {"group": "een, groep van vroeger"})
    )
    assert say("finding.no-group") in admin.get("/beheer/vinden").text


def test_a_change_below_the_floor_is_told_before_and_after(site: Site, admin: FlaskClient) -> None:
    site.store.judgments.add("kiosk", {STATUTEN: 3}, NOW)
    agree(admin, "synoniemen", **SYNONYM)
    floor = post(admin, "/beheer/beoordelen/grens", on="/beheer/beoordelen", grens="0,8")
    assert floor.headers["Location"] == "/beheer/beoordelen?gedaan=grens"
    (added, _) = site.store.improvements.current()
    page = admin.get(f"/beheer/vinden/weg/{added.id}")
    warning = page.text.partition(say("finding.apply"))[0]
    assert "onder de grens van 0,80" in warning
    assert say("finding.ndcg.hint") in page.text
    assert "slechter" not in admin.get("/beheer").text
    seen = str(soup(page.text).select("[name=gezien]")[0]["value"])
    address = f"/beheer/vinden/weg/{added.id}"
    assert post(admin, address, on=address, gezien=seen).status_code == 303
    assert (
        "Het zoeken werd slechter: 0,00, onder de grens van 0,80. Hoger"
        in admin.get("/beheer").text
    )


def test_a_second_click_changes_nothing(site: Site, admin: FlaskClient) -> None:
    agree(admin, "synoniemen", **SYNONYM)
    again = step(admin, "synoniemen", do="bewaren", gezien="0", **SYNONYM)
    assert again.headers["Location"] == "/beheer/vinden?gedaan=niet"
    assert len(site.store.improvements.current()) == 1
    assert step(admin, "synoniemen", **SYNONYM).status_code == 422


def test_who_looked_before_somebody_else_looks_again(site: Site, admin: FlaskClient) -> None:
    preview = soup(step(admin, "synoniemen", **SYNONYM).text)
    seen = str(preview.select("[name=gezien]")[0]["value"])
    agree(admin, "afkortingen", short="WCGB", long="moestuin overnemen")
    late = step(admin, "synoniemen", do="bewaren", gezien=seen, **SYNONYM)
    assert late.status_code == 409
    assert "Iemand anders veranderde net iets" in late.text
    assert [one.kind for one in site.store.improvements.current()] == ["abbreviation"]


def test_undoing_twice_tells_that_somebody_was_first(site: Site, admin: FlaskClient) -> None:
    agree(admin, "synoniemen", **SYNONYM)
    for answer in ("terug", "niet"):
        done = post(admin, "/beheer/vinden/terug/1", on="/beheer/vinden")
        assert done.headers["Location"] == f"/beheer/vinden?gedaan={answer}"
    assert "Iemand was je voor" in admin.get("/beheer/vinden?gedaan=niet").text


def test_a_best_bet_stands_first_and_says_so(
    site: Site, admin: FlaskClient, client: FlaskClient
) -> None:
    typed = {
        "query": "moestuinen",
        "document": f"http://localhost/document/{STATUTEN}?q=x",
        "first": "2020-01-01",
        "last": "",
        "owner": str(site.store.accounts.all()[0].id),
    }
    assert "jullie dit kozen" in step(admin, "eerst", **typed).text
    agree(admin, "eerst", **typed)
    page = soup(client.get("/zoeken?q=moestuin").text)
    assert texts(page, ".list > .note")[0] == "Uitgekozen door de redactie van deze website"
    assert texts(page, "ul.hits h3") == ["Statuten"]
    assert len(page.select("ol.hits > li")) == 20
    answer = client.get("/api/v1/zoeken?q=moestuin").get_json()
    assert [one["titel"] for one in answer["uitgekozen"]] == ["Statuten"]
    assert (
        "moestuinen: Statuten (vanaf 1 januari 2020, Beheerder)" in admin.get("/beheer/vinden").text
    )
    assert "weg of voorbij" not in admin.get("/beheer").text
    site.store.documents.remove(STATUTEN, "gone")
    assert "nu weg of voorbij zijn: 1." in admin.get("/beheer").text
    assert "Dit document staat er niet meer" in admin.get("/beheer/vinden").text


def test_the_preview_of_taking_away_tells_that_and_not_of_adding(
    site: Site, admin: FlaskClient
) -> None:
    typed = {"query": "moestuin", "document": f"/document/{STATUTEN}", "first": "2020-01-01",
             "last": "2099-12-31", "owner": str(site.store.accounts.all()[0].id)}  # fmt: skip
    agree(admin, "eerst", **typed)
    preview = admin.get("/beheer/vinden/weg/1").text
    assert "(van 1 januari 2020 tot en met 31 december 2099, Beheerder)" in preview
    assert say("finding.trial.bet.away") in preview
    assert say("finding.trial.bet") not in preview
    agree(admin, "niet-voorstellen", word="moestuin")
    preview = admin.get("/beheer/vinden/weg/2").text
    assert say("finding.trial.denied.away") in preview
    assert say("finding.trial.denied") not in preview
    assert "Voorstellen bij" not in preview


def test_the_list_tells_the_kind_of_a_floor_once(admin: FlaskClient) -> None:
    post(admin, "/beheer/beoordelen/grens", on="/beheer/beoordelen", grens="0,5")
    history = one(soup(admin.get("/beheer/vinden").text), "section[aria-labelledby=wijzigingen]")
    assert "Toegevoegd: Grens: 0,50" in history.text


def test_what_is_first_stands_in_the_list_once(
    site: Site, admin: FlaskClient, client: FlaskClient
) -> None:
    url = "https://www.lsabewoners.nl/moestuin-3"
    typed = {"query": "moestuin", "document": url, "first": "2020-01-01", "last": "",
             "owner": str(site.store.accounts.all()[0].id)}  # fmt: skip
    agree(admin, "eerst", **typed)
    titles = found(client, "moestuin")
    assert titles[0] == "Moestuin nummer 3"
    assert titles.count("Moestuin nummer 3") == 1


def test_a_protected_word_starts_a_new_index(site: Site, admin: FlaskClient) -> None:
    assert "Die starten wij meteen" in step(admin, "heel", word="moestuin").text
    done = agree(admin, "heel", word="moestuin")
    assert done.headers["Location"] == "/beheer/vinden?gedaan=index"
    (job,) = site.store.jobs.open()
    assert (job.handler, job.arguments["full"]) == ("reindex", True)
    # A build that has begun does not know the next word.
    site.store.jobs.claim("worker", NOW)
    agree(admin, "heel", word="fiets")
    assert [job.state for job in site.store.jobs.open()] == ["running", "queued"]


def test_a_weight_takes_the_place_of_the_last_one(site: Site, admin: FlaskClient) -> None:
    for weight in ("2", "0,5"):
        agree(admin, "gewichten", field="title", weight=weight)
    (only,) = site.store.improvements.current()
    assert only.value == {"field": "title", "weight": 0.5}
    post(admin, "/beheer/vinden/terug/2", on="/beheer/vinden")
    (only,) = site.store.improvements.current()
    assert only.value["weight"] == 2.0


def test_a_word_that_is_not_suggested(site: Site, admin: FlaskClient, client: FlaskClient) -> None:
    assert "moestuin" in client.get("/api/v1/suggesties?q=moe").text
    page = soup(step(admin, "niet-voorstellen", word="moestuin").text)
    assert any("(Weggehaald)" in text for text in texts(page, "[aria-labelledby=voorstellen] li"))
    agree(admin, "niet-voorstellen", word="moestuin")
    assert "moestuin" not in client.get("/api/v1/suggesties?q=moe").text


@pytest.mark.parametrize(
    ("slug", "typed", "error"),
    [
        ("synoniemen", {"words": "molen", "wider": ""}, "ten minste twee woorden"),
        ("afkortingen", {"short": "", "long": "iets"}, "Vul dit in"),
        ("heel", {"word": "twee woorden"}, "één woord"),
        ("gewichten", {"field": "title", "weight": "zwaar"}, "een getal"),
        ("gewichten", {"field": "", "weight": "1"}, "Kies een van deze"),
        ("niet-voorstellen", {"word": "de"}, "Hier zoekt niemand op"),
        ("eerst", {"query": "x", "document": "https://x.nl", "first": "2026-01-01", "last": "",
                   "owner": "1"}, "geen document"),
        ("eerst", {"query": "x", "document": "", "first": "2026-01-01", "last": "", "owner": "99"},
         "Kies een van deze"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_the_field(
    site: Site, admin: FlaskClient, slug: str, typed: dict[str, str], error: str
) -> None:
    answer = step(admin, slug, **typed)
    assert answer.status_code == 422
    page = soup(answer.text)
    assert error in " ".join(texts(page, ".error"))
    assert page.select(".summary a")
    assert site.store.improvements.current() == ()


def test_changing_something_first_keeps_what_was_typed(admin: FlaskClient) -> None:
    page = soup(step(admin, "synoniemen", do="wijzigen", **SYNONYM).text)
    assert one(page, "#words")["value"] == "kiosk, statuten"


def test_a_form_can_come_filled_in(admin: FlaskClient) -> None:
    page = soup(admin.get("/beheer/vinden/synoniemen?words=windmolen").text)
    assert one(page, "#words")["value"] == "windmolen"
    assert admin.get("/beheer/vinden/onzin").status_code == 404


def test_without_an_index_nothing_can_be_shown(empty_site: Site) -> None:
    admin = sign_in(empty_site, empty_site.app.test_client())
    assert "nog geen index" in step(admin, "synoniemen", **SYNONYM).text
    assert agree(admin, "synoniemen", **SYNONYM).status_code == 303
