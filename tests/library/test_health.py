"""What needs a person is found, told once, and told again when it changes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from library.alarm import KIND, Alarm
from library.doctor import Finding
from library.health import (
    BACKUP_MARK,
    FAULTS,
    TEXTS,
    IndexHealth,
    Vitals,
    findings,
    size_of,
    vitals,
)
from library.settings import Settings, read_settings
from library.store import Store
from library.worker import SIGN, Worker
from webapp.messages import HEALTH

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WELL = IndexHealth(documents=10, revision=10, is_there=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        {},
        home=tmp_path / "home",
        mail_server="mail.example:587",
        contact_email="hulp@dorp.example",
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An installation in which all is well."""
    store = Store.open(settings)
    store.marks.put(SIGN, int(NOW.timestamp()) - 20)
    store.marks.put(BACKUP_MARK, int(NOW.timestamp()) - 90_000)
    yield store
    store.close()


def look(store: Store, settings: Settings, index: IndexHealth = WELL) -> Vitals:
    return vitals(store, settings, index, NOW)


def codes(found: Vitals) -> list[str]:
    return [one.code for one in findings(found)]


def test_all_is_well(store: Store, settings: Settings) -> None:
    found = look(store, settings)
    assert codes(found) == []
    assert (found.sources, found.jobs_waiting, found.backup_age) == (9, 0, 90_000)


def test_every_finding_has_a_text_in_both_languages() -> None:
    assert set(TEXTS) == set(HEALTH)
    assert set(TEXTS) >= FAULTS


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({"worker_age": 601.0}, "worker", "for 10 minutes"),
        ({"worker_age": None}, "worker-never", "No worker ever"),
        ({"queue_age": 90_000.0, "oldest_job": 7}, "queue", "25 hours (job 7)"),
        ({"jobs_failed": (3, 4)}, "jobs", "2 jobs failed"),
        ({"refused": 9}, "refused", "(job 9)"),
        ({"index": IndexHealth()}, "index-none", "no index yet"),
        ({"index": replace(WELL, problem="x is damaged")}, "index", "x is damaged"),
        ({"index": replace(WELL, is_held=True)}, "index-held", "put back"),
        ({"index": replace(WELL, score=610, floor=700)}, "floor", "610 of 1000"),
        ({"stale": ("Een", "Twee")}, "stale", "Een, Twee"),
        ({"failing": ("Een",)}, "failing", "Een"),
        ({"held": ("Een",)}, "held", "Een"),
        ({"disk_free": 123_000_000}, "disk", "123 MB"),
        ({"mail_age": 10_000.0}, "mail", "2 hours"),
        ({"can_mail": False}, "mail-none", "KENNISBANK_MAIL_SERVER"),
        ({"has_contact": False}, "contact", "contact person"),
        ({"backup_age": None}, "backup-never", "no copy"),
        ({"backup_age": 1_000_000.0}, "backup", "11 days"),
        ({"submissions_late": 3}, "submissions", "3 submissions"),
    ],
)
def test_what_needs_a_person(
    store: Store, settings: Settings, changes: dict[str, object], code: str, told: str
) -> None:
    (found,) = findings(replace(look(store, settings), **changes))  # type: ignore[arg-type]  # names of its fields
    assert (found.code, found.grade) == (code, "fault" if code in FAULTS else "warning")
    assert told in found.text
    assert HEALTH[code].format(**found.values)


def test_when_a_copy_is_too_old_is_a_choice(store: Store, settings: Settings) -> None:
    three = NOW.timestamp() - 3 * 86_400
    store.marks.put(BACKUP_MARK, int(three))
    assert codes(look(store, settings)) == []
    nightly = settings.model_copy(update={"backup_days": 2})
    assert codes(look(store, nightly)) == ["backup"]


def test_faults_come_first(store: Store, settings: Settings) -> None:
    found = replace(look(store, settings, IndexHealth()), jobs_failed=(1,))
    assert codes(found) == ["index-none", "jobs"]


