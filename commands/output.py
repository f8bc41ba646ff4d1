"""What several commands print in the same way."""

import json
from pathlib import Path

import click

from library.exchange import BadLine


def write(value: object) -> None:
    """Write one JSON value as a line on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def tell_bad_line(file: Path, line: BadLine) -> None:
    """Say which line was not read, and why."""
    click.echo(f"{file}, line {line.number}: {line.reason}", err=True)
