"""Is this installation sound? Checks that need no other room; the front door adds theirs.

Each check gives one ``Finding``: a sentence, and whether it is good, a warning or a fault.
"""

import os
import shutil
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Literal

from library.errors import KennisbankError
from library.settings import Settings
from library.store.migrate import known_version

Grade = Literal["good", "warning", "fault"]
OUR_PACKAGES = ("kennisbank", "commands", "library", "crawler", "index", "webapp", "examples")
LEAST_FREE = 500_000_000
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. What ``library.health`` finds has a code and values, for other languages.

    ``about`` names each thing that it is found of, where there are more that can have it: sources, jobs.
    """

    grade: Grade
    text: str
    code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()


def examine(settings: Settings) -> Iterator[Finding]:
    """Check Python, import names, home, disk and database."""
    yield Finding("good", f"Python {sys.version.split()[0]}")
    yield from _import_names()
    home = _home(settings.home)
    yield home
    if home.grade != "good":
        return
    yield _disk(settings)
    yield _file_system(settings)
    yield _database(settings)
    if settings.contact_email or not settings.database.exists():
        yield _contact(settings)


def _import_names() -> Iterator[Finding]:
    owners = packages_distributions()
    shared = defaultdict(set)
    for name in OUR_PACKAGES:
        for distribution in owners.get(name, ()):
            shared[name].add(distribution)
    for name, distributions in shared.items():
        if len(distributions) > 1:
            several = ", ".join(sorted(distributions))
            yield Finding("fault", f"The import name {name} belongs to {several}; keep only ours.")
    if all(len(distributions) <= 1 for distributions in shared.values()):
        yield Finding("good", "Our import names belong to no other package")


def _home(home: Path) -> Finding:
    """Look without making anything: who asks how it is changes nothing."""
    if home.is_dir():
        if os.access(home, os.W_OK | os.X_OK):
            return Finding("good", f"KENNISBANK_HOME {home} can be written")
        return Finding("fault", f"KENNISBANK_HOME {home} cannot be written. Check who owns it.")
    above = next(folder for folder in (home, *home.parents) if folder.exists())
    if above == home or not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        return Finding("fault", f"KENNISBANK_HOME {home} cannot be made in {above}.")
    return Finding(
        "warning", f"KENNISBANK_HOME {home} does not exist yet; `kennisbank start` makes it"
    )


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    grade: Grade = "good" if free >= LEAST_FREE else "warning"
    return Finding(grade, f"{free // 1_000_000:,} MB free on the disk of KENNISBANK_HOME")


def _file_system(settings: Settings) -> Finding:
    kind = _mount_kind(str(settings.home))
    if kind in _NETWORK:
        return Finding("fault", f"KENNISBANK_HOME is on a network disk ({kind}); locks fail there.")
    return Finding("good", f"KENNISBANK_HOME is on a local disk ({kind or 'kind unknown'})")


def _mount_kind(path: str) -> str:
    try:
        with open("/proc/mounts", encoding="utf-8") as mounts:  # noqa: PTH123 - a file of the kernel
            entries = [line.split()[1:3] for line in mounts]
    except OSError:
        return ""
    holding = [e for e in entries if path == e[0] or path.startswith(e[0].rstrip("/") + "/")]
    return max(holding, key=lambda entry: len(entry[0]))[1] if holding else ""


def _database(settings: Settings) -> Finding:
    if not settings.database.exists():
        return Finding("warning", "There is no database yet; `kennisbank start` makes it")
    try:
        version = known_version(settings.database)
        with closing(sqlite3.connect(settings.database)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except (KennisbankError, sqlite3.DatabaseError) as error:
        return Finding("fault", f"The database cannot be read: {error}")
    if verdict != "ok":
        return Finding("fault", f"The database is damaged: {verdict}")
    return Finding("good", f"The database is sound (migration {version})")


def _contact(settings: Settings) -> Finding:
    if settings.contact_email:
        return Finding("good", f"Visitors and sites can reach {settings.contact_email}")
    return Finding(
        "warning", "KENNISBANK_CONTACT_EMAIL is not set, so nobody can be asked for help"
    )
