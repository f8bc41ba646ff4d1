"""The guide for a server and its files name only what is there."""

import configparser
import re
from pathlib import Path

import click
import pytest

from kennisbank import cli
from library.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "beheer.md").read_text("utf-8")
BLOCKS = re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)
UNITS = sorted(path.name for path in DEPLOY.glob("kennisbank-*"))
SETTINGS = {f"KENNISBANK_{name.upper()}" for name in Settings.model_fields}


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    parser.read(DEPLOY / name)
    return parser


def asked(line: str) -> tuple[str, list[str]]:
    """The command and the options of a line that calls us."""
    words = line.partition("bin/kennisbank ")[2].split()
    return words[0], [word for word in words[1:] if word.startswith("--")]


def is_known(line: str) -> bool:
    name, options = asked(line)
    command = cli.commands.get(name)
    if not isinstance(command, click.Command):
        return False
    known = {one for parameter in command.params for one in (*parameter.opts, "--help")}
    return set(options) <= known


def test_there_is_what_the_guide_copies() -> None:
    assert UNITS == [
        "kennisbank-backup.service",
        "kennisbank-backup.timer",
        "kennisbank-web.service",
        "kennisbank-worker.service",
    ]
    for path in re.findall(r"(?:/opt/kennisbank/)?(deploy/[\w.-]*\w)", GUIDE):
        assert list(ROOT.glob(f"{path}*")), path
    assert all(name in GUIDE for name in UNITS)


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_units_run_commands_that_exist(name: str) -> None:
    service = unit(name)["Service"]
    lines = [value for key, value in service.items() if key.startswith("ExecStart")]
    assert lines
    for line in lines:
        assert line.startswith("/opt/kennisbank/.venv/bin/kennisbank ")
        assert is_known(line), line
    assert service["User"] == "kennisbank"
    assert service["EnvironmentFile"] == "/etc/kennisbank.env"
    assert service["UMask"] == "0077"


def test_the_timer_starts_a_service() -> None:
    assert unit("kennisbank-backup.timer")["Timer"]["OnCalendar"]
    assert "kennisbank-backup.service" in UNITS


def test_commands_in_the_guide_exist() -> None:
    lines = [line for block in BLOCKS for line in block.splitlines() if "bin/kennisbank " in line]
    assert len(lines) >= 2
    assert all(is_known(line) for line in lines), lines
    for name in re.findall(r"`kennisbank ([\w-]+)", GUIDE):
        assert name in cli.commands, name


def test_settings_in_the_guide_exist() -> None:
    named = set(re.findall(r"KENNISBANK_\w+", GUIDE))
    assert len(named) >= 4
    assert named <= SETTINGS


def test_the_example_of_settings_can_be_used(tmp_path: Path) -> None:
    lines = (DEPLOY / "kennisbank.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    # As systemd and the shell of the guide both read it.
    given = {name: value.strip("'") for name, value in given.items()}
    assert set(given) <= SETTINGS
    chosen = read_settings(given | {"KENNISBANK_HOME": str(tmp_path)})
    assert (chosen.trusted_proxies, chosen.site_url) == (1, "https://kennisbank.voorbeeld.nl")
    assert chosen.secret_key is None


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_hide_the_figures_and_say_who_asks(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert text.count("{") == text.count("}")
    assert "/metrics" in text
    assert "127.0.0.1:8000" in text
    assert "Strict-Transport-Security" in text
    assert name == "Caddyfile" or "X-Forwarded-For" in text
    assert "$request_uri" not in text.partition("log_format")[2].partition(";")[0]
