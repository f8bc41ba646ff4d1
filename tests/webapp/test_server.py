"""The server itself: one line for a taken port, answers over real HTTP, no log of visitors."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from library.settings import read_settings
from tests.webapp.conftest import Site
from webapp.errors import AddressTaken
from webapp.messages import say
from webapp.server import check_port

PROGRAM = """
import sys
from pathlib import Path
from index import Index
from library.settings import read_settings
from library.store import Store
from webapp import create_app
from webapp.server import serve

settings = read_settings({}, home=Path(sys.argv[1]), port=int(sys.argv[2]), log_level="debug")
def application():
    return create_app(settings, Store.open(settings), Index(settings.index_folder), key="k" * 32)
serve(application, settings, on_ready=lambda: print("ready", flush=True))
"""


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        settings = read_settings({}, home=tmp_path, port=port)
        with pytest.raises(AddressTaken, match=f"127.0.0.1 port {port}.*KENNISBANK_PORT") as caught:
            check_port(settings)
    assert "\n" not in str(caught.value)
    check_port(settings)


def test_an_address_of_another_machine_is_told_in_one_line(tmp_path: Path) -> None:
    settings = read_settings({}, home=tmp_path, host="192.0.2.1", port=free_port())
    with pytest.raises(AddressTaken, match=r"cannot listen on 192\.0\.2\.1"):
        check_port(settings)


@dataclass
class Running:
    """A server in a process of its own, with what it wrote."""

    process: subprocess.Popen[str]
    port: int
    home: Path

    def get(self, address: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        with closing(connection):
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", address, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=30)[1]


@pytest.fixture
def running(site: Site) -> Iterator[Running]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(site.settings.home), str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "HOME": str(site.settings.home)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield Running(process, port, site.settings.home)
    if process.poll() is None:
        process.kill()
        process.communicate()


def test_it_answers_and_stops_when_told(running: Running) -> None:
    status, page, _ = running.get("/zoeken?q=subsidie")
    assert status == 200
    assert "Subsidie aanvragen in vier stappen" in page
    running.stop()
    assert running.process.returncode == 0


@pytest.mark.parametrize("address", ["/", "/zoeken?q=subsidie", "/doelen", "/over", "/privacy"])
def test_what_a_visitor_has_is_not_sent_again(running: Running, address: str) -> None:
    status, page, headers = running.get(address)
    assert (status, "<!DOCTYPE html>" in page) == (200, True)
    status, page, again = running.get(address, If_None_Match=headers["ETag"])
    assert (status, page) == (304, "")
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert again[name] == headers[name]
    assert "Vary" not in headers
    assert running.get(address, If_None_Match='"other"')[0] == 200


def test_it_writes_down_nothing_of_visitors(running: Running) -> None:
    running.get("/zoeken?q=geheimewoord")
    running.get("/zoeken?q=" + "geheimewoord" * 1000)
    running.get("/bestaat-niet?q=geheimewoord")
    written = running.stop()
    assert "geheimewoord" not in written
    assert "127.0.0.1:" not in written.replace(f"127.0.0.1:{running.port}", "")
    assert not list(running.home.glob(".gunicorn*"))


@pytest.mark.parametrize("length", [10_000, 60_000])
def test_a_question_too_long_for_the_server_gets_a_page(running: Running, length: int) -> None:
    status, page, headers = running.get("/zoeken?q=" + "a" * length)
    assert status == 414
    assert say("error.414") in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert running.get("/")[0] == 200


def test_a_broken_request_gets_a_page(running: Running) -> None:
    with closing(socket.create_connection(("127.0.0.1", running.port), timeout=20)) as connection:
        connection.sendall(b"NONSENSE\r\n\r\n")
        answer = connection.recv(100_000)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Content-Security-Policy" in answer


def test_an_application_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder must be")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home), str(free_port())],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "KENNISBANK_HOME" in done.stderr
    assert "Traceback" not in done.stderr
