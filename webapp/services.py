"""What the views need and who gives it to them: settings, store, index and the clock.

In: the three values that ``create_app`` got. Out: ``services()``, the same values inside a request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import current_app
from werkzeug.exceptions import NotFound

from index import Index, IndexUnavailable, Query, ResultPage
from library.errors import NotFound as NoSuchRow
from library.settings import Settings
from library.store import Source, Store
from webapp.counting import Counting

EXTENSION = "kennisbank"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time; tests pass a clock of their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything outside this package that a view may touch."""

    settings: Settings
    store: Store
    index: Index
    counting: Counting
    clock: Clock = utc_now
    can_mail: bool = False


def services() -> Services:
    """Give the services of the running application."""
    return cast("Services", current_app.extensions[EXTENSION])


def answer_to(query: Query) -> ResultPage | None:
    """Ask the index for a page that can be shown without it too: nothing while there is none."""
    try:
        return services().index.search(query)
    except IndexUnavailable:
        return None


def source_or_404(source_id: int) -> Source:
    """Give a source; the page is not there when there is none."""
    try:
        return services().store.sources.get(source_id)
    except NoSuchRow as error:
        raise NotFound from error


def has_examples() -> bool:
    """Whether the invented examples are loaded."""
    return any(source.is_example for source in services().store.sources.all())
