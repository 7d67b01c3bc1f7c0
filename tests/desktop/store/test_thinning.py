"""Which automatic backups are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.store.thinning import DAYS, HOURS, kept

NOW = datetime.fromisoformat("2025-03-31T12:30:00")
TIMES = st.lists(st.datetimes(NOW - timedelta(days=500), NOW + timedelta(days=3)), max_size=60)


def test_hours_then_days_then_months() -> None:
    every = [NOW - timedelta(minutes=20) * n for n in range(3 * 24 * 120)]  # three an hour, for 120 days
    left = sorted(kept(every, NOW), reverse=True)
    young = [time for time in left if NOW - time < HOURS]
    middle = [time for time in left if HOURS <= NOW - time < DAYS]
    old = [time for time in left if NOW - time >= DAYS]
    assert len(young) == 25  # the first hour of the day before counts half
    assert [time.date() for time in middle] == [(NOW - timedelta(days=n)).date() for n in range(1, 32)]
    assert [(time.year, time.month) for time in old] == [(2025, 2), (2025, 1), (2024, 12)]


@given(TIMES)
def test_the_newest_is_kept_and_every_period_has_one(times: list[datetime]) -> None:
    left = kept(times, NOW)
    assert left <= set(times)
    assert not times or max(times) in left
    for time in times:  # nothing is further from a kept one than its period is long
        limit = timedelta(hours=1) if NOW - time < HOURS else timedelta(days=1)
        limit = limit if NOW - time < DAYS else timedelta(days=31)
        assert any(timedelta(0) <= other - time < limit for other in left)


@given(TIMES)
def test_thinning_again_changes_nothing(times: list[datetime]) -> None:
    left = kept(times, NOW)
    assert kept(left, NOW) == left


@given(TIMES, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_later_no_more_is_kept_than_before(times: list[datetime], more: timedelta) -> None:
    """Thinned day by day, as many are left at most as when thinned once, and the newest of each month is there."""
    past = [time for time in times if time <= NOW]
    step = kept(kept(past, NOW), NOW + more)
    once = kept(past, NOW + more)
    assert {(one.year, one.month) for one in step} == {(one.year, one.month) for one in once}


@given(st.lists(st.datetimes(NOW + timedelta(seconds=1), NOW + timedelta(days=9)), max_size=9))
def test_what_is_from_the_future_is_kept(times: list[datetime]) -> None:
    assert kept(times, NOW) == set(times)
