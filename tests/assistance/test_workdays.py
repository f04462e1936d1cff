"""Windows of working days and the follow-up: laws over dates, holidays, leap years and the ends of years."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.procedure.workdays import (
    NO_HOLIDAYS,
    Holidays,
    follow_up,
    is_workday,
    window,
    workday_after,
    workdays_late,
    year_later,
)

D = datetime.date
DAY = datetime.timedelta(days=1)
days = st.dates(D(2004, 4, 28), D(2040, 12, 31))
lengths = st.integers(1, 30)


@st.composite
def near(draw: st.DrawFn) -> tuple[datetime.date, Holidays]:
    """A date, and holidays not far from it."""
    day = draw(days)
    offsets = draw(st.sets(st.integers(-5, 60), max_size=12))
    return day, Holidays.of(day + offset * DAY for offset in offsets)


def between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + step * DAY for step in range((last - first).days + 1)]


@given(near(), lengths)
def test_a_window_has_exactly_its_working_days(case: tuple[datetime.date, Holidays], length: int) -> None:
    letter, holidays = case
    found = window(letter, length, holidays)
    inside = [day for day in between(letter + DAY, found.last) if is_workday(day, holidays)]
    assert len(inside) == length
    assert (inside[0], inside[-1]) == (found.first, found.last)
    assert is_workday(found.due, holidays)
    assert [day for day in between(found.last + DAY, found.due) if is_workday(day, holidays)] == [found.due]


@given(near(), lengths, st.integers(0, 60))
def test_another_holiday_never_makes_it_earlier(case: tuple[datetime.date, Holidays], length: int, offset: int) -> None:
    letter, holidays = case
    more = Holidays.of(holidays.days | {letter + offset * DAY})
    before, after = window(letter, length, holidays), window(letter, length, more)
    assert (after.first, after.last, after.due) >= (before.first, before.last, before.due)
    assert after.due >= before.due
    assert follow_up(letter, more) >= follow_up(letter, holidays)


@given(near(), lengths)
def test_a_later_letter_never_ends_earlier(case: tuple[datetime.date, Holidays], length: int) -> None:
    letter, holidays = case
    assert window(letter + DAY, length, holidays).last >= window(letter, length, holidays).last
    assert window(letter, length + 1, holidays).last == window(letter, length, holidays).due


@given(near(), st.integers(-10, 400))
def test_days_late_are_the_working_days_since(case: tuple[datetime.date, Holidays], passed: int) -> None:
    due, holidays = case
    today = due + passed * DAY
    counted = [day for day in between(due + DAY, today) if is_workday(day, holidays)] if passed > 0 else []
    assert workdays_late(due, today, holidays) == len(counted)


@given(near())
def test_the_follow_up_is_the_first_working_day_a_year_later(case: tuple[datetime.date, Holidays]) -> None:
    requested, _none = case
    holidays = Holidays.of(year_later(requested) + offset * DAY for offset in range(3))
    found, same = follow_up(requested, holidays), year_later(requested)
    assert (same.year, same.month) == (requested.year + 1, requested.month)
    assert same.day == (28 if (requested.month, requested.day) == (2, 29) else requested.day)
    assert is_workday(found, holidays)
    assert not any(is_workday(day, holidays) for day in between(same, found - DAY))


@given(near(), lengths)
def test_the_years_without_a_table_are_named(case: tuple[datetime.date, Holidays], length: int) -> None:
    letter, holidays = case
    found = window(letter, length, holidays)
    touched = {found.first.year, found.due.year}
    assert set(found.without_table) == {year for year in touched if year not in holidays.years}


@pytest.mark.parametrize(
    ("letter", "holidays", "last", "due"),
    [
        pytest.param(D(2026, 11, 2), [], D(2026, 11, 9), D(2026, 11, 10), id="Monday"),
        pytest.param(D(2026, 11, 6), [], D(2026, 11, 13), D(2026, 11, 16), id="Friday"),
        pytest.param(D(2026, 11, 7), [], D(2026, 11, 13), D(2026, 11, 16), id="Saturday: day 1 is Monday all the same"),
        pytest.param(D(2026, 11, 20), [D(2026, 11, 26)], D(2026, 11, 30), D(2026, 12, 1), id="a Thursday off"),
        pytest.param(D(2026, 12, 24), [D(2026, 12, 25), D(2027, 1, 1)], D(2027, 1, 4), D(2027, 1, 5), id="year’s end"),
        pytest.param(D(2028, 2, 25), [], D(2028, 3, 3), D(2028, 3, 6), id="leap year"),
    ],
)
def test_windows_of_five(
    letter: datetime.date, holidays: list[datetime.date], last: datetime.date, due: datetime.date
) -> None:
    found = window(letter, 5, Holidays.of(holidays))
    assert (found.last, found.due) == (last, due)


@pytest.mark.parametrize(
    ("requested", "due"),
    [(D(2024, 2, 29), D(2025, 2, 28)), (D(2027, 2, 28), D(2028, 2, 28)), (D(2025, 11, 22), D(2026, 11, 23))],
)
def test_follow_ups(requested: datetime.date, due: datetime.date) -> None:
    assert follow_up(requested, NO_HOLIDAYS) == due


def test_a_window_without_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="a day at least"):
        window(D(2026, 1, 1), 0, NO_HOLIDAYS)
    assert workday_after(D(2026, 11, 27), NO_HOLIDAYS) == D(2026, 11, 30)
