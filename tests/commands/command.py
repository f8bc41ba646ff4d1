"""Commands with a home of their own: ``kennisbank ARGUMENTS`` as a process, and what came of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
LONGEST = 120.0
KEY = "a key that is long enough for a test"


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """The one line that tells what is wrong; fails when it is not one line."""
        assert "Traceback" not in self.out + self.err, self.err
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]

    @property
    def value(self) -> Any:
        """The one JSON value that is all of standard output."""
        return json.loads(self.out)


class Home:
    """A folder for ``KENNISBANK_HOME`` and the commands that use it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings

    def environment(self, changes: dict[str, str]) -> dict[str, str]:
        outside = {k: v for k, v in os.environ.items() if not k.startswith("KENNISBANK_")}
        own = {"KENNISBANK_HOME": str(self.folder), "KENNISBANK_SECRET_KEY": KEY}
        return {**outside, "PYTHONPATH": str(PROJECT), **own, **self.settings, **changes}

    def begin(self, *arguments: str, cwd: Path = PROJECT, **changes: str) -> subprocess.Popen[str]:
        """Begin a command; a group of its own, so that a signal reaches it alone."""
        return subprocess.Popen(
            [sys.executable, "-m", "kennisbank", *arguments],
            cwd=cwd,
            env=self.environment(changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, cwd: Path = PROJECT, **changes: str) -> Done:
        """Do a command to its end."""
        process = self.begin(*arguments, cwd=cwd, **changes)
        try:
            out, err = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return Done(process.returncode, out, err)


def line(**fields: object) -> str:
    """One line of an import file."""
    return json.dumps({"title": "Titel", "text": "Tekst"} | fields, ensure_ascii=False)


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{one}\n" for one in lines), "utf-8")
    return path
