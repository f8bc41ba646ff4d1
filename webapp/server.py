"""The web server: gunicorn with threads on the address of the settings, and no log of visitors.

In: a function that makes the application, called in the process that answers. Out: nothing;
``serve`` ends the program when it is told to stop. There is no access log, and what gunicorn itself
would log of a request it cannot read (an address, a query) is answered and not written down. No
header of a request is believed about where it came from. Behind a proxy, set ``public_url``.

A page is work for one core, so threads do not make it faster; they keep a visitor from waiting for a
slow one. With 8 clients and 1, 2, 4, 8 and 16 threads 95 of 100 pages took less than 48, 88, 90, 119
and 142 ms, and 191, 146, 161, 126 and 126 came in a second (`make bench BENCH="--rows servers"`
measures it again, with more processes too). The application is made in each process and not before
the fork: it opens a database and has a thread of its own. What is only read, code and word lists, is
loaded before, so processes share it.
"""

import errno
import socket
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from library.errors import KennisbankError
from library.settings import Settings
from webapp.errors import AddressTaken
from webapp.failures import answer_outside

LONGEST_REQUEST_LINE = 8190
"""Bytes, gunicorn's most. A question of 256 letters fits in it many times."""
KEEP_ALIVE = 15
"""Seconds that an idle connection stays: a visitor reads some results and clicks on. It takes no
thread meanwhile, and a proxy in front begins fewer connections."""


def serve(
    app_factory: Callable[[], Flask],
    settings: Settings,
    *,
    on_ready: Callable[[], None] | None = None,
) -> None:
    """Answer visitors until the process is told to stop; then end the program (``SystemExit``).

    ``on_ready`` is called when the address listens. Raises ``AddressTaken`` before anything starts.
    """
    listener = _listen(settings)
    _Server(app_factory, settings, listener, on_ready).run()


def check_port(settings: Settings) -> None:
    """Raise ``AddressTaken`` when the site could not listen now."""
    _listen(settings).close()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise AddressTaken(_why(error, settings)) from error
    return listener


def _why(error: OSError, settings: Settings) -> str:
    where = f"{settings.host} port {settings.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"Something else already listens on {where}. "
            "Stop it, or choose another port with KENNISBANK_PORT."
        )
    if error.errno == errno.EACCES:
        return f"This account may not listen on {where}. Choose a port above 1023."
    return f"The site cannot listen on {where}: {error.strerror or error}."


class _Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Answers a request that cannot be read with a page of ours, and logs nothing of it."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, ParseException):
            self.log.error("A request failed before a page could be made.", exc_info=exc)
        try:
            client.sendall(answer_outside(self.wsgi, _status(exc)))
        except OSError:
            self.log.debug("The visitor was gone before the error could be told.")


def _status(error: Exception) -> int:
    if isinstance(error, LimitRequestLine):
        return 414
    if isinstance(error, LimitRequestHeaders):
        return 431
    return 400 if isinstance(error, ParseException) else 500


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn, configured here and nowhere else: no command line, no files."""

    def __init__(
        self,
        app_factory: Callable[[], Flask],
        settings: Settings,
        listener: socket.socket,
        on_ready: Callable[[], None] | None,
    ) -> None:
        self._app_factory, self._settings = app_factory, settings
        self._listener, self._on_ready = listener, on_ready
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        values = {
            # gunicorn closes this descriptor after it made its own copy.
            "bind": f"fd://{self._listener.detach()}",
            "worker_class": _Worker,
            "workers": self._settings.web_processes,
            "threads": self._settings.web_threads,
            "keepalive": KEEP_ALIVE,
            "limit_request_line": LONGEST_REQUEST_LINE,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": self._settings.log_level,
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: self._on_ready and self._on_ready(),
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, in the process that answers; say in one line why not."""
        try:
            return self._app_factory()
        except KennisbankError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(Arbiter.APP_LOAD_ERROR)