def test_sources_that_went_wrong(store: Store, settings: Settings) -> None:
    def source(name: str, days: int, state: str, **rules: Any) -> None:
        at = NOW - timedelta(days=days)
        made = store.sources.add(name=name, url=f"https://{name}.example/", added_at=at, **rules)
        crawl = store.crawls.add(made.id, at)
        store.crawls.finish(crawl.id, state, "", at)  # type: ignore[arg-type]  # one of the states

    source("goed", 1, "done", interval_hours=24)
    source("oud", 3, "done", interval_hours=24)
    source("nieuw", 1, "failed", interval_hours=24)
    source("rem", 1, "held")
    source("stil", 99, "failed", interval_hours=24, paused=True)
    found = look(store, settings)
    assert (found.stale, found.failing, found.held) == (("oud",), ("nieuw",), ("rem",))
    assert found.paused == 1


def test_crawls_of_chosen_addresses_do_not_hide_a_good_one(
    store: Store, settings: Settings
) -> None:
    added = NOW - timedelta(days=99)
    url = "https://dorp.example/"
    dorp = store.sources.add(name="dorp", url=url, added_at=added, interval_hours=24)
    for reason in ("", *["chosen"] * 12):
        crawl = store.crawls.add(dorp.id, NOW - timedelta(hours=20))
        store.crawls.finish(crawl.id, "done", reason, NOW)
    assert look(store, settings).stale == ()


def test_jobs_that_wait_failed_or_were_refused(store: Store, settings: Settings) -> None:
    def fail(key: str, at: datetime) -> int:
        job = store.jobs.add("reindex", {}, key)
        store.jobs.claim("w", at)
        store.jobs.fail(store.jobs.get(job.id), "no", at)
        return job.id

    fail("old", NOW - timedelta(days=9))
    fail("again", NOW)
    failed = fail("once", NOW)
    again = store.jobs.add("reindex", {}, "again")
    store.jobs.claim("w", NOW)
    store.jobs.finish(store.jobs.get(again.id), {}, NOW)
    whole = store.jobs.add_reindex(full=True)
    store.jobs.claim("w", NOW)
    store.jobs.finish(
        store.jobs.get(whole.id), {"published": False, "checks": [{"met": False}]}, NOW
    )
    found = look(store, settings)
    assert (found.jobs_failed, found.keys_failed) == ((failed,), ("once",))
    assert found.refused == whole.id
    # What waits for other jobs does not count, and neither does what is paused.
    store.jobs.add_reindex(full=True, fetched=[1])
    store.jobs.pause(store.jobs.add_crawl(2).id)
    found = look(store, settings)
    assert (found.jobs_waiting, found.refused) == (1, 0)


def test_a_job_that_somebody_paused_did_not_wait_long(store: Store, settings: Settings) -> None:
    job = store.jobs.add_crawl(2)
    store.jobs.pause(job.id)
    later = job.created_at + timedelta(days=9)
    store.jobs.go_on(job.id, later)
    found = vitals(store, settings, WELL, later + timedelta(hours=1))
    assert (found.oldest_job, found.queue_age) == (job.id, 3600)
    assert "queue" not in codes(found)
    found = vitals(store, settings, WELL, later + timedelta(hours=13))
    assert "queue" in codes(found)


def test_a_worker_gives_signs_of_life(store: Store, settings: Settings) -> None:
    store.marks.put(SIGN, 0)
    worker = Worker(store, {}, clock=lambda: NOW)
    worker._give_sign()
    assert look(store, settings).worker_age == 0
    store.marks.put(SIGN, 0)
    worker._give_sign()
    # Not with every look.
    assert codes(look(store, settings)) == ["worker"]
    # A worker that is busy with one long job beats there.
    store.jobs.add("reindex", {}, "x")
    store.jobs.claim("w", NOW - timedelta(seconds=9))
    assert look(store, settings).worker_age == 9


