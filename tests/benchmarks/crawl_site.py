"""The site that crawlers are compared on: pages with a menu, and PDFs, on loopback.

Run as ``python -m tests.benchmarks.crawl_site PAGES``; it tells its port and serves until its input
ends. It is a process of its own, so that neither crawler pays for it.
"""

import asyncio
import random
import sys
from collections.abc import Iterator

from fpdf import FPDF

PDF_EVERY = 20
LINKS = 10
_PDFS = 25
_PARAGRAPHS = 8
_BEGIN, _MIDDLE = (
    ("buurt", "dorps", "wijk", "jongeren", "zorg", "energie"),
    ("huis", "plan", "fonds"),
)
_END = ("raad", "groep", "avond", "bericht", "project", "regeling", "beheer", "loket")
WORDS = tuple(f"{a}{b}{c}" for a in _BEGIN for b in _MIDDLE for c in _END)


def answers(number: int) -> Iterator[tuple[str, bytes]]:
    """Each path with its whole answer: page n leads to the ten pages below it, as in a tree."""
    chance = random.Random(2026)
    files = [_pdf(chance) for _ in range(_PDFS)]
    yield "/robots.txt", _answer(b"User-agent: *\nAllow: /\n", "text/plain")
    for n in range(number):
        if is_file(n):
            yield (
                path_of(n),
                _answer(files[n // PDF_EVERY % _PDFS] + b"%%%d" % n, "application/pdf"),
            )
        else:
            yield path_of(n), _answer(_page(chance, n, number), "text/html; charset=utf-8")


def is_file(n: int) -> bool:
    return n % PDF_EVERY == PDF_EVERY - 1


def path_of(n: int) -> str:
    if n == 0:
        return "/"
    return f"/stuk-{n}.pdf" if is_file(n) else f"/bladzijde-{n}"


def _below(n: int, number: int) -> range:
    """The pages that a page leads to: all pages hang below pages, none below a file."""
    place = n - n // PDF_EVERY
    return range(min(number, place * LINKS + 1), min(number, place * LINKS + LINKS + 1))


def _page(chance: random.Random, n: int, number: int) -> bytes:
    links = "".join(f'<li><a href="{path_of(m)}">Stuk {m}</a></li>' for m in _below(n, number))
    menu = "".join(f'<li><a href="/bladzijde-{m}">{WORDS[m]}</a></li>' for m in range(1, 13))
    text = "".join(f"<p>{_paragraph(chance)}</p>" for _ in range(_PARAGRAPHS))
    title = f"{chance.choice(WORDS).title()} en {chance.choice(WORDS)} {n}"
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><h1>{title}</h1>{text}<ul>{links}</ul></main>"
        "<footer><p>Over deze site</p></footer></body></html>"
    ).encode()


def _paragraph(chance: random.Random) -> str:
    words = iter(chance.choices(WORDS, k=20))
    return " ".join(
        f"De {next(words)} van het {next(words)} helpt de bewoners met een {next(words)} en zij"
        f" zorgen samen voor het {next(words)} van hun {next(words)}."
        for _ in range(4)
    )


def _pdf(chance: random.Random) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for _ in range(3):
        pdf.add_page()
        pdf.multi_cell(0, 6, "\n\n".join(_paragraph(chance) for _ in range(3)))
    return bytes(pdf.output())


def _answer(body: bytes, media_type: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nweg."


async def serve(number: int) -> None:
    """Serve until the input ends."""
    known = dict(answers(number))

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(known.get(head.split(b" ", 2)[1].decode(), _NOTHING))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
