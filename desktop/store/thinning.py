"""Which backups are kept: one an hour for a day, one a day for a month, one a month from then on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

HOURS = timedelta(hours=24)
DAYS = timedelta(days=31)


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the times of the backups that are kept: the newest of each period, and the newest of all.

    Those from after ``now`` are kept, too: the clock was set back, and which is the newest cannot be told.
    """
    found: dict[Hashable, datetime] = {}
    for time in sorted(times):
        found[_period(time, now)] = time
    return set(found.values())


def _period(time: datetime, now: datetime) -> Hashable:
    age = now - time
    if age < timedelta(0):
        return time
    if age < HOURS:
        return time.date(), time.hour
    return time.date() if age < DAYS else (time.year, time.month)