def test_a_file_that_goes_while_it_is_measured_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "kennisbank.db").write_bytes(b"x" * 7)
    (tmp_path / "kennisbank.db-wal").symlink_to(tmp_path / "gone")
    assert size_of(tmp_path / "kennisbank.db") == 7


def finding(code: str, *about: str, n: str = "3") -> Finding:
    return Finding("warning", code, code, {"n": n}, about)


def ringing(store: Store, found: list[Finding]) -> Callable[[datetime], int]:
    """How many letters a look at a moment gives."""
    store.accounts.add_admin("Ans", "ans@dorp.example")
    store.accounts.add_admin("Zonder mail")
    alarm = Alarm(store, lambda _: found)

    def rings(now: datetime) -> int:
        alarm.ring(now)
        waiting = store.mails.waiting_of(KIND)
        for mail in waiting:
            assert mail.recipient == "ans@dorp.example"
            store.mails.sent(mail.id)
        return len(waiting)

    return rings


def test_one_letter_a_day_and_none_that_says_the_same(store: Store) -> None:
    found = [finding("jobs")]
    rings = ringing(store, found)
    day = timedelta(days=1)
    assert [rings(NOW), rings(NOW), rings(NOW + day / 2)] == [1, 0, 0]
    # Still so the next day: that was told. Something else is news, once a day.
    assert rings(NOW + day) == 0
    found.append(finding("disk"))
    assert [rings(NOW + 1.5 * day), rings(NOW + 2 * day)] == [0, 1]
    # The same for a week is told again; what is over is not.
    assert [rings(NOW + n * day) for n in range(3, 10)] == [0, 0, 0, 0, 0, 0, 1]
    found.clear()
    assert [rings(NOW + n * day) for n in range(10, 30)] == [0] * 20
    found.append(finding("disk"))
    assert rings(NOW + 30 * day) == 1


def test_another_source_with_the_same_trouble_is_news(store: Store) -> None:
    found = [finding("stale", "Een")]
    rings = ringing(store, found)
    day = timedelta(days=1)
    assert rings(NOW) == 1
    found[:] = [finding("stale", "Een", "Twee")]
    # At most one letter a day, so the next one tells it; then it is known.
    assert [rings(NOW + hours) for hours in (day / 3, day, day * 2)] == [0, 1, 0]
    # That one of both is well again, or waits for more hours, is no news.
    found[:] = [finding("stale", "Twee", n="9")]
    assert rings(NOW + 3 * day) == 0
    found[:] = [finding("stale", "Een", "Twee")]
    assert [rings(NOW + 4 * day), rings(NOW + 5 * day)] == [1, 0]


def test_of_what_there_can_be_more_each_is_told(store: Store, settings: Settings) -> None:
    well = look(store, settings)
    found = replace(
        well, stale=("Een", "Twee"), jobs_failed=(7, 9), keys_failed=("crawl:1", "try:x"), refused=4
    )
    about = {one.code: one.about for one in findings(found)}
    assert about == {
        "jobs": ("crawl:1", "try:x"),
        "refused": ("4",),
        "stale": ("Een", "Twee"),
    }


def test_a_look_that_fails_holds_up_no_other_mail(store: Store) -> None:
    looks: list[datetime] = []

    def look_in_vain(now: datetime) -> tuple[Finding, ...]:
        looks.append(now)
        raise PermissionError("index")

    alarm = Alarm(store, look_in_vain)
    with pytest.raises(PermissionError):
        alarm.ring(NOW)
    alarm.ring(NOW + timedelta(minutes=59))
    with pytest.raises(PermissionError):
        alarm.ring(NOW + timedelta(hours=1))
    assert len(looks) == 2


def test_what_is_no_trouble_rings_nothing(store: Store) -> None:
    store.accounts.add_admin("Ans", "ans@dorp.example")
    Alarm(store, lambda _: [Finding("good", "All is well")]).ring(NOW)
    assert store.mails.waiting() == 0
