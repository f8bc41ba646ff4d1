"""The names that people and scripts rely on, their help, and that nothing leans on the front door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kennisbank import cli
from tests.commands.command import PROJECT, Home

PROMISED = {
    "start": {"--examples"},
    "serve": set(),
    "work": set(),
    "migrate": set(),
    "doctor": set(),
    "add-admin": {"--email"},
    "person export": set(),
    "person forget": set(),
    "source add": {"--name", "--organisation", "--pace", "--rule", "--language", "--quiet"},
    "source edit": set(),
    "source list": set(),
    "source show": {"--json"},
    "source report": {"--csv"},
    "try": {"--json"},
    "source remove": {"--examples"},
    "source restore": {"--since"},
    "crawl": {"--limit", "--accept-removals"},
    "import": set(),
    "export": set(),
    "reindex": {"--full", "--accept-checks", "--previous"},
    "backup": {"--keep", "--force"},
    "restore": {"--force"},
    "search": {"--goal", "--organisation", "--limit", "--json"},
    "terms": {"--query", "--json"},
    "complete": {"--limit", "--json"},
    "extract": {"--all", "--json"},
    "classify": set(),
    "train-goals": {"--output", "--also", "--labels", "--only"},
    "export-labels": set(),
    "train-facets": {"--output"},
    "evaluate": {"--queries", "--qrels", "--run"},
    "explain": set(),
}


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


ALL = dict(commands(cli))


def test_every_promised_command_and_option_is_there() -> None:
    assert set(ALL) == set(PROMISED)
    for name, options in PROMISED.items():
        assert options <= {text for p in ALL[name].params for text in p.opts}, name


@pytest.mark.parametrize("name", sorted(ALL))
def test_help_tells_of_the_command_its_arguments_and_options(name: str) -> None:
    command = ALL[name]
    text = command.help or ""
    assert text
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
        else:
            assert parameter.make_metavar(click.Context(command)).strip("[].")[:3] in text


def test_help_and_version_as_a_process(home: Home, tmp_path: Path) -> None:
    shown = home.run("--help", cwd=tmp_path)
    assert shown.code == 0
    assert all(name.split()[0] in shown.out for name in PROMISED)
    assert home.run("--version", cwd=tmp_path).out.startswith("kennisbank, version ")
    assert not home.folder.exists()


@pytest.mark.parametrize("arguments", [["nonsense"], ["search"], ["search", "x", "--goal", "9"]])
def test_a_command_that_is_typed_wrongly_ends_with_2(home: Home, arguments: list[str]) -> None:
    done = home.run(*arguments)
    assert done.code == 2
    assert "Error: " in done.err
    assert "Traceback" not in done.err


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_no_room_imports_the_front_door() -> None:
    rooms = ("commands", "library", "crawler", "index", "webapp", "examples")
    files = [file for room in rooms for file in (PROJECT / room).rglob("*.py")]
    assert len(files) > 50
    assert [file for file in files if "kennisbank" in set(imported(file))] == []
