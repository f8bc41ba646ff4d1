"""The worker: does jobs, writes what came of them, survives surprises, stops tidily."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from library.errors import JobLost, KennisbankError
from library.progress import Progress, Silent
from library.settings import Settings
from library.store import Store
from library.worker import AlreadyRunning, JobProgress, Worker, WorkerLock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def count_to_three(arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    progress.phase("count", 3)
    for number in (1, 2, 3):
        progress.advance(number, {"counted": number})
    return {"sum": 3 + arguments["more"]}


def complain(arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    raise KennisbankError("The site does not exist.")


def break_down(arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    raise ZeroDivisionError("surprise")


HANDLERS = {"count": count_to_three, "complain": complain, "break": break_down}


def test_a_job_is_done_with_progress_and_result(store: Store) -> None:
    job = store.jobs.add("count", {"more": 4}, "count")
    assert Worker(store, HANDLERS).run_one()
    done = store.jobs.get(job.id)
    assert (done.state, done.result) == ("done", {"sum": 7})
    assert (done.phase, done.done, done.total, done.counts) == ("count", 3, 3, {"counted": 3})
    assert not Worker(store, HANDLERS).run_one()


@pytest.mark.parametrize(
    ("handler", "error"),
    [
        ("complain", "The site does not exist."),
        ("break", "Unexpected ZeroDivisionError: surprise"),
        ("unknown", "There is no handler for the job 'unknown'."),
    ],
)
def test_a_failure_is_kept_and_the_next_job_is_done(store: Store, handler: str, error: str) -> None:
    bad = store.jobs.add(handler, {}, "bad")
    good = store.jobs.add("count", {"more": 0}, "good")
    worker = Worker(store, HANDLERS)
    assert worker.run_one()
    assert worker.run_one()
    assert (store.jobs.get(bad.id).state, store.jobs.get(bad.id).error) == ("failed", error)
    assert store.jobs.get(good.id).state == "done"


class Waiting:
    """A handler that goes on until somebody asks it to stop."""

    def __init__(self) -> None:
        self.started = threading.Event()

    def __call__(self, arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        self.started.set()
        done = 0
        while not progress.should_stop():
            done += 1
            progress.phase("wait")
        return {"done": done}


def test_an_admin_stops_a_running_job(store: Store) -> None:
    waiting = Waiting()
    job = store.jobs.add("wait", {}, "wait")
    thread = threading.Thread(target=Worker(store, {"wait": waiting}).run_one)
    thread.start()
    assert waiting.started.wait(30)
    store.jobs.ask_stop(job.id, NOW)
    thread.join(30)
    assert store.jobs.get(job.id).state == "stopped"


def test_a_worker_that_ends_gives_its_job_back(store: Store) -> None:
    waiting = Waiting()
    job = store.jobs.add("wait", {}, "wait")
    worker = Worker(store, {"wait": waiting})
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert waiting.started.wait(30)
    worker.stop()
    thread.join(30)
    given_back = store.jobs.get(job.id)
    assert (given_back.state, given_back.attempts) == ("queued", 0)


def test_a_job_of_a_killed_worker_is_done_by_the_next(store: Store) -> None:
    job = store.jobs.add("count", {"more": 0}, "count")
    store.jobs.claim("killed", datetime.now(UTC))
    done = Worker(store, HANDLERS).run_until_done(job.id, Silent())
    assert (done.state, done.attempts) == ("done", 2)


def test_due_crawls_are_queued_once(store: Store) -> None:
    source = store.sources.add(name="Zon", url="https://zon.nl/", interval_hours=24)
    worker = Worker(store, HANDLERS, clock=lambda: NOW)
    worker.start_due_crawls()
    worker.start_due_crawls()
    (job,) = store.jobs.open()
    assert (job.handler, job.arguments["source_id"]) == ("crawl", source.id)
    assert job.arguments["unasked"] is True
    assert store.sources.get(source.id).next_crawl_at == NOW + timedelta(hours=24)


def test_a_second_worker_is_told_at_once(settings: Settings, store: Store) -> None:
    with WorkerLock(settings.home), pytest.raises(AlreadyRunning):
        WorkerLock(settings.home).__enter__()
    with WorkerLock(settings.home):
        assert (settings.home / "worker.lock").exists()


def test_crawls_go_on_side_by_side_beside_other_work(store: Store) -> None:
    together = threading.Barrier(3)

    def meet(arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        together.wait(30)
        return {}

    jobs = [
        store.jobs.add(handler, {"source_id": number}, str(number))
        for number, handler in enumerate(("crawl", "crawl", "index", "crawl"))
    ]
    worker = Worker(store, {"crawl": meet, "index": meet}, lanes=2)
    thread = threading.Thread(target=worker.run)
    thread.start()
    while any(store.jobs.get(job.id).is_open for job in jobs[:3]):
        thread.join(0.05)
    assert [store.jobs.get(job.id).state for job in jobs[:3]] == ["done"] * 3
    together.abort()
    worker.stop()
    thread.join(30)
    assert not thread.is_alive()


def test_every_lane_gives_its_job_back_at_the_end(store: Store) -> None:
    waiting = [Waiting(), Waiting()]
    jobs = [store.jobs.add_crawl(number) for number in range(2)]

    def crawl(arguments: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        told: Mapping[str, Any] = waiting[arguments["source_id"]](arguments, progress)
        return told

    worker = Worker(store, {"crawl": crawl}, lanes=2)
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert all(one.started.wait(30) for one in waiting)
    worker.stop()
    thread.join(30)
    given_back = [store.jobs.get(job.id) for job in jobs]
    assert [(job.state, job.attempts) for job in given_back] == [("queued", 0)] * 2


def test_a_source_is_not_crawled_twice_at_a_time(store: Store) -> None:
    first, second = store.jobs.add_crawl(1), store.jobs.add_crawl(1, accept_removals=True)
    other = store.jobs.add_crawl(2)
    taken = [store.jobs.claim("worker", NOW) for _ in range(3)]
    assert [job and job.id for job in taken] == [first.id, other.id, None]
    store.jobs.finish(store.jobs.get(first.id), {}, NOW)
    claimed = store.jobs.claim("worker", NOW)
    assert claimed is not None
    assert claimed.id == second.id


def test_a_pause_stops_the_handler_and_the_job_goes_on_later(store: Store) -> None:
    job = store.jobs.add("count", {"more": 0}, "count")
    told: list[bool] = []

    def count(_: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        if not told:
            store.jobs.pause(job.id)
        progress.phase("count")
        told.append(progress.should_stop())
        return {}

    worker = Worker(store, {"count": count})
    assert worker.run_one()
    assert (store.jobs.get(job.id).state, told) == ("paused", [True])
    assert not worker.run_one()
    store.jobs.go_on(job.id, NOW)
    assert worker.run_one()
    assert (store.jobs.get(job.id).state, told) == ("done", [True, False])


def takes_over(store: Store) -> None:
    """As a worker does that starts and knows nobody lives, and is wrong."""
    store.jobs.release_all(NOW)
    assert store.jobs.claim("other", NOW) is not None


@pytest.mark.parametrize("how", ["phase", "result", "error", "surprise"])
def test_who_lost_its_job_stops_and_leaves_it_to_the_other(store: Store, how: str) -> None:
    job = store.jobs.add("work", {}, "work")
    done: list[str] = []

    def work(_: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
        progress.phase("before")
        takes_over(store)
        if how == "phase":
            progress.phase("after")
        done.append(how)
        if how == "error":
            raise KennisbankError("It cannot be done twice.")
        return {"sum": 1 / (how != "surprise")}

    with capture_logs() as logs:
        assert Worker(store, {"work": work}).run_one()
    assert done == ([] if how == "phase" else [how])
    seen = store.jobs.get(job.id)
    assert (seen.state, seen.phase, seen.result, seen.error) == ("running", "before", None, "")
    (told,) = [one for one in logs if "taken over" in one["event"]]
    assert (told["job"], told["handler"], told["log_level"]) == (job.id, "work", "warning")


def test_a_sign_of_life_tells_a_handler_that_its_job_is_lost(store: Store) -> None:
    store.jobs.add("work", {}, "work")
    mine = store.jobs.claim("w", NOW)
    assert mine is not None
    progress = JobProgress(store, mine, lambda: NOW, Silent())
    progress.beat()
    assert not progress.should_stop()
    takes_over(store)
    progress.beat()
    with pytest.raises(JobLost):
        progress.should_stop()


def test_an_admin_who_stops_a_job_as_the_worker_ends_stopped_it(store: Store) -> None:
    waiting = Waiting()
    job = store.jobs.add("wait", {}, "wait")
    worker = Worker(store, {"wait": waiting})
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert waiting.started.wait(30)
    store.jobs.ask_stop(job.id, NOW)
    worker.stop()
    thread.join(30)
    assert store.jobs.get(job.id).state == "stopped"
