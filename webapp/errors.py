"""What can go wrong in the web application.

KennisbankError
└── WebError
    ├── AddressTaken       the site cannot listen on the address and port of the settings
    └── WrongParameters    a program asked the API something that it does not know
"""

from collections.abc import Sequence

from library.errors import KennisbankError
from webapp.api_values import Mistake


class WebError(KennisbankError):
    """The root of this tree."""


class AddressTaken(WebError):
    """The site cannot listen on its address and port."""


class WrongParameters(WebError):
    """Parameters of a request to the API are wrong; each with what is wrong, in Dutch."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{one.veld}: {one.uitleg}" for one in mistakes))
        self.mistakes = tuple(mistakes)
