"""Ctrl-C, SIGTERM and kill -9: tidy ends, nothing left running, everything there the next time."""

import gzip
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.command import LONGEST, Home, line, write_lines
from tests.flow.installation import free_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("front signals")]


def group_of(process: subprocess.Popen[str]) -> set[int]:
    """The processes, other than zombies, of the session that a command began."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It ended while we looked.
        if int(fields[3]) == process.pid and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def ready(process: subprocess.Popen[str]) -> str:
    """Wait until the site tells its address."""
    assert process.stdout is not None
    for told in process.stdout:
        if "Kennisbank: http" in told:
            return told
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())


def end(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    process.send_signal(number)
    _, err = process.communicate(timeout=LONGEST)
    return process.returncode, err


def stop_while_it_crawls(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    first = process.stderr.readline()
    code, err = end(process, signal.SIGINT)
    assert code == 130, first + err
    assert "Traceback" not in first + err
    wait_until(lambda: not group_of(process))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the examples were loaded by a start that was stopped and one that was not."""
    home = Home(tmp_path_factory.mktemp("examples") / "home", KENNISBANK_PORT=str(free_port()))
    stop_while_it_crawls(home.begin("start", "--examples"))
    process = home.begin("start", "--examples")
    told = ready(process)
    assert home.settings["KENNISBANK_PORT"] in told
    code, err = end(process, signal.SIGINT)
    assert code == 0
    assert "\x1b" not in err
    assert "Traceback" not in err
    assert ": done (" in err
    assert group_of(process) == set()
    return home


@pytest.fixture
def started(examples: Home) -> Iterator[subprocess.Popen[str]]:
    process = examples.begin("start", "--examples")
    ready(process)
    yield process
    if process.poll() is None:
        end(process, signal.SIGTERM)


def test_a_second_start_crawls_nothing_and_sigterm_leaves_nothing(
    examples: Home, started: subprocess.Popen[str]
) -> None:
    wait_until(lambda: len(group_of(started)) >= 3)
    again = examples.run("start", KENNISBANK_PORT=str(free_port()))
    assert (again.code, "already running" in again.said) == (1, True)
    code, err = end(started, signal.SIGTERM)
    assert (code, err) == (0, "")
    wait_until(lambda: not group_of(started))
    assert examples.run("search", "", "--json").value["total"] >= 120


def test_a_killed_start_leaves_no_process(started: subprocess.Popen[str]) -> None:
    started.kill()
    started.wait()
    wait_until(lambda: not group_of(started))
    started.communicate()


def test_crawled_examples_survive_export_and_import(examples: Home, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl.gz", tmp_path / "second.jsonl.gz"
    assert examples.run("export", str(first)).code == 0
    back = examples.run("import", str(first))
    assert "changed" not in back.out.replace("unchanged", "")
    other = Home(tmp_path / "other")
    assert other.run("import", str(first)).out.endswith(" new\n")
    assert other.run("export", str(second)).code == 0
    one, two = (
        {
            (record := json.loads(told))["id"]: record
            for told in gzip.decompress(file.read_bytes()).splitlines()
        }
        for file in (first, second)
    )
    # The order is that of the last changes, of which the other home had none but its own.
    assert one.keys() == two.keys()
    different = {
        identity: {
            name: (a[name], two[identity][name]) for name in a if a[name] != two[identity][name]
        }
        for identity, a in one.items()
        if a != two[identity]
    }
    assert different == {}


def test_removed_examples_stay_away_until_they_are_asked_for(
    examples: Home, started: subprocess.Popen[str]
) -> None:
    removed = examples.run("source", "remove", "--examples")
    assert removed.code == 0, removed.err
    assert removed.out.startswith("Removed the examples: ")
    assert examples.run("search", "", "--json").value["total"] == 0
    end(started, signal.SIGTERM)
    process = examples.begin("start", "--examples")
    assert process.stdout is not None
    assert "The examples were removed." in process.stdout.readline()
    ready(process)
    assert "voorbeeld-" not in examples.run("source", "list").out
    end(process, signal.SIGTERM)
    assert examples.run("source", "add", "--examples").code == 0
    stop_while_it_crawls(examples.begin("start", "--examples"))
    assert "voorbeeld-" in examples.run("source", "list").out


def documents(path: Path, number: int) -> Path:
    words = "bewoners buurt dorp energie zorg wonen samen coöperatie gemeente subsidie " * 20
    return write_lines(path, (line(id=str(n), text=f"{n} {words}") for n in range(number)))


def test_ctrl_c_during_import_keeps_what_was_done(home: Home, tmp_path: Path) -> None:
    file = documents(tmp_path / "documents.jsonl", 6_000)
    process = home.begin("import", str(file))
    log = home.folder / "kennisbank.db-wal"
    wait_until(lambda: log.exists() and log.stat().st_size > 3_000_000)
    code, err = end(process, signal.SIGINT)
    assert code == 130
    assert "Traceback" not in err
    done = home.run("import", str(file))
    assert done.code == 0, done.err
    assert home.run("search", "", "--json").value["total"] == 6_000


def test_ctrl_c_during_reindex_leaves_the_old_index(home: Home, tmp_path: Path) -> None:
    file = documents(tmp_path / "documents.jsonl", 4_000)
    assert home.run("import", str(file)).code == 0
    process = home.begin("reindex", "--full")
    generations = home.folder / "index" / "generations"
    before = set(generations.iterdir())
    wait_until(lambda: set(generations.iterdir()) - before)
    code, err = end(process, signal.SIGINT)
    assert code == 130
    assert "Index: stopped" in err
    assert home.run("search", "", "--json").value["total"] == 4_000
    assert home.run("reindex", "--full").value["documents"] == 4_000
