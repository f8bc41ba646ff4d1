"""What people do, done by clicking: with and without script."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from index.tasks import put_back, rebuild_index
from library.worker import Worker
from tests.webapp.browser.conftest import Served, Visitor
from tests.webapp.conftest import document
from webapp.messages import JOB_ENDS, reason, say
from webapp.services import utc_now


@pytest.mark.parametrize("width", [320, 1280])
def test_completion_by_keyboard_and_by_hand(visitor: Visitor, width: int) -> None:
    visit = visitor(width)
    page = visit.open("/")
    field = page.locator("#q")
    field.click()
    field.press_sequentially("moest")
    options = page.locator("#suggesties [role=option]")
    expect(options.first).to_be_visible()
    assert options.count() <= (5 if width < 640 else 8)
    expect(page.get_by_role("status").filter(has_text="suggestie")).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    assert all(box.bounding_box()["height"] >= 44 for box in options.all())  # type: ignore[index]
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(field).to_have_value("moest")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("moest")
    field.press_sequentially("u")
    expect(options.first).to_be_visible()
    options.first.click()
    expect(page.locator("#resultaten")).to_contain_text("resultaten voor 'moestuin'")
    assert (visit.foreign, visit.complaints) == ([], [])


def test_enter_asks_what_was_typed_while_the_list_is_open(visitor: Visitor) -> None:
    page = visitor().open("/")
    page.locator("#q").press_sequentially("moest")
    expect(page.locator("#suggesties [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=moest")


def test_the_address_of_the_results_can_be_copied(visitor: Visitor) -> None:
    visit = visitor(permissions=["clipboard-read", "clipboard-write"])
    page = visit.open("/zoeken?q=moestuin&soort=verhaal")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.get_by_role("status").filter(has_text="gekopieerd")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/zoeken?q=moestuin&soort=verhaal")


SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@SCRIPT
@pytest.mark.parametrize("width", [320, 1280])
def test_from_home_to_the_document_and_back(visitor: Visitor, width: int, *, script: bool) -> None:
    visit = visitor(width, java_script_enabled=script)
    page = visit.open("/")
    page.fill("#q", "moestuin")
    page.keyboard.press("Enter")
    expect(page.locator("#resultaten")).to_contain_text("24 resultaten")
    if not (script and width == 1280):
        page.locator(".filters > summary").click()
    page.get_by_label("Verhaal").check()
    page.get_by_label("Van jaar").fill("2010")
    page.get_by_label("Tot en met jaar").fill("2012")
    page.get_by_role("button", name="Pas toe").click()
    expect(page.locator("#resultaten")).to_contain_text("3 resultaten")
    expect(page).to_have_url(
        re.compile(r"/zoeken\?q=moestuin&soort=verhaal&jaar_van=2010&jaar_tot=2012$")
    )
    page.locator(".hit h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("Moestuin nummer")
    page.get_by_role("link", name="Terug naar de resultaten").click()
    page.get_by_role("link", name=re.compile("Verwijder filter: 2010")).click()
    expect(page.locator("#resultaten")).to_contain_text("24 resultaten")
    page.get_by_role("link", name="Volgende").click()
    expect(page.locator("#resultaten")).to_contain_text("bladzijde 2 van 2")
    assert (visit.foreign, visit.complaints) == ([], [])


@SCRIPT
def test_documents_without_a_date_can_be_left_out(visitor: Visitor, *, script: bool) -> None:
    page = visitor(320, java_script_enabled=script).open("/zoeken?q=statuten")
    page.locator(".filters > summary").click()
    page.get_by_label("Ook documenten zonder datum").uncheck()
    page.get_by_role("button", name="Pas toe").click()
    expect(page).to_have_url(re.compile(r"/zoeken\?q=statuten&zonder_datum=nee$"))
    expect(page.locator("#resultaten")).to_contain_text("Geen resultaten")
    page.locator(".filters > summary").click()
    expect(page.get_by_label("Ook documenten zonder datum")).not_to_be_checked()
    page.get_by_label("Ook documenten zonder datum").check()
    page.get_by_role("button", name="Pas toe").click()
    expect(page).to_have_url(re.compile(r"/zoeken\?q=statuten$"))


def test_filters_are_open_beside_the_results_on_a_wide_screen(visitor: Visitor) -> None:
    page = visitor(1280).open("/zoeken?q=moestuin")
    expect(page.locator("#filters")).to_have_attribute("open", "")
    page = visitor(320).open("/zoeken?q=moestuin")
    expect(page.locator("#filters")).not_to_have_attribute("open", "")


def record(served: Served, done: int, total: int | None = 100, **counts: int) -> None:
    served.site.store.jobs.record(
        served.site.store.jobs.get(1),
        phase="build",
        done=done,
        total=total,
        counts=counts,
        now=utc_now(),
    )


def test_progress_is_live_until_the_end(admin_visitor: Visitor, served: Served) -> None:
    record(served, 0, None)
    visit = admin_visitor()
    page = visit.open("/beheer/taken/1")
    expect(page.locator("progress")).to_have_count(0)
    record(served, 34, added=34)
    expect(page.locator(".amount")).to_have_text("34 van 100 documenten (34 %)", timeout=15_000)
    expect(page.locator("progress")).to_have_js_property("value", 34)
    expect(page.locator("[role=status]")).to_have_text("Index maken: 30 procent")
    expect(page.locator("tbody")).to_contain_text("34")
    reasons = {"reasons": {"robots": 3, "fetched": 9}}
    served.site.store.jobs.finish(served.site.store.jobs.get(1), reasons, utc_now())
    ended = JOB_ENDS[("reindex", "done")]
    expect(page.locator("[data-part=message]")).to_have_text(ended, timeout=15_000)
    expect(page.locator("[role=status]")).to_have_text(ended)
    expect(page.locator("[data-part=reasons] li")).to_have_text([f"{reason('robots')} (3)"])
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(page.get_by_role("link", name="Ververs deze bladzijde")).to_be_hidden()
    assert (visit.foreign, visit.complaints) == ([], [])


def test_progress_without_script(admin_visitor: Visitor, served: Served) -> None:
    record(served, 34, added=34)
    page = admin_visitor(320, java_script_enabled=False).open("/beheer/taken/1")
    expect(page.locator(".amount")).to_have_text("34 van 100 documenten (34 %)")
    record(served, 50)
    page.get_by_role("link", name="Ververs deze bladzijde").click()
    expect(page.locator(".amount")).to_have_text("50 van 100 documenten (50 %)")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-part=message]")).to_have_text("De taak stopt zo.")


@SCRIPT
def test_an_admin_starts_a_reindex_and_signs_out(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    served.site.store.jobs.finish(served.site.store.jobs.get(1), {}, utc_now())
    page = admin_visitor(java_script_enabled=script).open("/beheer")
    page.get_by_role("link", name=say("admin.reindex")).click()
    expect(page.locator("main form")).to_contain_text(say("reindex.index"))
    page.get_by_role("button", name=say("reindex.button")).click()
    expect(page).to_have_url(re.compile(r"/beheer/taken/\d+$"))
    page.get_by_role("button", name=say("job.pause")).click()
    expect(page.locator("[data-part=message]")).to_have_text(say("job.paused"))
    page.get_by_role("button", name=say("job.go-on")).click()
    expect(page.locator("[data-part=message]")).to_be_hidden()
    page.get_by_role("button", name="Log uit").click()
    expect(page.locator("h1")).to_have_text(say("logout.h1"))
    page.goto(f"{served.base}/beheer")
    expect(page.locator("h1")).to_have_text(say("error.stranger.h1"))


@SCRIPT
def test_an_admin_renews_the_index_watches_it_and_puts_the_old_one_back(
    admin_visitor: Visitor, served: Served, *, script: bool
) -> None:
    site = served.site
    for job in site.store.jobs.open():
        site.store.jobs.ask_stop(job.id, utc_now())
    site.store.jobs.finish(site.store.jobs.get(1), {}, utc_now(), stopped=True)
    handlers = {
        "reindex": lambda _, progress: rebuild_index(site.store, site.settings, progress),
        "rollback": lambda asked, progress: put_back(
            site.store, site.settings, asked["seen"], progress
        ),
    }
    worker = Worker(site.store, handlers)
    site.store.documents.put(document("nieuw", "Alles over regenwater in de straat."))
    visit = admin_visitor(java_script_enabled=script)

    def finds(number: int) -> None:
        site.index.refresh()
        visit.open("/zoeken?q=regenwater")
        expect(visit.page.locator("#resultaten")).to_contain_text(
            f"{number} resultaat" if number else "Geen resultaten"
        )

    def ends(told: str) -> None:
        assert worker.run_one()
        if not script:
            visit.page.get_by_role("link", name=say("job.refresh")).click()
        expect(visit.page.locator("[data-part=message]")).to_have_text(told, timeout=15_000)

    visit.open("/beheer/taken")
    visit.page.get_by_role("link", name=say("admin.reindex")).click()
    visit.page.get_by_role("button", name=say("reindex.button")).click()
    ends(JOB_ENDS[("reindex", "done")])
    finds(1)
    for button, number in ((say("jobs.rollback"), 0), (say("jobs.rollback.newer"), 1)):
        visit.open("/beheer/taken")
        visit.page.get_by_role("button", name=button).click()
        ends(JOB_ENDS[("rollback", "done")])
        finds(number)
    assert (visit.foreign, visit.complaints) == ([], [])


def test_results_can_be_printed_with_their_addresses(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor().open("/zoeken?q=moestuin")
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    shown = page.evaluate(
        "getComputedStyle(document.querySelector('.ways a[href^=http]'), '::after').content"
    )
    assert "https://www.lsabewoners.nl/moestuin-" in shown


@SCRIPT
def test_the_box_in_a_frame_of_a_partner_opens_the_results_outside_it(
    visitor: Visitor, served: Served, *, script: bool
) -> None:
    visit = visitor(320, java_script_enabled=script)
    html = f'<!DOCTYPE html><iframe src="{served.base}/ingebed?doel=3" title="Zoek"></iframe>'
    with page_of_a_partner(html) as port:
        served.site.store.sources.add(name="Dorp", url=f"http://localhost:{port}/")
        visit.page.goto(f"http://127.0.0.1:{port}/")
        expect(visit.page.frame_locator("iframe").locator("#q")).to_have_count(0)
        visit.page.goto(f"http://localhost:{port}/")
        framed = visit.page.frame_locator("iframe")
        framed.locator("#q").fill("subsidie")
        framed.get_by_role("button", name="Zoek").click()
        visit.page.wait_for_url(f"{served.base}/zoeken?q=subsidie&doel=3")
    expect(visit.page.locator("#resultaten")).to_contain_text("'subsidie'")


@contextmanager
def page_of_a_partner(html: str) -> Iterator[int]:
    """Serve one page on a port of its own, which makes it another site; give the port."""

    class Partner(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Partner) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
