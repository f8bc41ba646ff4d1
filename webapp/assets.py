"""Style sheet, scripts and icon: files that may be kept for ever, since their address changes.

The address holds the first 12 digits of the SHA-256 of all static files together; WhiteNoise
serves them from memory of where they are, before the application is asked anything.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from wsgiref.types import WSGIApplication

from whitenoise import WhiteNoise

FOLDER = Path(__file__).parent / "static"


def version() -> str:
    """Twelve hex digits that change when any static file changes."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = version()


def asset(name: str) -> str:
    """Give the address of a static file; a name that does not exist is a fault in a template."""
    if not (FOLDER / name).is_file():
        raise FileNotFoundError(FOLDER / name)
    return f"/static/{VERSION}/{name}"


def with_assets(app: WSGIApplication, others: Mapping[str, Path]) -> WSGIApplication:
    """Put the static files in front of an application, and files from elsewhere by address."""
    served = WhiteNoise(app, immutable_file_test=lambda _path, _url: True)
    served.add_files(str(FOLDER), prefix=f"static/{VERSION}/")
    for address, path in others.items():
        served.add_file_to_dictionary(address, str(path))
    wrapped: WSGIApplication = served
    return wrapped
