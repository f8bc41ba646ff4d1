"""A real mail server on loopback that keeps what it was sent."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Inbox:
    """Everybody's letters."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], Message]] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.taken.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return "250 OK"

    def texts(self) -> list[str]:
        """What each letter says."""
        return [text_of(message) for _, message in self.taken]

    def path(self, number: int = -1) -> str:
        """The path of the first link in a letter, by default the last one."""
        found = re.search(r"https?://[^/\s]+(/\S+)", self.texts()[number])
        assert found is not None, self.texts()[number]
        return found[1]


def text_of(message: Message) -> str:
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


@contextmanager
def mail_server(inbox: Inbox, **options: Any) -> Iterator[str]:
    """Run a mail server on a free port; give its host and port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield f"localhost:{port}"
    finally:
        controller.stop()
