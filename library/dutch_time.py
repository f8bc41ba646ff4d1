"""The time that people here live by: days begin and end as they do in the Netherlands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """The day of a moment."""
    return moment.astimezone(ZONE).date()
