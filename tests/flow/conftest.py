"""The example sites after their first crawl, for all tests of one module."""

from collections.abc import Iterator

import pytest

from tests.flow.crawled import Examples, crawled_examples


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examples]:
    """All eight sites after their first crawl."""
    with crawled_examples(tmp_path_factory.mktemp("examples") / "home") as crawled:
        yield crawled
