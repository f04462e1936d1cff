"""The reader's language: chosen by the address, spoken by gettext and Babel, with Western digits everywhere."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar

import babel.dates
import babel.lists
import babel.numbers
from babel import Locale
from flask import Flask, g, has_app_context
from flask_babel import Babel, gettext, ngettext, refresh

from cpi1540 import paths
from cpi1540.foundation.errors import Misconfigured
from cpi1540.foundation.messages import LanguageNames, Sentence, sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.locales import BY_CODE, DEFAULT, LANGUAGES, Language

T = TypeVar("T")
# A name or a source in another script must not reorder the right-to-left sentence around it.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
babel_extension = Babel()


def current_language() -> Language:
    """The language of this request, or of the command line; English outside both."""
    return BY_CODE[g.get("language", DEFAULT) if has_app_context() else DEFAULT]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while: on the command line, in mails, in files."""
    before = g.get("language", DEFAULT)
    if before == code:
        yield
        return
    g.language = code
    refresh()
    try:
        yield
    finally:
        g.language = before
        refresh()


def locale() -> Locale:
    """Babel's locale of the current language."""
    return Locale.parse(current_language().locale)


def init_languages(app: Flask, folder: Path = paths.TRANSLATIONS) -> None:
    """Start translation; Misconfigured when a catalogue is missing."""
    for language in LANGUAGES:
        catalogue = folder / language.locale / "LC_MESSAGES" / "messages.mo"
        if language.code != DEFAULT and not catalogue.is_file():
            raise Misconfigured(
                sentence(
                    "The translations for %(language)s are not built (%(file)s is missing). Run: make translations",
                    language=language.own_name,
                    file=str(catalogue),
                )
            )
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    babel_extension.init_app(app, locale_selector=lambda: current_language().locale)


def say(told: Sentence | str) -> str:
    """The sentence in the reader's language, its values filled in after translation."""
    if isinstance(told, str):
        return str(gettext(told)) if told else ""
    params = {name: _value(value) for name, value in told.params.items()}
    if told.plural is not None:
        n = told.params["n"]
        if not isinstance(n, int):
            raise TypeError("a plural sentence counts with a whole number")
        return str(ngettext(told.text, told.plural, n, **{**params, "n": number(n)}))
    return str(gettext(told.text, **params))


def _value(value: object) -> object:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, LanguageNames):
        return language_names(value.codes)
    if isinstance(value, PartialDate):
        return partial_day(value)
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, str) and current_language().direction == "rtl":
        return f"{_ISOLATE}{value}{_END_ISOLATE}"
    return value


def name(names: Mapping[str, str]) -> str:
    """The text of the reader's language; English, then any, when it has none."""
    return names.get(current_language().code) or names.get(DEFAULT) or next(iter(names.values()), "")


def number(value: float) -> str:
    """A number with the language's grouping and Western digits, and as many decimals as it has, three at most."""
    return babel.numbers.format_decimal(value, locale=locale(), numbering_system="latn")


def share(value: float | None) -> str:
    """A fraction with two decimals, "0.71" or "0,71"; a dash when there is no figure."""
    if value is None:
        return "–"
    return babel.numbers.format_decimal(value, format="0.00", locale=locale(), numbering_system="latn")


def percent(value: float | None, digits: int = 0) -> str:
    """A fraction as a percentage, "71%" or "71 %", with so many decimals at most; a dash when there is no figure."""
    if value is None:
        return "–"
    rounded = round(value, digits + 2)
    return babel.numbers.format_percent(rounded, locale=locale(), decimal_quantization=False, numbering_system="latn")


def day(value: datetime.date) -> str:
    """A date in words, with Western digits."""
    return _latin(babel.dates.format_date(value, _pattern("day"), locale=locale()))


def partial_day(value: PartialDate) -> str:
    """A date as precise as it is known: a day, a month or a year."""
    return _latin(babel.dates.format_date(value.first_day, _pattern(value.precision), locale=locale()))


def instant(value: datetime.datetime) -> str:
    """A moment in UTC, to the minute."""
    text = babel.dates.format_datetime(value.astimezone(datetime.UTC), "HH:mm", locale=locale())
    return f"{day(value.date())}, {_latin(text)} UTC"


def age(as_of: datetime.date, today: datetime.date) -> str:
    """How old something is: days up to two months, months up to two years, then years."""
    days = (today - as_of).days
    unit: Literal["day", "month", "year"] = "day" if days < 61 else "month" if days < 731 else "year"
    size = {"day": 1.0, "month": 30.4375, "year": 365.25}[unit]
    count = int(days / size)
    # A little more than whole units, so that rounding keeps them; nothing more where there is none.
    whole = datetime.timedelta(days=count * size + (size / 4 if count else 0))
    return _latin(babel.dates.format_timedelta(whole, granularity=unit, threshold=10**6, locale=locale()))


def listed(items: Iterable[str]) -> str:
    """Items one after another, as the language lists them."""
    return babel.lists.format_list(list(items), style="standard", locale=locale())


def language_names(codes: Iterable[str]) -> str:
    """Languages, one after another, as the reader's language calls them."""
    names = {**locale().languages, **_LANGUAGE_NAMES.get(current_language().code, {})}
    return listed(names.get(code, code) for code in codes)


# Where documents of the United Nations spell a language otherwise than Babel does.
_LANGUAGE_NAMES = {"ar": {"en": "الإنكليزية"}}


def sorted_by_name(items: Iterable[T], key: Callable[[T], Mapping[str, str]]) -> list[T]:
    """Items in the alphabetical order of the reader's language, by their sort names."""
    code = current_language().code
    return sorted(items, key=lambda item: key(item)[code])


_PATTERNS = {
    "day": {"ar": "d MMMM y", "zh": "y年M月d日", "es": "d 'de' MMMM 'de' y", "ru": "d MMMM y 'г'."},
    "month": {"zh": "y年M月", "es": "MMMM 'de' y", "ru": "LLLL y 'г'."},
    "year": {"zh": "y年", "ru": "y 'г'."},
}
_DEFAULT_PATTERN = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}


def _pattern(precision: str) -> str:
    return _PATTERNS[precision].get(current_language().code, _DEFAULT_PATTERN[precision])


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def _latin(text: str) -> str:
    return text.translate(_DIGITS)
