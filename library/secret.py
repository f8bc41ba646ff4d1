"""The key that signs sessions and forms: from the environment, or made once and kept at home."""

import os
import secrets
from pathlib import Path

from library.errors import HomeError, SettingsError
from library.settings import SHORTEST_KEY, Settings


def secret_key(settings: Settings, *, make: bool = False) -> str:
    """Give the key: the setting, else the kept one, else (with ``make``) a new one of 256 bits."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.home / "secret-key"
    if make and not path.exists():
        _write(path, secrets.token_urlsafe(32))
    try:
        key = path.read_text("ascii").strip()
    except FileNotFoundError as error:
        raise SettingsError(
            f"KENNISBANK_SECRET_KEY is not set. Set it to at least {SHORTEST_KEY} random characters, "
            "or let `kennisbank start` make a key."
        ) from error
    except OSError as error:
        raise HomeError(f"The key in {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise HomeError(f"The key in {path} is no text. Remove that file.") from error
    if len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"The key in {path} is shorter than {SHORTEST_KEY} characters. Remove that file."
        )
    return key


def _write(path: Path, key: str) -> None:
    try:
        # O_EXCL: of two starts at the same moment one makes the key and both read it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise HomeError(f"The key {path} cannot be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
