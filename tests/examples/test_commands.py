"""The commands for who looks at the example sites or writes a page."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from examples import check
from examples.sites import load_sites

PROJECT = Path(__file__).parents[2]


def test_the_check_counts_documents_and_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["dorpshuizen"]) == 0
    assert capsys.readouterr().out == "dorpshuizen: 20 documents, 3 of them PDF\n"


def test_the_package_serves_all_sites_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "examples"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().split() for _ in load_sites()]
        assert [slug for _, slug in lines] == [site.slug for site in load_sites()]
        assert httpx.get(lines[1][0], trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
    assert process.returncode == 0
