"""Files of Word, Excel and PowerPoint from before 2007, and new ones under a password.

In: bytes that begin as an OLE storage does. Out: never facts, always the reason. Both kinds look
the same from outside; a locked file of today holds a stream with a name that tells so. The old
formats are not read: a reader for them would be the largest and least kept part of this program,
and every partner can save such a file anew.
"""

from typing import NoReturn

from crawler.extract.facts import Ask, Unreadable

_LOCKED = "EncryptedPackage".encode("utf-16-le")


def refuse_legacy(body: bytes, ask: Ask) -> NoReturn:
    """Say which of the two it is."""
    raise Unreadable("encrypted-file" if _LOCKED in body else "legacy-office", ask.media_type)
