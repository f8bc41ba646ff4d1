"""What was worked out lately, as far as so many bytes go; safe to share between threads.

A missing or tiny cache changes nothing but time.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar, cast


class Sized(Protocol):
    """A value that knows the memory it takes."""

    @property
    def nbytes(self) -> int: ...


V = TypeVar("V", bound=Sized)

_OVERHEAD = 500
"""Bytes of a key and of the objects around a value."""


class Cache:
    """Keeps the values that were asked for last; a key always has the same type of value."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._values: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        """Bytes in use."""
        return self._used

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Give the value of a key; two threads that miss it at once both make it."""
        with self._lock:
            known = self._values.get(key)
            if known is not None:
                self._values.move_to_end(key)
                return cast("V", known)
        value = make()
        with self._lock:
            self._put(key, value)
        return value

    def _put(self, key: Hashable, value: Sized) -> None:
        size = value.nbytes + _OVERHEAD
        if key in self._values or size > self._limit:
            return
        self._values[key] = value
        self._used += size
        while self._used > self._limit:
            _, oldest = self._values.popitem(last=False)
            self._used -= oldest.nbytes + _OVERHEAD
