"""What can go wrong in the web application.

KennisbankError
└── WebError
    └── AddressTaken    the site cannot listen on the address and port of the settings
"""

from library.errors import KennisbankError


class WebError(KennisbankError):
    """The root of this tree."""


class AddressTaken(WebError):
    """The site cannot listen on its address and port."""
