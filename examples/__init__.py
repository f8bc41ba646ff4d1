"""Eight small web sites of invented organisations, and the loopback server that shows them.

Out: :func:`load_sites` (what there is) and :class:`ExampleServer` (serves it on 127.0.0.1).
Nothing in here is loaded unless somebody asks for the examples.
"""

from examples.server import ExampleServer, Visit
from examples.sites import Page, Pdf, Site, load_sites

__all__ = ["ExampleServer", "Page", "Pdf", "Site", "Visit", "load_sites"]
