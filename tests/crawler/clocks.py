"""Time as tests want it."""

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Stands still until somebody waits; then exactly that long has passed."""

    def __init__(self, start: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC)) -> None:
        self.start = start
        self.passed = 0.0
        self.jumped = timedelta(0)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed) + self.jumped

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.passed += seconds
        await asyncio.sleep(0)
