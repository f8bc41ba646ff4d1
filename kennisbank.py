"""The front door: the ``kennisbank`` command.

Reads the settings, opens the house for every command in ``commands``, and says in one line what
went wrong. Nothing imports it.

Exit codes: 0 it worked; 1 it did not, and one line says why; 2 the command was typed wrongly;
130 stopped by Ctrl-C.
"""

import sys
from typing import NoReturn

import click

from commands import COMMANDS
from commands.house import House
from index import IndexUnavailable
from library.console import log_to_standard_error
from library.errors import KennisbankError
from library.settings import read_settings


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kennisbank", prog_name="kennisbank")
@click.pass_context
def cli(context: click.Context) -> None:
    """Kennisbank: crawl partner sites, search them in Dutch, serve the results.

    All state is in the folder KENNISBANK_HOME. Settings are environment variables that begin with
    KENNISBANK_; `kennisbank doctor --settings` lists them.
    """
    settings = read_settings()
    log_to_standard_error(settings.log_level)
    context.obj = House(settings)


def main() -> None:
    """Run a command; say what went wrong in one line."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("Stopped. What was done is kept; the same command does the rest.", 130)
    except IndexUnavailable as error:
        fail(f"{error} `kennisbank reindex` builds a new one.")
    except KennisbankError as error:
        fail(str(error))
    except OSError as error:
        # A disk or a file failed us outside the rooms that expect it.
        fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
    sys.exit(code if isinstance(code, int) else 0)


def fail(reason: str, code: int = 1) -> NoReturn:
    """End with one line of plain words."""
    click.echo(f"kennisbank: {reason}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
