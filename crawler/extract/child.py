"""The child process in which hostile bytes are parsed (threats, decision 11).

Run as ``python -m crawler.extract.child``: questions on standard input, answers on standard output,
until the input ends. Before it reads the first question it warms up, so that all modules are
loaded, and then gives up what it does not need:

    memory          what it has by then and ``MEMORY`` more (RLIMIT_AS)
    time            ``CPU_SECONDS`` of processor per question (RLIMIT_CPU; SIGXCPU ends it)
    files           none can be written (RLIMIT_FSIZE), a few can be read (RLIMIT_NOFILE)
    network         an audit hook refuses sockets, programs and native libraries

It starts with no environment and no handle of its parent but the line between them.
"""

import dataclasses
import gc
import json
import logging
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import webencodings
from lxml.etree import XMLSyntaxError
from webencodings.labels import LABELS

from crawler.extract import media
from crawler.extract.facts import Ask, Facts, Failure, Selectors, Unreadable
from crawler.extract.html import facts_of_html
from crawler.extract.legacy import refuse_legacy
from crawler.extract.package import facts_of_zip
from crawler.extract.pdf import facts_of_pdf
from crawler.extract.plain import facts_of_csv, facts_of_plain
from crawler.extract.rtf import facts_of_rtf
from crawler.extract.wire import BrokenLine, read_frame, write_frame

MEMORY = 320_000_000
"""On top of about 190 MB in use after the warm-up: together under the 512 MB of threats 2.1."""

OPEN_FILES = 8
"""The three of the line, and a few for a codec or a module that is loaded late."""

CPU_SECONDS = 20
READY = b"ready"
_READERS: Mapping[str, Callable[[bytes, Ask], Facts | Failure]] = {
    media.HTML: facts_of_html,
    media.PDF: facts_of_pdf,
    media.ZIP: facts_of_zip,
    media.OLE: refuse_legacy,
    media.RTF: facts_of_rtf,
    media.TEXT: facts_of_plain,
    media.CSV: facts_of_csv,
}
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "ctypes.dlopen",
    "pty.spawn",
    "ftplib.",
    "http.client.",
    "sqlite3.connect",
)
_WARM_PAGE = (
    "<!doctype html><html lang='nl'><title>Warm</title><main><h1>Warm</h1><p>"
    + "Samen zorgen de bewoners van het dorp voor een warm huis. " * 12
    + "</p><ul><li>een</li></ul></main></html>"
).encode()


def main() -> None:
    """Warm up, give up rights, answer questions."""
    logging.disable(logging.CRITICAL)
    line_in, line_out = sys.stdin.buffer, sys.stdout.buffer
    _warm_up()
    _give_up()
    gc.freeze()  # What the warm-up loaded is never garbage; looking at it costs 40 ms a page.
    write_frame(line_out, READY)
    while (question := _next(line_in)) is not None:
        _allow_time()
        head, body = question
        write_frame(line_out, _answer(_ask_of(head), body))
        gc.collect()  # The trees of a page hold themselves in cycles.


def _ask_of(head: bytes) -> Ask:
    """JSON knows no named tuple: the selectors come as a list."""
    told = json.loads(head)
    return Ask(**told | {"selectors": Selectors(*told["selectors"])})


def facts_of(body: bytes, ask: Ask) -> Facts | Failure:
    """Parse a body as what it was found to be."""
    try:
        return _READERS[ask.media_type](body, ask)
    except Unreadable as error:
        return Failure(error.reason, error.detail)


def _next(line: BinaryIO) -> tuple[bytes, bytes] | None:
    try:
        return read_frame(line), read_frame(line)
    except BrokenLine:
        return None


def _answer(ask: Ask, body: bytes) -> bytes:
    """The facts as JSON. Any error of a parser is told to the parent, which puts it on record."""
    try:
        found = facts_of(body, ask)
        return json.dumps(dataclasses.asdict(found), default=str).encode()
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on hostile bytes
        found = Failure(_kind_of(error), _place_of(error))
    return json.dumps(dataclasses.asdict(found)).encode()


def _kind_of(error: Exception) -> str:
    """lxml reads any HTML without a syntax error, and raises one when it has no memory left."""
    return "parser-memory" if isinstance(error, MemoryError | XMLSyntaxError) else "parser-error"


def _place_of(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = trace.tb_frame.f_code.co_filename if trace is not None else ""
    return f"{type(error).__name__} in {Path(where).name}:{trace.tb_lineno if trace else 0}"


def _warm_up() -> None:
    ask = Ask("https://example.org/", media.HTML, "utf-8", "", "2024-01-01")
    for name in set(LABELS.values()):
        webencodings.lookup(name)
    warm = facts_of_html(_WARM_PAGE, ask)
    if not isinstance(warm, Facts) or warm.language != "nl":
        raise RuntimeError("the parser does not read its own page")
    facts_of_pdf(b"%PDF-1.4", ask)


def _give_up() -> None:
    memory = _memory_in_use() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _memory_in_use() -> int:
    """Bytes of address space; a machine without /proc gets what was measured on one that has it."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 300_000_000
    return int(statm.read_text("ascii").split()[0]) * resource.getpagesize()


def _allow_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for a parser")
    flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise PermissionError("a parser writes no files")


if __name__ == "__main__":
    main()
