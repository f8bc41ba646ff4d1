"""Serves the example sites until it is interrupted: ``python -m examples``.

In: nothing. Out: one line per site with its address, for a look in a browser.
"""

import contextlib
import sys
import threading

from examples.server import ExampleServer


def main() -> None:
    """Serve all sites on free ports."""
    with ExampleServer() as server, contextlib.suppress(KeyboardInterrupt):
        for slug, address in server.addresses.items():
            sys.stdout.write(f"{address}  {slug}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
