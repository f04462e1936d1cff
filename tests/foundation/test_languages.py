"""Ages, shares and dates as the six languages write them."""

import datetime

import pytest
from flask import Flask
from flask_babel import ngettext

from cpi1540.foundation import languages
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate

DAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "english", "russian"),
    [
        (0, "0 days", "0 дней"),
        (1, "1 day", "1 день"),
        (60, "60 days", "60 дней"),
        (61, "2 months", "2 месяца"),
        (94, "3 months", "3 месяца"),
        (4000, "10 years", "10 лет"),
    ],
)
def test_age(read_app: Flask, days: int, english: str, russian: str) -> None:
    with read_app.app_context():
        for code, expected in (("en", english), ("ru", russian)):
            with languages.speaking(code):
                assert languages.age(DAY - datetime.timedelta(days=days), DAY) == expected


@pytest.mark.parametrize(
    ("code", "day", "month", "share", "number"),
    [
        ("ar", "24 نوفمبر 2026", "نوفمبر 2026", "0.71", "12,640"),
        ("en", "24 November 2026", "November 2026", "0.71", "12,640"),
        ("es", "24 de noviembre de 2026", "noviembre de 2026", "0,71", "12.640"),
        ("fr", "24 novembre 2026", "novembre 2026", "0,71", "12\u202f640"),
        ("ru", "24 ноября 2026 г.", "ноябрь 2026 г.", "0,71", "12\u00a0640"),
        ("zh", "2026年11月24日", "2026年11月", "0.71", "12,640"),
    ],
)
def test_dates_and_numbers(read_app: Flask, code: str, day: str, month: str, share: str, number: str) -> None:
    with read_app.app_context(), languages.speaking(code):
        assert languages.day(DAY) == day
        assert languages.partial_day(PartialDate(2026, 11)) == month
        assert languages.share(0.7071) == share
        assert languages.number(12640) == number
        assert languages.share(None) == "–"


@pytest.mark.parametrize(("code", "forms"), [("ar", 6), ("ru", 3), ("zh", 1), ("en", 2), ("es", 2), ("fr", 2)])
def test_each_plural_form_is_used(read_app: Flask, code: str, forms: int) -> None:
    with read_app.app_context(), languages.speaking(code):
        said = {ngettext("%(num)s gap", "%(num)s gaps", n).replace(str(n), "#") for n in (0, 1, 2, 3, 11, 100)}
        assert len(said) <= forms
        assert (len(said) == 1) == (forms == 1)


def test_a_value_is_isolated_in_a_right_to_left_sentence(read_app: Flask) -> None:
    told = sentence("There is no State with the code %(state)s.", state="XYZ")
    with read_app.app_context():
        with languages.speaking("ar"):
            assert "\u2068XYZ\u2069" in languages.say(told)
        assert languages.say(told) == "There is no State with the code XYZ."


def test_languages_are_spelled_as_the_united_nations_do(read_app: Flask) -> None:
    with read_app.app_context():
        for code, expected in (("en", "Arabic and English"), ("ar", "العربية والإنكليزية")):
            with languages.speaking(code):
                assert languages.language_names(["ar", "en"]) == expected
