"""Jobs: one open run per key, nothing lost when a worker dies, progress and stop in the row."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from library.errors import JobLost, NotFound
from library.store import Job, Store
from library.store.jobs import MOST_ATTEMPTS, SILENT_AFTER

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_fifty_clicks_give_one_run(store: Store) -> None:
    ids: list[int] = []

    def click() -> None:
        ids.append(store.jobs.add("reindex", {"full": True}, "reindex").id)

    threads = [threading.Thread(target=click) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 50
    assert len(set(ids)) == 1
    assert len(store.jobs.open()) == 1


def test_after_the_end_a_key_is_free_again(store: Store) -> None:
    first = store.jobs.add("reindex", {}, "reindex")
    store.jobs.claim("w", NOW)
    store.jobs.finish(store.jobs.get(first.id), {"documents": 3}, NOW)
    assert store.jobs.get(first.id).result == {"documents": 3}
    assert store.jobs.add("reindex", {}, "reindex").id != first.id


def test_jobs_are_claimed_in_order_and_once(store: Store) -> None:
    one = store.jobs.add("crawl", {"source_id": 1}, "crawl:1")
    two = store.jobs.add("crawl", {"source_id": 2}, "crawl:2")
    claimed = [store.jobs.claim("w", NOW), store.jobs.claim("w", NOW), store.jobs.claim("w", NOW)]
    assert [job and job.id for job in claimed] == [one.id, two.id, None]


def test_a_job_of_a_silent_worker_is_tried_again_a_few_times(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    now = NOW
    for attempt in range(1, MOST_ATTEMPTS + 1):
        claimed = store.jobs.claim(f"w{attempt}", now)
        assert claimed is not None
        assert claimed.attempts == attempt
        assert store.jobs.claim("other", now + SILENT_AFTER / 2) is None
        now += SILENT_AFTER + timedelta(seconds=1)
    assert store.jobs.claim("w", now) is None
    assert store.jobs.get(job.id).state == "failed"
    assert "cut off" in store.jobs.get(job.id).error


def test_a_sign_of_life_keeps_a_job(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    store.jobs.claim("w", NOW)
    store.jobs.beat(store.jobs.get(job.id), NOW + SILENT_AFTER)
    assert store.jobs.claim("other", NOW + SILENT_AFTER + timedelta(seconds=5)) is None
    assert store.jobs.get(job.id).state == "running"


def test_progress_and_a_request_to_stop(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    store.jobs.claim("w", NOW)
    counts = {"fetched": 4}
    assert not store.jobs.record(
        store.jobs.get(job.id), phase="crawl", done=4, total=9, counts=counts, now=NOW
    )
    store.jobs.ask_stop(job.id, NOW)
    assert store.jobs.record(
        store.jobs.get(job.id), phase="crawl", done=5, total=9, counts=counts, now=NOW
    )
    seen = store.jobs.get(job.id)
    assert (seen.phase, seen.done, seen.total, seen.counts) == ("crawl", 5, 9, counts)


def test_a_waiting_job_stops_at_once(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    store.jobs.ask_stop(job.id, NOW)
    assert store.jobs.get(job.id).state == "stopped"
    assert store.jobs.claim("w", NOW) is None


def test_a_job_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        store.jobs.get(7)
    assert store.jobs.find(7) is None


def test_removing_a_source_stops_its_open_crawls(store: Store) -> None:
    gone, other = store.sources.all()[:2]
    for source, key in ((gone, "crawl:1"), (gone, "crawl:1:accept"), (other, "crawl:2")):
        store.jobs.add("crawl", {"source_id": source.id, "limit": None}, key)
    store.jobs.add("reindex", {"full": True}, "reindex")
    assert store.jobs.claim("worker", NOW) is not None
    assert store.remove_source(gone.id) == 0
    running, queued, *others = (store.jobs.get(number) for number in (1, 2, 3, 4))
    assert (running.state, running.stop_asked) == ("running", True)
    assert queued.state == "stopped"
    assert [(job.state, job.stop_asked) for job in others] == [("queued", False)] * 2
    assert store.sources.find(gone.slug) is None


def test_a_paused_job_waits_until_it_goes_on(store: Store) -> None:
    job = store.jobs.add("reindex", {}, "reindex")
    store.jobs.pause(job.id)
    assert store.jobs.get(job.id).state == "paused"
    assert store.jobs.claim("w", NOW) is None
    assert store.jobs.add("reindex", {}, "reindex").id == job.id
    store.jobs.go_on(job.id, NOW)
    assert store.jobs.claim("w", NOW) is not None


def test_a_running_job_is_paused_when_it_has_stopped(store: Store) -> None:
    job = store.jobs.add("reindex", {}, "reindex")
    store.jobs.claim("w", NOW)
    store.jobs.pause(job.id)
    assert store.jobs.beat(store.jobs.get(job.id), NOW)
    assert store.jobs.get(job.id).state == "running"
    store.jobs.finish(store.jobs.get(job.id), {}, NOW, stopped=True)
    paused = store.jobs.get(job.id)
    assert (paused.state, paused.attempts) == ("paused", 0)


def test_a_pause_that_is_over_before_the_job_stopped(store: Store) -> None:
    job = store.jobs.add("reindex", {}, "reindex")
    store.jobs.claim("w", NOW)
    store.jobs.pause(job.id)
    store.jobs.go_on(job.id, NOW)
    store.jobs.finish(store.jobs.get(job.id), {}, NOW, stopped=True)
    assert store.jobs.get(job.id).state == "queued"


def test_who_pauses_and_is_cut_off_stays_paused(store: Store) -> None:
    job = store.jobs.add("reindex", {}, "reindex")
    store.jobs.claim("w", NOW)
    store.jobs.pause(job.id)
    store.jobs.release_all(NOW)
    assert store.jobs.get(job.id).state == "paused"


def test_stopping_wins_over_pausing(store: Store) -> None:
    job = store.jobs.add("reindex", {}, "reindex")
    store.jobs.pause(job.id)
    store.jobs.ask_stop(job.id, NOW)
    stopped = store.jobs.get(job.id)
    assert (stopped.state, stopped.finished_at) == ("stopped", NOW)
    store.jobs.go_on(job.id, NOW)
    store.jobs.pause(job.id)
    assert store.jobs.get(job.id).state == "stopped"


def test_a_whole_build_waits_for_the_crawls_before_it(store: Store) -> None:
    job = store.jobs.add_reindex(full=True, fetched=[1, 2])
    assert [j.handler for j in store.jobs.some(job.after)] == ["crawl", "crawl"]
    assert store.jobs.add_reindex(full=True, fetched=[1, 2]) == job
    assert store.jobs.claim("w", NOW, but={"crawl"}) is None
    for number in job.after:
        store.jobs.claim("w", NOW, only={"crawl"})
        store.jobs.finish(store.jobs.get(number), {}, NOW)
    claimed = store.jobs.claim("w", NOW, but={"crawl"})
    assert claimed is not None
    assert claimed.id == job.id


def test_pausing_and_stopping_goes_for_those_before_it_too(store: Store) -> None:
    job = store.jobs.add_reindex(full=True, fetched=[1, 2])
    store.jobs.claim("w", NOW)
    store.jobs.pause(job.id)
    assert [j.state for j in store.jobs.open()] == ["running", "paused", "paused"]
    store.jobs.go_on(job.id, NOW)
    assert [j.state for j in store.jobs.open()] == ["running", "queued", "queued"]
    store.jobs.ask_stop(job.id, NOW)
    assert [(j.state, j.stop_asked) for j in store.jobs.open()] == [("running", True)]


def test_the_last_jobs_of_a_key(store: Store) -> None:
    first = store.jobs.add_reindex(full=True)
    store.jobs.claim("w", NOW)
    store.jobs.finish(store.jobs.get(first.id), {}, NOW)
    second = store.jobs.add_reindex(full=True)
    store.jobs.add_reindex()
    assert [job.id for job in store.jobs.of_key("reindex:full", 5)] == [second.id, first.id]
    assert store.jobs.of_key("reindex:full", 1) == (second,)


def test_who_asks_for_a_build_while_one_runs_gets_another(store: Store) -> None:
    first = store.jobs.add_build()
    assert store.jobs.add_build() == first
    store.jobs.claim("w", NOW)
    second = store.jobs.add_build()
    assert (second.state, second.arguments) == ("queued", {"full": True})
    assert store.jobs.add_build() == second
    assert [job.id for job in store.jobs.builds(5)] == [second.id, first.id]


def test_how_long_a_job_was_paused_or_tried_is_no_waiting(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    assert job.waits_since == job.created_at
    store.jobs.pause(job.id)
    later = NOW + timedelta(days=3)
    store.jobs.go_on(job.id, later)
    assert store.jobs.get(job.id).waits_since == later
    tried = claimed(store, now=later)
    store.jobs.finish(tried, {}, later + timedelta(hours=1), stopped=True)
    assert store.jobs.get(job.id).waits_since == later + timedelta(hours=1)
    claimed(store, now=later)
    store.jobs.release_all(later + timedelta(hours=2))
    assert store.jobs.get(job.id).waits_since == later + timedelta(hours=2)


def claimed(store: Store, worker: str = "w", now: datetime = NOW) -> Job:
    job = store.jobs.claim(worker, now)
    assert job is not None
    return job


def test_who_lost_a_job_writes_nothing_to_it_any_more(store: Store) -> None:
    store.jobs.add("crawl", {}, "crawl:1")
    late = claimed(store, "first")
    now = NOW + SILENT_AFTER + timedelta(seconds=1)
    mine = claimed(store, "second", now)
    assert mine.id == late.id
    store.jobs.record(mine, phase="crawl", done=7, total=9, counts={}, now=now)
    for write in (
        lambda: store.jobs.record(late, phase="old", done=1, total=2, counts={}, now=now),
        lambda: store.jobs.beat(late, now),
        lambda: store.jobs.finish(late, {"late": True}, now),
        lambda: store.jobs.finish(late, {}, now, stopped=True),
        lambda: store.jobs.fail(late, "It broke.", now),
    ):
        with pytest.raises(JobLost):
            write()
    seen = store.jobs.get(mine.id)
    assert (seen.state, seen.phase, seen.done, seen.attempts) == ("running", "crawl", 7, 2)
    store.jobs.finish(mine, {"documents": 3}, now)
    with pytest.raises(JobLost):
        store.jobs.fail(late, "It broke.", now)
    assert (store.jobs.get(mine.id).state, store.jobs.get(mine.id).error) == ("done", "")


def test_a_job_that_went_back_to_the_queue_is_lost_for_who_had_it(store: Store) -> None:
    store.jobs.add("crawl", {}, "crawl:1")
    first = claimed(store)
    store.jobs.release_all(NOW)
    with pytest.raises(JobLost):
        store.jobs.finish(first, {}, NOW)
    # Also when the same worker takes it once more: each claim is one try.
    again = claimed(store)
    with pytest.raises(JobLost):
        store.jobs.beat(first, NOW)
    store.jobs.finish(again, {}, NOW)
    assert store.jobs.get(again.id).state == "done"


def test_a_worker_that_slept_does_not_take_its_own_job_again(store: Store) -> None:
    store.jobs.add("crawl", {}, "crawl:1")
    mine = claimed(store, "w-1")
    woken = NOW + timedelta(hours=9)
    assert store.jobs.claim("w-1", woken) is None
    store.jobs.beat(mine, woken)
    assert store.jobs.claim("w-11", woken) is None


def test_who_stops_a_job_that_is_cut_off_needs_no_next_worker(store: Store) -> None:
    job = store.jobs.add("crawl", {}, "crawl:1")
    claimed(store)
    store.jobs.ask_stop(job.id, NOW)
    later = NOW + SILENT_AFTER + timedelta(seconds=1)
    assert store.jobs.claim("other", later) is None
    seen = store.jobs.get(job.id)
    assert (seen.state, seen.finished_at) == ("stopped", later)
