"""What all tests share: a temporary home, and no silent skips in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.settings import Settings, read_settings
from library.store import Store

SHARED_REASON = "data beside the project"
"""Part of the reason of every skip that is allowed in CI: the data are not always there."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a home of their own; nothing comes from the environment."""
    return read_settings({"KENNISBANK_HOME": str(tmp_path / "home")})


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A store in a temporary home."""
    opened = Store.open(settings)
    yield opened
    opened.close()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """In CI, name the tests that were skipped though their part must be there."""
    missing = _unwanted_skips(terminalreporter)
    if missing and os.environ.get("CI") == "true":
        terminalreporter.section("skipped in CI, where no part may be absent")
        for line in missing:
            terminalreporter.line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI, fail when a test was skipped for want of a part."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or exitstatus or hasattr(session.config, "workerinput"):
        return
    if isinstance(reporter, pytest.TerminalReporter) and _unwanted_skips(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _unwanted_skips(reporter: pytest.TerminalReporter) -> list[str]:
    reports = reporter.stats.get("skipped", [])
    reasons = (f"{report.nodeid}: {report.longrepr[2]}" for report in reports if report.longrepr)
    return [reason for reason in reasons if SHARED_REASON not in reason]
