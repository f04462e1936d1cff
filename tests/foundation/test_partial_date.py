import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.foundation.partial_date import PartialDate


@pytest.mark.parametrize("text,precision", [("2004", "year"), ("2004-10", "month"), ("2004-10-28", "day")])
def test_reads_and_writes_what_is_known(text: str, precision: str) -> None:
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.precision == precision


@pytest.mark.parametrize("text", ["", "04", "2004-13", "2004-02-30", "2004-1-1", "28.10.2004", "2004-10-28T00:00"])
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_comes_back(day: datetime.date) -> None:
    date = PartialDate.of(day)
    assert PartialDate.parse(str(date)) == date
    assert date.first_day == day


def test_order_is_by_the_first_day_it_can_mean() -> None:
    texts = ["2005", "2004-10-28", "2004", "2004-10"]
    assert [str(d) for d in sorted(map(PartialDate.parse, texts))] == [
        "2004",
        "2004-10",
        "2004-10-28",
        "2005",
    ]
