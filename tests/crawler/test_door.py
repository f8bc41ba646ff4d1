"""The door of the package gives what it lists, and stays shut for who does not ask."""

import subprocess
import sys
from pathlib import Path

import pytest

import crawler

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", crawler.__all__)
def test_everything_listed_is_there_and_is_no_module(name: str) -> None:
    assert type(getattr(crawler, name)).__name__ != "module"


def test_what_is_not_listed_is_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = crawler.iets_anders


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_reading_pages_loads_no_database_and_no_network() -> None:
    loaded = run(
        "import sys, crawler.extract.child;"
        "print([n for n in ('sqlalchemy', 'httpx', 'httpcore') if n in sys.modules])"
    )
    assert loaded == "[]"
